"""No page holds a line of script, and each forbids any but the book's own files.

A chapter in one file has to hold some: `test_one_file` looks at those.
"""

from __future__ import annotations

import re

import pytest

from sourcebook.site.offline_files import OFFLINE
from sourcebook.site.theme import POLICY

pytestmark = pytest.mark.book

DATA = {"application/json", "application/ld+json"}
CHARTS = ["notebooks/explore/claims", "notebooks/synthesis/gas"]  # drawn by Vega


@pytest.fixture(scope="module")
def everything(site, parsed):
    """Every page of the site, those outside the contents included."""
    apart = {"_static", OFFLINE}
    paths = [p for p in site.rglob("*.html") if apart.isdisjoint(p.parts)]
    return {path: parsed(path) for path in paths}


def test_no_page_holds_a_line_of_script(everything):
    for path, page in everything.items():
        for script in page("script", src=False):
            assert script.get("type") in DATA, (path, script)
        for template in [page, *page("template")]:
            for tag in template.find_all(True):
                handlers = [name for name in tag.attrs if name.startswith("on")]
                assert not handlers, (path, str(tag)[:200])
                link = str(tag.get("href", ""))
                assert not re.match(r"\s*javascript:", link, re.IGNORECASE), path


def test_the_policy_comes_before_any_script(everything, site):
    for path, page in everything.items():
        tag = page.head.find(["meta", "script"], attrs={"src": True}) or page.head
        rule = page.head.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
        assert rule["content"] == POLICY, path
        assert rule.find_next("script", src=True) is tag, path
    assert f"Content-Security-Policy: {POLICY};" in (site / "_headers").read_text()


@pytest.mark.browser
def test_a_line_of_script_that_comes_in_does_not_run(visit):
    page = visit("index")
    ran = page.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "window.camein = true";
        document.body.append(script);
        return window.camein === true;
    }""")
    assert not ran
    assert "script-src 'self'" in page.said[0]


@pytest.mark.browser
@pytest.mark.parametrize("name", CHARTS)
def test_charts_are_drawn_under_the_policy(visit, name):
    page = visit(name)
    page.locator(".sb-live svg.marks").first.wait_for(state="attached")
    assert page.said == []


@pytest.mark.browser
def test_no_page_asks_for_an_icon_font(visit):
    page = visit("book/method")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload(wait_until="load")
    page.wait_for_timeout(200)
    assert [url for url in asked if "font" in url or "searchindex" in url] == []
    icon = page.locator(".sb-search-open i").first
    assert "svg" in icon.evaluate("i => getComputedStyle(i).maskImage")

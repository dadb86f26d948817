"""A small book in a small repository, built with an address and without."""

from __future__ import annotations

import json
import os
import subprocess
import xml.etree.ElementTree as ET
from datetime import date
from types import SimpleNamespace

import pytest
import sphinx_last_updated_by_git as library
from bs4 import BeautifulSoup
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import docutils_namespace

from sourcebook.data.releases import Release
from sourcebook.site.entry_pages import feed, site_map
from sourcebook.site.page_furniture import _run_status, base_address

pytestmark = pytest.mark.slow

FACTS = (
    "{% if sb %}{{ sb.full_title }}|{{ sb.changed }}|{{ sb.run }}|"
    "{{ sb.citation.text }}{% endif %}"
)
FILES = {
    # A book that leaves the suffixes to Sphinx gets what an earlier book in this
    # process added to its defaults.
    "conf.py": 'extensions = ["sourcebook.site.page_furniture"]\n'
    'source_suffix = {".rst": "restructuredtext"}\n'
    'project = html_title = "Small"\nroot_doc = "book/first"\nhtml_theme = "basic"\n'
    'templates_path = ["templates"]\nexclude_patterns = ["templates"]\n',
    "book/first.rst": "Small\n=====\n\nA *book* of two pages.\n\n"
    ".. toctree::\n\n   second\n",
    "book/second.rst": 'A second "page"\n===============\n\nIt says little.\n',
    "templates/layout.html": "{% extends '!layout.html' %}{% block footer %}"
    f'<div id="facts">{FACTS}</div>{{% endblock %}}',
    "CITATION.cff": "title: Small\nversion: 1.0.0\ndate-released: '2026-01-02'\n"
    "authors:\n  - given-names: Ada\n    family-names: Example\n",
    "CHANGELOG.md": "# Changelog\n\n## [1.0.0] – 2026-01-02\n\n- A <first> one.\n",
}
ADDRESS = "https://example.org/book/"


def git(folder, *words, day="2026-03-04"):
    when = {f"GIT_{who}_DATE": f"{day}T12:00:00Z" for who in ("AUTHOR", "COMMITTER")}
    name = ["-c", "user.name=Ada Example", "-c", "user.email=ada@example.org"]
    subprocess.run(
        ["git", *name, *words], cwd=folder, check=True, env=os.environ | when
    )


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    folder = tmp_path_factory.mktemp("book")
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def repository(source):
    git(source, "init", "-q")
    git(source, "add", ".")
    git(source, "commit", "-qm", "All")
    second = source / "book/second.rst"
    second.write_text(second.read_text("utf-8") + "\nMore.\n", encoding="utf-8")
    git(source, "commit", "-qam", "More", day="2026-05-06")
    return source


def build(source, out, **settings):
    with docutils_namespace():
        app = Sphinx(
            source, source, out / "html", out / "trees", "html",
            confoverrides=settings, status=None, warningiserror=True,
        )  # fmt: skip
        app.build()
    assert app.statuscode == 0
    return out / "html"


@pytest.fixture(scope="module")
def nowhere(repository, tmp_path_factory):
    return build(repository, tmp_path_factory.mktemp("out"))


@pytest.fixture(scope="module")
def somewhere(repository, tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    return build(repository, out, sourcebook_url=ADDRESS)


def soup(path):
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def tags(path):
    return {
        tag.get("name") or tag.get("property"): tag["content"]
        for tag in soup(path).find_all("meta", content=True)
    }


def facts(path):
    return soup(path).find(id="facts").get_text().split("|")


@pytest.mark.parametrize(
    ("cells", "ran", "words"),
    [
        (0, False, ""),
        (1, True, "Executed with this build: 1 code cell, no errors."),
        (2, True, "Executed with this build: 2 code cells, no errors."),
        (2, False, "Not executed with this build: 2 code cells, with the outputs "),
    ],
)
def test_a_page_says_how_its_code_ran(cells, ran, words):
    known = {"page": {"exec_data": {"succeeded": ran}}}
    app = SimpleNamespace(env=SimpleNamespace(nb_metadata=known))
    code, text = ("cell_code", "cell_markdown")
    boxes = [nodes.container(nb_element=kind) for kind in [code] * cells + [text]]
    page = nodes.section("", *boxes)
    said = _run_status(app, "page", page)
    assert said.startswith(words)
    assert bool(said) == bool(words)


def test_a_page_knows_its_title_and_the_day_of_its_last_commit(nowhere):
    assert facts(nowhere / "book/first.html")[:2] == ["Small", "2026-03-04"]
    second = facts(nowhere / "book/second.html")
    assert second[:2] == ["A second “page” – Small", "2026-05-06"]
    assert second[3] == (
        "Ada Example (2026): “A second “page””. In: Small, version 1.0.0, "
        "changed 2026-05-06."
    )


def test_only_what_is_read_again_is_asked_of_git_until_a_commit(
    repository, tmp_path, monkeypatch
):
    clone, asked, ask = tmp_path / "clone", [], library.update_file_dates
    git(tmp_path, "clone", "-q", repository.as_uri(), str(clone))
    (clone / "_toc.yml").touch()  # by which a repository is known to be the book's
    git(clone, "add", "_toc.yml")
    git(clone, "commit", "-qm", "Contents")
    build(clone, tmp_path)
    monkeypatch.setattr(
        library,
        "update_file_dates",
        lambda *given: (asked.extend(given[2]), ask(*given)),
    )
    page = clone / "book/second.rst"
    page.write_text(page.read_text("utf-8") + "\nAnd more.\n", encoding="utf-8")
    html = build(clone, tmp_path)
    assert "And more." in (html / "book/second.html").read_text("utf-8")
    assert facts(html / "book/second.html")[1] == "2026-05-06"
    assert "second.rst" in asked
    assert "first.rst" not in asked
    git(clone, "commit", "-qam", "Again", day="2026-06-07")
    html = build(clone, tmp_path)
    assert facts(html / "book/second.html")[1] == "2026-06-07"
    assert "first.rst" in asked


def test_without_git_there_is_no_date_and_no_warning(source, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    html = build(source, tmp_path)
    assert facts(html / "book/second.html")[1] == ""
    assert "released 2026-01-02" in facts(html / "book/second.html")[3]


def test_a_shallow_clone_guesses_nothing_and_warns_of_nothing(repository, tmp_path):
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth=1", repository.as_uri(), str(clone))
    html = build(clone, tmp_path)
    assert facts(html / "book/first.html")[1] in {"", "2026-05-06"}


def test_a_new_commit_moves_the_date_of_a_page_already_built(source, tmp_path):
    copy = tmp_path / "copy"
    git(tmp_path, "clone", "-q", source.as_uri(), str(copy))
    first = copy / "book/first.rst"
    first.write_text(first.read_text("utf-8") + "\nMore.\n", encoding="utf-8")
    build(copy, tmp_path)
    git(copy, "commit", "-qam", "More of the first", day="2026-07-08")
    html = build(copy, tmp_path)
    assert facts(html / "book/first.html")[1] == "2026-07-08"


def test_a_page_describes_itself_with_what_lies_beside_it(nowhere):
    found = tags(nowhere / "book/second.html")
    assert found["description"] == found["og:description"] == "It says little."
    assert found["og:title"] == "A second “page”"
    image = nowhere / "book" / found["og:image"]
    assert image.resolve().is_file()
    assert "http" not in " ".join(found.values())


def test_without_an_address_nothing_that_needs_one_is_written(nowhere):
    assert not (nowhere / "sitemap.xml").exists()
    assert not (nowhere / "changes.atom").exists()
    assert "application/atom+xml" not in (nowhere / "book/first.html").read_text()


def test_with_an_address_tags_are_whole(somewhere):
    found = tags(somewhere / "book/second.html")
    assert found["og:url"] == f"{ADDRESS}book/second.html"
    assert found["og:image"] == f"{ADDRESS}_static/previews/book-second.png"
    canonical = soup(somewhere / "book/second.html").find("link", rel="canonical")
    assert canonical["href"] == f"{ADDRESS}book/second.html"


def test_the_site_map_lists_every_page_with_its_day(somewhere):
    rows = ET.parse(somewhere / "sitemap.xml").getroot()  # noqa: S314 - our own file
    assert [[cell.text for cell in row] for row in rows] == [
        [f"{ADDRESS}book/first.html", "2026-03-04"],
        [f"{ADDRESS}book/second.html", "2026-05-06"],
    ]


def test_the_feed_tells_releases_and_no_build_time(somewhere):
    space = {"a": "http://www.w3.org/2005/Atom"}
    feed = ET.parse(somewhere / "changes.atom").getroot()  # noqa: S314 - our own file
    assert feed.findtext("a:updated", None, space) == "2026-01-02T00:00:00+00:00"
    (entry,) = feed.findall("a:entry", space)
    assert entry.findtext("a:id", None, space) == (
        "tag:example.org,2026-01-02:sourcebook/1.0.0"
    )
    assert "<li>A &lt;first&gt; one.</li>" in entry.findtext("a:content", None, space)
    link = soup(somewhere / "book/first.html").find("link", type="application/atom+xml")
    assert link["href"] == f"{ADDRESS}changes.atom"


@pytest.mark.parametrize(
    ("days", "updated"),
    [((), date(2026, 1, 2)), ((9, 3), date(2026, 2, 9))],
    ids=["no release", "the newest"],
)
def test_a_feed_is_as_old_as_the_newest_release(days, updated):
    work = SimpleNamespace(title="Small", authors=("A",), released=date(2026, 1, 2))
    releases = [Release(f"{day}.0", date(2026, 2, day), "- One") for day in days]
    told = feed(work, releases, base=ADDRESS, first=f"{ADDRESS}first.html").decode()
    assert told.count("<entry>") == len(days)
    assert (
        f"<updated>{updated}T00:00:00+00:00</updated>" in told.partition("<entry>")[0]
    )


def test_a_site_map_is_sorted_and_a_page_may_have_no_day():
    told = site_map([("b?c&d", None), ("a", date(2026, 1, 2))])
    assert "<url><loc>a</loc><lastmod>2026-01-02</lastmod></url>\n<url>" in told
    assert "<url><loc>b?c&amp;d</loc></url>" in told


def test_the_top_is_the_first_page(nowhere):
    page = soup(nowhere / "index.html")
    assert "Small" in page.title.get_text()
    assert "A book of two pages." in page.get_text()
    links = [tag["href"] for tag in page.find_all(href=True)]
    links += [tag["src"] for tag in page.find_all(src=True)]
    links.append(tags(nowhere / "index.html")["og:image"])
    own = [link for link in links if link and ":" not in link and link[0] != "#"]
    assert "book/second.html" in own
    ends = [nowhere / link.partition("#")[0].partition("?")[0] for link in own]
    assert [end for end in ends if not end.is_file()] == []


def test_a_page_tells_programs_what_it_is(nowhere):
    page = nowhere / "book/second.html"
    cited = {n: v for n, v in tags(page).items() if n.startswith("citation_")}
    assert cited == {
        "citation_title": "A second “page”",
        "citation_author": "Ada Example",
        "citation_publication_date": "2026/05/06",
        "citation_inbook_title": "Small",
        "citation_language": "en",
    }
    record = json.loads(soup(page).find(type="application/ld+json").string)
    assert (record["@type"], record["isPartOf"]["name"]) == ("Chapter", "Small")
    assert record["dateModified"] == "2026-05-06"
    assert "url" not in record


@pytest.mark.parametrize(
    ("site", "start"), [("nowhere", "book/"), ("somewhere", "/book/book/")]
)
def test_a_wrong_address_leads_back_from_wherever_it_is(site, start, request):
    html = request.getfixturevalue(site)
    links = [a["href"] for a in soup(html / "404.html").select("[role=navigation] a")]
    assert f"{start}first.html" in links


def test_two_builds_are_the_same_bytes(somewhere, repository, tmp_path):
    again = build(repository, tmp_path, sourcebook_url=ADDRESS)
    for path in sorted(somewhere.rglob("*")):
        if path.is_file() and path.name != ".buildinfo":
            assert (again / path.relative_to(somewhere)).read_bytes() == (
                path.read_bytes()
            ), path.name


def test_what_is_no_address_is_refused():
    with pytest.raises(ExtensionError, match="fix: begin with https"):
        base_address("example.org")

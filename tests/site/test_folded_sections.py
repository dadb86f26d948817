"""What proves a page away is folded, and the page says how long it takes to read."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from docutils import nodes

from sourcebook.site import page_furniture
from sourcebook.site.page_furniture import fold_sections, reading_minutes

FACTS = '<p class="sb-short-facts">'
CODE = '<div class="cell_input docutils">'


def finished(body):
    """Return a page's context once it is finished, and the scripts that it loads."""
    scripts = []
    app = SimpleNamespace(add_js_file=lambda name, **_: scripts.append(name))
    page = SimpleNamespace(app=app, body=body, context={"body": body})
    page_furniture._finish_folds(page)
    return page.context, scripts


@pytest.mark.parametrize(
    ("body", "code", "scripts"),
    [
        ("<p>Words.</p>", False, []),
        (f"{CODE}x</div>", True, ["folds.js"]),
        ('<details class="sb-fold">', False, ["folds.js"]),
    ],
    ids=["neither", "code", "a fold"],
)
def test_a_page_loads_what_folds_where_there_is_something_to_fold(body, code, scripts):
    context, loaded = finished(body)
    assert (context["sb_code"], loaded) == (code, scripts)
    assert context["body"] == body


def test_the_first_box_says_how_long_the_page_takes():
    context, _ = finished(f"{FACTS}one</p>{FACTS}two</p>{'word ' * 460}")
    assert context["body"].startswith(f"{FACTS}2-minute read · one</p>{FACTS}two</p>")


@pytest.mark.parametrize(
    ("body", "minutes"),
    [
        ("word " * 114, 1),
        ("word " * 346, 2),
        ("word " * 344, 1),
        (f"{CODE}{'word ' * 460}</div>" + "word " * 460, 2),
        (f"<script>{'word ' * 460}</script>{'word ' * 460}", 2),
        (f"<details><summary>{'word ' * 460}</summary></details>", 2),
    ],
    ids=["few words", "more than half", "less than half", "code", "script", "summary"],
)
def test_what_is_not_read_takes_no_time(body, minutes):
    assert reading_minutes(f"<div>{body}</div>") == minutes


def folds(page, builder="html"):
    """Return what comes of a page with a section to fold, section by section."""
    document = nodes.document("", None)
    for name in ("In short", "Workings"):
        words = [nodes.paragraph("", each) for each in ("Words", "More")]
        document += nodes.section("", nodes.title("", name), *words)
    app = SimpleNamespace(builder=SimpleNamespace(name=builder))
    fold_sections(app, document, page)
    return [[node.astext() for node in section] for section in document]


def test_a_section_is_folded_below_its_heading():
    short, workings = folds("notebooks/synthesis/gas")
    assert short == ["In short", "Words", "More"]
    title, head, *words, end = workings
    assert (title, words, end) == ("Workings", ["Words", "More"], "</details>")
    assert "<summary>Show how the answers were worked out</summary>" in head


@pytest.mark.parametrize(
    ("page", "builder"),
    [("book/method", "html"), ("notebooks/synthesis/gas", "epub")],
    ids=["another page", "another form"],
)
def test_elsewhere_nothing_is_folded(page, builder):
    assert [each[1:] for each in folds(page, builder)] == [["Words", "More"]] * 2

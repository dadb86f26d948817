"""What extensions bring along reaches the site once, and pages only where they are."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebook.site.page_hooks import (
    bring_files,
    on_each_page,
    once_built,
)


def test_files_are_brought_once_and_left_where_they_are_the_same(tmp_path):
    config = SimpleNamespace(html_static_path=["_static"])
    app = SimpleNamespace(doctreedir=tmp_path, config=config)
    bring_files(app, "ours", {"a.js": "// a\n"})
    first = (tmp_path / "ours" / "a.js").stat().st_mtime_ns
    bring_files(app, "ours", {"a.js": "// a\n", "b.js": "// b\n"})
    assert config.html_static_path == ["_static", str(tmp_path / "ours")]
    assert (tmp_path / "ours" / "a.js").stat().st_mtime_ns == first
    assert (tmp_path / "ours" / "b.js").read_text(encoding="utf-8") == "// b\n"


@pytest.mark.parametrize(
    ("builder", "doctree", "called"),
    [("html", "a page", True), ("html", None, False), ("epub", "a page", False)],
    ids=["site", "made by no document", "another form"],
)
def test_a_page_of_a_site_is_handled_that_a_document_makes(builder, doctree, called):
    handlers, seen = [], []
    app = SimpleNamespace(
        builder=SimpleNamespace(name=builder),
        connect=lambda _event, handle, **_: handlers.append(handle),
    )
    on_each_page(app, seen.append)
    handlers[0](app, "a", "page.html", {"body": "<p>A</p>"}, doctree)
    assert [(page.name, page.body) for page in seen] == [("a", "<p>A</p>")] * called


@pytest.mark.parametrize(
    ("builder", "failure", "called"),
    [("html", None, True), ("html", ValueError(), False), ("epub", None, False)],
    ids=["site", "failed", "another form"],
)
def test_what_is_done_at_the_end_is_done_to_a_site_that_was_built(
    builder, failure, called
):
    handlers, seen = [], []
    app = SimpleNamespace(
        builder=SimpleNamespace(name=builder),
        connect=lambda _event, handle, **_: handlers.append(handle),
    )
    once_built(app, seen.append)
    handlers[0](app, failure)
    assert seen == [app] * called

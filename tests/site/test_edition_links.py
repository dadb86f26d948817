"""A page links an edition only where it is there and of the same commit."""

from __future__ import annotations

import os
from types import SimpleNamespace

import pytest

from sourcebook.site.edition_links import add_links, editions


def test_only_what_was_made_from_this_commit_is_linked(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000")
    assert editions(tmp_path) == []
    for folder, end, made in (("epub", "epub", 1000), ("pdf", "pdf", 999)):
        path = tmp_path / "_build" / folder / f"b.{end}"
        path.parent.mkdir(parents=True)
        path.write_bytes(b"")
        os.utime(path, (made, made))
    assert editions(tmp_path) == [("_build/epub/b.epub", "EPUB")]


@pytest.mark.parametrize(("page", "where"), [("book/index", "body"), ("a", "foot")])
def test_a_page_names_them_once(page, where):
    config = SimpleNamespace(
        sourcebook_editions=[["_build/epub/b.epub", "EPUB"]], root_doc="book/index"
    )
    app = SimpleNamespace(config=config, builder=SimpleNamespace(name="html"))
    context = {"body": "Words."}
    add_links(app, page, "", context, object())
    said = {"body": context["body"], "foot": context.get("sb_editions", "")}
    assert {place for place, words in said.items() if "b.epub" in words} == {where}

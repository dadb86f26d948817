"""A page links an edition only where it is there and of the same commit."""

from __future__ import annotations

import os
from types import SimpleNamespace

import pytest

from sourcebook.site.offline_files import (
    OFFLINE,
    _copy,
    add_button,
    add_links,
    editions,
    file_name,
)
from sourcebook.site.page_hooks import WrittenPage


def test_only_what_was_made_from_this_commit_is_linked(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000")
    assert editions(tmp_path) == []
    for folder, end, made in (("epub", "epub", 1000), ("pdf", "pdf", 999)):
        path = tmp_path / "_build" / folder / f"b.{end}"
        path.parent.mkdir(parents=True)
        path.write_bytes(b"")
        os.utime(path, (made, made))
    assert editions(tmp_path) == [("_build/epub/b.epub", "EPUB")]


GAS = "notebooks/synthesis/gas"


def test_editions_lie_in_the_site_and_old_ones_go(tmp_path):
    (tmp_path / "b.epub").touch()
    folder = tmp_path / "html" / OFFLINE
    folder.mkdir(parents=True)
    chapter = file_name(GAS).rpartition("/")[2]
    for name in (chapter, "old.epub"):
        (folder / name).touch()
    app = SimpleNamespace(
        outdir=tmp_path / "html", srcdir=tmp_path,
        env=SimpleNamespace(found_docs={GAS, "book/index"}),
        config=SimpleNamespace(sourcebook_editions=[["b.epub", "EPUB"]]),
    )  # fmt: skip
    _copy(app)
    assert {path.name for path in folder.iterdir()} == {chapter, "b.epub"}


def shown(page):
    """Return what a page names, by its place."""
    config = SimpleNamespace(
        sourcebook_editions=[["_build/epub/b.epub", "EPUB"]], root_doc="book/index"
    )
    env = SimpleNamespace(
        titles={GAS: SimpleNamespace(astext=lambda: "Gas & more")},
        toctree_includes={"book/index": ["book/method", GAS]},
    )
    app = SimpleNamespace(config=config, builder=SimpleNamespace(name="html"), env=env)
    context = {"body": "Words."}
    add_links(WrittenPage(app, page, context, None))
    return {"body": context["body"], "foot": context.get("sb_editions", "")}


@pytest.mark.parametrize(("page", "where"), [("book/index", "body"), ("a", "foot")])
def test_a_page_names_them_once(page, where):
    said = shown(page)
    assert {place for place, words in said.items() if "b.epub" in words} == {where}


def test_the_landing_page_lists_each_chapter_s_file_and_a_chapter_names_its_own():
    link = '<a href="../downloads/gas.html" download>Gas &amp; more</a>'
    assert link in shown("book/index")["body"]
    link = '<a href="../../downloads/gas.html" download>this chapter in one file</a>'
    assert link in shown(GAS)["foot"]
    assert "gas.html" not in str(shown("book/method"))


@pytest.mark.parametrize(("page", "count"), [(GAS, 2), ("book/method", 1)])
def test_the_menu_of_a_chapter_offers_its_file_first(page, count):
    group = {"label": "download-buttons", "buttons": [{"text": ".ipynb"}]}
    app = SimpleNamespace(builder=SimpleNamespace(name="html"))
    context = {"header_buttons": [{"label": "a"}, group]}
    add_button(WrittenPage(app, page, context, None))
    assert len(group["buttons"]) == count
    assert group["buttons"][-1] == {"text": ".ipynb"}

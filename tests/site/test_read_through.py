"""A chapter whose line moved is written anew, and no other page."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebook.site import read_through
from sourcebook.site.page_hooks import WrittenPage

GAS, TONE = "notebooks/synthesis/gas", "notebooks/synthesis/tone"


def test_each_chapter_has_the_line_of_its_own_state(monkeypatch, tmp_path):
    states = {"gas": SimpleNamespace(words="Read."), "tone": SimpleNamespace(words="")}
    domain = SimpleNamespace(root=tmp_path, answers=(), state="")
    for name, made in (
        ("get_domain", domain), ("load_trust", None), ("load_records", ()),
        ("chapter_states", states),
    ):  # fmt: skip
        monkeypatch.setattr(read_through, name, lambda *_, made=made, **__: made)
    assert read_through.lines(None) == {GAS: "Read.", TONE: ""}


@pytest.fixture
def env(monkeypatch):
    said = {GAS: "Read.", TONE: "Not yet read."}
    monkeypatch.setattr(read_through, "lines", lambda _: dict(said))
    return SimpleNamespace(found_docs={GAS, "book/index"}, said=said)


def test_only_pages_whose_line_moved_are_written_anew(env):
    moved = read_through._moved
    assert moved(None, env) == [GAS]  # of the chapters that have a page
    assert moved(None, env) == []
    env.said[GAS] = "Read again."
    assert moved(None, env) == [GAS]


def test_a_template_is_told_the_line_of_its_page(env):
    read_through._moved(None, env)
    app = SimpleNamespace(builder=SimpleNamespace(name="html"), env=env)
    for page, line in ((GAS, "Read."), ("book/index", "")):
        context = {}
        read_through._add(WrittenPage(app, page, context, None))
        assert context == {"sb_read_through": line}

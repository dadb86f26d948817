"""A chapter whose line moved is written anew, and no other page."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebook.site import trust_page
from sourcebook.site.page_hooks import WrittenPage

GAS, TONE = "notebooks/synthesis/gas", "notebooks/synthesis/tone"


def test_each_chapter_has_the_line_of_its_own_state(monkeypatch, tmp_path):
    states = {"gas": SimpleNamespace(words="Read."), "tone": SimpleNamespace(words="")}
    domain = SimpleNamespace(root=tmp_path, answers=(), state="")
    for name, made in (
        ("get_domain", domain), ("load_trust", None), ("load_records", ()),
        ("chapter_states", states),
    ):  # fmt: skip
        monkeypatch.setattr(trust_page, name, lambda *_, made=made, **__: made)
    assert trust_page.lines(None) == {GAS: "Read.", TONE: ""}


@pytest.fixture
def env(monkeypatch):
    said = {GAS: "Read.", TONE: "Not yet read."}
    monkeypatch.setattr(trust_page, "lines", lambda _: dict(said))
    return SimpleNamespace(found_docs={GAS, "book/index"}, said=said)


def test_only_pages_whose_line_moved_are_written_anew(env):
    moved = trust_page._moved_lines
    assert moved(None, env) == [GAS]  # of the chapters that have a page
    assert moved(None, env) == []
    env.said[GAS] = "Read again."
    assert moved(None, env) == [GAS]


def test_a_template_is_told_the_line_of_its_page(env):
    trust_page._moved_lines(None, env)
    app = SimpleNamespace(builder=SimpleNamespace(name="html"), env=env)
    for page, line in ((GAS, "Read."), ("book/index", "")):
        context = {}
        trust_page._add_line(WrittenPage(app, page, context, None))
        assert context == {"sb_read_through": line}

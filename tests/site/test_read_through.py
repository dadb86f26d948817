"""A chapter whose line moved is written anew, and no other page."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebook.site import read_through
from sourcebook.site.page_hooks import WrittenPage

GAS, TONE = "notebooks/synthesis/gas", "notebooks/synthesis/tone"


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

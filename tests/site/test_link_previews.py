"""A page's picture is drawn when its title changed, and not with every build."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from docutils import nodes

from sourcebook.site import page_preview as previews


@pytest.fixture
def app(tmp_path):
    record = 'title: A book\nversion: "1"\ndate-released: 2021-05-02\n'
    (tmp_path / "CITATION.cff").write_text(f"{record}authors: [{{name: We}}]\n")
    titles = {name: nodes.title("", name.title()) for name in ("one", "two")}
    env = SimpleNamespace(found_docs=set(titles), titles=titles)
    return SimpleNamespace(
        srcdir=tmp_path,
        outdir=tmp_path / "html",
        doctreedir=tmp_path,
        env=env,
        builder=SimpleNamespace(name="html"),
    )


def test_pictures_are_drawn_when_their_words_change(app, monkeypatch):
    drawn = []

    def draw(title, _book):
        drawn.append(title)
        return title.encode()

    monkeypatch.setattr(previews, "preview_png", draw)
    previews._draw(app)
    previews._draw(app)
    assert drawn == ["One", "Two"]
    app.env.titles["two"] = nodes.title("", "Three")
    (app.outdir / previews.preview_name("one")).unlink()
    previews._draw(app)
    assert drawn[2:] == ["One", "Three"]
    assert (app.outdir / previews.preview_name("two")).read_bytes() == b"Three"

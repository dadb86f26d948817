"""What the build does before it reads a page."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from sphinx.errors import ExtensionError

from sourcebook.errors import SourcebookError, cause, explained
from sourcebook.site import build_hooks as site
from sourcebook.site.build_on_save import faults_in


@pytest.fixture
def begun(monkeypatch, tmp_path):
    """Return a function that begins a build; it tells if kernels were made ready."""

    def begin(reason, mode="cache", pages=("notebooks/a/b",)):
        asked = []
        monkeypatch.setattr(site.fork_client, "begin", lambda: asked.append(True))
        monkeypatch.setattr(site, "reasons", lambda *_: {"notebooks/a/b.ipynb": reason})
        config = SimpleNamespace(nb_execution_mode=mode, nb_execution_cache_path="")
        config.external_site_map = pages
        app = SimpleNamespace(srcdir=tmp_path, outdir=tmp_path / "html", config=config)
        site._prepare(app, config)
        return bool(asked)

    return begin


def test_kernels_are_made_ready_while_sphinx_starts(begun):
    assert begun("never run")


def test_none_are_made_ready_where_nothing_will_run(begun):
    assert not begun("")
    assert not begun("never run", mode="off")


def test_none_are_made_ready_for_a_notebook_that_is_no_page(begun):
    assert not begun("never run", pages=("notebooks/a/other",))


def test_what_the_contents_name_becomes_a_page_and_nothing_else(tmp_path):
    (tmp_path / "book").mkdir()
    for name in ("book/a[1].md", "book/b.ipynb", "book/c.md"):
        (tmp_path / name).touch()
    config = SimpleNamespace(source_suffix={".md": "m", ".ipynb": "n"})
    app = SimpleNamespace(srcdir=tmp_path)
    site.keep_to_contents(app, config)
    assert not hasattr(config, "include_patterns")
    config.external_site_map = ("book/c.md", "book/b", "book/a[1]", "book/gone")
    site.keep_to_contents(app, config)
    assert config.include_patterns == ["book/a[1].md", "book/b.ipynb", "book/c.md"]


@pytest.mark.parametrize(
    ("mode", "before", "anew"),
    [
        ("cache", {}, {"one", "two"}),
        ("cache", {"one": "1", "two": "0"}, {"two"}),
        ("off", {}, set()),
    ],
)
def test_pages_with_new_outputs_are_read_again(monkeypatch, mode, before, anew):
    asked, caches = [], []
    store = SimpleNamespace(output=lambda name: {"one.ipynb": "1"}.get(name, "2"))
    monkeypatch.setattr(site, "renew", lambda _, names, **__: asked.extend(names))
    monkeypatch.setattr(site, "Store", lambda _, cache: caches.append(cache) or store)
    config = SimpleNamespace(nb_execution_mode=mode, nb_execution_cache_path="/cache")
    env = SimpleNamespace(
        found_docs=("two", "page", "one"), sourcebook_outputs=before,
        doc2path=lambda page: f"/b/{page}.{'md' if page == 'page' else 'ipynb'}",
    )  # fmt: skip
    app = SimpleNamespace(config=config, srcdir="/b", outdir="/b/_build/html")
    assert site._execute(app, env, set(), set(), set()) == anew
    assert asked == (["one.ipynb", "two.ipynb"] if mode == "cache" else [])
    config.nb_execution_cache_path = ""
    site._execute(app, env, set(), set(), set())
    places = [Path("/cache"), Path("/b/_build/.jupyter_cache")]
    assert caches == (places if mode == "cache" else [])


def test_a_notebook_that_fails_is_told_line_by_line(monkeypatch, tmp_path):
    def fail(*_, **__):
        raise SourcebookError("1 notebook failed\n  1 / 0\na.ipynb", fix="mend it")

    monkeypatch.setattr(site, "renew", fail)
    config = SimpleNamespace(nb_execution_mode="cache", nb_execution_cache_path="")
    app = SimpleNamespace(srcdir=tmp_path, outdir=tmp_path / "html", config=config)
    with pytest.raises(ExtensionError) as caught:
        site._execute(app, SimpleNamespace(found_docs=()), set(), set(), set())
    said = explained(cause(caught.value))
    assert said == "1 notebook failed\n  1 / 0\na.ipynb\n  fix: mend it"
    assert faults_in(f"reading\n\nERROR: {said}\n".splitlines(keepends=True)) == said


def test_downloads_are_put_into_the_site(monkeypatch):
    brought = []
    monkeypatch.setattr(site, "get_domain", lambda _: None)
    monkeypatch.setattr(site, "exports", lambda _: {"a": b""})
    monkeypatch.setattr(site, "put_all", lambda *given: brought.append(given))
    site._export(SimpleNamespace(outdir="/out", env=None))
    assert brought == [({"a": b""}, Path("/out") / site.DATA)]


def test_a_pipe_in_place_of_a_page_is_not_waited_for(monkeypatch, tmp_path):
    os.mkfifo(tmp_path / "page.md")
    domain = SimpleNamespace(root=tmp_path)
    monkeypatch.setattr(site, "get_domain", lambda _env: domain)
    with pytest.raises(SourcebookError, match=r"page\.md: no file"):
        site._before_reading(SimpleNamespace(env=None))

"""What the build does before it reads a page."""

from __future__ import annotations

import importlib
import os
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import MagicMock

import pytest

from sourcebook.errors import SourcebookError
from sourcebook.site import build_hooks as site

EXTENSIONS = [
    f"sourcebook.site.{path.stem}"
    for path in sorted(Path(site.__file__).parent.glob("*.py"))
    if "\ndef setup(app" in path.read_text(encoding="utf-8")
]


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


def test_a_pipe_in_place_of_a_page_is_not_waited_for(monkeypatch, tmp_path):
    os.mkfifo(tmp_path / "page.md")
    domain = SimpleNamespace(root=tmp_path)
    monkeypatch.setattr(site, "get_domain", lambda _env: domain)
    with pytest.raises(SourcebookError, match=r"page\.md: no file"):
        site._before_reading(SimpleNamespace(env=None))


@pytest.mark.parametrize("name", EXTENSIONS)
def test_an_extension_says_whether_pages_are_read_and_written_side_by_side(name):
    """Where one does not say so, Sphinx reads all pages one after the other."""
    told = importlib.import_module(name).setup(MagicMock(name="app"))
    apart = name == "sourcebook.site.incremental_build"  # one process notes what is new
    assert (told["parallel_read_safe"], told["parallel_write_safe"]) == (
        True,
        not apart,
    )

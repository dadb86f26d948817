"""What the build does before it reads a page."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebook.site import build_hooks as site


@pytest.fixture
def begun(monkeypatch, tmp_path):
    """Return a function that begins a build; it tells if kernels were made ready."""
    monkeypatch.delenv(site.SCHEDULER, raising=False)

    def begin(reason, mode="cache"):
        asked = []
        monkeypatch.setattr(site.zygote, "begin", lambda: asked.append(True))
        monkeypatch.setattr(site, "reasons", lambda *_: {"notebooks/a/b.ipynb": reason})
        config = SimpleNamespace(nb_execution_mode=mode, nb_execution_cache_path="")
        app = SimpleNamespace(srcdir=tmp_path, outdir=tmp_path / "html", config=config)
        site._prepare(app, config)
        return bool(asked)

    return begin


def test_kernels_are_made_ready_while_sphinx_starts(begun):
    assert begun("never run")


def test_none_are_made_ready_where_nothing_will_run_here(begun, monkeypatch):
    assert not begun("")
    assert not begun("never run", mode="off")
    monkeypatch.setenv(site.SCHEDULER, "tcp://127.0.0.1:8786")
    assert not begun("never run")

"""The collector looks less often while a site is made, and as before afterwards."""

from __future__ import annotations

import gc
import inspect
from types import SimpleNamespace

import pytest
from sphinx.environment import BuildEnvironment

from sourcebook.site import garbage


def test_the_collector_is_as_it_was_when_the_build_has_ended():
    before, told = gc.get_threshold(), {}
    app = SimpleNamespace(connect=lambda name, do, **_: told.update({name: do}))
    garbage.setup(app)
    assert gc.get_threshold() == garbage.OFTEN != before
    told["build-finished"](app, RuntimeError("the build failed"))
    assert gc.get_threshold() == before


@pytest.mark.parametrize("event", ["source-read", "doctree-resolved"])
def test_trees_of_pages_that_are_done_are_let_go_of(event, monkeypatch):
    monkeypatch.setattr(gc, "set_threshold", lambda *_: None)
    told = {}
    env = SimpleNamespace(**{name: {"a/page": "its tree"} for name in garbage._KEPT})
    app = SimpleNamespace(
        env=env, connect=lambda name, do, **_: told.update({name: do})
    )
    garbage.setup(app)
    told[event](app, "another/page", [])
    assert not any(vars(env).values())


def test_sphinx_still_keeps_them_where_we_look():
    kept = inspect.getsource(BuildEnvironment.__init__)
    assert all(f"self.{name}" in kept for name in garbage._KEPT)

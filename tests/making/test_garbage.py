"""The collector looks less often while a site is made, and as before afterwards."""

from __future__ import annotations

import gc
from types import SimpleNamespace

from sourcebook.making import garbage


def test_the_collector_is_as_it_was_when_the_build_has_ended():
    before, ended = gc.get_threshold(), []
    app = SimpleNamespace(connect=lambda _name, do, **_: ended.append(do))
    garbage.setup(app)
    assert gc.get_threshold() == garbage.OFTEN != before
    ended[0](app, RuntimeError("the build failed"))
    assert gc.get_threshold() == before

"""What the tests of pages share."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebook.site import directives


@pytest.fixture
def printed(monkeypatch):
    """Return a function that gives what a directive prints, and lists its targets."""

    def run(directive, domain, *arguments):
        monkeypatch.setattr(directives, "get_domain", lambda _: domain)
        run.noted = []
        document = SimpleNamespace(
            note_explicit_target=run.noted.append,
            note_implicit_target=run.noted.append,
        )
        asked = SimpleNamespace(
            arguments=arguments,
            env=None,
            error=ValueError,
            state=SimpleNamespace(document=document),
        )
        return directive.run(asked)

    return run

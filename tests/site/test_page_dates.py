"""A page that is not read again keeps its day until a commit may have moved it."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from sourcebook.site import page_furniture as page_dates

DAY = (1_772_625_600, None)  # seconds, as the library has it, and the zone


@pytest.fixture
def env(tmp_path, monkeypatch):
    """The environment of a build after which git is asked no more: one page, "a"."""
    monkeypatch.setattr(page_dates, "asked", lambda *_: "a commit")
    made = SimpleNamespace(
        srcdir=tmp_path, doc2path=lambda page: str(tmp_path / f"{page}.md"),
        dependencies={"a": {"seeds/a.yml"}}, git_last_updated={"a": DAY},
        sourcebook_commit="a commit",
    )  # fmt: skip
    made.app = SimpleNamespace(srcdir=tmp_path, env=made)
    return made


def remembered(env):
    page_dates._remember(env.app, env, [])
    return env


@pytest.mark.parametrize(
    ("commit", "now", "kept"),
    [
        ("a commit", "a commit", DAY),
        ("another", "a commit", None),
        ("", "", None),
    ],
    ids=["none since", "one since", "without git"],
)
def test_a_day_is_kept_until_a_commit(env, monkeypatch, commit, now, kept):
    env.sourcebook_commit = commit
    monkeypatch.setattr(page_dates, "asked", lambda *_: now)
    remembered(env)
    assert env.git_last_updated == {"a": kept}
    assert env.sourcebook_dates == {"a": DAY}
    assert env.sourcebook_commit == now


def test_pages_whose_day_moved_are_written_anew(env):
    env.sourcebook_dates = {"a": DAY, "same": DAY}
    env.git_last_updated = {"a": (DAY[0] + 1, None), "same": DAY, "new": DAY}
    assert page_dates._rewrite(env.app, env) == ["a"]


@pytest.mark.parametrize(
    ("found", "day"),
    [({"a": DAY}, date(2026, 3, 4)), ({"a": None}, None), ({"a": (0, None)}, None),
     ({}, None)],
    ids=["known", "not known", "no time", "no page"],
)  # fmt: skip
def test_the_day_is_that_of_universal_time(found, day):
    assert page_dates.changed(SimpleNamespace(git_last_updated=found), "a") == day


@pytest.mark.parametrize(
    ("page", "noted"),
    [("notebooks/a", ["notebooks/text/a.md"]), ("notebooks/b", []), ("book/a", [])],
    ids=["its pair", "without a pair", "no notebook"],
)
def test_a_notebook_is_made_from_its_text(tmp_path, page, noted):
    for folder in ("notebooks", "book"):
        (tmp_path / folder / "text").mkdir(parents=True)
        (tmp_path / folder / "text" / "a.md").touch()
    found = []
    app = SimpleNamespace(
        srcdir=tmp_path, env=SimpleNamespace(note_dependency=found.append)
    )
    page_dates._note_pair(app, page, [])
    assert found == [str(tmp_path / name) for name in noted]

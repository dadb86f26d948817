"""What is saved is shown at once where it can be, and built once for all."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from sourcebook.errors import SourcebookError
from sourcebook.site import live_reload
from sourcebook.site.live_reload import Following, Served
from sourcebook.site.publication import SITE

A_WHILE = 60  # seconds
FAULT = "seeds/a.yml: wrong"
WORDS, PAGE, CODE, GONE = "seeds/a.yml", "book/a.md", "src/a.py", "seeds/gone.yml"


class Resident:
    """A build that stayed, and has a page to show for what is saved."""

    def __init__(self, *faults, gone=False):
        self.faults, self.gone, self.asked, self.ended = faults, gone, [], False

    def show(self, names, opened):
        self.asked.append((names, opened))
        yield {"page": "a", "files": {}, "faults": self.faults}
        if self.gone:
            raise ConnectionError
        made = {"a.html": str(Path(__file__))}
        yield {"page": "b", "files": made, "faults": self.faults}

    def end(self):
        self.ended = True


@pytest.fixture
def builds(monkeypatch):
    """All builds that were begun; ``outcomes`` says what each of them comes to."""
    begun, outcomes = [], []

    class Build:
        def __init__(self, _, saved, *, aloud=False):
            self.saved, self.aloud, self.ended = saved, aloud, False
            begun.append(self)

        def run(self):
            outcome = outcomes.pop(0) if outcomes else None
            if callable(outcome):
                outcome = outcome(self)
            if isinstance(outcome, Exception):
                raise outcome
            return outcome

        def end(self):
            self.ended = True

    monkeypatch.setattr(live_reload, "Build", Build)
    return SimpleNamespace(begun=begun, outcomes=outcomes, Build=Build)


@pytest.fixture
def following(tmp_path):
    for name in (WORDS, PAGE, CODE):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / SITE).mkdir(parents=True)
    (tmp_path / SITE / "a.html").write_text("a", encoding="utf-8")
    return Following(tmp_path, Served(tmp_path / "work"))


def _until(following, done):
    with following.served.changed:
        assert following.served.changed.wait_for(done, timeout=20)


def test_the_first_build_is_heard_and_served(following, builds, capsys):
    following.first()
    assert [(build.saved, build.aloud) for build in builds.begun] == [((), True)]
    assert following.served.count == 1
    said = re.fullmatch(r"built in (\d+) s\n", capsys.readouterr().out)
    assert int(said[1]) < A_WHILE
    builds.outcomes.append(SourcebookError(FAULT))
    with pytest.raises(SourcebookError, match=FAULT):
        following.first()


@pytest.mark.parametrize(
    ("saved", "resident", "asked", "wanted"),
    [
        ((WORDS,), Resident(), True, ()),
        ((WORDS, PAGE), Resident(), True, ()),
        ((WORDS,), Resident(FAULT), True, (WORDS,)),
        ((WORDS,), Resident(gone=True), True, (WORDS,)),
        ((WORDS,), None, False, (WORDS,)),
        ((CODE,), Resident(), False, (CODE,)),
        ((WORDS, CODE), Resident(), False, (WORDS, CODE)),
        ((GONE,), Resident(), False, (GONE,)),
        ((WORDS, GONE), Resident(), False, (WORDS, GONE)),
    ],
    ids="words two fault ended none code and-code gone and-gone".split(),
)
def test_what_a_build_that_stayed_shows_need_not_be_looked_at_again(  # noqa: PLR0917
    following, saved, resident, asked, wanted, capsys
):
    following._resident = resident
    following.served.count = 1
    with following.served.reading("/a.html"):
        following.follow(tuple(following.root / name for name in saved))
    assert following.served.opened() == []
    assert following._wanted == {following.root / name for name in wanted}
    out, err = capsys.readouterr()
    assert f"saved: {', '.join(saved)}\n" in out
    if resident:
        assert resident.asked == [(list(saved), ["a"])] * asked
        whole = asked and not resident.gone
        assert (following._resident is resident) == (whole or not asked)
        assert out.endswith("s: b\n") == whole
        assert (following.served.folder / "a.html").is_file() == whole
        told = "\n".join(dict.fromkeys(resident.faults)) if whole else ""
        assert following.served.fault == told
        good = "not built; serving the last good book"
        assert err == (f"{FAULT}\n{good}\n" if told else "")


@pytest.mark.parametrize(
    ("saved", "ended"), [((PAGE,), False), ((WORDS,), True), ((PAGE, WORDS), True)]
)
def test_a_build_goes_on_where_only_pages_were_saved(following, builds, saved, ended):
    following._build = running = builds.Build(following.root, ())
    following.follow(tuple(following.root / name for name in saved))
    assert running.ended == ended


def test_a_fault_is_told_once_and_before_there_is_a_book_alone(following, capsys):
    for fault in (FAULT, FAULT, ""):
        following._say(fault)
        assert following.served.fault == fault
    assert capsys.readouterr().err == f"{FAULT}\n"


def test_builds_follow_each_other_until_the_end(following, builds, capsys):
    first, last = Resident(), Resident()
    one, two = (following.root / name for name in (WORDS, CODE))

    def overtaken(_):
        following.want((two,))
        return SourcebookError("half of it")

    builds.outcomes += [first, overtaken, SourcebookError(FAULT), last]
    with following.working():
        following.want()
        _until(following, lambda: following.served.count == 1)
        following.want((one,))
        _until(following, lambda: following.served.fault)
        following.want()
        _until(following, lambda: not following.served.fault)
    saved = [build.saved for build in builds.begun]
    assert saved == [(), (one,), tuple(sorted((one, two))), ()]
    assert "half of it" not in capsys.readouterr().err
    assert first.ended
    assert last.ended


def test_what_was_saved_while_a_build_ran_puts_it_out_of_date(following, builds):
    builds.outcomes.append(lambda _: following.want(()))
    following.first()
    assert following.served.count == 0


def test_the_end_ends_a_build_that_runs(following, builds):
    def waits(build):
        while not build.ended:
            following.served.say("it runs")
        return SourcebookError("interrupted")

    builds.outcomes.append(waits)
    with following.working():
        following.want()
        _until(following, lambda: following.served.fault)
    assert following.served.fault == "it runs"

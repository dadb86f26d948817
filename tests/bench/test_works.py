"""How times become a row."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from bench import results, works
from bench.places import Place
from bench.running import Ran
from bench.works import WORKS, Bench


@pytest.fixture
def bench(tmp_path):
    """A benchmark whose copies are folders with nothing in them."""

    def place(*_, plain):
        folder = tmp_path / ("plain" if plain else "ours")
        (folder / "_build" / "html").mkdir(parents=True, exist_ok=True)
        return Place(folder, plain, tmp_path)

    kinds = ("this_book", "made_up", "only_pages")
    places = SimpleNamespace(**dict.fromkeys(kinds, place), drop=lambda _: None)
    return Bench(places, pairs=3)


@pytest.fixture
def times(monkeypatch):
    """Let commands take, in turn, the seconds of this list; note what was run."""
    left, asked = [], []

    def run(place, command, *, fresh=False):
        asked.append((place.plain, fresh, command[0]))
        return Ran(left.pop(0))

    monkeypatch.setattr(works, "in_place", run)
    monkeypatch.setattr(works, "differences", lambda *_: iter(()))
    return SimpleNamespace(left=left, asked=asked)


def test_every_row_of_the_table_can_be_measured():
    assert set(WORKS) == {work.name for work in results.WORKS}


def test_plain_and_ours_take_turns_from_nothing(bench, times):
    times.left += [30, 10, 40, 10, 33, 11]
    row = WORKS["cold"](bench)
    turn = [(True, True, "jupyter-book"), (False, True, "sourcebook")]
    assert times.asked == turn * 3
    assert (row.plain, row.ours, row.ratio) == (33, 10, 3)
    assert row.holds == {works.SAME: True}
    assert row.commands["plain"].startswith("WARM_KERNELS=plain jupyter-book")


def test_five_hundred_is_drawn_out_in_a_straight_line_and_says_so(bench, times):
    times.left += [100, 310, 50, 40, 60]
    row = WORKS["five-hundred"](bench)
    assert row.plain == 520
    assert row.ratio == 10.4
    assert "not measured" in next(iter(row.notes))


@pytest.mark.parametrize(("small", "linear"), [(10, True), (5, False)])
def test_pages_have_to_be_linear(bench, times, small, linear):
    times.left += [60, 30] * 3 + [small] * 3
    row = WORKS["pages"](bench)
    assert row.holds["linear in pages"] is linear


def test_what_differs_between_the_sites_is_held_against_a_row(
    bench, times, monkeypatch
):
    times.left += [30, 10] * 3
    monkeypatch.setattr(works, "differences", lambda *_: iter(["index.html: differs"]))
    assert WORKS["cold"](bench).holds == {works.SAME: False}


def test_a_hundred_plain_is_not_measured_twice_in_one_day(bench, times):
    times.left += [100, 20] * 3
    row = WORKS["hundred"](bench)
    bench.plain.clear()
    bench.know({"hundred": row.model_copy(update={"date": "2020-01-01"})})
    assert not bench.plain
    bench.know({"hundred": row})
    times.left += [300, 90, 90, 90]
    assert WORKS["five-hundred"](bench).plain == 500


def test_settings_may_differ(bench, times, monkeypatch):
    times.left += [30, 10] * 3
    monkeypatch.setattr(works, "differences", lambda *_: iter([".buildinfo: differs"]))
    assert WORKS["cold"](bench).holds == {works.SAME: True}


@pytest.mark.parametrize(
    ("ran", "own", "alone"),
    [
        ({"bbc-2025", "gas"}, True, True),
        ({"bbc-2025", "other-2020"}, True, False),
        ({"gas"}, False, True),
    ],
)
def test_a_changed_note_runs_its_source_and_no_other(
    bench, times, monkeypatch, tmp_path, *, ran, own, alone
):
    folder = tmp_path / "ours" / "notebooks" / "sources"
    folder.mkdir(parents=True)
    for name in ("bbc-2025", "other-2020"):
        (folder / f"{name}.ipynb").touch()
    for place in ("plain", "ours"):
        sheet = tmp_path / place / "seeds" / "bbc-2025.yml"
        sheet.parent.mkdir(parents=True)
        sheet.write_text(f"claims:\n  - id: {works.CLAIM}\n    kind: status\n")
    seen = iter([set(), {(name, 1) for name in ran}] * 3)
    monkeypatch.setattr(works, "executions", lambda _: next(seen))
    times.left += [20] + [30, 10] * 3
    row = WORKS["note"](bench)
    assert times.asked[1:3] == [
        (True, True, "jupyter-book"),
        (False, False, "sourcebook"),
    ]
    assert row.holds == {
        works.SAME: True,
        "the source's own notebook ran again": own,
        "no other source's notebook ran again": alone,
    }


@pytest.mark.parametrize(("reader", "constant"), [(218, True), (260, False)])
def test_a_scan_may_take_no_more_memory_for_more_documents(
    bench, monkeypatch, reader, constant
):
    asked = []

    def run(command, *, cwd, **_):
        asked.append(len(list((cwd / command[-1]).iterdir())))
        worker = 200 if len(asked) == 1 else reader
        return Ran(10 * len(asked), {"parent": 90, "worker": worker})

    monkeypatch.setattr(works, "run", run)
    monkeypatch.setattr(Place, "env", {})
    bench.documents = 20
    row = WORKS["scan"](bench)
    assert asked == [2, 20]
    assert list(row.holds.values()) == [constant]
    assert row.notes["documents a second"] == "1"

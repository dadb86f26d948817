"""Tables of two readings count what was found, and show what is said with its words."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebook.comparing.second_reading import (
    Readings,
    SettledEntry,
    Unit,
    load_readings,
    second_files,
)
from sourcebook.reading.text import Span
from sourcebook.views.listings import PASSAGE, PageLink
from sourcebook.views.second_reading_tables import (
    _coded,
    _words,
    agreement_listing,
    differences_listing,
    kinds_listing,
    others_listing,
    reread_listing,
    settled_line,
)

DOE, ROE = frozenset({"Doe"}), frozenset({"Roe"})


def _unit(name: str, kind: str, start: int, **more) -> Unit:
    return Unit(f"acme/{name}", "acme", kind, start, start + 10, **more)


def _stance(name: str, start: int, sign: int, parties=DOE) -> Unit:
    more = {"actor": "Acme", "target": "it", "sign": sign, "parties": parties}
    return _unit(name, "stance", start, **more)


@pytest.fixture
def readings():
    first = (
        _stance("praise", 0, 1),
        _unit("tons", "quantity", 20),
        _unit("sale", "event", 40),
        _stance("doubt", 60, 1),
    )
    second = (
        _stance("r1", 0, -1),
        _unit("r2", "event", 20),
        _stance("r3", 60, 1, ROE),
    )
    differ = (("praise", "r1", "sign", "first"), ("doubt", "r3", "target", "both"))
    settled = tuple(
        SettledEntry(first=one, second=two, differ=what, stands=stands, why="It says.")
        for one, two, what, stands in differ
    )
    blocks = (Span(0, 50), Span(50, 100))
    return [Readings("acme", None, blocks, first, second, settled, {})]


@pytest.fixture
def made():
    """A corpus of one sheet, which has lost its claim of a sale."""
    source = SimpleNamespace(
        find=lambda name: None if name == "acme/sale" else name,
        document=SimpleNamespace(raw="x" * 100),
        sheet=SimpleNamespace(short="Acme"),
    )
    return SimpleNamespace(sources={"acme": source})


def test_found_is_counted_for_either_reading(readings):
    one, of_all = agreement_listing(readings).rows
    assert one[1:] == of_all[1:]
    assert one[1] == "3 of 4; 3 of 3"
    assert [cell.partition(":")[0] for cell in one[2:]] == ["n 7", "n 3", "n 2", "n 2"]


def test_of_each_kind_of_the_first_those_are_counted_that_the_second_has(readings):
    assert [row[:4] for row in kinds_listing(readings).rows] == [
        ("stance", "2", "2", "2 of 2 (34 to 100 %)"),
        ("quantity", "1", "0", "0 of 1 (0 to 79 %)"),
        ("event", "1", "1", "0 of 1 (0 to 79 %)"),
    ]
    assert others_listing(readings).rows == (("quantity", "event", "1"),)


def test_each_claim_is_told_with_what_the_second_made_of_it(readings, made):
    rows = reread_listing(readings, made).rows
    assert [row[0].words for row in rows if isinstance(row[0], PageLink)] == [
        "praise", "tons", "doubt",
    ]  # fmt: skip
    assert [row[2:] for row in rows] == [
        ("stance", "yes", "stance", "same", "other"),
        ("quantity", "yes", "event", "", ""),
        ("event", "no", "none of its own", "", ""),
        ("stance", "yes", "stance", "other", "same"),
    ]


def test_a_statement_is_told_with_its_stance_and_its_claim(made):
    assert _coded(None, made) == "none"
    assert _coded(_unit("sale", "event", 0), made) == ("event", "sale")
    assert _coded(_unit("r1", "event", 0, quote="It was."), made) == "event"
    said, link = _coded(_stance("praise", 0, -1), made)
    assert (said, link.words) == ("stance: Acme against, of it", "praise")


def test_how_differences_were_settled_is_counted(readings):
    assert settled_line(readings) == (
        "In stances and forecasts the readings differ 2 times: the first stands 1 "
        "times, the second 0, both 1, neither 0. 2 differences lie in other kinds "
        "alone."
    )


@pytest.mark.parametrize("more", [0, 1])
def test_only_words_that_are_cut_have_an_ellipsis(more):
    unit = SimpleNamespace(source="a", start=0, end=1, quote="x" * (PASSAGE + more))
    document = SimpleNamespace(raw="y")
    corpus = SimpleNamespace(sources={"a": SimpleNamespace(document=document)})
    assert _words(unit, corpus) == f"“{'x' * PASSAGE}{'…' * more}”"


def test_each_difference_is_told_with_the_words_it_is_about(corpus):
    readings = [load_readings(path, corpus) for path in second_files(corpus.root)]
    rows = differences_listing(readings, corpus).rows
    assert rows
    assert [words for words, *_ in rows if len(words.strip("“”… ")) < 3] == []

"""The data files: fields as promised, the same bytes each time, safe to open."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sourcebook.coding.census import Item, Waiver
from sourcebook.coding.claims import Claim
from sourcebook.coding.hedges import Quantity
from sourcebook.comparing.relations import Verdict
from sourcebook.making.export import (
    CLAIM_FIELDS,
    RELATION_FIELDS,
    as_csv,
    claim_rows,
    relation_rows,
    write_exports,
)
from sourcebook.reading.text import Span
from sourcebook.showing.addresses import DOWNLOADS

PROMISED = (
    "id source file start end quote nth kind topic measure value_low value_high value "
    "unit hedge of where when status voice actor target concept sign key chapter_url"
)
TEXT = "Sales rose to around 14 tons. Nothing else is said in this long sentence."


def make_quantity(low: str, high: str = "", *, hedge: str = "") -> Quantity:
    return Quantity(
        low=Fraction(low),
        high=Fraction(high or low),
        step=Fraction(1, 10),
        loose_step=Fraction(1, 10),
        unit="percent",
        per="",
        hedge=hedge,
        noun="",
        text="as printed",
    )


def make_claim(name: str = "sales", **changes: Any) -> Claim:
    words = dict.fromkeys(
        "measure of where when status origin actor target concept type place note "
        "prefix suffix sentence section figure".split(),
        "",
    )
    fields = {
        **words,
        "id": f"acme-2021/{name}",
        "source": "acme-2021",
        "file": "acme.txt",
        "kind": "quantity",
        "topic": "sales",
        "quote": "rose to 14 tons",
        "exact": "rose to 14 tons",
        "nth": 1,
        "voice": "author",
        "sign": None,
        "actors": (),
        "key": True,
        "span": Span(6, 28),
        "paragraph": 1,
        "quantity": None,
    }
    return Claim(**(fields | changes))


def make_source(**changes: Any) -> SimpleNamespace:
    document = SimpleNamespace(
        text=TEXT, raw_span=lambda start, end: Span(start + 1, end + 1)
    )
    sheet = SimpleNamespace(
        file="acme.txt", sha256="0" * 64, coverage=SimpleNamespace(state="partial")
    )
    fields = {
        "citekey": "acme-2021",
        "document": document,
        "sheet": sheet,
        "waivers": (Waiver(30, 73, "transition", ""),),
        "census": (
            Item("sentence", 0, 29, 1, TEXT[:29], "coded", ("acme-2021/sales",)),
            Item("sentence", 30, 73, 1, TEXT[30:], "waived", ("transition",)),
        ),
    }
    return SimpleNamespace(**(fields | changes))


def make_answer(
    name: str, *claims: Claim, slack: Fraction | None = None
) -> SimpleNamespace:
    verdict = Verdict("not-comparable", "of", None, None, slack, "They differ.")
    a, b = claims
    return SimpleNamespace(
        id=name,
        question=SimpleNamespace(adjudication="open", cause="denominator", why="=so"),
        rows=lambda: iter([(a.id, b.id, verdict)]),
    )


CLAIMS = (make_claim("sales"), make_claim("a-first"))
CORPUS: Any = SimpleNamespace(claims=CLAIMS, sources={"acme-2021": make_source()})
ANSWERS: Any = [make_answer("z/2", *CLAIMS), make_answer("a/1", *CLAIMS)]


def test_claims_have_exactly_the_promised_fields() -> None:
    assert PROMISED.split() == CLAIM_FIELDS
    assert [list(row) for row in claim_rows(CLAIMS)] == [CLAIM_FIELDS] * len(CLAIMS)


def test_relations_have_exactly_the_promised_fields() -> None:
    promised = "question a b relation axis slack adjudication cause why by reason"
    assert promised.split() == RELATION_FIELDS
    assert [list(row) for row in relation_rows(ANSWERS)] == [RELATION_FIELDS] * 2


@pytest.mark.parametrize(
    ("quantity", "values"),
    [
        pytest.param(make_quantity("4.3"), (4.25, 4.35, 4.3), id="bare"),
        pytest.param(make_quantity("5", hedge="around"), (4.5, 5.5, 5), id="about"),
        pytest.param(make_quantity("40", hedge="up to"), (0, 40, 40), id="up-to"),
        pytest.param(make_quantity("7", hedge="at least"), (7, 100, 7), id="a-share"),
        pytest.param(make_quantity("20", "25"), (20, 25, None), id="range"),
        pytest.param(None, (None, None, None), id="no-figure"),
    ],
)
def test_values_are_numbers(quantity: Quantity | None, values: tuple[Any, ...]) -> None:
    (row,) = claim_rows([make_claim(quantity=quantity)])
    assert (row["value_low"], row["value_high"], row["value"]) == values
    assert [type(row["value"])] == [type(values[2])]


def test_an_end_without_bound_is_null() -> None:
    quantity = Quantity(
        low=Fraction(14), high=Fraction(14), step=Fraction(1), loose_step=Fraction(1),
        unit="t", per="", hedge="more than", noun="", text="more than 14 t",
    )  # fmt: skip
    (row,) = claim_rows([make_claim(quantity=quantity)])
    assert (row["value_low"], row["value_high"]) == (14, None)


def test_a_claim_links_to_its_entry() -> None:
    (row,) = claim_rows([make_claim()])
    assert row["chapter_url"] == "book/claims/acme-2021.html#claim-acme-2021-sales"


def test_the_same_files_with_the_same_bytes(tmp_path: Path) -> None:
    paths = write_exports(CORPUS, ANSWERS, tmp_path / "one")
    assert tuple(path.name for path in paths) == DOWNLOADS
    again = SimpleNamespace(claims=CLAIMS[::-1], sources=CORPUS.sources)
    others = write_exports(again, ANSWERS[::-1], tmp_path / "two")
    for path, other in zip(paths, others, strict=True):
        content = path.read_bytes()
        assert content == other.read_bytes()
        assert content.endswith(b"\n")
        assert b"\r" not in content
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == list(DOWNLOADS)


def test_rows_are_sorted(tmp_path: Path) -> None:
    write_exports(CORPUS, ANSWERS, tmp_path)
    claims = json.loads((tmp_path / "claims.json").read_text(encoding="utf-8"))
    relations = json.loads((tmp_path / "relations.json").read_text(encoding="utf-8"))
    assert [row["id"] for row in claims] == ["acme-2021/a-first", "acme-2021/sales"]
    assert [row["question"] for row in relations] == ["a/1", "z/2"]


def test_letters_are_kept_as_they_are(tmp_path: Path) -> None:
    claim = make_claim(quote="“the EU’s” €5")
    corpus: Any = SimpleNamespace(claims=(claim,), sources={})
    for path in write_exports(corpus, [], tmp_path):
        if path.name.startswith("claims"):
            assert "“the EU’s” €5" in path.read_text(encoding="utf-8")


def test_a_file_that_is_the_same_is_left_alone(tmp_path: Path) -> None:
    (path, *_) = write_exports(CORPUS, ANSWERS, tmp_path)
    before = path.stat().st_mtime_ns
    write_exports(CORPUS, ANSWERS, tmp_path)
    assert path.stat().st_mtime_ns == before
    path.write_text("old")
    write_exports(CORPUS, ANSWERS, tmp_path)
    assert path.read_text(encoding="utf-8") != "old"


def test_places_are_those_of_the_raw_file(tmp_path: Path) -> None:
    write_exports(CORPUS, ANSWERS, tmp_path)
    (waiver,) = json.loads((tmp_path / "waivers.json").read_text(encoding="utf-8"))
    assert (waiver["start"], waiver["end"]) == (31, 74)
    (source,) = json.loads((tmp_path / "census.json").read_text(encoding="utf-8"))
    assert [item["start"] for item in source["items"]] == [1, 31]
    assert source["counts"]["sentence"] == {
        "coded": 1, "waived": 1, "gap": 0, "unread": 0, "total": 2,
    }  # fmt: skip


def test_what_was_not_quoted_is_not_published(tmp_path: Path) -> None:
    for path in write_exports(CORPUS, ANSWERS, tmp_path):
        assert "long sentence" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_text_is_a_formula(start: str) -> None:
    sheet = as_csv([{"quote": f'{start}HYPERLINK("x")'}], ["quote"]).decode()
    (row,) = csv.DictReader(io.StringIO(sheet, newline=""))
    assert row["quote"].startswith(f"'{start}")


def test_numbers_stay_numbers_in_csv() -> None:
    row = {"sign": -1, "low": -0.5, "key": False, "none": None}
    assert as_csv([row], list(row)) == b"sign,low,key,none\n-1,-0.5,false,\n"


@given(st.text(st.characters(codec="utf-8")))
@example("'quoted'")
def test_every_text_can_be_had_back_from_csv(text: str) -> None:
    sheet = as_csv([{"text": text, "n": 1}], ["text", "n"]).decode()
    _, (cell, _) = csv.reader(io.StringIO(sheet, newline=""))
    assert cell.removeprefix("'") == text

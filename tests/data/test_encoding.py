"""JSON and CSV: the same bytes each time, safe to open, nothing lost."""

from __future__ import annotations

import csv
import io
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sourcebook.data.fields import as_csv, as_json, number


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_text_is_a_formula(start: str) -> None:
    rows = _rows(as_csv([{"quote": f'{start}HYPERLINK("x")'}], ["quote"]))
    assert rows[1][0].startswith(f"'{start}")


@pytest.mark.parametrize(
    ("value", "written"), [("3", b"3\n"), ("1/4", b"0.25\n"), ("", b"null\n")]
)
def test_a_whole_number_is_written_whole(value: str, written: bytes) -> None:
    assert as_json(number(Fraction(value) if value else None)) == written


def test_numbers_stay_numbers_in_csv() -> None:
    row = {"sign": -1, "low": -0.5, "key": False, "none": None}
    content = as_csv([row], list(row)).decode("utf-8-sig")
    assert content == "sign,low,key,none\n-1,-0.5,false,\n"


@given(st.text(st.characters(codec="utf-8")))
@example("'quoted'")
def test_every_text_can_be_had_back_from_csv(text: str) -> None:
    _, (cell, _) = _rows(as_csv([{"text": text, "n": 1}], ["text", "n"]))
    assert cell.removeprefix("'") == text


def test_a_spreadsheet_is_told_the_encoding_and_pandas_does_not_mind() -> None:
    content = as_csv([{"quote": "“€5”"}], ["quote"])
    assert content.startswith(b"\xef\xbb\xbf")
    table = pd.read_csv(io.BytesIO(content))
    assert list(table.columns) == ["quote"]
    assert table.quote[0] == "“€5”"


def test_json_keeps_letters_as_they_are() -> None:
    assert as_json({"a": "“é”"}) == '{\n "a": "“é”"\n}\n'.encode()

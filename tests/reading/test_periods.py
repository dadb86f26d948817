"""EDTF strings become their first and last possible day, or are refused."""

import datetime as dt

import pytest

from sourcebook.errors import SourcebookError
from sourcebook.reading.dates.periods import bounds, time_words, valid


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022-04-29", "2022-04-29", "2022-04-29"),
        ("2022-04-29T10:00:00", "2022-04-29", "2022-04-29"),
        ("199X", "1990-01-01", "1999-12-31"),
        ("18XX", "1800-01-01", "1899-12-31"),
        ("2022-XX", "2022-01-01", "2022-12-31"),
        ("2010~", "2010-01-01", "2010-12-31"),
        ("2019-21", "2019-03-01", "2019-05-31"),
        ("2019-24", "2019-12-01", "2020-02-29"),
        ("2018/2020", "2018-01-01", "2020-12-31"),
        ("2020-09/2020-11", "2020-09-01", "2020-11-30"),
        ("2019-21/2020", "2019-03-01", "2020-12-31"),
        ("../2022", "0001-01-01", "2022-12-31"),
        ("2022/..", "2022-01-01", "9999-12-31"),
        ("/2022", "0001-01-01", "2022-12-31"),
    ],
)
def test_bounds(edtf, first, last):
    expected = (dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    assert bounds(edtf) == expected


@pytest.mark.parametrize(
    "edtf",
    [
        "",
        " 2022",
        "2022 ",
        "22",
        "2022-13",
        "2022-02-30",
        "2022-4",
        "2020/2018",
        "../..",
        "2018/2019/2020",
        "2024-35",
        "[2014,2015]",
        "Y20220",
        "0000",
        "May 2022",
        "29/04/2022",
        "9999-24",
        "2022-02-30T10:00:00",
    ],
)
def test_bounds_refuses_what_is_not_edtf(edtf):
    with pytest.raises(SourcebookError, match="not a date"):
        bounds(edtf)


@pytest.mark.parametrize(
    "edtf",
    [
        "2022",
        "2022-04",
        "2022-02-28",
        "2022-02-29",
        "199X",
        "18XX",
        "00XX",
        "0000",
        "2019-24",
        "9999-24",
        "2010~",
        "2018/2020",
        "2020/2018",
        "2020-05/2020",
        "2020-09/2020-11",
        "2020-11/2020-09",
        "2022/..",
        "",
    ],
)
def test_the_quick_check_agrees_with_the_parser(edtf):
    try:
        bounds(edtf)
    except SourcebookError:
        assert valid(edtf) == ""
    else:
        assert valid(edtf) == edtf


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2020-05/2021-05", "May 2020 to May 2021"),
        ("2020-04-29/2020-05-29", "29 April to 29 May 2020"),
    ],
)
def test_what_both_ends_have_in_common_is_said_once(edtf, words):
    assert time_words(edtf) == words

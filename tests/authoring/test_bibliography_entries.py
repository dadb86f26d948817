"""An entry of the bibliography: read from a file, or made from words, and read back."""

from __future__ import annotations

import json
import string

import pytest

from sourcebook.authoring.source_metadata import (
    BibEntry,
    Metadata,
    _csl_date,
    author_tex,
    from_entry,
    read_entry,
    tex,
)
from sourcebook.data.references import read_works
from sourcebook.errors import SourcebookError

BIBTEX = r"""
@article{doe-2024, author = {van Doe, Jane and {Ministry of Tons and Bread}},
  title = {On {Tons} \& more}, journal = {Journal of Tons}, year = 2024, month = may,
  abstract = {Not ours to print}, file = {/a/b.pdf}, url = {https://example.org/a}}
@misc{roe-2020, title = {Other}}
"""
CSL = [
    {
        "id": "doe-2024",
        "type": "report",
        "title": "Tons: 100% & <b>more</b>",
        "author": [{"family": "Doe", "given": "Jane"}, {"literal": "Ministry of Tons"}],
        "issued": {"date-parts": [[2024, 5, 3]]},
        "publisher": "Ministry_of_Tons",
        "URL": "https://example.org/a_b",
        "abstract": "Not ours to print",
    }
]


def _read(file, name, text, key="doe-2024"):
    return read_entry(file(name, text.encode()), key)


@pytest.mark.parametrize(
    ("fields", "issued"),
    [
        ({"year": "2024", "month": "March"}, "2024-03"),
        ({"year": "2024", "month": "dec"}, "2024-12"),
        ({"year": "2024", "month": "spring"}, "2024"),
        ({"year": "2023", "date": "2024-05-03"}, "2024-05-03"),
        ({"year": "2024", "date": "in May"}, "2024"),
        ({"year": "forthcoming", "month": "may"}, ""),
    ],
)
def test_a_date_is_as_precise_as_the_entry_has_it(fields, issued):
    assert BibEntry("book", fields).issued == issued


def test_bibtex_keeps_its_fields_and_leaves_notes_behind(file):
    entry = _read(file, "a.bib", BIBTEX)
    assert from_entry(entry) == Metadata(
        title="On Tons & more",
        author="van Doe, Jane; Ministry of Tons and Bread",
        issued="2024-05",
        genre="ScholarlyArticle",
        publisher="Journal of Tons",
        url="https://example.org/a",
    )
    work = read_works(entry.print_as("doe-2024"))["doe-2024"]
    assert work.title == "On Tons & more"
    assert work.names == ("Jane van Doe", "Ministry of Tons and Bread")
    assert set(work.fields) == {"title", "journal", "year", "month", "url"}


def test_authors_are_parted_at_an_and_that_stands_in_no_braces():
    names = "{Salt and Bread} and Doe, {J. and} and Roe, Ann"
    known = from_entry(BibEntry("book", {"author": names}))
    assert known.author == "Salt and Bread; Doe, J. and; Roe, Ann"


def test_csl_json_becomes_an_entry(file):
    entry = _read(file, "a.json", json.dumps(CSL))
    known = from_entry(entry)
    assert known.title == "Tons: 100% & <b>more</b>"
    assert known.author == "Doe, Jane; Ministry of Tons"
    assert (known.issued, known.genre) == ("2024-05-03", "Report")
    work = read_works(entry.print_as("doe-2024"))["doe-2024"]
    assert work.fields["institution"] == "Ministry_of_Tons"
    assert work.fields["year"] == "2024"
    single = read_entry(file("b.json", json.dumps(CSL[0]).encode()), "doe-2024")
    assert single == entry


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [[2024, 5, 3]]}, "2024-05-03"),
        ({"date-parts": [["2024", "12"]]}, "2024-12"),
        ({"date-parts": [[2024], [2025]]}, "2024"),
        ({"date-parts": [["May", 2024]]}, ""),
        ({"date-parts": []}, ""),
        ({"raw": "2024-05"}, "2024-05"),
        ({"literal": "2024"}, "2024"),
        ({"literal": "in spring"}, ""),
        ("2024", ""),
    ],
)
def test_a_date_of_csl_is_taken_where_it_is_one(issued, date):
    assert _csl_date(issued) == date


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        (
            "a.bib",
            BIBTEX.replace("doe-", "dough-"),
            "no entry 'doe-2024'; did you mean",
        ),
        ("a.bib", BIBTEX + "@misc{doe-2024, title={x}}", "repeated bibliography entry"),
        ("a.bib", "@misc{doe-2024, title={x", "syntax error"),
        ("a.bib", "nothing", "entries there: none"),
        (
            "a.bib",
            "@misc{doe-2024, title={A \u202eb}}",
            r"doe-2024: title holds what cannot be seen: 1 U\+202E",
        ),
        ("a.json", "{", "not JSON"),
        ("a.json", '["a"]', "not CSL-JSON"),
        ("a.json", json.dumps(CSL * 2), "2 entries are called 'doe-2024'"),
        ("a.json", "[" * 100_000, "not JSON"),
        ("a.json", json.dumps(CSL).replace("doe-", "roe-"), "change the entry's key"),
    ],
)
def test_an_entry_that_is_not_there_once_is_refused(file, name, text, fault):
    with pytest.raises(SourcebookError, match=fault) as caught:
        _read(file, name, text)
    assert str(caught.value).startswith(f"{name}: ")
    assert "\n  fix: " in str(caught.value)


def test_a_file_of_entries_that_is_no_file_or_no_text_is_refused(file, tmp_path):
    with pytest.raises(SourcebookError, match="not a file"):
        read_entry(tmp_path, "a")
    with pytest.raises(SourcebookError, match="not UTF-8 at byte 0"):
        read_entry(file("a.bib", b"\xff"), "a")


def test_any_words_come_back_from_the_bibliography_as_they_were():
    signs = "".join(sorted(set(string.punctuation) - set("{}")))
    title = f"A {signs} é “x” <script>alert(1)</script> \\href z"
    made = Metadata(title, "Doe & Co; O’Neil, Ann_E", "2024", "Report").entry(None)
    work = read_works(made.print_as("a"))["a"]
    assert work.title == title
    assert work.names == ("Doe & Co", "Ann_E O’Neil")
    with pytest.raises(SourcebookError, match=r"holds '\{'"):
        tex("a { b")


def test_one_comma_makes_a_person_and_nothing_else_does():
    names = ("Doe, Jane", "Jane Doe", "Tons, Bread, and Butter", "Doe, Jane and Roe")
    assert author_tex(names) == (
        "Doe, Jane and {Jane Doe} and {Tons, Bread, and Butter} and {Doe, Jane and Roe}"
    )


def test_an_entry_without_what_its_kind_needs_is_a_misc():
    entry = BibEntry("article", {"title": "T", "publisher": "P"})
    assert entry.print_as("a").startswith("@misc{a,")
    assert read_works(entry.print_as("a"))["a"].fields["howpublished"] == "P"

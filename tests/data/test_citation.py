"""A page can be cited in every form, and nothing in a form is made up."""

from __future__ import annotations

import json
from datetime import date

import pytest

from sourcebook.data.citation import Book, Page, about_book, cite, load_work

WORK = Book(
    "Brussels & Baku", ("The Sourcebook contributors",), "1.2.0", date(2026, 1, 2)
)
PAGE = Page("notebooks/synthesis/gas", "How much of the EU’s gas?", date(2026, 3, 4))


def test_the_words_name_page_book_version_and_day():
    assert cite(WORK, PAGE).text == (
        "The Sourcebook contributors (2026): “How much of the EU’s gas?”. In: "
        "Brussels & Baku, version 1.2.0, changed 2026-03-04."
    )


def test_a_page_without_a_date_is_cited_by_its_release():
    undated = Page("book/data", "Data")
    assert cite(WORK, undated).text.endswith("released 2026-01-02.")
    assert json.loads(cite(WORK, undated).csl)[0]["issued"]["date-parts"] == [
        [2026, 1, 2]
    ]


def test_the_title_page_is_the_book_itself():
    whole = cite(WORK, Page("book/index", WORK.title))
    assert "In: " not in whole.text
    assert whole.bibtex.startswith("@book{sourcebook-index,")
    (entry,) = json.loads(whole.csl)
    assert entry["type"] == "book"
    assert "container-title" not in entry
    assert json.loads(cite(WORK, PAGE).csl)[0]["type"] == "chapter"
    assert whole.ris.startswith("TY  - BOOK\r\n")
    assert "T2" not in whole.ris
    assert f"T2  - {WORK.title}\r\n" in cite(WORK, PAGE).ris


def test_people_and_bodies_are_its_authors(tmp_path):
    record = {
        "title": "Tons", "version": "1.0.0", "date-released": "2026-01-02",
        "authors": [{"name": "Us"}, {"given-names": "Ada", "family-names": "Doe"}],
        "abstract": "Of tons.", "keywords": ["tons"],
    }  # fmt: skip
    (tmp_path / "CITATION.cff").write_text(json.dumps(record), encoding="utf-8")
    assert load_work(tmp_path).authors == ("Us", "Ada Doe")
    about = about_book(tmp_path)
    assert about == record | {"authors": [{"name": "Us"}, {"name": "Ada Doe"}]}


@pytest.mark.parametrize("form", ["text", "bibtex", "csl", "ris"])
def test_an_address_is_given_only_where_there_is_one(form):
    address = "https://example.org/notebooks/synthesis/gas.html"
    there = Page(PAGE.name, PAGE.title, PAGE.changed, address)
    assert address in getattr(cite(WORK, there), form)
    assert "http" not in getattr(cite(WORK, PAGE), form)


def test_bibtex_escapes_what_it_would_take_for_commands():
    odd = Page("book/odd", "50 % of {x} & “y”", PAGE.changed)
    written = cite(WORK, odd).bibtex
    assert r"title = {{50 \% of \{x\} \& ``y''}}" in written
    assert r"booktitle = {{Brussels \& Baku}}" in written


def test_ris_ends_as_programs_expect():
    assert cite(WORK, PAGE).ris.endswith("ER  - \r\n")

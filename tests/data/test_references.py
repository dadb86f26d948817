"""References: names in parts, plain words for LaTeX, dates no surer than they are."""

from __future__ import annotations

import re

import pytest
from made_up_book import BIBTEX

from sourcebook.data.references import BIB_FILE, check_works, csl_items, read_works
from sourcebook.errors import SourcebookError


def _item(make, **sheet):
    (item,) = csl_items([make.source(make.sheet(**sheet))], read_works(make.bibtex))
    return item


def test_a_work_in_the_words_of_csl(make):
    item = _item(make)
    assert (item["id"], item["type"]) == ("acme-2021", "article-journal")
    assert item["title"] == "On Sales: a Report"
    assert (item["container-title"], item["page"]) == ("Journal of Tons", "3–9")
    assert item["author"] == [
        {"given": "Jane", "non-dropping-particle": "van", "family": "Doe"},
        {"literal": "Acme Inc"},
    ]
    assert item["DOI"] == "10.1/x"


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        ({"date": "2021-05-02", "quote": "q"}, {"date-parts": [[2021, 5, 2]]}),
        (
            {"date": "2021-05/2021-06", "inferred": "why"},
            {"date-parts": [[2021, 5], [2021, 6]], "circa": True},
        ),
        # The bibliography knows the year; the file alone leaves two open.
        ({"date": "2020/2021", "inferred": "why"}, {"date-parts": [[2021]]}),
    ],
    ids=["printed", "inferred", "from-outside"],
)
def test_a_date_is_no_surer_than_its_proof(make, issued, expected):
    assert _item(make, issued=issued)["issued"] == expected


@pytest.mark.parametrize("date", ["2020-12-31", "2022/2023"])
def test_a_work_of_another_year_than_its_sheet_says_is_refused(make, date):
    with pytest.raises(
        SourcebookError, match=f"is of 2021, and by its sheet of {date}"
    ):
        _item(make, issued={"date": date, "quote": "q"})


def test_a_source_without_an_entry_is_named(make):
    with pytest.raises(SourcebookError, match=r"references\.bib: no entry 'acme-2021'"):
        csl_items([make.source()], {})


def test_the_five_documents(corpus, root):
    works = read_works((root / "seeds" / "references.bib").read_text("utf-8"))
    items = {item["id"]: item for item in csl_items(corpus.sources.values(), works)}
    assert items["van-gils-2017"]["issued"] == {"date-parts": [[2017]]}
    assert items["bbc-2025"]["author"] == [{"literal": "BBC"}]
    text = str(items)
    assert not set("{}\\") & set("".join(i["title"] for i in items.values())), text


BIBLIOGRAPHIES = {
    "title": (BIBTEX, "On sails", "acme-2021 is called 'On Sales: a Report', and by"),
    "year": (BIBTEX.replace("2021}", "2012}"), "", "acme-2021 is of 2012, and by"),
    "key": (BIBTEX.replace("acme", "akme"), "", "no entry 'acme-2021'"),
    "syntax": (BIBTEX + "@misc{a", "", "not BibTeX: syntax error"),
    "letters": (BIBTEX + "é", "", "not UTF-8 at byte"),
}


@pytest.mark.parametrize("name", BIBLIOGRAPHIES)
def test_the_bibliography_is_held_to_the_sheets(make, tmp_path, name):
    bibtex, title, said = BIBLIOGRAPHIES[name]
    path = tmp_path / "references.bib"
    path.write_text(bibtex, encoding="latin-1")
    with pytest.raises(SourcebookError, match=re.escape(said)) as caught:
        check_works([make.source(make.sheet(title=title))], path)
    assert [(f.file, bool(f.fix)) for f in caught.value.faults] == [(BIB_FILE, True)]


def test_a_bibliography_that_says_what_the_sheets_say_has_no_fault(make, tmp_path):
    path = tmp_path / "references.bib"
    path.write_text(BIBTEX, encoding="utf-8")
    check_works([make.source(make.sheet(title="On Sales: a Report"))], path)

"""The made-up books hold together, and are the same whoever makes them."""

from __future__ import annotations

import re

import pytest
import yaml
from bench.books import ASKED, make_book, make_source

from sourcebook.checking.book_check import look


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return make_book(tmp_path_factory.mktemp("made"), 3)


@pytest.mark.slow
def test_a_made_up_book_has_no_fault(book):
    corpus, answers = look(book).held()
    assert len(corpus.sources) == 3
    assert {len(source.claims()) > 20 for source in corpus.sources.values()} == {True}
    assert all(
        source.sheet.coverage.state == "complete" for source in corpus.sources.values()
    )
    assert {answer.question.id for answer in answers} >= {"union-share", "rounds"}


@pytest.mark.slow
def test_it_comes_out_the_same_again(book, tmp_path):
    assert contents(make_book(tmp_path, 3)) == contents(book)


@pytest.mark.slow
def test_a_larger_book_begins_with_the_smaller_one(book, tmp_path):
    larger = contents(make_book(tmp_path, 4))
    smaller = contents(book)
    kept = [name for name in smaller if "report-0" in name]
    assert len(kept) == 3 * 5
    assert all(larger[name] == smaller[name] for name in kept)


def test_sources_differ_from_each_other():
    made = [make_source(number) for number in range(1, 41)]
    assert len({source.text for source in made}) == 40
    assert len({len(source.sheet["claims"]) for source in made}) > 3


def test_every_page_is_in_the_contents(book):
    toc = yaml.safe_load((book / "_toc.yml").read_text(encoding="utf-8"))
    named = str(toc)
    for path in [*book.glob("book/**/*.md"), *book.glob("notebooks/s*/*.ipynb")]:
        assert f"'{path.relative_to(book).with_suffix('').as_posix()}'" in named


def test_every_label_that_a_page_leads_to_is_there(book):
    """Else no build of it ends, and nothing of a hundred sources can be measured."""
    text = "\n".join(path.read_text("utf-8") for path in book.glob("book/**/*.md"))
    led = set(re.findall(r"\{ref\}`[^`<]*<([\w-]+)>`", text))
    assert led
    assert led <= set(re.findall(r"^\(([\w-]+)\)=\n", text, re.MULTILINE))


@pytest.mark.parametrize("number", [7, 77, 470])
def test_a_document_is_about_as_long_as_the_news_report(number, root):
    report = (root / "seeds/002_c6e903471105ff21.txt").read_text(encoding="utf-8")
    assert 0.7 < len(make_source(number).text) / len(report) < 1.1


def test_a_chapter_asks_about_no_more_sources_than_a_chart_can_tell_apart(book):
    chapter = yaml.safe_load((book / "book/questions/chapter-1.yml").read_text("utf-8"))
    asked = {
        name.partition("/")[0] for q in chapter["questions"] for name in q["claims"]
    }
    assert 2 <= len(asked) <= ASKED

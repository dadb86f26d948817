"""The tutorial takes the steps of CONTRIBUTING, and leaves the book as it was."""

from __future__ import annotations

import re
import tempfile
from contextlib import closing
from pathlib import Path

import nbformat
import pytest

from sourcebook.coding.corpus import load_corpus
from sourcebook.commands.practice import Practice
from sourcebook.errors import DEBUG, SourcebookError

PAIR = "notebooks/text/tutorial/a-sixth-source.md"
NOTEBOOK = "notebooks/tutorial/a-sixth-source.ipynb"
NOTICE = "notebooks/tutorial/notice.html"
_COMMAND = re.compile(r"\b(sourcebook [a-z]+|make (?:lab|check))\b")


@pytest.fixture(scope="module")
def printed(root):
    """What each cell of the tutorial printed, in order."""
    cells = nbformat.read(root / NOTEBOOK, as_version=4).cells
    return ["".join(o.get("text", "") for o in c.get("outputs", ())) for c in cells]


@pytest.fixture
def book(tmp_path):
    """A practice copy of a book with one file."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "acme.yml").write_text("a: 1\nb: 2\nb: 2\n", encoding="utf-8")
    (tmp_path / "_toc.yml").write_text("format: jb-book\n", encoding="utf-8")
    with closing(Practice.begin(tmp_path)) as begun:
        yield begun


def test_its_commands_are_those_of_the_two_guides_in_three_steps(root):
    guide = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    start, end = guide.index("## A new source"), guide.index("## A correction")
    named = set(_COMMAND.findall(guide[start:end]))
    assert len(named) > 6
    text = (root / PAIR).read_text(encoding="utf-8")
    # What departs or is read anew has no part in adding a source.
    named -= {f"sourcebook {each}" for each in ("remove", "rename", "reread")}
    same = {"make check": "sourcebook check"}  # one is the other in the Makefile
    assert {same.get(each, each) for each in named} <= set(_COMMAND.findall(text))


def test_the_made_up_document_passes_the_check_at_the_end(printed):
    last = [text for text in printed if text][-1]
    sources = re.search(r"(\d+) sources, .*: no fault found\n", last)
    assert sources is not None
    assert "left in" not in last


def test_every_fault_it_shows_comes_with_its_remedy(printed):
    faults = [text for text in printed if "Error: " in text]
    assert len(faults) == 3
    assert all("  fix: " in text for text in faults)


def test_it_says_what_the_document_changes(printed):
    told = "\n".join(text for text in printed if "sourcebook impact" in text)
    assert "absent → contradicts" in told
    assert "contradicts → not-comparable(of)" in told


def test_the_notice_says_that_it_is_made_up_in_all_that_can_be_quoted(root):
    page = (root / NOTICE).read_text(encoding="utf-8")
    paragraphs = re.findall(r"<(?:p|h1|title)>(.*?)</", page)
    for words in paragraphs:
        assert re.search(r"made.up|[Ii]nvented|\A1 August 2025\Z", words), words


def test_the_notice_is_no_source_of_the_book(root):
    sources = load_corpus(root).sources
    assert not any("made-up" in citekey for citekey in sources)
    words = "Office for Invented Figures"
    for path in filter(Path.is_file, (root / "seeds").rglob("*")):
        assert words not in path.read_text(encoding="utf-8", errors="replace")


def test_a_copy_leaves_nothing_behind(root):
    with closing(Practice.begin(root)) as begun:
        begun.run("sourcebook check")
        folder = begun.folder
        assert Path(tempfile.gettempdir()).resolve() in folder.parents
    assert not folder.exists()


def test_a_command_shows_what_it_says_and_no_folder_of_this_machine(book, capsys):
    book.run("sourcebook status --why")
    book.run("git rev-parse --show-toplevel")
    shown = capsys.readouterr().out
    assert shown.startswith("$ sourcebook status --why\n")
    assert shown.endswith("$ git rev-parse --show-toplevel\n.\n")


def test_no_other_program_is_run(book):
    with pytest.raises(SourcebookError, match="'rm' is no command of this tutorial"):
        book.run("rm -r .")


def test_what_git_refuses_is_said_in_its_words(book):
    with pytest.raises(SourcebookError, match="git log --nowhere: fatal: "):
        book.run("git log --nowhere")


def test_who_wants_the_traceback_of_a_command_gets_it(book, monkeypatch):
    monkeypatch.setenv(DEBUG, "1")
    with pytest.raises(SourcebookError, match="no source 'acme-2024'"):
        book.run("sourcebook status acme-2024")


def test_an_edit_shows_its_lines_and_changes_no_other(book, capsys):
    book.edit("seeds/acme.yml", {"a: 1": "a: 3"})
    assert capsys.readouterr().out == "-a: 1\n+a: 3\n"
    text = (book.folder / "seeds" / "acme.yml").read_text(encoding="utf-8")
    assert text == "a: 3\nb: 2\nb: 2\n"


@pytest.mark.parametrize("words", ["b: 2", "c: 4"], ids=["twice", "never"])
def test_an_edit_that_is_not_of_one_place_changes_nothing(book, words):
    with pytest.raises(SourcebookError, match="times in it"):
        book.edit("seeds/acme.yml", {"a: 1": "a: 3", words: "x"})
    text = (book.folder / "seeds" / "acme.yml").read_text(encoding="utf-8")
    assert text == "a: 1\nb: 2\nb: 2\n"


def test_a_part_of_a_file_is_shown(book, capsys):
    book.show("seeds/acme.yml", "a:", "b:")
    assert capsys.readouterr().out == "a: 1\n"
    book.edit("seeds/acme.yml", {"a: 1\n": "a: 1\n- c\n\n\n\n"})
    capsys.readouterr()
    book.show("seeds/acme.yml", "a:", "b:")
    assert capsys.readouterr().out == "a: 1\n- c\n"
    book.show("seeds/acme.yml", "c")
    assert capsys.readouterr().out == "- c\n\n\n\nb: 2\nb: 2\n"
    with pytest.raises(SourcebookError, match="no line begins with 'z'"):
        book.show("seeds/acme.yml", "z")


def test_no_cell_writes_twice(root):
    """A kernel sends two writes as one output or as two, as it happens."""
    cells = nbformat.read(root / NOTEBOOK, as_version=4).cells
    writes = re.compile(r"\bbook\.(?:run|edit|show)\(")
    assert all(len(writes.findall(cell.source)) < 2 for cell in cells)

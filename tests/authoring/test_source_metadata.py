"""What was typed goes first, then the entry, then the person; the file proposes."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from sourcebook.authoring.source_metadata import GENRES, BibEntry, gather
from sourcebook.authoring.text_extraction import Extract
from sourcebook.errors import SourcebookError

FOUND = Extract(
    "a.pdf",
    "Text",
    proposals={"title": "On\n {tons}", "issued": "2024-05-03T10:00Z", "url": "x"},
)
TYPED = {
    "title": "A  title", "author": "Doe, Jane", "issued": "2024", "genre": "Report",
}  # fmt: skip


def _gather(typed, *, entry=None, ask=False, as_proposed=False, found=FOUND):
    return gather(typed, found, entry=entry, ask=ask, as_proposed=as_proposed)


def test_what_was_typed_goes_before_the_entry():
    entry = BibEntry(
        "techreport", {"title": "Theirs", "author": "Roe, R", "year": "2020"}
    )
    known, taken = _gather({"title": "A  title"}, entry=entry)
    assert (known.title, known.author, known.issued, known.genre) == (
        "A title", "Roe, R", "2020", "Report",
    )  # fmt: skip
    assert taken == ()
    merged = known.entry(entry)
    assert merged.plain("title", "author") == "A title"
    assert merged.fields["author"] == "Roe, R"


@pytest.mark.parametrize(
    ("typed", "changed"),
    [
        ({}, {}),
        ({"url": "https://example.org/b_c"}, {"url": r"https://example.org/b\_c"}),
        ({"issued": "2021-05"}, {"year": "2021", "month": "", "date": ""}),
        ({"author": "Roe, Ann"}, {"author": "Roe, Ann"}),
    ],
    ids=["nothing", "url", "issued", "author"],
)
def test_of_an_entry_only_that_changes_of_which_something_else_was_typed(
    typed, changed
):
    fields = {
        "title": "{T}heirs", "author": "Roe, {A.}", "year": "2020", "month": "mar",
        "url": r"https://example.org/\%7Ea", "institution": "Port",
    }  # fmt: skip
    entry = BibEntry("techreport", fields)
    known, _ = _gather(typed, entry=entry)
    assert known.entry(entry).fields == fields | changed


def test_in_a_pipe_everything_missing_is_named_at_once():
    with pytest.raises(SourcebookError) as caught:
        _gather({"title": None})
    *head, fix = str(caught.value).splitlines()
    assert head == [
        "a.pdf: not known, and nobody to ask: title, author, issued, genre",
        "  the file says of itself: title: 'On tons'",
        "  the file says of itself: issued: '2024-05-03'",
        f"  a genre is one of {', '.join(GENRES)}",
    ]
    assert fix.startswith("  fix: give --title, --author, --issued, --genre, or ")


def test_an_author_of_no_name_is_missing():
    with pytest.raises(SourcebookError, match="nobody to ask: author\n"):
        _gather(TYPED | {"author": " ; "})


def test_the_files_own_word_is_taken_when_told_to_and_said():
    typed = {"author": "Doe, Jane", "genre": "Report", "url": "https://example.org"}
    known, taken = _gather(typed, as_proposed=True)
    assert (known.title, known.issued) == ("On tons", "2024-05-03")
    assert taken == ("title", "issued")


def test_the_files_own_word_comes_without_what_cannot_be_seen():
    found = Extract("a.pdf", "Text", proposals={"title": "On \u202et\u200bons"})
    typed = {name: words for name, words in TYPED.items() if name != "title"}
    known, _ = _gather(typed, as_proposed=True, found=found)
    assert known.title == "On tons"


def test_on_a_terminal_what_is_missing_is_asked_for_with_a_proposal():
    @click.command()
    def ask():
        known, _ = _gather({"author": "Doe, Jane"}, ask=True)
        click.echo(f"{known.title}|{known.author}|{known.issued}|{known.genre}")

    done = CliRunner().invoke(ask, input="\n2023-01\nPoem\nReport\n")
    assert done.exit_code == 0, done.output
    assert "Title [On tons]: " in done.stderr
    assert "Poem" in done.output
    assert done.output.count("PressRelease") == 3  # asked twice, told once
    assert done.output.endswith("On tons|Doe, Jane|2023-01|Report\n")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"genre": "Poem"}, "genre 'Poem' is none of Report, "),
        ({"issued": "May 2024"}, "issued 'May 2024' is no date"),
        ({"issued": "2024-13"}, "issued '2024-13' is no date"),
        ({"issued": "2024-02-30"}, "is no date"),
        ({"url": "javascript:alert(1)"}, "is no address of a page"),
        ({"title": "A { b"}, "holds '{'"),
        ({"author": "Doe, J\u200bane"}, r"author .* cannot be seen: 1 U\+200B"),
        ({"publisher": "\u202eevil"}, r"publisher .* cannot be seen: 1 U\+202E"),
    ],
)
def test_what_no_source_can_be_is_refused(change, fault):
    with pytest.raises(SourcebookError, match=fault) as caught:
        _gather(TYPED | change)
    assert "\n  fix: " in str(caught.value)

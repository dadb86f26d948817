"""Whoever has read a text signs it; what was changed since is told until it is read."""

from pathlib import PurePath

import pytest
from click.testing import CliRunner

from sourcebook.checking.signed_texts import SIGNED, sign, texts, unsigned
from sourcebook.commands.command_line import main

ANSWER = "  - id: share\n    answer: The report does not\n      give a share.\n"


@pytest.fixture
def book(tmp_path):
    for folder in ("book/trust", "book/questions", "seeds"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "book" / "questions" / "gas.yml").write_text(f"title: Gas\n{ANSWER}")
    (tmp_path / "book" / "method.md").write_text("# Method\n\nOne reads.\n\nAll do.\n")
    return tmp_path


def _said(book, *words):
    return CliRunner().invoke(main, ["--root", str(book), *words])


def test_where_nobody_signs_nothing_is_asked_for(book):
    assert unsigned(book) == ()


def test_the_first_signature_makes_room_for_itself(book):
    """And a disk that refuses the second leaves the first."""
    (book / "book" / "trust").rmdir()
    assert len(sign(book, ())) == 5
    signed = (book / SIGNED).read_bytes()
    (book / "book" / "method.md").write_text("# Method\n\nOne looks.\n")
    (book / "book" / "trust" / f".{PurePath(SIGNED).name}.part").mkdir()
    with pytest.raises(IsADirectoryError):
        sign(book, ())
    assert (book / SIGNED).read_bytes() == signed


def test_a_dropped_negation_is_told_and_a_new_line_end_is_not(book):
    sign(book, ())
    path = book / "book" / "questions" / "gas.yml"
    path.write_text(path.read_text().replace("does not\n      give", "does not give"))
    assert unsigned(book) == ()
    path.write_text(path.read_text().replace("does not give", "gives"))
    assert [(each.file, each.name) for each in unsigned(book)] == [
        ("book/questions/gas.yml", "share")
    ]


def test_only_what_is_named_is_signed_and_what_is_gone_is_forgotten(book):
    sign(book, ())
    for path in (book / "book" / "questions" / "gas.yml", book / "book" / "method.md"):
        path.write_text(path.read_text().replace("give", "have").replace("One", "Two"))
    assert [each.name for each in sign(book, ["share"])] == ["share"]
    assert [each.name for each in unsigned(book)] == ["Two reads."]
    sign(book, ["book/method.md"])
    assert len((book / SIGNED).read_text().splitlines()) == len([*texts(book)])


def test_a_name_that_two_files_have_is_given_with_its_file(book):
    other = book / "book" / "questions" / "oil.yml"
    other.write_text(f"title: Oil\n{ANSWER}")
    sign(book, ())
    for path in (book / "book" / "questions" / "gas.yml", other):
        path.write_text(path.read_text().replace("give", "have"))
    (book / "_toc.yml").touch()
    said = _said(book, "sign", "share")
    assert said.exit_code == 1
    assert said.output.startswith("Error: nothing to sign in share")
    assert [each.file for each in sign(book, ["gas/share"])] == [
        "book/questions/gas.yml"
    ]
    assert [each.file for each in unsigned(book)] == ["book/questions/oil.yml"]


def test_every_text_of_this_book_was_read_since_it_last_changed(root):
    fix = "read them beside their passages, then `sourcebook sign`"
    left = [f"{each.file}: {each.name}" for each in unsigned(root)]
    assert (root / SIGNED).is_file()
    assert not left, f"changed since they were signed: {left}; {fix}"

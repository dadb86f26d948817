"""Whoever has read a text signs it; what was changed since is told until it is read."""

import time
from pathlib import PurePath

import pytest
from click.testing import CliRunner

from sourcebook.checking.signed_texts import SIGNED, sign, texts, unsigned
from sourcebook.commands.command_line import main
from sourcebook.errors import SourcebookError

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


def test_what_the_feed_tells_of_a_release_is_signed_too(book):
    changes = book / "CHANGELOG.md"
    changes.write_text("## [1.0.0] – 2026-01-02\n\n- Two figures are mended.\n")
    sign(book, ())
    changes.write_text(changes.read_text().replace("are", "are not"))
    assert [each.file for each in unsigned(book)] == ["CHANGELOG.md"]


@pytest.mark.parametrize("line", ["", "NaN", "0123456789ab", "\x1b[2J"])
def test_a_line_that_signs_nothing_is_named(book, line):
    sign(book, ())
    (book / SIGNED).write_text(f"{line}\n{(book / SIGNED).read_text()}")
    with pytest.raises(
        SourcebookError, match=f"{SIGNED}:1: no sign.*\n  fix"
    ) as caught:
        unsigned(book)
    assert "\x1b" not in str(caught.value)


def test_a_list_of_signatures_cut_short_signs_what_is_whole(book):
    sign(book, ())
    (book / SIGNED).write_text((book / SIGNED).read_text()[:-9])
    assert len(unsigned(book)) == 1


def test_a_dropped_negation_is_told_and_a_new_line_end_is_not(book):
    sign(book, ())
    path = book / "book" / "questions" / "gas.yml"
    path.write_text(path.read_text().replace("does not\n      give", "does not give"))
    assert unsigned(book) == ()
    path.write_text(path.read_text().replace("does not give", "gives"))
    assert [(each.file, each.name) for each in unsigned(book)] == [
        ("book/questions/gas.yml", "share")
    ]


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("questions/gas.yml", "a: 1  # one\n    b: 2\n", "a: 1  # one b: 2\n"),
        ("questions/gas.yml", "# one\n    b: 2\n", "# one b: 2\n"),
        ("method.md", "% Ours.\nAll do.\n", "% Ours. All do.\n"),
        ("method.md", "## All\nThey do.\n", "## All They do.\n"),
        ("method.md", "| a |\n|---|\n| b |\n", "| a |\n|---| | b |\n"),
        ("method.md", "Some do.\n", "    Some do.\n"),
        ("method.md", "Some do.\n", "\tSome do.\n"),
        ("method.md", "* one\n* two\n", "* one * two\n"),
        ("method.md", "1. one\n2. two\n", "1. one 2. two\n"),
        ("method.md", ":::{note}\nIt may.\n:::\n", ":::{note} It may.\n:::\n"),
        ("method.md", ":::{note}\nIt may.\n:::\n", ":::{note}\nIt may. :::\n"),
        ("method.md", "```\nx\n```\n", "```\nx ```\n"),
        ("method.md", "> They do.\n\nWe do.\n", "> They do.\n\xa0\nWe do.\n"),
        ("method.md", "(all)=\nWe do.\n", "(all)= We do.\n"),
        ("method.md", "if x:\n    y()\n    z()\n", "if x:\n    y()\nz()\n"),
        ("method.md", "if x:\n        y()\n", "if x:\n    y()\n"),
    ],
)
def test_a_space_that_takes_words_out_of_the_book_is_told(book, name, before, after):
    path = book / "book" / name
    path.write_text(f"{path.read_text()}\n{before}")
    sign(book, ())
    assert before in path.read_text()
    path.write_text(path.read_text().replace(before, after))
    assert {each.file for each in unsigned(book)} == {f"book/{name}"}


@pytest.mark.parametrize(
    "part",
    [
        "# ",
        "#\\t",
        "| ",
        "|a|\\n",
        "\\n ",
        "* \\n",
        "1.\\n",
        "a\\n    ",
        "(a)=",
        "(a)=\\n",
        "(",
        ":::\\n",
    ],
)
def test_texts_of_any_length_are_read_in_time(book, part):
    for name in ("questions/gas.yml", "method.md"):
        (book / "book" / name).write_text(part * (200_000 // len(part)))
    begun = time.process_time()
    assert {*texts(book)}
    assert time.process_time() - begun < 3


def test_only_what_is_named_is_signed_and_what_is_gone_is_forgotten(book):
    sign(book, ())
    for path in (book / "book" / "questions" / "gas.yml", book / "book" / "method.md"):
        path.write_text(path.read_text().replace("give", "have").replace("One", "Two"))
    assert [each.name for each in sign(book, ["share"])] == ["share"]
    assert [each.name for each in unsigned(book)] == ["Two reads."]
    sign(book, ["book/method.md"])
    assert len((book / SIGNED).read_text().splitlines()) == len([*texts(book)])


def test_what_readers_see_beside_the_chapters_is_signed_too(book):
    sign(book, ())
    (book / "notebooks/text/tutorial").mkdir(parents=True)
    (book / "book/claims").mkdir()
    names = ["notebooks/text/tutorial/a.md", "book/claims/b.md", "book/search.yml"]
    names += ["book/trust.yml", "seeds/references.bib", "_toc.yml", "CITATION.cff"]
    for name in names:
        (book / name).write_text("a: One\n\n")
    assert [each.file for each in unsigned(book)] == sorted(names)
    path = book / "seeds/references.bib"
    path.write_text("@misc{a,\n  year = {2017}\n}\n\n@misc{b,\n  year = {2018}\n}\n")
    sign(book, ())
    path.write_text(path.read_text().replace("2018", "2019"))
    assert [each.name for each in unsigned(book)] == ["@misc{b, year = {2019} }"]


def test_a_record_of_what_was_is_one_text(book):
    (book / "book/releases").mkdir()
    releases = [f"book/releases/{number}.jsonl" for number in range(1, 8)]
    names = ["book/mutants.json", *releases, "book/trust/first.yml"]
    for name in names:
        (book / name).write_text("a: One\nb: Two\n")
    sign(book, ())
    assert unsigned(book) == ()
    for name in names:
        (book / name).write_text("a: One\nb: Three\n")
    assert [each.file for each in unsigned(book)] == names
    assert [each.file for each in texts(book)][-len(names) :] == names


def test_of_lines_that_are_all_alike_only_the_one_that_changed_is_told(book):
    path = book / "book" / "method.md"
    path.write_text("So it is.\n\n" * 300)
    sign(book, ())
    path.write_text("So it was.\n\n" + "So it is.\n\n" * 299)
    assert [each.name for each in unsigned(book)] == ["So it was."]


def test_what_was_taken_out_is_told_until_that_is_signed(book):
    sign(book, ())
    path = book / "book" / "method.md"
    path.write_text("# Method\n\nOne reads.\n")
    assert [(each.name, each.gone) for each in unsigned(book)] == [("All do.", True)]
    path.write_text("# Method\n\nTwo read.\n")
    sign(book, ["method/Two read."])
    assert [(each.name, each.gone) for each in unsigned(book)] == [("All do.", True)]
    (book / "_toc.yml").touch()
    assert "book/method.md: All do. (taken out)" in _said(book, "sign").output
    sign(book, ["All do."])
    assert unsigned(book) == ()
    path.unlink()
    assert [each.gone for each in unsigned(book)] == [True, True]


def test_what_is_signed_is_counted_and_what_is_left(book):
    (book / "_toc.yml").touch()
    sign(book, ())
    path = book / "book" / "method.md"
    path.write_text("# Method\n\nTwo read.\n\nAll look.\n")
    told = [
        (["sign"], "2 to be signed"),
        (["sign", "Two read."], "signed 1"),
        (["sign"], "1 to be signed"),
        (["sign", "--all"], "signed 1"),
        (["sign"], "0 to be signed"),
    ]
    for words, said in told:
        assert _said(book, *words).output.splitlines()[-1] == said


def test_what_was_moved_is_told_once_and_what_was_reworded_has_not_gone(book):
    path = book / "book" / "method.md"
    path.write_text("# A\n\nOne.\n\nTwo.\n\n# B\n\nThree.\n")
    sign(book, ())
    path.write_text("# A\n\nTwo.\n\n# B\n\nOne.\n\nThree.\n")
    assert [(each.name, each.gone) for each in unsigned(book)] == [("One.", False)]
    path.write_text("# A\n\nNone.\n\nTwo.\n\n# B\n\nThree.\n")
    assert [(each.name, each.gone) for each in unsigned(book)] == [("None.", False)]


def test_a_book_that_nobody_signs_stays_so_when_nothing_was_signed(book):
    (book / "_toc.yml").touch()
    assert _said(book, "sign", "nothing-of-this-name").exit_code == 1
    assert not (book / SIGNED).exists()


def test_a_name_that_two_files_have_is_given_with_its_file(book):
    other = book / "book" / "questions" / "oil.yml"
    other.write_text(f"title: Oil\n{ANSWER}")
    sign(book, ())
    for path in (book / "book" / "questions" / "gas.yml", other):
        path.write_text(path.read_text().replace("give", "have"))
    (book / "_toc.yml").touch()
    said = _said(book, "sign", "share")
    assert said.exit_code == 1
    assert said.output.startswith("Error: nothing to sign in 'share'")
    assert [each.file for each in sign(book, ["gas/share"])] == [
        "book/questions/gas.yml"
    ]
    assert [each.file for each in unsigned(book)] == ["book/questions/oil.yml"]


def test_a_claim_in_a_further_file_of_its_sheet_is_named_as_the_others_are(book):
    (book / "seeds" / "acme.yml").write_text("claims:\n  - id: share\n")
    (book / "seeds" / "acme.part-2.yml").write_text("claims:\n  - id: sales\n")
    (done,) = sign(book, ["acme/sales"])
    assert (done.file, done.name) == ("seeds/acme.part-2.yml", "sales")


def test_a_page_with_a_space_in_its_name_is_signed_by_it(book):
    page = book / "book" / "how we read.md"
    page.write_text("# How\n\nOne \x1b[2Jreads.\n")
    sign(book, ())
    assert unsigned(book) == ()
    page.write_text("# How\n\nOne \x1b[2Jlooks.\n")
    (book / "_toc.yml").touch()
    sign(book, ["_toc.yml"])
    shown = r"book/how we read.md: One \x1b[2Jlooks."
    assert _said(book, "sign").output == f"{shown}\n1 to be signed\n"
    assert [each.file for each in sign(book, ["book/how we read.md"])] == [
        "book/how we read.md"
    ]


def test_every_text_of_this_book_was_read_since_it_last_changed(root):
    fix = "read them beside their passages, then `sourcebook sign`"
    left = [f"{each.file}: {each.name}" for each in unsigned(root)]
    assert (root / SIGNED).is_file()
    assert not left, f"changed since they were signed: {left}; {fix}"

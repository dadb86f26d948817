"""A planted change is followed to its claims, its questions and its sentences."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import PurePath

import pytest
from made_up_book import cut_in_two

from sourcebook.checking.book_check import look
from sourcebook.checking.impact import broken, changed, statements, uses
from sourcebook.coding.corpus import survey
from sourcebook.coding.source_cache import bring_kept
from sourcebook.errors import SourcebookError

SHARE = "bbc-2025/gas-share"
REPORT = "seeds/002_c6e903471105ff21.txt"
CHAPTER = "notebooks/text/synthesis/gas.md"


def commit(folder, subject):
    git = ["git", "-C", str(folder), "-c", "user.name=t", "-c", "user.email=t@t"]
    for step in (
        ["add", "seeds", "book", "notebooks", "_toc.yml"],
        ["commit", "-qm", subject],
    ):
        subprocess.run([*git, *step], check=True)


@pytest.fixture
def book(tmp_path, root):
    """Return a copy of the book under version control, and a way to change it.

    Of the chapters it has the one that rests on what is changed here: to proofread all
    of them takes ten times as long.
    """
    for name in ("seeds", "book"):
        shutil.copytree(root / name, tmp_path / name)
    (tmp_path / CHAPTER).parent.mkdir(parents=True)
    for name in ("_toc.yml", CHAPTER):
        shutil.copy(root / name, tmp_path / name)
    subprocess.run(["git", "-C", str(tmp_path), "init", "-q"], check=True)
    commit(tmp_path, "as it was")
    bring_kept(root, tmp_path)  # else five documents were read anew by each test

    def change(name, found, instead):
        path = tmp_path / name
        text = path.read_text(encoding="utf-8")
        assert found in text
        path.write_text(text.replace(found, instead, 1), encoding="utf-8")
        return tmp_path

    return change


def test_a_figure_changed_in_a_document(book):
    root = book(REPORT, "4.3%", "4.8%")
    impact = broken(root)
    assert "quote not found" in impact.claims[SHARE]
    assert "gas/share-of-eu-gas" in impact.questions
    assert any(
        use.path == "book/index.md" and SHARE in use.claims for use in impact.lines
    )
    with pytest.raises(SourcebookError, match="not the pinned file") as caught:
        look(root).held()
    assert "gas/share-of-eu-gas: expects" in str(caught.value)
    assert "book/index.md:" in str(caught.value)


def test_a_denominator_changed_in_a_sheet_flips_a_question(book):
    root = book("seeds/bbc-2025.yml", "of: EU natural gas imports", "of: EU gas demand")
    impact = changed(root)
    assert "'EU natural gas imports' → 'EU gas demand'" in impact.claims[SHARE]
    flip = "not-comparable(of) → different-period"
    assert impact.questions["gas/share-of-eu-gas"] == flip
    assert all(SHARE in use.claims for use in impact.lines)
    assert len(impact.lines) > 3
    assert [*impact.questions] == sorted(impact.questions)


@pytest.mark.parametrize("cut", ["before", "after"])
def test_a_sheet_cut_in_two_is_followed_as_if_it_were_one(book, cut):
    """Whether the files were two already in what is compared with, or are now."""
    of = "of: EU natural gas imports", "of: EU gas demand"
    whole = changed(book("seeds/bbc-2025.yml", *of))
    root = book("seeds/bbc-2025.yml", *of[::-1])
    part = cut_in_two(root / "seeds/bbc-2025.yml", "gas-share")
    assert str(changed(root)) == ""
    if cut == "before":
        commit(root, "a sheet goes on in a second file")
    book(part.relative_to(root).as_posix(), *of)
    assert changed(root) == whole
    broken_by = changed(book(REPORT, "4.3%", "4.8%"))
    assert "quote not found" in broken_by.claims[SHARE]


def test_a_change_names_the_statements_that_count_other_than_before(book):
    root = book("seeds/valiyev-yagubova-2022.yml", "topic: gas-volume", "topic: trade")
    held = "{holds}`the only amount <claims: topic=gas-volume, kind=quantity>`"
    also = "{holds}`five texts <sources:>`"
    page = root / "book/extra.md"
    page.write_text(f"\n# More\n\nIt is {held},\nof {also}.\n", encoding="utf-8")
    touched = changed(root).statements
    (said,) = [each for each in touched if each.startswith("book/extra.md:")]
    assert said.startswith("book/extra.md:4: the only amount: 1 found → ")
    assert said.endswith("kind quantity: 0")
    assert len(touched) > 1  # the book's own page says so too
    counted = f"statements about the collection touched ({len(touched)}):"
    assert counted in str(changed(root))


def test_a_note_changed_flips_nothing(book):
    root = book("seeds/bbc-2025.yml", "note: The sentence states no", "note: It has no")
    impact = changed(root)
    assert list(impact.claims) == [SHARE]
    assert impact.questions["gas/share-of-eu-gas"].endswith("as before")


def test_a_claim_taken_out_is_missed(book):
    root = book("seeds/bbc-2025.yml", "id: gas-share", "id: gas-part")
    impact = changed(root)
    assert (impact.claims[SHARE], impact.claims["bbc-2025/gas-part"]) == ("gone", "new")
    assert "nothing: a claim is missing" in impact.questions["gas/share-of-eu-gas"]


def test_a_question_under_another_name_is_new_and_the_old_one_withdrawn(book):
    root = book("book/questions/gas.yml", "id: share-of-eu-gas", "id: a-share-of-gas")
    assert [*changed(root).questions.items()] == [
        ("gas/a-share-of-gas", "absent → not-comparable(of)"),
        ("gas/share-of-eu-gas", "not-comparable(of) → withdrawn"),
    ]


def test_nothing_changed_touches_nothing(book):
    root = book("seeds/bbc-2025.yml", "id: gas-share", "id: gas-share")
    assert str(changed(root)) == ""
    assert str(broken(root)) == ""


@pytest.mark.parametrize("gone", ["git", "history", "around"])
def test_a_book_without_a_history_is_told_so(book, monkeypatch, tmp_path, gone):
    root = book("_toc.yml", "format", "format")
    if gone == "git":
        monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
        monkeypatch.setattr("sourcebook.running.git_history._OWN", set())
    else:
        (root / ".git").rename(root / "was-git")
    if gone == "around":
        subprocess.run(["git", "init", "-q", root.parent], check=True)
    with pytest.raises(SourcebookError, match="has no history here\n  fix: work in a"):
        changed(root)


def test_an_unknown_revision_is_named(book, monkeypatch):
    root = book("_toc.yml", "format", "format")
    with pytest.raises(SourcebookError, match="cannot read revision 'nope'"):
        changed(root, against="nope")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(SourcebookError, match="belongs to somebody else"):
        changed(root, against="HEAD")


def test_a_survey_reads_on_past_a_broken_sheet(book):
    root = book("seeds/bbc-2025.yml", "kind: quantity", "kind: quantities")
    found = survey(root)
    assert "bbc-2025" in found.unbound
    assert "van-gils-2017/pca-1997" in found.claims


def test_a_claim_that_is_bound_again_is_not_told_as_new(book):
    sheet, words, slip = "seeds/bbc-2025.yml", "its overall share", "its whole share"
    root = book(sheet, words, slip)
    commit(root, "a slip")
    book(sheet, slip, words)
    assert changed(root).claims == {}


def test_a_sheet_that_cannot_be_read_stands_alone(book):
    root = book("seeds/bbc-2025.yml", "    kind: quantity", "\tkind: quantity")
    assert str(broken(root)) == (
        "claims touched (1):\n"
        "  bbc-2025: nothing of it can be read, so what rests on it is not listed"
    )


def test_lines_and_statements_are_in_the_order_of_their_pages(root):
    pages = [PurePath(use.path) for use in uses(root) if use.path.endswith(".md")]
    assert len(set(pages)) > 9
    assert pages == sorted(pages)
    for use in uses(root):
        lines = (root / use.path).read_text(encoding="utf-8").split("\n")
        names = [claim.partition("/")[2] for claim in use.claims]
        assert all(name in lines[use.line - 1] for name in names)
    held = [PurePath(use.path) for use, _ in statements(root)]
    assert held == sorted(held)


def test_a_name_in_quotes_is_that_of_a_claim_in_a_cell_alone(tmp_path):
    page = tmp_path / "book" / "page.md"
    page.parent.mkdir()
    cell = "```{code-cell}\nsb.read('acme-2021/in')\n```\n"
    page.write_text(f'Not "acme-2021/before".\n\n{cell}\nNor "acme-2021/after".\n')
    assert [(use.line, use.claims) for use in uses(tmp_path)] == [
        (4, ("acme-2021/in",))
    ]


def test_a_fault_of_a_revision_is_not_told_as_one_of_the_work_tree(book):
    root = book("seeds/codebook.yml", "topics:", "topic:")
    commit(root, "a word of the codebook is wrong")
    book("seeds/codebook.yml", "topic:", "topics:")
    with pytest.raises(SourcebookError, match=r"^in revision 'HEAD': seeds/codebook"):
        changed(root)


NOTICED = {
    "book/_static/book.css: book.css": ("{", "{ color: red;"),
    "book/index.md: {holds}`Five texts <sources:>` about the": (
        "years 2017",
        "year 2017",
    ),
    "book/questions/gas.yml: share-of-eu-gas": ("No fall is", "A fall is"),
    "book/record/gas.yml: gas-eu-2021": ('"8.1"', '"8.4"'),
    "book/releases/0.1.0.csv: 0.1.0.csv": ("gas", "oil"),
    "seeds/bbc-2025.yml: extent: state: whole missing: >- The opening": (
        "state: fragment",
        "state: whole",
    ),
    "seeds/bbc-2025.yml: speakers: eu-spokesman: name: a spokesman": (
        "an EU spokesman",
        "a spokesman",
    ),
    "seeds/codebook.yml: topics: gas-share: The share of a total o": (
        "Who can press whom",
        "Who presses",
    ),
}


def test_what_else_a_reader_would_notice_is_named(book):
    for place, (found, instead) in NOTICED.items():
        root = book(place.partition(":")[0], found, instead)
    (root / "book/glossary.md").unlink()
    (root / "book/more.md").write_text("# More\n\nOne.\n\nTwo.\n", encoding="utf-8")
    impact = changed(root)
    known = {each[:60] for each in NOTICED} | {
        "book/glossary.md: gone",
        "book/more.md: new",
    }
    assert {each[:60].rstrip("…") for each in impact.texts} == known
    assert len(impact.texts) == len(known)
    assert f"other texts touched ({len(known)}):\n" in str(impact)
    assert not impact.claims

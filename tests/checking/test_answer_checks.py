"""A chapter whose answers cannot stand before a reader is refused, with the remedy."""

from __future__ import annotations

import re

import pytest
import yaml

from sourcebook.checking.answer_checks import check_answers
from sourcebook.comparing.statement_words import called
from sourcebook.errors import SheetError, SourcebookError


@pytest.fixture
def known(corpus):
    """Return the names of documents, which answers are held against."""
    return called(corpus.sources.values())


@pytest.fixture
def fault(known, root, tmp_path):
    """Return what is said of the gas chapter after one change."""

    def said(pattern, new):
        text = (root / "book/questions/gas.yml").read_text(encoding="utf-8")
        changed, count = re.subn(pattern, new, text, flags=re.DOTALL)
        assert count
        path = tmp_path / "gas.yml"
        path.write_text(changed, encoding="utf-8")
        with pytest.raises(SheetError) as caught:
            check_answers(path, known)
        return caught.value.faults

    return said


def test_the_chapters_stand_as_they_are(known, root):
    for path in sorted((root / "book/questions").glob("*.yml")):
        check_answers(path, known)


@pytest.mark.parametrize(
    ("pattern", "new", "said"),
    [
        ("rank: (?:main|detail)", "rank: lead", "questions lead"),
        (r"in_short: \[.*?\]", "in_short: [share-of-eu-gas]", "opens with 1 answers"),
        (r"in_short: \[share-of-eu-gas", "in_short: [no-such", "is no lead"),
        ("No fall is shown:", "No fall:", "leans on its question"),
        ("No fall is shown:", "Yes, less gas:", "leans on its question"),
        (r"(?<=answer: )>-\n.*?\n(?=    \w)", '""\n', "no answer"),
    ],
)
def test_what_cannot_stand_is_refused(fault, pattern, new, said):
    (found,) = {each.fix for each in fault(pattern, new) if said in each.fault}
    assert found


def test_a_missing_answer_is_told_where_its_question_begins(fault):
    faults = fault(r"(?<=answer: )>-\n.*?\n(?=    \w)", '""\n')
    places = [f.place for f in faults if "no answer" in f.fault]
    assert places == [f"questions[{n}]" for n in range(len(places))]


ELSE = "brussels-times-2025/gas-member-states"


@pytest.fixture
def checked(known, root, tmp_path):
    """Check the chapter on gas with another answer to its first question."""

    def check(answer: str) -> None:
        name = "book/questions/gas.yml"
        chapter = yaml.safe_load((root / name).read_text(encoding="utf-8"))
        chapter["questions"][0]["answer"] = answer
        path = tmp_path / "gas.yml"
        path.write_text(yaml.safe_dump(chapter), encoding="utf-8")
        check_answers(path, known)

    return check


@pytest.mark.parametrize(
    "answer",
    [
        "Neither the policy brief nor the BBC report says so.",
        f"The sponsored article counts {{claim}}`others <{ELSE}>`.",
        "It has {holds}`no share, the sponsored article <sources: genre=Speech>`.",
    ],
)
def test_a_document_of_the_question_or_linked_may_be_named(checked, answer):
    checked(answer)


def test_another_is_a_fault(checked):
    with pytest.raises(SourcebookError, match="'sponsored article' is named, and is"):
        checked("Neither the policy brief nor the sponsored article says so.")

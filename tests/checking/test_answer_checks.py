"""A document that an answer names is one that its question touches."""

from __future__ import annotations

import pytest
import yaml

from sourcebook.checking.answer_checks import check_answers
from sourcebook.errors import SourcebookError

ELSE = "brussels-times-2025/gas-member-states"


@pytest.fixture
def checked(corpus, root, tmp_path):
    """Check the chapter on gas with another answer to its first question."""

    def check(answer: str) -> None:
        name = "book/questions/gas.yml"
        chapter = yaml.safe_load((root / name).read_text(encoding="utf-8"))
        chapter["questions"][0]["answer"] = answer
        path = tmp_path / "gas.yml"
        path.write_text(yaml.safe_dump(chapter), encoding="utf-8")
        check_answers(path, corpus)

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

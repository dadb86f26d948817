"""A chapter whose answers cannot stand before a reader is refused, with the remedy."""

from __future__ import annotations

import re

import pytest

from sourcebook.checking.answer_checks import check_answers
from sourcebook.errors import SheetError


@pytest.fixture
def fault(corpus, root, tmp_path):
    """Return what is said of the gas chapter after one change."""

    def said(pattern, new):
        text = (root / "book/questions/gas.yml").read_text(encoding="utf-8")
        changed, count = re.subn(pattern, new, text, flags=re.DOTALL)
        assert count
        path = tmp_path / "gas.yml"
        path.write_text(changed, encoding="utf-8")
        with pytest.raises(SheetError) as caught:
            check_answers(path, corpus)
        return caught.value.faults

    return said


def test_the_chapters_stand_as_they_are(corpus, root):
    for path in sorted((root / "book/questions").glob("*.yml")):
        check_answers(path, corpus)


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

"""The readers on a standing corpus of passages from elsewhere: no kind may fall."""

from pathlib import Path

import pytest

from sourcebook.reading.scoring import Passage, passages, scores

CORPUS = Path(__file__).with_name("corpus.yml")
FEWEST = 120
# Kinds of which a passage is known to be read wrongly, with how many must be right.
FLOORS: dict[str, int] = {}


@pytest.mark.parametrize("passage", passages(CORPUS), ids=lambda each: each.text[:40])
def test_a_passage_from_elsewhere_is_read_as_labelled(passage: Passage) -> None:
    if passage.kind not in FLOORS:
        assert list(passage.faults()) == []


def test_the_score_of_no_kind_falls() -> None:
    told = scores(CORPUS)
    assert sum(of for _, of in told.values()) >= FEWEST
    low = {kind: right for kind, (right, of) in told.items() if right < of}
    assert low == FLOORS


def test_a_wrong_reading_is_a_fault_and_says_what_was_read() -> None:
    labels = {"numbers": ["6 km"], "dates": ["2021"], "sentences": 2}
    wrong = Passage("units", "none", "It is 5 km. So it was in 2020.", "", labels)
    told = list(wrong.faults())
    assert told[0].startswith("numbers: ['5 km'] for ['6 km']")
    assert len(told) == 2

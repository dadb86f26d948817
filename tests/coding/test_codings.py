"""Rules that the sheets of this book keep, and that no model of a sheet can know."""

from __future__ import annotations

import re

from sourcebook.reading.citations.citation_reader import read_interviews

# An objection, with the lack of success as its reason.
ON_WORTH = {"van-gils-2017/cannot-apply-concepts"}
_WORKS = re.compile(
    r"unsuccessful|counterproductive|not (be|been) (successful|effective)"
)


def test_whoever_is_interviewed_is_one_voice(corpus):
    """A label of its own ("cited:interview with …") would count a person twice."""
    labels = {claim.voice.removeprefix("cited:") for claim in corpus.claims}
    assert [label for label in sorted(labels) if read_interviews(f"({label})")] == []


def test_the_month_of_an_interview_is_not_that_of_what_the_author_tells(corpus):
    dated = []
    for claim in corpus.claims:
        months = {each.date for each in read_interviews(claim.sentence)}
        if claim.voice == "author" and claim.when and months:
            dated += [claim.id] * (set(claim.when.split("/")) <= months)
    assert dated == []


def test_a_stance_on_what_works_is_not_taken_for_one_on_its_worth(corpus):
    found = {
        claim.id
        for claim in corpus.claims
        if claim.kind == "stance" and _WORKS.search(claim.quote)
        if not claim.concept.endswith("-effect")
    }
    assert found == ON_WORTH

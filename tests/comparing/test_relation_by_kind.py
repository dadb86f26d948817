"""A relation declared by hand passes its gates, and never stands in for computing."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebook.comparing.relation_by_kind import declare
from sourcebook.errors import SourcebookError

RISKY = "valiyev-yagubova-2022/betrayal"  # a forecast of 2022
PLAN = "valiyev-yagubova-2022/network-plans"
ADVICE = "valiyev-yagubova-2022/more-support"
DIVE = "bbc-2025/moscow-dive"
LEVERAGE = "bbc-2025/little-leverage"  # in the words of a diplomat
IMMUNE = "anonymous-2025/immune-to-pressure"


@pytest.fixture
def declared(corpus):
    def make(a, b, relation):
        entry = SimpleNamespace(relation=relation, because="so")
        one, two = map(corpus.claim, (a, b))
        return declare(one, two, entry, sources=corpus.sources)

    return make


def test_a_declaration_says_that_it_is_one(declared):
    verdict = declared(RISKY, DIVE, "runs-against")
    assert (str(verdict), verdict.by, verdict.reason) == (
        "runs-against",
        "declared",
        "so",
    )


@pytest.mark.parametrize(
    ("a", "b", "relation", "fault"),
    [
        (DIVE, RISKY, "updates", "what it reports is older"),
        (LEVERAGE, IMMUNE, "attributes", "in its author's voice"),
        (IMMUNE, LEVERAGE, "bears-out", "neither a forecast"),
        (RISKY, RISKY, "bears-out", "not the later one"),
        (
            "valiyev-yagubova-2022/gas-share",
            "bbc-2025/gas-share",
            "updates",
            "compared by computation",
        ),
        (
            "bbc-2025/not-happy",
            "anonymous-2025/most-reliable",
            "in-tension",
            "compared by computation",
        ),
    ],
)
def test_what_a_gate_refuses(declared, a, b, relation, fault):
    with pytest.raises(SourcebookError, match=fault):
        declared(a, b, relation)


def test_gates_that_are_open(declared):
    assert declared(IMMUNE, LEVERAGE, "attributes").relation == "attributes"
    assert declared(RISKY, DIVE, "updates").relation == "updates"
    assert declared(DIVE, RISKY, "weakens").relation == "weakens"
    for foreseen in (RISKY, PLAN, ADVICE):
        assert declared(foreseen, DIVE, "bears-out").relation == "bears-out"

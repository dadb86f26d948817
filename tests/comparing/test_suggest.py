"""Pairs are proposed by what they have in common, and none is forgotten in silence."""

from __future__ import annotations

from itertools import combinations
from types import SimpleNamespace

import pytest

from sourcebook.comparing import suggest as suggest_module
from sourcebook.comparing.declined import load_declined, unsettled
from sourcebook.comparing.questions import answer_all
from sourcebook.comparing.suggest import MOST_EACH, suggest, taken_up
from sourcebook.errors import SheetError


def claim(name, exact="", **facts):
    blank = dict.fromkeys("measure concept topic type when actor target".split(), "")
    source = name.partition("/")[0]
    given = {"kind": "argument", "sign": None, **blank, **facts}
    return SimpleNamespace(id=name, source=source, exact=exact, **given)


def pairs(claims):
    return [(p.a, p.b) for p in suggest(claims)]


def test_one_measure_in_two_sources_is_proposed():
    claims = [claim("a/x", measure="share"), claim("b/y", measure="share")]
    assert pairs(claims) == [("a/x", "b/y")]
    assert suggest(claims)[0].reasons == ("measure: share",)


def test_one_source_is_not_paired_with_itself():
    assert pairs([claim("a/x", measure="m"), claim("a/y", measure="m")]) == []


def test_rare_words_count_and_common_ones_do_not():
    claims = [
        claim("a/x", "the pandemic paused it"),
        claim("b/y", "a pause in the pandemic"),
        claim("b/z", "the cargo that was in it"),
    ]
    assert pairs(claims) == [("a/x", "b/y")]


def test_opposed_signs_come_first():
    claims = [
        claim("a/x", concept="trust", kind="stance", sign=1),
        claim("b/y", concept="trust", kind="stance", sign=1),
        claim("c/z", concept="trust", kind="stance", sign=-1),
    ]
    assert pairs(claims)[:2] == [("a/x", "c/z"), ("b/y", "c/z")]


def test_no_claim_crowds_out_the_others():
    many = [claim(f"b/{n}", measure="m") for n in range(10)]
    found = pairs([claim("a/x", measure="m"), *many])
    assert sum("a/x" in pair for pair in found) == MOST_EACH


def test_the_order_of_the_claims_does_not_matter(corpus):
    assert suggest(corpus.claims) == suggest(corpus.claims[::-1])


def test_every_strong_proposal_is_taken_up_or_declined(corpus):
    left = unsettled(corpus, answer_all(corpus))
    assert [(each.a, each.b) for each in left] == []


@pytest.mark.parametrize(
    ("pair", "fault"),
    [
        (("bbc-2025/gas-shares", "bbc-2025/custody"), "did you mean"),
        (
            ("valiyev-yagubova-2022/gas-share", "bbc-2025/gas-share"),
            "a question asks about it",
        ),
    ],
)
def test_a_decline_that_no_longer_holds_is_a_fault(tmp_path, corpus, pair, fault):
    answers = answer_all(corpus)
    assert frozenset(("x/y", pair[1])) not in taken_up(answers)
    (tmp_path / "book").mkdir()
    text = f"- pair: [{', '.join(pair)}]\n  reason: another matter\n"
    (tmp_path / "book/declined.yml").write_text(text, encoding="utf-8")
    elsewhere = SimpleNamespace(root=tmp_path, claims=corpus.claims)
    with pytest.raises(SheetError, match=fault):
        load_declined(elsewhere, answers)


TOPICS, WORDS = 12, 40  # of the generated claims: few of each, so that many are shared


def generated(sources, each=6):
    """Claims of any number of sources, with the vocabulary of one codebook."""
    found = []
    for number in range(sources * each):
        words = " ".join(f"{number * step % WORDS:b}" for step in (3, 5, 7))
        letters = words.translate(str.maketrans("01 ", "xy "))
        facts = {
            "measure": f"m{number % 7}",
            "topic": f"t{number % TOPICS}",
            "concept": f"c{number % 5}",
            "sign": number % 3 - 1,
        }
        found.append(claim(f"s{number // each}/c{number}", f"pre{letters}", **facts))
    return found


def test_the_pairs_are_those_that_comparing_all_would_find():
    claims = generated(4)
    fields = ("measure", "topic", "concept")
    together = {pair for pair, _, _ in suggest_module._by_structure(claims)}
    brute = {
        (a, b)
        for (a, one), (b, two) in combinations(enumerate(claims), 2)
        if one.source != two.source
        and any(getattr(one, f) == getattr(two, f) for f in fields)
    }
    assert together == brute


def test_the_work_grows_with_the_claims_and_not_with_their_square(monkeypatch):
    looked_at = []

    def counted(numbers, size):
        pairs = list(combinations(numbers, size))
        looked_at.append(len(pairs))
        return iter(pairs)

    monkeypatch.setattr(suggest_module, "combinations", counted)
    for sources in (25, 50, 100, 200, 400):
        looked_at.clear()
        claims = generated(sources)
        suggest(claims)
        held = sum(6 + len(suggest_module.telling_words(each.exact)) for each in claims)
        assert sum(looked_at) <= held * suggest_module.COMMON / 2

"""Pairs are proposed by what they have in common, and none is forgotten in silence."""

from __future__ import annotations

import math
from itertools import combinations
from types import SimpleNamespace

import pytest
from made_up_claims import make_claim

from sourcebook.comparing import suggested_pairs as suggest_module
from sourcebook.comparing.questions import answer_all
from sourcebook.comparing.suggested_pairs import (
    MOST_EACH,
    load_declined,
    suggest,
    taken_up,
    unsettled,
)
from sourcebook.errors import SheetError


def claim(name, exact="", **facts):
    fields = "measure of concept topic type where place when actor target"
    blank = dict.fromkeys(fields.split(), "")
    source = name.partition("/")[0]
    given = {"kind": "argument", "sign": None, **blank, **facts}
    return SimpleNamespace(id=name, source=source, exact=exact, **given)


def pairs(claims):
    return [(p.a, p.b) for p in suggest(claims)]


def test_a_word_that_stands_twice_weighs_more_and_one_in_all_texts_nothing():
    first, _ = suggest_module.vectors([["tin", "tin", "oil", "a"], ["coal", "a"]])
    assert first["tin"] / first["oil"] == pytest.approx(1 + math.log(2))
    assert first["a"] == 0
    assert sum(weight**2 for weight in first.values()) == pytest.approx(1)


def test_one_measure_in_two_sources_is_proposed():
    claims = [claim("a/x", measure="share"), claim("b/y", measure="share")]
    assert pairs(claims) == [("a/x", "b/y")]
    assert suggest(claims)[0].reasons == ("measure: share",)


def test_who_does_something_to_whom_is_one_thing_in_common():
    both = {"actor": "Acme", "target": "Doe"}
    (found,) = suggest([claim("a/x", **both), claim("b/y", **both)])
    assert found.reasons == ("actor and target: Acme → Doe",)
    for field, name in both.items():
        one_alone = {field: name}
        assert pairs([claim("a/x", **one_alone), claim("b/y", **one_alone)]) == []


def test_in_what_order_words_stand_makes_no_difference():
    words = "tin oil coal zinc lead tin gold tin oil".split()
    one, other, _ = suggest_module.vectors([words, words[::-1], ["silver"]])
    assert list(one.items()) == list(other.items())


def test_one_source_is_not_paired_with_itself():
    assert pairs([claim("a/x", measure="m"), claim("a/y", measure="m")]) == []


def test_rare_words_count_and_common_ones_do_not():
    claims = [
        claim("a/x", "the pandemic paused it"),
        claim("b/y", "a pause in the pandemic"),
        claim("b/z", "the cargo that was in it"),
    ]
    assert pairs(claims) == [("a/x", "b/y")]


def test_shared_words_are_named_in_one_order():
    claims = [claim("a/x", "zinc, aluminium"), claim("b/y", "aluminium and zinc")]
    assert suggest(claims)[0].reasons == ("words: aluminium, zinc",)


def test_opposed_signs_come_first():
    claims = [
        make_claim(name, concept="trust", kind="stance", sign=sign, exact="")
        for name, sign in (("a/x", 1), ("b/y", 1), ("c/z", -1))
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


def crowd(field, key, size=suggest_module.COMMON + 20):
    """One claim in each of many sources, all with one key, each of another day."""
    days = [f"2024-{day // 28 + 1:02d}-{day % 28 + 1:02d}" for day in range(size)]
    return [
        claim(f"s{number * 7 % size}/c", when=day, **{field: key})
        for number, day in enumerate(days)
    ]


@pytest.mark.parametrize("field", ["measure", "concept", "type"])
def test_of_many_claims_on_one_thing_those_near_in_time_are_proposed(field):
    claims = crowd(field, "m")
    days = {each.id: number for number, each in enumerate(claims)}
    found = pairs(claims)
    proposed = {name for pair in found for name in pair}
    assert len(proposed) > 0.9 * len(claims)
    apart = [abs(days[a] - days[b]) for a, b in found]
    assert max(apart) <= suggest_module.NEIGHBOURS


def test_of_many_claims_on_one_thing_those_of_one_place_come_before_time():
    claims = crowd("measure", "m")
    for number, each in enumerate(claims):
        each.where = "here" if number % 2 else "there"
    places = {each.id: each.where for each in claims}
    across = [(a, b) for a, b in pairs(claims) if places[a] != places[b]]
    assert len(across) <= suggest_module.NEIGHBOURS  # where the two places meet


def test_a_topic_that_many_claims_share_proposes_nothing():
    assert pairs(crowd("topic", "t")) == []
    few = crowd("topic", "t", suggest_module.COMMON)
    assert pairs(few)


def test_the_work_grows_with_the_claims_and_not_with_their_square(monkeypatch):
    looked_at = []
    across = suggest_module._across

    def counted(claims, numbers):
        pairs = list(across(claims, numbers))
        looked_at.append(len(pairs))
        return iter(pairs)

    monkeypatch.setattr(suggest_module, "_across", counted)
    for sources in (25, 50, 100, 200, 400):
        looked_at.clear()
        claims = generated(sources)
        assert suggest(claims)
        held = sum(6 + len(suggest_module.telling_words(each.exact)) for each in claims)
        assert sum(looked_at) <= held * suggest_module.COMMON / 2

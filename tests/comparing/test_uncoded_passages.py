"""What is unread is proposed for coding, first what others have claims near to."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from made_up_claims import make_claim, make_quantity

from sourcebook.coding.census import Item
from sourcebook.comparing.suggested_pairs import COMMON, uncoded

TEXTS = (
    "The choir met on a Monday.",
    "Pipelines carried 12 bcm of gas.",
    "It was 7 km long.",
)


def claim(name, exact, unit=""):
    quantity = make_quantity("16 bcm", "16", unit=unit) if unit else None
    return make_claim(name, quantity, exact=exact)


def source(key="new-2025", *, states=("unread", "unread", "unread")):
    """Three sentences, the last two with a number in them."""
    items, start = [], 0
    for line, (text, state) in enumerate(zip(TEXTS, states, strict=True), start=1):
        place = (start, start + len(text), line)
        items.append(Item("sentence", *place, text, state, ()))
        for word in ("12 bcm", "7 km"):
            if (at := text.find(word)) >= 0:
                number = (start + at, start + at + len(word), line)
                items.append(Item("number", *number, word, state, ()))
        start += len(text) + 1
    return SimpleNamespace(citekey=key, census=tuple(items))


KNOWN = [
    claim("old-2020/gas", "16 bcm of gas came by pipelines", "m3"),
    claim("old-2020/visit", "a visit was announced"),
    claim("other-2021/fish", "herring was sold"),
]


def test_what_others_speak_of_comes_first_and_says_why():
    found = uncoded([source()], KNOWN)
    assert [passage.line for passage in found] == [2, 3, 1]
    first = found[0]
    assert (first.source, first.near) == ("new-2025", "old-2020/gas")
    assert "number not coded: 12 bcm" in first.reasons
    assert "unit: m3" in first.reasons
    assert any(reason.startswith("words: ") for reason in first.reasons)
    assert found[-1].reasons == ()


def test_the_nearest_claim_is_that_of_words_and_else_that_of_a_unit():
    known = [claim("old-2020/water", "it rained", "m3"), *KNOWN]
    known.append(claim("old-2020/road", "a road was built", "km"))
    near = {passage.line: passage.near for passage in uncoded([source()], known)}
    assert near == {1: "", 2: "old-2020/gas", 3: "old-2020/road"}


@pytest.mark.parametrize(("more", "near"), [(0, "old-2020/gas"), (1, "")])
def test_a_word_that_too_many_claims_have_tells_nothing(more, near):
    known = [claim("old-2020/gas", "pipelines")] * (COMMON + more)
    (_, found, *_) = sorted(uncoded([source()], known), key=lambda each: each.line)
    assert found.near == near


def test_units_that_others_have_too_are_named_in_one_order():
    text = "It took 12 bcm, 5 MW, 3 tons, 8 per cent and 2 days."
    sentence = Item("sentence", 0, len(text), 1, text, "unread", ())
    units = ("m3", "W", "t", "percent", "day")
    known = [claim(f"old-2020/{unit}", "16 of it", unit) for unit in units]
    (found,) = uncoded([SimpleNamespace(citekey="a-2025", census=(sentence,))], known)
    named = [reason for reason in found.reasons if reason.startswith("unit")]
    assert named == [f"unit: {unit}" for unit in sorted(units)]


def test_what_is_coded_or_set_aside_is_not_proposed():
    done = source(states=("waived", "coded", "unread"))
    assert [passage.line for passage in uncoded([done], KNOWN)] == [3]
    assert uncoded([source(states=("waived", "coded", "waived"))], KNOWN) == ()


def test_a_number_left_open_in_a_coded_sentence_is_proposed():
    whole = source(states=("waived", "coded", "coded"))
    census = [
        Item(i.kind, i.start, i.end, i.line, i.text, "gap", ())
        if i.text == "7 km"
        else i
        for i in whole.census
    ]
    half = SimpleNamespace(citekey="new-2025", census=tuple(census))
    assert [passage.line for passage in uncoded([half], KNOWN)] == [3]


def test_a_source_is_not_held_against_itself():
    own = [claim("new-2025/gas", "pipelines carried gas", "m3")]
    assert {passage.near for passage in uncoded([source()], own)} == {""}


def test_one_source_can_be_asked_for():
    both = [source("new-2025"), source("newer-2026")]
    found = uncoded(both, KNOWN, source="newer-2026")
    assert {passage.source for passage in found} == {"newer-2026"}
    assert len(uncoded(both, KNOWN)) == 2 * len(found)

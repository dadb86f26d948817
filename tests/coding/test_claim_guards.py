"""What surrounds a figure is refused when it is wrong, and a reason when it is idle."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import pytest

from sourcebook.coding import named_fields
from sourcebook.coding.claim_guards import GUARDS, guard_faults
from sourcebook.coding.claims import Claim, bind, said_in
from sourcebook.coding.named_fields import Named
from sourcebook.coding.schema import ClaimEntry
from sourcebook.coding.sheets import load_actors
from sourcebook.comparing.codings import load_second_coding
from sourcebook.errors import SourcebookError
from sourcebook.reading.actors import read_actors, with_own
from sourcebook.reading.anchor import Anchor
from sourcebook.reading.text import clean

EACH = 60  # wrong values per field
SEED = 20251129
AT_LEAST = 0.8  # of all; no field by itself falls below HARDEST
HARDEST = 0.65


@dataclass(frozen=True)
class Bound:
    claim: Claim
    anchor: Anchor
    named: Named

    def refuses(self, field: str, value: Any) -> bool:
        wrong = replace(self.claim, **{field: value})
        return any(
            name == field for name, _ in guard_faults(wrong, self.named, self.anchor)
        )


@pytest.fixture(scope="module")
def bound(corpus, root) -> list[Bound]:
    shared, found = load_actors(root), []
    for source in corpus.sources.values():
        named = Named(
            source.document, source.sheet, shared, corpus.codebook, source.actors
        )
        for entry in source.sheet.claims:
            found.append(Bound(*bind(entry, source.document, source.sheet), named))
    return found


def _wrong_values(field: str, bound: list[Bound], rng: random.Random):
    """Yield claims with a wrong value for a field: another's, or a year on."""
    held = [each for each in bound if said_in(each.claim, field)]
    for each in rng.sample(held, min(EACH, len(held))):
        mine = getattr(each.claim, field)
        if field == "when" and re.fullmatch(r"\d{4}(-\d\d)*", mine):
            yield each, str(int(mine[:4]) + 1) + mine[4:]
            continue
        same = [
            o for o in held if field != "voice" or o.claim.source == each.claim.source
        ]
        others = sorted({getattr(o.claim, field) for o in same} - {mine})
        if others:
            yield each, rng.choice(others)


def test_four_in_five_wrong_values_planted_in_real_claims_are_refused(
    bound, corpus, record_property
):
    rng, tried, refused = random.Random(SEED), {}, {}  # noqa: S311 - nothing secret
    for field in (guard.field for guard in GUARDS):
        results = [b.refuses(field, v) for b, v in _wrong_values(field, bound, rng)]
        tried[field], refused[field] = len(results), sum(results)
    tried["sign"], refused["sign"] = EACH // 3, _signs_refused(corpus, rng, EACH // 3)
    share = {field: refused[field] / tried[field] for field in tried}
    told = ", ".join(f"{field} {refused[field]}/{tried[field]}" for field in tried)
    print(f"wrong values refused: {told}")  # noqa: T201 - read with pytest -rP
    record_property("wrong values refused", told)
    assert sum(refused.values()) / sum(tried.values()) >= AT_LEAST, told
    assert min(share.values()) >= HARDEST, told


def _signs_refused(corpus, rng: random.Random, number: int) -> int:
    """Count the wrong signs that are held to those of the second pass."""
    count = 0
    for wrong in rng.sample([c for c in corpus.claims if c.kind == "stance"], number):
        sign = rng.choice(sorted({-1, 0, 1} - {wrong.sign}))
        claims = [replace(c, sign=sign) if c is wrong else c for c in corpus.claims]
        try:
            load_second_coding(SimpleNamespace(root=corpus.root, claims=claims))
        except SourcebookError as error:
            count += wrong.id.partition("/")[2] in str(error)
    return count


TEXT = """\
Trade with Doe

Acme sold 14 tons to Doe in May 2021, a clerk said. It will sell 20 tons in 2023. \
Three workers died there.

The firm met Bob in 2020.

Acme has grown in recent years.

It paid Doe 50 pounds in 2020, and Acme said so.

Roe explained that tea is dear.

Acme lent 12 carts and 40 drivers to Doe in 2019.

Twelve carts left Doe and 40 drivers came in 2018. Of those, 9 in May 2021 were carts.
"""
SHEET = SimpleNamespace(
    short="policy brief",
    aliases={"Acme": ("the firm", "The firm", "Ajax")},
    issued=SimpleNamespace(date="2022-06"),
    speakers={
        "clerk": SimpleNamespace(name="a clerk", named=False, quote="a clerk said"),
        "roe": SimpleNamespace(name="Jo Roe, a baker", named=True, quote="Jo Roe says"),
    },
)
CODEBOOK = SimpleNamespace(
    measures={
        "tons": SimpleNamespace(counts=("ton",)),
        "deaths": SimpleNamespace(counts=("died",)),
        "carts": SimpleNamespace(counts=("cart",)),
        "staff": SimpleNamespace(counts=("driver",)),
        "clerks": SimpleNamespace(counts=("clerk",)),
    },
    cues={"type": {"meeting": ("met",), "visit": ("visit",)}},
)
CLERK = {"voice": "clerk"}
SOLD = "Acme sold 14 tons to Doe in May 2021"
WILL = "It will sell 20 tons in 2023"
PAID = "It paid Doe 50 pounds in 2020"
POUNDS = {"kind": "quantity", "measure": "coin", "where": "Doe", "when": "2020"}
FIRM = "The firm met Bob in 2020"
TEA = "Roe explained that tea is dear"
GROWN = "Acme has grown in recent years"


def _faults(quote: str, **fields: Any) -> list[tuple[str, str]]:
    document = clean(TEXT, citekey="x")
    mentions = read_actors(TEXT, with_own({"Doe": ()}, SHEET.aliases))
    named = Named(document, SHEET, {"Doe": ()}, CODEBOOK, mentions)
    entry = ClaimEntry.model_validate(
        {"id": "a", "kind": "argument", "topic": "t", "quote": quote} | fields
    )
    sheet = SimpleNamespace(file="x.txt", issued=SHEET.issued)
    claim, anchor = bind(entry, document, sheet)
    return list(guard_faults(claim, named, anchor))


QUANTITY = {"kind": "quantity", "measure": "tons", "where": "Doe", "when": "2021-05"}
PLAN = QUANTITY | {"when": "2023", "status": "T"}
LENT = QUANTITY | {"when": "2019"}
TWELVE, NINE = "Twelve carts left Doe", "9 in May 2021 were carts"
CARTS, DRIVERS = "Acme lent 12 carts", "40 drivers to Doe in 2019"
STANCE = {"kind": "stance", "target": "Acme", "concept": "c", "sign": 1}
CASES = {
    "a party of the sentence": (SOLD, CLERK | {"actor": "Acme", "target": "Doe"}, ""),
    "a party by an alias": (FIRM, {"actor": "Acme"}, ""),
    "a party of another sentence": (FIRM, {"actor": "Doe"}, "actor"),
    "of the paragraph, where the sentence names none": (WILL, {"actor": "Acme"}, ""),
    "a description": (SOLD, CLERK | {"actor": "clerks, not named"}, ""),
    "another description": (SOLD, CLERK | {"actor": "drivers, not named"}, "actor"),
    "the text itself, as one who argues": (FIRM, {"actor": "author"}, "actor"),
    "the text itself, as one who has a view": (FIRM, STANCE | {"actor": "brief"}, ""),
    "a text that it is not": (FIRM, STANCE | {"actor": "the report"}, "actor"),
    "a short word, which is no stem": (
        SOLD, CLERK | {"actor": "ton, not named"}, "actor"
    ),
    "a quantity": (SOLD, QUANTITY | CLERK, ""),
    "of a whole": (SOLD, QUANTITY | CLERK | {"of": "Acme's tons"}, ""),
    "of a whole by another name": (SOLD, QUANTITY | CLERK | {"of": "Ajax tons"}, ""),
    "of another whole": (SOLD, QUANTITY | CLERK | {"of": "tons of Roe"}, "of"),
    "a year on": (SOLD, QUANTITY | CLERK | {"when": "2022-05"}, "when"),
    "a place unnamed": (SOLD, QUANTITY | CLERK | {"where": "Roe"}, "where"),
    "another's voice as the author's": (SOLD, QUANTITY, "voice"),
    "the author's voice as another's": (FIRM, {"voice": "clerk"}, "voice"),
    "a producer of the paragraph": (WILL, {"when": "2023", "origin": "a clerk"}, ""),
    "a producer unnamed": (FIRM, {"origin": "clerk, 2020"}, "origin"),
    "a producer inferred": (
        FIRM, {"origin": "Roe", "inferred": {"origin": "Roe, a guess"}}, ""
    ),
    "one who is not named there": (SOLD, {"voice": "roe"}, "voice"),
    "one by the last of his names": (TEA, {"voice": "roe"}, ""),
    "another thing counted": (WILL, QUANTITY | {"when": "2023", "measure": "deaths",
                              "status": "F"}, "measure"),
    "the first of two things counted": (CARTS, LENT | {"measure": "carts"}, ""),
    "the second of two": (DRIVERS, LENT | {"measure": "staff"}, ""),
    "the second as the first": (CARTS, LENT | {"measure": "staff"}, "measure"),
    "a figure that begins its sentence": (
        TWELVE, LENT | {"when": "2018", "measure": "carts"}, ""
    ),
    "another's word, though it begins its sentence": (
        TWELVE, LENT | {"when": "2018", "measure": "staff"}, "measure"
    ),
    "counted behind a date, which is no figure": (
        NINE, QUANTITY | {"measure": "carts"}, ""
    ),
    "what another sentence counts": (
        WILL, QUANTITY | {"when": "2023", "measure": "clerks", "status": "F"}, "measure"
    ),
    "a forecast": (WILL, QUANTITY | {"when": "2023", "status": "F"}, ""),
    "a forecast as done": (WILL, QUANTITY | {"when": "2023"}, "status"),
    "the month of May as a forecast": (SOLD, QUANTITY | CLERK | {"status": "F"},
                                       "status"),
    "a forecast as a target": (WILL, PLAN, "status"),
    "an event": (FIRM, {"kind": "event", "type": "meeting", "when": "2020"}, ""),
    "another event": (FIRM, {"kind": "event", "type": "visit", "when": "2020"}, "type"),
    "the time of issue": (WILL[:-8], {"when": "2022-06"}, "when"),
    "from a date to the issue": (FIRM, {"when": "2020/2022-06"}, ""),
    "from a date on": (FIRM, {"when": "2020/.."}, ""),
    "up to a date": (FIRM, {"when": "../2020"}, ""),
    "the last day of a month": (SOLD, QUANTITY | CLERK | {"when": "2021-05-31"}, ""),
    "from a date to none of the text": (FIRM, {"when": "2020/2022-05"}, "when"),
    "two ends, of which the reason has one": (
        TEA, {"voice": "roe", "when": "2018/2019", "inferred": {"when": "2019"}}, "when"
    ),
    "two ends, with a reason for both": (
        TEA,
        {"voice": "roe", "when": "2018/2019", "inferred": {"when": "2018 to 2019"}},
        "",
    ),
    "of late, as of the issue": (GROWN, {"when": "2022-06"}, "when"),
    "of late, without a beginning": (GROWN, {"when": "../2022-06"}, ""),
    "of late, with a reason": (
        GROWN, {"when": "2022-06", "inferred": {"when": "2022-06: its own month"}}, ""
    ),
    "a figure in doubt": (PAID, POUNDS, "figure"),
    "a figure settled": (
        PAID, POUNDS | {"inferred": {"figure": "50 pounds: Acme is British"}}, ""
    ),
    "a figure settled without need": (
        SOLD, QUANTITY | CLERK | {"inferred": {"figure": "14 tons"}}, "inferred"
    ),
    "inferred": (FIRM, {"actor": "Doe", "inferred": {"actor": "Doe, where it is"}}, ""),
    "inferred, and another named": (
        FIRM, {"actor": "Doe", "inferred": {"actor": "Acme"}}, "actor"
    ),
    "inferred, and named": (FIRM, {"actor": "Acme", "inferred": {"actor": "Acme"}},
                            "inferred"),
    "inferred, of nothing": (FIRM, {"inferred": {"place": "Doe"}}, "inferred"),
    "inferred, of what is not held": (FIRM, {"inferred": {"note": "So."}}, "inferred"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_field_is_held_against_its_passage(name):
    quote, fields, fault = CASES[name]
    faults = _faults(quote, **fields)
    assert [field for field, _ in faults] == ([fault] if fault else [])
    assert all("\n  fix: " in said for _, said in faults)


def test_a_fault_says_what_stands_there_instead():
    ((_, of_party),) = _faults(FIRM, actor="Roe")
    assert "named there: Acme" in of_party
    quote, fields, _ = CASES["another thing counted"]
    ((_, of_measure),) = _faults(quote, **fields)
    assert "words there speak of: tons" in of_measure
    ((_, of_time),) = _faults(FIRM, when="2021")
    assert "dates read there: 2020; issued: 2022-06" in of_time
    forecast, month = "a forecast as a target", "the month of May as a forecast"
    for name, cues in ((forecast, "F"), (month, "none")):
        quote, fields, _ = CASES[name]
        ((_, of_status),) = _faults(quote, **fields)
        assert f"cues read there: {cues}\n" in of_status


def test_of_two_dates_in_a_passage_an_event_has_either_and_no_third():
    event = {"kind": "event", "type": "sale", **CLERK}
    quote = f"{SOLD}, a clerk said. {WILL}"
    for when in ("2021-05", "2023"):
        assert _faults(quote, **event, when=when) == []
    with pytest.raises(SourcebookError, match="2022 is not a date of the passage"):
        _faults(quote, **event, when="2022")


def test_every_measure_type_concept_and_topic_of_the_codebook_lists_its_words(corpus):
    book = corpus.codebook
    assert all(measure.counts for measure in book.measures.values())
    assert book.cues["type"].keys() == book.event_types.keys()
    assert book.cues["concept"].keys() == book.concepts.keys()
    assert book.cues["topic"].keys() == book.topics.keys()


def test_who_is_heard_is_looked_for_in_the_sentence_alone(monkeypatch):
    monkeypatch.setattr(named_fields, "_speaks", lambda key, _, around: key == around)
    named = SimpleNamespace(
        around=lambda _: ["the sentence", "the paragraph"],
        sheet=SimpleNamespace(speakers=["the paragraph", "the sentence"]),
    )
    told = named_fields.what_stands("voice", named, None)
    assert told == "heard in the sentence: the sentence"

"""Claims made up for these tests, so that they say what each test needs."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sourcebook.coding.claims import claim_of_kind
from sourcebook.coding.hedges import Quantity
from sourcebook.reading.text import Span


def make_quantity(text, low, high="", **fields):
    """Return a figure; percent and a step of 1 unless said otherwise."""
    given = {
        "step": "1",
        "unit": "percent",
        "per": "",
        "hedge": "",
        "noun": "",
    } | fields
    step = Decimal(given.pop("step"))
    return Quantity(
        low=Decimal(low), high=Decimal(high or low), step=step, loose_step=step,
        text=text, **given,
    )  # fmt: skip


def make_claim(claim_id, quantity=None, **fields):
    """Return a claim about the share of gas, with other fields as given."""
    text = quantity.text if quantity else "some words"
    words = dict.fromkeys(
        ("origin", "actor", "target", "concept", "type", "place", "note"), ""
    )
    given = {
        **words, "id": claim_id, "source": claim_id.partition("/")[0], "file": "a.txt",
        "kind": "quantity" if quantity else "argument", "topic": "gas-share",
        "quote": text, "nth": 1, "measure": "share-of-gas", "of": "EU gas demand",
        "where": "EU", "when": "2022-04", "status": "A", "voice": "author",
        "sign": 0, "actors": (), "key": False, "span": Span(10, 20), "exact": text,
        "prefix": "It is ", "suffix": " now.", "sentence": f"It is {text} now.",
        "section": "Energy", "paragraph": 3, "figure": text if quantity else "",
        "quantity": quantity,
    }  # fmt: skip
    return claim_of_kind((given | fields)["kind"], given | fields)


@pytest.fixture
def quantity():
    return make_quantity


@pytest.fixture
def claim():
    return make_claim


@pytest.fixture
def around():
    return make_claim(
        "valiyev-yagubova-2022/share", make_quantity("around 5%", "5", hedge="around")
    )


@pytest.fixture
def bare():
    return make_claim("bbc-2025/share", make_quantity("4.3%", "4.3", step="0.1"))

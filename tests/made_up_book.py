"""Small made-up claims, sources and answers for the tests of the downloads."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sourcebook.coding.census import Item, Waiver
from sourcebook.coding.claims import Claim, claim_of_kind
from sourcebook.coding.hedges import Quantity
from sourcebook.coding.schema import Codebook, Sheet
from sourcebook.comparing.question_files import Question
from sourcebook.comparing.questions import Answer
from sourcebook.comparing.relations import Verdict
from sourcebook.reading.text import Span

TEXT = "Sales rose to around 14 tons. Nothing else is said in this long sentence."
BIBTEX = """
@article{acme-2021,
  author = {van Doe, Jane and {Acme Inc}}, title = {On {Sales}: a {Report}},
  journal = {Journal of Tons}, year = {2021}, pages = {3--9}, doi = {10.1/x}
}
"""
CITATION = """
title: A book
abstract: What it is about.
version: 1.0.0
date-released: "2021-06-01"
keywords: [tons]
authors: [{name: We}]
"""


def cut_in_two(sheet: Path, claim: str) -> Path:
    """Have a sheet go on in a second file, from the claim of that name to the last."""
    head, mark, rest = sheet.read_text(encoding="utf-8").partition(f"  - id: {claim}\n")
    assert mark, f"{sheet.name} has no claim {claim}"
    end = re.search(r"^(?=\w)|\Z", rest, re.MULTILINE).start()
    head = head.removesuffix("claims:\n")  # where nothing is left of the list
    sheet.write_text(head + rest[end:], encoding="utf-8")
    part = sheet.with_name(f"{sheet.stem}.part-2.yml")
    part.write_text(f"claims:\n{mark}{rest[:end]}", encoding="utf-8")
    return part


def make_quantity(low: str, high: str = "", *, hedge: str = "") -> Quantity:
    return Quantity(
        low=Fraction(low),
        high=Fraction(high or low),
        step=Fraction(1, 10),
        loose_step=Fraction(1, 10),
        unit="percent",
        per="",
        hedge=hedge,
        noun="",
        text="as printed",
    )


def make_claim(name: str = "sales", **changes: Any) -> Claim:
    words = dict.fromkeys(
        "measure of where when status origin actor target concept type place note "
        "prefix suffix sentence section figure".split(),
        "",
    )
    fields = {
        **words,
        "id": f"acme-2021/{name}",
        "source": "acme-2021",
        "file": "acme.txt",
        "kind": "quantity" if changes.get("quantity") else "status",
        "topic": "sales",
        "quote": "rose to 14 tons",
        "exact": "rose to 14 tons",
        "nth": 1,
        "voice": "author",
        "sign": None,
        "actors": (),
        "key": True,
        "span": Span(6, 28),
        "paragraph": 1,
        "quantity": None,
    }
    return claim_of_kind((fields | changes)["kind"], fields | changes)


def make_sheet(**changes: Any) -> Sheet:
    fields = {
        "file": "acme.txt",
        "sha256": "0" * 64,
        "issued": {"date": "2021-05-02", "quote": "2 May 2021"},
        "genre": "ScholarlyArticle",
        "extent": {"state": "whole"},
        "coverage": {"state": "partial", "only": "sales"},
        "absences": [{"id": "costs", "what": "Costs", "terms": ["cost", "loss"]}],
    }
    return Sheet(**(fields | changes))


def make_source(sheet: Sheet | None = None, **changes: Any) -> SimpleNamespace:
    document = SimpleNamespace(
        text=TEXT, raw=TEXT, raw_span=lambda start, end: Span(start + 1, end + 1)
    )
    fields = {
        "citekey": "acme-2021",
        "document": document,
        "sheet": sheet or make_sheet(),
        "all_claims": (make_claim(),),
        "waivers": (Waiver(30, 73, "transition", ""),),
        "census": (
            Item("sentence", 0, 29, 1, TEXT[:29], "coded", ("acme-2021/sales",)),
            Item("sentence", 30, 73, 1, TEXT[30:], "waived", ("transition",)),
        ),
    }
    return SimpleNamespace(**(fields | changes))


def make_answer(name: str, *claims: Claim, slack: Fraction | None = None) -> Answer:
    chapter, _, inner = name.partition("/")
    verdict = Verdict("not-comparable", "They differ.", "of", slack=slack)
    a, b = claims
    question = Question.model_construct(
        id=inner,
        asks="How much?",
        answer="Nobody says.",
        claims=(a.id, b.id),
        adjudication="open",
        cause="denominator",
        why="=so",
        settles="A figure.",
    )
    return Answer(chapter, question, claims, ((a, b, verdict),))


@pytest.fixture
def make() -> SimpleNamespace:
    """What makes the parts of a book: claim, sheet, source, answer, quantity."""
    return SimpleNamespace(
        claim=make_claim,
        sheet=make_sheet,
        source=make_source,
        answer=make_answer,
        quantity=make_quantity,
        bibtex=BIBTEX,
        citation=CITATION,
    )


@pytest.fixture
def small(tmp_path):
    """A book of one source with two claims, in a folder of its own."""
    for folder in ("seeds", "notebooks/sources"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "seeds" / "acme.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "seeds" / "references.bib").write_text(BIBTEX, encoding="utf-8")
    (tmp_path / "CITATION.cff").write_text(CITATION, encoding="utf-8")
    (tmp_path / "notebooks" / "sources" / "acme-2021.ipynb").write_bytes(b"{}")
    codebook = Codebook(
        topics={"sales": "What was sold"},
        measures={"tons": {"label": "tons sold", "unit": "t", "definition": "Weight"}},
        denominators=(),
        places=("Acme",),
        concepts={},
        event_types={},
    )
    return SimpleNamespace(
        root=tmp_path,
        claims=(make_claim("sales"), make_claim("a-first")),
        sources={"acme-2021": make_source()},
        codebook=codebook,
    )

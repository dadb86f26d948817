"""Whose claims are set beside another document is counted, and main ones must be."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from made_up_claims import make_claim

from sourcebook.comparing.questions import check_key_claims, usage, usage_line
from sourcebook.errors import SourcebookError

A, B = make_claim("a-2020/x", actor="EU", voice="clerk"), make_claim("a-2020/y")
C = make_claim("b-2021/z", voice="baku")
D = make_claim("a-2020/w", voice="passer-by")
CORPUS = SimpleNamespace(
    claims=(C, A, B, D),
    codebook=SimpleNamespace(sides={"Europe": ["EU"], "Caucasus": ["baku"]}),
)
BESIDE = SimpleNamespace(claims=(A, C), sources=("a-2020", "b-2021"))
ALONE = SimpleNamespace(claims=(A, B), sources=("a-2020",))


def test_each_side_of_each_document_is_counted_in_order():
    assert usage(CORPUS, [ALONE, BESIDE]) == [
        ("a-2020", "Europe", 1, 1),
        ("a-2020", "its author", 1, 0),
        ("a-2020", "others", 1, 0),
        ("b-2021", "Caucasus", 1, 1),
    ]
    corpus = SimpleNamespace(claims=(*CORPUS.claims, D), codebook=CORPUS.codebook)
    assert usage_line(corpus, [BESIDE]) == (
        "compared with another document: Caucasus 1 of 1, Europe 1 of 1, "
        "its author 0 of 1, others 0 of 2"
    )
    nothing = SimpleNamespace(claims=(), codebook=CORPUS.codebook)
    assert usage_line(nothing, []).endswith(": nothing, for nothing is coded yet")


@pytest.mark.parametrize(
    ("fields", "answers", "missed"),
    [
        ({"key": True}, [ALONE], True),
        ({"key": True}, [ALONE, BESIDE], False),
        ({"key": True, "alone": "nobody else has it"}, [], False),
        ({}, [], False),
    ],
)
def test_a_main_claim_is_set_beside_another_or_says_why_not(
    unfinished, fields, answers, missed
):
    claims = (replace(A, id="acme-2021/praise", source="acme-2021", **fields),)
    given = [SimpleNamespace(claims=claims, sources=each.sources) for each in answers]
    corpus = SimpleNamespace(root=unfinished.parent.parent, claims=claims)
    if missed:
        with pytest.raises(SourcebookError, match="acme-2021/praise"):
            check_key_claims(corpus, given)
    else:
        check_key_claims(corpus, given)

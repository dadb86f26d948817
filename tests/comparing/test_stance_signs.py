"""Two stances are compared only on one concept and towards one target."""

from __future__ import annotations

import pytest
from made_up_claims import make_claim

from sourcebook.comparing.relation_by_kind import compare_stances


def stance(sign, *, concept="rights", target="Acme", kind="stance"):
    about = {"concept": concept, "target": target, "actor": "A"}
    return make_claim("x/y", kind=kind, sign=sign, **about)


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        (stance(1), stance(1), "shares"),
        (stance(0), stance(0), "shares"),
        (stance(1), stance(-1), "opposes"),
        (stance(-1), stance(1), "opposes"),
        (stance(0), stance(1), "differs"),
        (stance(-1), stance(0), "differs"),
        (stance(1), stance(-1, concept="trade"), "not-comparable(concept)"),
        (stance(1), stance(-1, target="Bolt"), "not-comparable(target)"),
        # Who finds that a policy fails is not against it: two concepts, same sign.
        (
            stance(-1, concept="values-promotion"),
            stance(-1, concept="values-promotion-effect"),
            "not-comparable(concept)",
        ),
    ],
)
def test_relation(a, b, relation):
    assert str(compare_stances(a, b)) == relation

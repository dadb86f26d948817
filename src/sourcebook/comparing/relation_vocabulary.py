"""The relations that two claims can have, each with its meaning in one line.

A relation is *computed* from what the sheets say and the readers found, or *declared*
by hand where words alone relate two claims. No declared relation says that claims
agree or contradict each other: that is computed, or it is not said.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Relation:
    """One row of the vocabulary; the meaning reads with "the second …"."""

    meaning: str
    how: str  # "computed" or "declared"
    about: str  # figures, datings, stances, plans, words, silence


RELATIONS: dict[str, Relation] = {
    "agrees": Relation(
        "both figures leave the same values open", "computed", "figures"
    ),
    "refines": Relation(
        "what one figure leaves open lies within what the other does",
        "computed",
        "figures",
    ),
    "overlaps": Relation("the figures share some values", "computed", "figures"),
    "repeats": Relation(
        "the figures agree because both come from one origin: no second witness",
        "computed",
        "figures",
    ),
    "contradicts": Relation("the figures share no value", "computed", "figures"),
    "depends-on-reading": Relation(
        "apart as printed, together if trailing zeros are rounding",
        "computed",
        "figures",
    ),
    "not-comparable": Relation(
        "something that must be the same is not; the brackets say what",
        "computed",
        "figures, datings and stances",
    ),
    "different-period": Relation(
        "the figures are about times that do not meet", "computed", "figures"
    ),
    "plan-vs-outcome": Relation(
        "one is a target or a forecast, the other says what is", "computed", "plans"
    ),
    "before": Relation("the first lies earlier", "computed", "datings"),
    "after": Relation("the first lies later", "computed", "datings"),
    "same-time": Relation("both are of one known period", "computed", "datings"),
    "order-unknown": Relation(
        "the periods meet and are not one, so neither is known to come first",
        "computed",
        "datings",
    ),
    "clashes": Relation(
        "one kind of event on one matter, in periods that do not meet",
        "computed",
        "datings",
    ),
    "shares": Relation("both stances have the same sign", "computed", "stances"),
    "opposes": Relation("one is for, the other against", "computed", "stances"),
    "differs": Relation(
        "one takes a side, the other takes none", "computed", "stances"
    ),
    "silent": Relation(
        "none of the terms searched for is found", "computed", "silence"
    ),
    "updates": Relation("reports a later state of the matter", "declared", "words"),
    "attributes": Relation(
        "says whose statement it is that the first makes in its own voice",
        "declared",
        "words",
    ),
    "weakens": Relation(
        "limits, conditions or hedges what the first states", "declared", "words"
    ),
    "supports": Relation(
        "says the same in other words, or gives grounds for it", "declared", "words"
    ),
    "reframes": Relation(
        "gives the same matter another cause, value or meaning", "declared", "words"
    ),
    "in-tension": Relation(
        "pulls apart from the first; words alone make no contradiction",
        "declared",
        "words",
    ),
    "bears-out": Relation(
        "later reports what the first foresaw or asked for", "declared", "words"
    ),
    "runs-against": Relation(
        "later reports the opposite of what the first foresaw or asked for",
        "declared",
        "words",
    ),
}
DECLARED = frozenset(name for name, row in RELATIONS.items() if row.how == "declared")

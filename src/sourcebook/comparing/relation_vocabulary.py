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


# name | about | meaning; what words alone bear is declared, all else computed
_TABLE = """
agrees | figures | both figures leave the same values open
refines | figures | what one figure leaves open lies within what the other does
overlaps | figures | the figures share some values
repeats | figures | the figures agree because both come from one origin: no second \
witness
contradicts | figures | the figures share no value
depends-on-reading | figures | apart as printed, together if trailing zeros are rounding
not-comparable | figures, datings and stances | something that must be the same is \
not; the brackets say what
different-period | figures | the figures are about times that do not meet
plan-vs-outcome | plans | one is a target or a forecast, the other says what is
before | datings | the first lies earlier
after | datings | the first lies later
same-time | datings | both are of one known period
order-unknown | datings | the periods meet and are not one, so neither is known to \
come first
clashes | datings | one kind of event on one matter, in periods that do not meet
shares | stances | both stances have the same sign
opposes | stances | one is for, the other against
differs | stances | one takes a side, the other takes none
silent | silence | none of the terms searched for is found
updates | words | reports a later state of the matter
attributes | words | says whose statement it is that the first makes in its own voice
weakens | words | limits, conditions or hedges what the first states
supports | words | says the same in other words, or gives grounds for it
reframes | words | gives the same matter another cause, value or meaning
in-tension | words | pulls apart from the first; words alone make no contradiction
bears-out | words | later reports what the first foresaw or asked for
runs-against | words | later reports the opposite of what the first foresaw or asked for
"""
_ROWS = [row.split(" | ") for row in _TABLE.strip().split("\n")]
RELATIONS = {
    name: Relation(meaning, "declared" if about == "words" else "computed", about)
    for name, about, meaning in _ROWS
}
DECLARED = frozenset(name for name, row in RELATIONS.items() if row.how == "declared")

"""How two figures from two claims stand to each other.

``compare`` passes gates before it looks at numbers: two figures with different
denominators neither agree nor contradict.  It refuses claims without a figure.  A flow
per year and the amount of one stated year are compared as amounts of that year, and the
reason says so; no other rates are.

Numbers are compared in the *strict* reading. *depends-on-reading* means exactly this:
the strict readings contradict and the loose ones (trailing zeros not significant) do
not.

Counts to the last thing are points and touch nothing but themselves: seven and eight
contradict each other, seven and seven agree.

``RELATIONS`` has every relation that two claims can have. One is *computed*, or
*declared* by hand where words alone relate two claims; no declared one says that claims
agree or contradict each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from sourcebook.coding.claims import Claim, QuantityClaim, figured
from sourcebook.coding.hedges import DEFAULT_SLACK, Interval, Quantity, plain
from sourcebook.coding.schema import STATUSES
from sourcebook.errors import SourcebookError
from sourcebook.reading.dates import bounds

PLANS = frozenset("FT")
# No amounts: what is true of a whole year is not these summed over its parts.
_RATIOS = frozenset({"percent", "percentage-point", "basis-point", "times"})
_STILL = Fraction(0)  # the slope of an end that slack does not move


@dataclass(frozen=True, slots=True)
class Verdict:
    """What comparing two claims came to, and the one sentence that says why.

    ``slack`` is the smallest reading of "about" and "nearly" at which the two stop
    contradicting: 0 if rounding alone is enough, None if no reading is, or if a gate
    failed.  Where an end that touches is open, they meet just above it, not at it.
    """

    relation: str
    reason: str
    axis: str = ""  # the gate that failed
    a: Interval | None = None
    b: Interval | None = None
    slack: Fraction | None = None
    by: str = "computed"  # or "declared", by hand, where words alone relate

    def __str__(self) -> str:
        """Print the relation as a question's ``expect`` writes it."""
        if self.relation == "not-comparable":
            return f"{self.relation}({self.axis})"
        return self.relation


def compare(a: Claim, b: Claim, *, slack: Fraction = DEFAULT_SLACK) -> Verdict:
    """Compare the figures of two claims.

    Gates, in this order: measure, unit, denominator, whose, period, status.  Raises
    `SourcebookError` if a claim has no figure.

    >>> from sourcebook.coding.corpus import read
    >>> brief, report = read("valiyev-yagubova-2022"), read("bbc-2025")
    >>> str(compare(brief.claim("gas-share"), report.claim("gas-share")))
    'not-comparable(of)'
    """
    first, second = figured(a), figured(b)
    one, two, step = _over_a_year(first, second, slack)
    left, right = one.interval(slack=slack), two.interval(slack=slack)
    failed = next(_differences(first, second, one=one, two=two), None)
    if failed:
        relation, axis, reason = failed
        return Verdict(relation, reason, axis, left, right)
    relation, reason = _relate(one, two, slack=slack)
    # Two that repeat one origin are one witness, and do not bear each other out.
    if relation == "agrees" and a.origin and a.origin == b.origin:
        relation = "repeats"
        reason = f"{reason[:-1]}, and both come from {a.origin}."
    reason = f"{step}{reason}"
    return Verdict(relation, reason, "", left, right, slack_to_meet(one, two))


def slack_to_meet(qa: Quantity, qb: Quantity) -> Fraction | None:
    """Return the smallest slack at which two figures stop contradicting.

    0 if rounding alone is enough, None if no slack is.  Exact.  Where an end that
    touches is open, the figures meet at every slack above the one returned.
    """
    if (qa.unit, qa.per) != (qb.unit, qb.per):
        raise SourcebookError(
            f"{qa.text!r} and {qb.text!r} are in different units: "
            f"{_unit(qa)} and {_unit(qb)}\n"
            "  fix: compare figures in one unit"
        )
    return smallest_slack(qa, qb, holds=lambda k: meets(qa, qb, slack=k))


def meets(qa: Quantity, qb: Quantity, *, slack: Fraction, loose: bool = False) -> bool:
    """Whether some value fits both figures at this slack."""
    left = qa.interval(slack=slack, loose=loose)
    right = qb.interval(slack=slack, loose=loose)
    common = left.common(right)
    # Rounding intervals are closed, so neighbours such as 44% and 45% touch at 44.5;
    # but no one way of rounding prints that value as both.
    bare = qa.rule == qb.rule == "bare" and min(qa.step, qb.step) > 0
    return common is not None and not (bare and common.low == common.high)


def smallest_slack(
    qa: Quantity, qb: Quantity, *, holds: Callable[[Fraction], bool]
) -> Fraction | None:
    """Return the least slack from which something about two figures holds.

    ``holds`` must depend only on how the ends of the two intervals are ordered, and
    once true stay true as slack grows.
    """
    # The ends move along straight lines, so their order can change only where two lines
    # cross. One slack is tried in the stretch behind each crossing: the first stretch
    # in which it holds begins at the slack sought.
    crossings = sorted(_crossings(qa, qb))
    after = [*crossings[1:], crossings[-1] + 1]
    for k, following in zip(crossings, after, strict=True):
        if holds((k + following) / 2):
            return k
    return None


def _crossings(qa: Quantity, qb: Quantity) -> set[Fraction]:
    """Return 0 and every slack above it at which an end may pass another."""
    pairs = product(_lines(qa), _lines(qb))
    met = ((b - a, up - down) for (a, up), (b, down) in pairs if up != down)
    return {Fraction(0), *(k for way, pace in met if (k := way / pace) >= 0)}


def _lines(q: Quantity) -> Iterator[tuple[Fraction, Fraction]]:
    """Yield every line an end of the figure may follow: its start and its slope."""
    share = (Fraction(0), Fraction(100))
    for start in (q.low - q.half(), q.low, q.high, q.high + q.half(), *share):
        yield start, _STILL
    for start in (q.low, q.high):
        yield start, -abs(start)
        yield start, abs(start)


def _over_a_year(
    a: QuantityClaim, b: QuantityClaim, slack: Fraction
) -> tuple[Quantity, Quantity, str]:
    """Return two figures, a flow as what it comes to in the year of an amount.

    With them the step taken, "" if none: a flow per year meets the amount of a single
    stated year, and of no time that is longer, shorter, vague or unknown.
    """
    one, two = a.quantity, b.quantity
    (flow, says), year = ((one, a), b.when) if one.per else ((two, b), a.when)
    rates = {(one.unit, one.per), (two.unit, two.per)}
    alike = rates == {(flow.unit, ""), (flow.unit, "year")}
    if not alike or flow.unit in _RATIOS or not year.isdecimal():  # bare digits: a year
        return one, two, ""
    amount = f"{flow.interval(slack=slack)} {flow.unit or flow.noun}".strip()
    evenly = "" if says.when == year else f", if it was even over {says.when}"
    step = f"{flow.text}: {amount} per year × 1 year ({year}) = {amount}{evenly}. "
    return replace(one, per=""), replace(two, per=""), step


def _differences(
    a: QuantityClaim, b: QuantityClaim, *, one: Quantity, two: Quantity
) -> Iterator[tuple[str, str, str]]:
    """Yield the gates two claims fail, in order: relation, axis and reason."""
    named = a.measure, b.measure
    rows = (
        ("measure", "measure different things", *(m.replace("-", " ") for m in named)),
        ("unit", "are in different units", _unit(one), _unit(two)),
        ("of", "have different denominators", a.of, b.of),
        ("where", "are about different places", a.where, b.where),
    )
    for axis, how, x, y in rows:
        # Two figures without a place may be of two: nothing named is not one place.
        if x != y or (axis == "where" and not x):
            both = f"{x or 'none named'} and {y or 'none named'}"
            yield "not-comparable", axis, f"The two figures {how}: {both}."
    (first, last), (start, end) = bounds(a.when), bounds(b.when)
    if last < start or end < first:
        said = f"The two figures are about different times: {a.when} and {b.when}."
        yield "different-period", "period", said
    if (a.status in PLANS) != (b.status in PLANS):
        kinds = f"{STATUSES[a.status]} and {STATUSES[b.status]}"
        said = f"Only one of the two figures is an outcome: {kinds}."
        yield "plan-vs-outcome", "status", said


def _unit(q: Quantity) -> str:
    return f"{q.unit or 'a count'}{f' per {q.per}' if q.per else ''}"


def _relate(qa: Quantity, qb: Quantity, *, slack: Fraction) -> tuple[str, str]:
    """Return the relation of two figures in one unit, and the reason."""
    left, right = qa.interval(slack=slack), qb.interval(slack=slack)
    x, y = f"{qa.text} ({left})", f"{qb.text} ({right})"
    if not meets(qa, qb, slack=slack):
        return _apart(qa, qb, slack=slack, words=(x, y))
    if left == right:
        return "agrees", f"{qa.text} and {qb.text} both read as {left}."
    if left.within(right):
        return "refines", f"{x} lies within {y}."
    if right.within(left):
        return "refines", f"{y} lies within {x}."
    return "overlaps", f"{x} and {y} share {left.common(right)}."


def _apart(
    qa: Quantity, qb: Quantity, *, slack: Fraction, words: tuple[str, str]
) -> tuple[str, str]:
    """Return the relation of two figures that do not meet as printed."""
    both = " and ".join(words)
    # Loose readings that contradict where strict ones meet cannot be: a loose reading
    # is never the narrower one.
    if meets(qa, qb, slack=slack, loose=True):
        how = "meet only if trailing zeros are taken as not significant"
        return "depends-on-reading", f"{both} {how}."
    edge = qa.interval(slack=slack).common(qb.interval(slack=slack))
    needed = slack_to_meet(qa, qb)
    if edge is not None:
        how = f"only touch, at {plain(edge.low or 0)}, which no rounding prints as both"
    elif needed is None:
        how = "share no value"
    else:
        hedges = " and ".join(dict.fromkeys(q.hedge for q in (qa, qb) if q.uses_slack))
        least = "at" if meets(qa, qb, slack=needed) else "above"
        how = f"share no value; they would with {hedges} read {least} {percent(needed)}"
    return "contradicts", f"{both} {how}."


def percent(part: Fraction) -> str:
    """Print a part of one as a percentage.

    >>> from fractions import Fraction
    >>> percent(Fraction(13, 100))
    '13%'
    """
    return f"{plain(part * 100)}%"


@dataclass(frozen=True, slots=True)
class Relation:
    """One row of the vocabulary; the meaning reads with "the second …"."""

    meaning: str
    how: str  # "computed" or "declared"
    about: str  # figures, datings, stances, plans, words, silence
    words: str  # as pages print it
    apart: int  # how far apart, 1 the furthest; one badge tells the furthest pair
    marks: frozenset[str]  # what it is to a question


# name | about | how far apart, and marks | a reader's words for it | meaning; what
# words alone bear is declared, all else computed. A question takes a side only where a
# pair is "apart"; without a source it may lose what "dissents"; what "collides" is a
# conflict, and has both marks.
_TABLE = """
agrees | figures | 25 | The same figure | both figures leave the same values open
refines | figures | 19 | One is more exact | what one figure leaves open lies within \
what the other does
overlaps | figures | 18 | The figures can meet | the figures share some values
repeats | figures | 24 | One origin, told twice | the figures agree because both come \
from one origin: no second witness
contradicts | figures | 1 collides | They contradict each other | the figures share no \
value
depends-on-reading | figures | 6 apart dissents | Depends on rounding | apart as \
printed, together if trailing zeros are rounding
not-comparable | figures, datings and stances | 8 | Not the same thing | something \
that must be the same is not; the brackets say what
different-period | figures | 9 | Different times | the figures are about times that do \
not meet
plan-vs-outcome | plans | 11 | A plan and an outcome | one is a target or a forecast, \
the other says what is
before | datings | 15 | The first came earlier | the first lies earlier
after | datings | 16 | The first came later | the first lies later
same-time | datings | 23 | At the same time | both are of one known period
order-unknown | datings | 10 | Order unknown | the periods meet and are not one, so \
neither is known to come first
clashes | datings | 2 collides | The dates clash | one kind of event on one matter, in \
periods that do not meet
shares | stances | 21 | On the same side | both stances have the same sign
opposes | stances | 3 collides | On opposite sides | one is for, the other against
differs | stances | 7 apart dissents | Only one takes a side | one takes a side, the \
other takes none
silent | silence | 26 | Not in every text | none of the terms searched for is found
updates | words | 14 apart | A later state | reports a later state of the matter
attributes | words | 17 | Says whose words they are | says whose statement it is that \
the first makes in its own voice
weakens | words | 12 apart dissents | One limits the other | limits, conditions or \
hedges what the first states
supports | words | 22 | They point the same way | says the same in other words, or \
gives grounds for it
reframes | words | 13 | Told differently | gives the same matter another cause, value \
or meaning
in-tension | words | 5 apart dissents | They pull apart | pulls apart from the first; \
words alone make no contradiction
bears-out | words | 20 | Came as foreseen | later reports what the first foresaw or \
asked for
runs-against | words | 4 dissents | Came otherwise | later reports the opposite of \
what the first foresaw or asked for
"""
_ROWS = [row.split(" | ") for row in _TABLE.strip().split("\n")]
RELATIONS = {
    name: Relation(
        meaning,
        "declared" if about == "words" else "computed",
        about,
        words,
        int(marks.split()[0]),
        frozenset(marks.split()[1:]),
    )
    for name, about, marks, words, meaning in _ROWS
}
DECLARED = frozenset(name for name, row in RELATIONS.items() if row.how == "declared")
COLLIDING, APART, DISSENT = (
    frozenset(name for name, row in RELATIONS.items() if row.marks & {"collides", mark})
    for mark in ("collides", "apart", "dissents")
)
# As pages print them; every gate that two claims can fail has words of its own.
RELATION_WORDS = {name: row.words for name, row in RELATIONS.items()} | {
    "not-comparable(of)": "Different totals",
    "not-comparable(measure)": "Different things counted",
    "not-comparable(unit)": "Different units",
    "not-comparable(where)": "Different places",
    "not-comparable(concept)": "Different matters",
    "not-comparable(target)": "Not about the same",
}


def relation_words(code: str) -> str:
    """Return a relation in words, with the gate it failed on where there is one.

    >>> relation_words("not-comparable(of)"), relation_words("silent")
    ('Different totals', 'Not in every text')
    """
    return RELATION_WORDS.get(code) or RELATION_WORDS[code.partition("(")[0]]

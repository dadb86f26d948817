"""From the words around a figure to the interval they leave open.

``HEDGES`` is the whole table: one row per rule, with its words, its meaning and an
example that is run as a test.  The words themselves are those the reader of numbers
knows.  A hedge that is not in the table is refused, and so is a label, a float, or a
reading that leaves no number at all.

What is *measured* (a share, a weight, money, a length of time) is printed rounded.
*Strict* reading: a bare figure stands for everything that rounds to it, half a unit of
its last printed digit either way. *Loose* reading: the same, with trailing zeros taken
as not significant.

What is *counted* thing by thing is not rounded: ten countries are ten.

*Slack* (k) is how far "about" and "nearly" may reach, as a part of the figure.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from fractions import Fraction

from sourcebook.coding.intervals import Interval, exact, plain
from sourcebook.errors import SourcebookError
from sourcebook.reading.numbers import NumberMention
from sourcebook.reading.numbers.hedge_words import HEDGES as WORDS
from sourcebook.reading.numbers.number_reader import OCCASIONS

__all__ = [
    "DEFAULT_SLACK", "HEDGES", "SLACKS", "Hedge", "Interval", "Quantity", "hedge_rule",
    "plain",
]  # fmt: skip

DEFAULT_SLACK = Fraction(1, 10)
SLACKS = (Fraction(1, 20), Fraction(1, 10), Fraction(1, 5))
ROUND_FROM = 1000  # from here up, a count that ends in zero may be a round figure

_HUNDRED = Fraction(100)
_WHOLE = Interval(Fraction(0), _HUNDRED, True, True)


@dataclass(frozen=True, slots=True)
class Hedge:
    """One row of the table: words that are read in the same way."""

    rule: str  # name of the rule
    words: tuple[str, ...]  # as printed, lower case; "" stands for no words at all
    meaning: str  # the rule in words; x is the figure, k the slack
    example: str  # a figure as a source could print it
    interval_example: str  # what the example reads as, at the default slack


# rule | meaning | a figure as printed | what it reads as
_TABLE = f"""
bare | of what is measured: x give or take half a unit of its last printed digit, \
both ends included; read loosely, trailing zeros do not count as printed digits. \
A count printed in thousands or millions is read so too, and one of {ROUND_FROM:,} \
or more that ends in zero is always read loosely | 4.3% | [4.25, 4.35]
count | of things counted one by one: x and nothing else; read loosely, trailing \
zeros do not count as printed digits | 38 lives | [38, 38]
exactly | x and nothing else | exactly 38 | [38, 38]
about | x give or take k times x, both ends included, never narrower than the same \
figure without the word | around 5% | [4.5, 5.5]
nearly | from k times x below x, included, up to x, not included | nearly 50 | [45, 50)
over | above x, x itself not included, without an upper end | more than 5.5 million | \
(5.5 million, ∞)
at-least | x or above, without an upper end | at least 12 | [12, ∞)
up-to | from zero to x, both included | up to 40% | [0, 40]
under | from zero up to x, x itself not included | under 90 million | [0, 90 million)
between | from the first figure to the second, both included; two figures joined by a \
dash are read the same way | between 20 and 25 | [20, 25]
"""
# What sets a count apart from a bare figure is what is counted, and no word.
_UNHEDGED: dict[str, tuple[str, ...]] = {"bare": ("",), "count": ()}
HEDGES = tuple(
    Hedge(rule, {**WORDS, **_UNHEDGED}[rule], *rest)
    for rule, *rest in (row.split(" | ") for row in _TABLE.strip().split("\n"))
)

_RULES = {words: row.rule for row in HEDGES for words in row.words}


def hedge_rule(words: str) -> str:
    """Return the name of the rule for these hedge words; "" is the bare figure.

    >>> hedge_rule("more than"), hedge_rule("")
    ('over', 'bare')
    """
    known = " ".join(words.lower().split())
    if known in _RULES:
        return _RULES[known]
    # No document brings one: the reader of numbers knows the families of the table.
    home = "reading/numbers/hedge_words.py"
    fix = f"add the words to the family they belong to, in {home}"
    raise SourcebookError(f"unknown hedge: {words!r}", fix=fix)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as printed: its digits, its unit and the words that hedge it."""

    low: Fraction
    high: Fraction  # equal to low unless the figure is a range
    step: Fraction  # one unit of the last printed digit
    loose_step: Fraction  # the same, trailing zeros taken as not significant
    unit: str
    per: str
    hedge: str  # as printed, lower case; "" if bare
    noun: str  # what is counted, as printed
    text: str  # the whole figure, as printed

    def __post_init__(self) -> None:
        """Make the numbers exact; refuse what cannot have been printed."""
        for name in ("low", "high", "step", "loose_step"):
            object.__setattr__(self, name, exact(getattr(self, name)))
        rule = hedge_rule(self.hedge)
        if self.low > self.high:
            self._refuse("the range runs backwards", "put the lower figure first")
        if rule == "between" and self.low == self.high:
            self._refuse("'between' needs two figures", "take both into the passage")

    @classmethod
    def from_mention(cls, mention: NumberMention) -> Quantity:
        """Return what a number found in a text says; refuse a label."""
        if mention.role != "quantity":
            said = f"{mention.text!r} is a {mention.role}, not a quantity"
            raise SourcebookError(said, fix="choose another figure of the passage")
        # The reader of numbers has them all under the same names.
        return cls(*(getattr(mention, each.name) for each in fields(cls)))

    @property
    def value(self) -> Fraction | None:
        """The printed figure, or None for a range."""
        return self.low if self.low == self.high else None

    @property
    def rule(self) -> str:
        """The rule the figure is read by; a bare range is read as *between*."""
        rule = hedge_rule(self.hedge)
        if rule != "bare":
            return rule
        if self.low != self.high:
            return "between"
        return "count" if self.is_count and not self.half() else "bare"

    @property
    def is_count(self) -> bool:
        """Whether things are counted, and the count is printed to the last one."""
        # "Five times" counts, and "five times as many" measures: only one has a noun.
        counted = not self.unit or self.unit == self.noun == OCCASIONS
        return counted and not self.per and self.step == 1

    @property
    def counted(self) -> str:
        """Its unit, or what it counts, and over which time."""
        over = f"per {self.per}" if self.per else ""
        return f"{self.unit or self.noun} {over}".strip()

    @property
    def uses_slack(self) -> bool:
        """Whether the interval widens with the slack."""
        return self.rule in {"about", "nearly"}

    def rounding_governs(self, slack: Fraction) -> bool:
        """Whether "about" adds nothing: at this slack, rounding alone is as wide."""
        about = self.rule == "about"
        return about and self.interval(slack=slack) == self.interval(slack=Fraction(0))

    @property
    def is_share(self) -> bool:
        """Whether the figure is a percentage printed between 0 and 100."""
        return self.unit == "percent" and self.low >= 0 and self.high <= _HUNDRED

    def half(self, *, loose: bool = False) -> Fraction:
        """Half a unit of the last digit that counts; 0 of a count to the last thing."""
        # A large count that ends in zero may be a round figure: nobody says "20,000
        # people" to mean not one more.
        large = self.is_count and abs(self.high) >= ROUND_FROM
        step = self.loose_step if loose or large else self.step
        return Fraction(0) if self.is_count and step == 1 else step / 2

    def interval(
        self, *, slack: Fraction = DEFAULT_SLACK, loose: bool = False
    ) -> Interval:
        """Return every value the printed words leave open, in the figure's unit.

        ``slack`` is the k of the table, as a part of the figure: zero or more, and
        above zero for "nearly".
        """
        k = exact(slack)
        if k < 0 or (self.rule == "nearly" and k * max(-self.low, self.high) == 0):
            self._refuse(
                f"a slack of {plain(k)} leaves no value",
                "give a slack above 0, as Fraction(1, 10); nothing is nearly 0",
            )
        read = self._read(k, self.half(loose=loose))
        # "over 100%" leaves nothing of a share: it is a comparison, and stays whole.
        return (read.common(_WHOLE) or read) if self.is_share else read

    def _read(self, k: Fraction, half: Fraction) -> Interval:
        """Apply the rule, before a share is stopped at 0 and 100."""
        rule, low, high = self.rule, self.low, self.high
        below, above = low - k * abs(low), high + k * abs(high)
        from_zero = high > 0 or (high == 0 and rule == "up-to")
        zero = Fraction(0) if from_zero else None  # up to −5: no lower end
        ends = {
            # Both ends are closed: a text does not say which way its author rounds a
            # half.
            "bare": (low - half, high + half, True, True),
            "count": (low - half, high + half, True, True),
            "exactly": (low, high, True, True),
            "about": (min(below, low - half), max(above, high + half), True, True),
            # From the side of zero: nearly −5 lies above −5.
            "nearly": (below, high, True, False)
            if high > 0
            else (low, above, False, True),
            "over": (low, None, False, False),
            "at-least": (low, None, True, False),
            "up-to": (zero, high, from_zero, True),
            "under": (zero, high, from_zero, False),
            "between": (low, high, True, True),
        }
        return Interval(*ends[rule])

    def _refuse(self, fault: str, fix: str) -> None:
        raise SourcebookError(f"{self.text!r}: {fault}\n  fix: {fix}")

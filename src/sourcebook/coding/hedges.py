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

An interval keeps each end and whether the end belongs to it. An end that is ``None`` is
unbounded. There is no empty interval; what would be empty raises.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from math import inf

from sourcebook.errors import SourcebookError
from sourcebook.reading.numbers import NumberMention
from sourcebook.reading.numbers.hedge_words import HEDGES as WORDS
from sourcebook.reading.numbers.number_reader import OCCASIONS

INFINITY = "∞"
MINUS = "−"
ROUNDED = "≈"

_KEPT = 4  # significant digits left after rounding
_FULL = 6  # significant digits up to which a number is printed as it is
_SCALES = ((10**12, " trillion"), (10**9, " billion"), (10**6, " million"), (1, ""))


def exact(number: Fraction | Decimal | int) -> Fraction:
    """Return the number as a ``Fraction``; refuse a float.

    >>> exact(Decimal("4.35"))
    Fraction(87, 20)
    """
    # A float is refused: 0.1 is not a tenth.
    if not isinstance(number, (Fraction, Decimal, int)):
        fix = "give a Fraction, as Fraction(1, 10) for a tenth"
        raise SourcebookError(f"not an exact number: {number!r}", fix=fix)
    return Fraction(number)


def plain(number: Fraction | int, *, grouped: bool = True) -> str:
    """Print a number for people, the same way everywhere.

    Up to six significant digits are printed in full.  Anything longer is rounded
    to four (half to even) and marked as rounded.  From a million up, the scale is
    a word.

    >>> plain(Fraction("16.2") * 10**9), plain(Fraction(87, 20)), plain(1960)
    ('16.2 billion', '4.35', '1,960')
    >>> plain(Fraction(100, 87))
    '≈ 1.149'
    """
    value = exact(number)
    shown, rounded = _shorten(abs(value))
    size, word = next((s for s in _SCALES if shown >= s[0]), _SCALES[-1])
    digits = f"{(shown / size).normalize():{',' if grouped else ''}f}"
    sign = MINUS if value < 0 else ""
    return f"{ROUNDED + ' ' if rounded else ''}{sign}{digits}{word}"


def _shorten(value: Fraction) -> tuple[Decimal, bool]:
    """Return the value as a short decimal, and whether that cost anything."""
    for digits in (_FULL, _KEPT):
        context = Context(prec=digits, rounding=ROUND_HALF_EVEN)
        short = context.divide(Decimal(value.numerator), Decimal(value.denominator))
        if Fraction(short) == value:
            return short, False
    return short, True


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers between two ends.

    >>> print(Interval(Fraction("4.25"), Fraction("4.35"), True, True))
    [4.25, 4.35]
    >>> print(Interval(Fraction("16.2"), None, False, False))
    (16.2, ∞)
    """

    low: Fraction | None
    high: Fraction | None
    low_closed: bool
    high_closed: bool

    def __post_init__(self) -> None:
        """Make the ends exact; refuse an interval that holds no number."""
        for name in ("low", "high"):
            end = getattr(self, name)
            if end is not None:
                object.__setattr__(self, name, exact(end))
            elif getattr(self, f"{name}_closed"):
                said = f"an unbounded {name} end cannot be closed"
                raise SourcebookError(said, fix=f"pass {name}_closed=False")
        if self.low is None or self.high is None or self.low < self.high:
            return
        if self.low > self.high or not (self.low_closed and self.high_closed):
            fix = "put the lower end first; a single value needs both ends closed"
            raise SourcebookError(f"empty interval: {self}", fix=fix)

    @classmethod
    def point(cls, value: Fraction | int) -> Interval:
        """Return the interval that holds one value."""
        return cls(exact(value), exact(value), True, True)

    def contains(self, value: Fraction | int) -> bool:
        """Whether the value lies in the interval."""
        return self.common(Interval.point(value)) is not None

    def reaches(self, other: Interval) -> bool:
        """Whether some value here is at most some value of the other."""
        if self.low is None or other.high is None or self.low < other.high:
            return True
        return self.low == other.high and self.low_closed and other.high_closed

    def within(self, other: Interval) -> bool:
        """Whether every value of this interval is also in the other."""
        return self.common(other) == self

    def common(self, other: Interval) -> Interval | None:
        """Return what the two share, or None."""
        if not (self.reaches(other) and other.reaches(self)):
            return None
        # Of two ends the inner one, and of two at one place the one that is left out.
        both = (self, other)
        low = max(
            both, key=lambda i: (-inf if i.low is None else i.low, not i.low_closed)
        )
        high = min(
            both, key=lambda i: (inf if i.high is None else i.high, i.high_closed)
        )
        return Interval(low.low, high.high, low.low_closed, high.high_closed)

    def __add__(self, other: Interval) -> Interval:
        """Add two intervals.

        >>> print(Interval(Fraction(2), None, True, False) + Interval.point(1))
        [3, ∞)
        """
        ends = (self.low, other.low), (self.high, other.high)
        low, high = (None if a is None or b is None else a + b for a, b in ends)
        low_closed = self.low_closed and other.low_closed
        return Interval(low, high, low_closed, self.high_closed and other.high_closed)

    def __sub__(self, other: Interval) -> Interval:
        """Take the other from this one; the result may be negative."""
        low = None if other.high is None else -other.high
        high = None if other.low is None else -other.low
        return self + Interval(low, high, other.high_closed, other.low_closed)

    def __mul__(self, other: Interval) -> Interval:
        """Multiply two intervals of numbers that are not negative."""
        (a, b), (c, d) = _from_zero(self), _from_zero(other)
        if 0 in (b, d):  # one of them is zero, and so is its product with any number
            return Interval.point(0)
        low_closed = self.low_closed and other.low_closed
        if a * c == 0:  # a zero that is there makes the product zero
            low_closed = self.contains(0) or other.contains(0)
        if b is None or d is None:
            return Interval(a * c, None, low_closed, False)
        high_closed = self.high_closed and other.high_closed
        return Interval(a * c, b * d, low_closed, high_closed)

    def __truediv__(self, other: Interval) -> Interval:
        """Divide by an interval; numbers are not negative, zero divisors left out."""
        (a, b), (c, d) = _from_zero(self), _from_zero(other)
        if d == 0:
            fix = "divide by a figure above zero"
            raise SourcebookError(f"cannot divide {self} by zero", fix=fix)
        if b == 0:
            return Interval.point(0)
        low = Fraction(0) if d is None else a / d
        low_closed = self.low_closed and other.high_closed
        if a == 0:  # a zero that is there stays, whatever divides it
            low_closed = self.low_closed
        if b is None or c == 0:
            return Interval(low, None, low_closed, False)
        return Interval(low, b / c, low_closed, self.high_closed and other.low_closed)

    def __str__(self) -> str:
        """Print with square brackets for ends that belong, round for the rest."""
        low = MINUS + INFINITY if self.low is None else plain(self.low, grouped=False)
        high = INFINITY if self.high is None else plain(self.high, grouped=False)
        left, right = "[" if self.low_closed else "(", "]" if self.high_closed else ")"
        return f"{left}{low}, {high}{right}"

    @property
    def words(self) -> str:
        """Say it without brackets, which tell most readers nothing.

        >>> Interval(Fraction("4.25"), Fraction("4.35"), True, True).words
        '4.25 to 4.35'
        >>> Interval(Fraction(100), None, False, False).words
        'more than 100'
        """
        low, high = (e if e is None else plain(e) for e in (self.low, self.high))
        if low is None and high is None:
            return "any number"
        if high is None:
            return f"{low} or more" if self.low_closed else f"more than {low}"
        if low is None:
            return f"up to {high}" if self.high_closed else f"less than {high}"
        return low if low == high else f"{low} to {high}"


def _from_zero(interval: Interval) -> tuple[Fraction, Fraction | None]:
    """Return the ends of an interval without negative numbers, or refuse it."""
    if interval.low is None or interval.low < 0:
        said = f"cannot multiply or divide {interval}: it holds negative numbers"
        fix = "multiply and divide figures that are zero or more"
        raise SourcebookError(said, fix=fix)
    return interval.low, interval.high


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
    fix = "add the words to their family, in reading/numbers/hedge_words.py"
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

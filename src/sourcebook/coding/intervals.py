"""Intervals of exact numbers, and how a number is printed for people.

An interval keeps each end and whether the end belongs to it. An end that is ``None`` is
unbounded. There is no empty interval; what would be empty raises.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from sourcebook.errors import SourcebookError

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
        return self.intersects(Interval.point(value))

    def intersects(self, other: Interval) -> bool:
        """Whether the two share at least one value."""
        return self.reaches(other) and other.reaches(self)

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
        if not self.intersects(other):
            return None
        low, low_closed = _inner(
            (self.low, self.low_closed), (other.low, other.low_closed), sign=1
        )
        high, high_closed = _inner(
            (self.high, self.high_closed), (other.high, other.high_closed), sign=-1
        )
        return Interval(low, high, low_closed, high_closed)

    def __add__(self, other: Interval) -> Interval:
        """Add two intervals.

        >>> print(Interval(Fraction(2), None, True, False) + Interval.point(1))
        [3, ∞)
        """
        low_closed = self.low_closed and other.low_closed
        high_closed = self.high_closed and other.high_closed
        low = high = None
        if self.low is not None and other.low is not None:
            low = self.low + other.low
        if self.high is not None and other.high is not None:
            high = self.high + other.high
        return Interval(low, high, low_closed, high_closed)

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
        low, high = (
            None if end is None else plain(end) for end in (self.low, self.high)
        )
        if low is None and high is None:
            return "any number"
        if high is None:
            return f"{low} or more" if self.low_closed else f"more than {low}"
        if low is None:
            return f"up to {high}" if self.high_closed else f"less than {high}"
        return low if low == high else f"{low} to {high}"


_End = tuple[Fraction | None, bool]


def _inner(one: _End, two: _End, *, sign: int) -> _End:
    """Return the end nearer the middle: for low ends (sign 1) the greater."""
    if one[0] is None or two[0] is None:
        return two if one[0] is None else one
    if one[0] == two[0]:
        return one[0], one[1] and two[1]
    return one if (one[0] - two[0]) * sign > 0 else two


def _from_zero(interval: Interval) -> tuple[Fraction, Fraction | None]:
    """Return the ends of an interval without negative numbers, or refuse it."""
    if interval.low is None or interval.low < 0:
        said = f"cannot multiply or divide {interval}: it holds negative numbers"
        fix = "multiply and divide figures that are zero or more"
        raise SourcebookError(said, fix=fix)
    return interval.low, interval.high

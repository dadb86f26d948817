"""Dates in running text, as precise as the words and no more."""

from sourcebook.reading.dates.periods import bounds
from sourcebook.reading.dates.reader import DateMention, read_dates

__all__ = ["DateMention", "bounds", "read_dates"]

"""Dates in running text, as precise as the words and no more."""

from sourcebook.reading.dates.date_reader import DateMention, read_dates
from sourcebook.reading.dates.periods import bounds, time_words

__all__ = ["DateMention", "bounds", "read_dates", "time_words"]

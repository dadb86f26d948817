"""Numbers in running text: value, unit, hedge, denominator and exact place."""

from sourcebook.reading.numbers.number_mention import NumberMention
from sourcebook.reading.numbers.number_reader import read_numbers

__all__ = ["NumberMention", "read_numbers"]

"""Numbers in running text: value, unit, hedge, denominator and exact place."""

from sourcebook.reading.numbers.number_reader import NumberMention, read_numbers

__all__ = ["NumberMention", "read_numbers"]

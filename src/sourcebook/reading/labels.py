"""Digits that name, number or order a thing, and so are never a quantity.

A rule is one line: its name, its pattern, and an example whose marked part [so] must be
read by that rule. In a pattern a space is any gap that stays on its line, and ``<Word>``
is looked up in the vocabulary. Ordinals are labels: *sixth round* says which, not how
many.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from sourcebook.reading.numerals import GAP

_VOCABULARY: Final = {
    "ones": "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve",
    "month": (
        "(?:January|February|March|April|May|June|July|August|September|October"
        "|November|December)"
    ),
    "more": r"(?:(?:[–-]| ?, ?| and | or | to |, and | ?& ?)\d{1,4}(?![\w%]|[.,]\d| ?(?:%|per ?cent|m?illion|bn)))",
    "end": r"(?![\w%]|[.,]\d| ?(?:%|per ?cent\b|million\b|billion\b|bn\b|thousand\b))",
    "year": r"(?:1[5-9]|20)\d\d[a-f]?",
    "cap": r"[A-Z][^\W\d_]+",
    "ordinal": (
        "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh"
        "|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth"
        "|nineteenth|twentieth|thirtieth|fortieth|fiftieth|sixtieth|hundredth"
        "|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:first|second"
        "|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    ),
}

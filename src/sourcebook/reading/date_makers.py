"""From a match of the date grammar to EDTF, resolved against the day of issue.

Each maker takes the match, the text and the issue, and returns the mentions in it:
none when a second look says that the words are no date after all. What is relative is
worked out from both ends of the time of issue, and said only when both ends agree: an
issue known to the year cannot say which month "last month" was.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from sourcebook.errors import SourcebookError
from sourcebook.reading import doubts
from sourcebook.reading.date_table import MONTHS, VOCABULARY
from sourcebook.reading.periods import (
    Moment,
    bounds,
    days_before,
    months_before,
    say,
    span,
    valid,
)
from sourcebook.reading.spelled import whole

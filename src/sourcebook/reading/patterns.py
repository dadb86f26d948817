"""Regular expressions that are compiled when something is first asked of them.

To compile all that the readers know takes half a second, and most commands, which find
their documents read already, need few of them.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, cast


class _Later:
    """Stands for a pattern, and answers as it would."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._given = pattern, flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(*self._given)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as the pattern has it
        found = getattr(self._compiled, name)
        setattr(self, name, found)  # so that the next time is as quick as the pattern
        return found


def later(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled, or found wrong, when it is first used.

    >>> later(r"[a-c]+").findall("abc x cab")
    ['abc', 'cab']
    """
    return cast("re.Pattern[str]", _Later(pattern, flags))

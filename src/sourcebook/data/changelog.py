"""The releases of the book, as ``CHANGELOG.md`` tells them.

The format is that of *Keep a Changelog*: a heading ``## [version] – date`` for each
release, newest first. What is not yet released has no date, and is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sourcebook.errors import SourcebookError

NAME = "CHANGELOG.md"
_HEADING = re.compile(r"^## \[(?P<version>[^]]+)\] – (?P<when>.+)$", re.MULTILINE)
_UNRELEASED = "unreleased"


@dataclass(frozen=True, slots=True)
class Release:
    """One release: its version, its day, and what changed, as Markdown."""

    version: str
    day: date
    changes: str


def read_releases(text: str) -> tuple[Release, ...]:
    r"""Return every dated release, newest first. Raises `SourcebookError`.

    >>> read_releases("## [1.0.0] – 2026-01-02\n\n- New.\n")[0].changes
    '- New.'
    """
    found = list(_HEADING.finditer(text))
    ends = [heading.start() for heading in found[1:]] + [len(text)]
    releases = [
        Release(h["version"], _day(h), text[h.end() : end].strip())
        for h, end in zip(found, ends, strict=True)
        if h["when"].strip() != _UNRELEASED
    ]
    days = [release.day for release in releases]
    if days != sorted(days, reverse=True):
        raise SourcebookError(
            f"{NAME}: releases are not in the order of their dates\n"
            "  fix: put the newest first"
        )
    return tuple(releases)


def _day(heading: re.Match[str]) -> date:
    try:
        return date.fromisoformat(heading["when"].strip())
    except ValueError:
        raise SourcebookError(
            f"{NAME}: {heading[0]!r}: no date\n"
            f"  fix: write it as 2026-01-31, or {_UNRELEASED}"
        ) from None

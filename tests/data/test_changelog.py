"""The changelog is read as it is written, and a slip in it is said."""

from __future__ import annotations

import pytest

from sourcebook.data.releases import read_releases
from sourcebook.errors import SourcebookError

TWO = """# Changelog

## [0.3.0] – unreleased

- Not yet.

## [0.2.0] – 2026-02-03

- Second.

## [0.1.0] – 2026-01-02

- First.
"""


def test_only_what_is_released_is_told_newest_first():
    found = read_releases(TWO)
    assert [(each.version, each.day.isoformat()) for each in found] == [
        ("0.2.0", "2026-02-03"),
        ("0.1.0", "2026-01-02"),
    ]
    assert [each.changes for each in found] == ["- Second.", "- First."]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2026-02-03", "3 February 2026", "3 February 2026': no date"),
        ("2026-02-03", "2025-02-03", "newest first"),
    ],
    ids=["no date", "out of order"],
)
def test_a_slip_is_said(old, new, said):
    with pytest.raises(SourcebookError, match=said):
        read_releases(TWO.replace(old, new))


def test_our_own_changelog_can_be_read(root):
    assert read_releases((root / "CHANGELOG.md").read_text(encoding="utf-8"))

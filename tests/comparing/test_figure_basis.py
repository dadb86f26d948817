"""A figure's base, period and origin count only as far as they are printed."""

from __future__ import annotations

import pytest

from sourcebook.comparing.witnesses import footing, footings


@pytest.mark.parametrize(
    ("claim_id", "parts"),
    [
        # Nothing printed but the base: the month in the sheet is no period.
        ("bbc-2025/gas-share", ("printed", "missing", "missing")),
        # A date elsewhere in the sentence belongs to another figure.
        ("valiyev-yagubova-2022/gas-share", ("printed", "missing", "missing")),
        ("valiyev-yagubova-2022/distrust-later", ("missing", "missing", "half")),
        ("bbc-2025/plane-deaths", ("not needed", "half", "missing")),
        ("brussels-times-2025/trade", ("not needed", "printed", "missing")),
        ("brussels-times-2025/cargo-projection", ("not needed", "half", "missing")),
        ("van-gils-2017/political-prisoners", ("not needed", "printed", "printed")),
        ("van-gils-2017/eight-members", ("not needed", "missing", "half")),
    ],
)
def test_parts(claim_id, parts, corpus):
    claim = corpus.claim(claim_id)
    found = footing(claim, corpus.sources[claim.source])
    assert tuple(found.parts.values()) == parts


def test_missing_leaves_out_what_is_not_needed(corpus):
    claim = corpus.claim("bbc-2025/custody-deaths")
    assert footing(claim, corpus.sources["bbc-2025"]).missing == ("period", "origin")


def test_every_figure_of_a_source_is_there(corpus):
    for source in corpus.sources.values():
        ids = [row.claim.id for row in footings(source)]
        assert ids == [claim.id for claim in source.claims(kind="quantity")]

"""What a rule of the date grammar looks for first never hides a date from it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.reading.dates.table import _BEGINNINGS, _TABLE, rules
from sourcebook.reading.dates.words import compiled

PATTERNS = {
    line.split(" | ")[0]: line.split(" | ")[2] for line in _TABLE.strip().splitlines()
}
GUARDED = {rule.name: rule.pattern for rule in rules()}


@pytest.mark.slow
@pytest.mark.parametrize("name", _BEGINNINGS)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_rule_finds_what_its_pattern_alone_finds(name, data):
    plain = compiled(PATTERNS[name])
    # Generated text cannot foresee what lies behind it: so without looking back.
    blind = re.compile(re.sub(r"\(\?<[=!](?:\[[^\]]*\]|[^)\[])*\)", "", plain.pattern))
    text = "ab " + data.draw(st.from_regex(blind, fullmatch=True)) + " c"
    found = [match.span() for match in GUARDED[name].finditer(text)]
    assert found == [match.span() for match in plain.finditer(text)]


@pytest.mark.parametrize("name", _BEGINNINGS)
def test_a_rule_finds_the_same_in_the_sources(name, corpus):
    plain = compiled(PATTERNS[name])
    for source in corpus.sources.values():
        text = source.document.text
        found = [match.span() for match in GUARDED[name].finditer(text)]
        assert found == [match.span() for match in plain.finditer(text)]

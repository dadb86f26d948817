"""Where a rule of the date grammar looks for its words never hides a date from it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.reading.dates.date_grammar import _BEGINNINGS, beginnings, rules
from sourcebook.reading.dates.date_reader import _fitting

RULES = {rule.name: rule for rule in rules()}


def _found(rule, text):
    """Where the rule fits, the first first, and the next behind it."""
    spans = []
    for match in _fitting(rule, text, beginnings(text)):
        if not spans or match.start() >= spans[-1][1]:
            spans.append(match.span())
    return spans


def test_only_rules_of_the_table_are_told_where_to_look():
    assert set(_BEGINNINGS) <= set(RULES)


@pytest.mark.slow
@pytest.mark.parametrize("name", _BEGINNINGS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_rule_finds_what_its_pattern_finds_anywhere(name, data):
    pattern = RULES[name].pattern
    # Generated text cannot foresee what lies behind it: so without looking back.
    blind = re.compile(
        re.sub(r"\(\?<[=!](?:\[[^\]]*\]|[^)\[])*\)", "", pattern.pattern)
    )
    text = "ab " + data.draw(st.from_regex(blind, fullmatch=True)) + " c"
    assert _found(RULES[name], text) == [m.span() for m in pattern.finditer(text)]


@pytest.mark.parametrize("name", _BEGINNINGS)
def test_a_rule_finds_the_same_in_the_sources(name, corpus):
    for source in corpus.sources.values():
        text, pattern = source.document.text, RULES[name].pattern
        assert _found(RULES[name], text) == [m.span() for m in pattern.finditer(text)]

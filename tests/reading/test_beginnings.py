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
def test_a_rule_finds_what_its_pattern_finds_anywhere(name):
    """Many beginnings need many examples: of each there has to be one."""
    pattern = RULES[name].pattern
    # Generated text cannot foresee what lies behind it, nor go on behind its end: so
    # without looking back, and with what a rule looks ahead to.
    sighted = pattern.pattern.replace("(?=", "(?:")
    blind = re.compile(re.sub(r"\(\?<[=!](?:\[[^\]]*\]|[^)\[])*\)", "", sighted))
    several = len("".join(_BEGINNINGS[name])) > 1

    @settings(max_examples=150 if several else 40)
    @given(words=st.from_regex(blind, fullmatch=True))
    def same(words):
        text = f"ab {words} c"
        assert _found(RULES[name], text) == [m.span() for m in pattern.finditer(text)]

    same()


@pytest.mark.parametrize("name", _BEGINNINGS)
def test_a_rule_finds_the_same_in_the_sources(name, corpus):
    for source in corpus.sources.values():
        text, pattern = source.document.text, RULES[name].pattern
        assert _found(RULES[name], text) == [m.span() for m in pattern.finditer(text)]

"""Which brackets of a sentence stand behind the words of a claim."""

from __future__ import annotations

import pytest

GILS = "van-gils-2017"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        pytest.param("critical-since-2011", ["EEAS official 1"], id="nearest after it"),
        pytest.param("eu-says-differentiated", ["EEAS official 5"], id="not before it"),
        pytest.param("happening-nonetheless", [], id="none after it"),
        pytest.param("hard-to-sign", [], id="none over a turn"),
        pytest.param("overly-positive", ["EEAS official 4"], id="over a contrast"),
        pytest.param("assumed-influence", ["Whitman 2013"], id="ends with a bracket"),
        pytest.param(
            "linkage-agreements", ["expert 4", "EEAS official 6"], id="inside and after"
        ),
        pytest.param(
            "other-instruments", ["EC 2001", "EC 2004", "EU Council 2009"], id="inside"
        ),
        pytest.param("buys-supporters", ["expert 3", "ESI 2012"], id="two in one"),
        pytest.param(
            "edkins-depoliticised", ["Edkins 1999"], id="named by its sentence"
        ),
    ],
)
def test_a_bracket_belongs_to_the_words_it_stands_behind(name, found, corpus):
    assert list(corpus.claim(f"{GILS}/{name}").references) == found

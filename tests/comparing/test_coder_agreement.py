"""Agreement between two passes is computed as the literature computes it."""

from __future__ import annotations

import pytest

from sourcebook.comparing.coder_agreement import agreement, alpha, measured
from sourcebook.comparing.codings import load_second_coding


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        # By hand: eight values (2, 3, 3); observed 18/8, expected 600/56.
        ([(1, 1), (0, 0), (-1, -1), (1, 0)], 1 - (18 / 8) / (600 / 56)),
        ([(1, 1), (0, 0), (-1, -1)], 1.0),
        ([(1, -1), (-1, 1)], -0.5),
    ],
    ids=["one near miss", "perfect", "always opposed"],
)
def test_alpha(units, expected):
    assert alpha(units) == pytest.approx(expected)


def test_a_far_miss_counts_more_than_a_near_one():
    base = [(1, 1), (0, 0), (-1, -1), (1, 1), (0, 0), (-1, -1)]
    assert alpha([*base, (1, -1)]) < alpha([*base, (1, 0)])


def test_resampling_says_the_same_each_time():
    units = [(1, 1), (0, 0), (-1, -1), (1, 0), (-1, 0), (1, 1)] * 3
    once, again = (measured(units, alpha, draws=200) for _ in range(2))
    assert once == again
    assert once.low < alpha(units) < once.high


def test_the_examples_of_the_codebook_are_of_the_kinds_it_says(corpus):
    for kind, rule in corpus.codebook.tests.items():
        assert {corpus.claim(name).kind for name in rule.passes} == {kind}
        assert kind not in {corpus.claim(name).kind for name in rule.fails}


def test_every_stance_of_the_book_is_coded_twice(corpus):
    same, alpha_of_signs = agreement(corpus)
    stances = [claim for claim in corpus.claims if claim.kind == "stance"]
    assert alpha_of_signs.of == len(stances)
    assert 0 < same <= len(stances)
    assert alpha_of_signs.low <= alpha_of_signs.value <= alpha_of_signs.high


def test_a_difference_is_counted_as_coded_and_stands_as_settled(corpus):
    signs = load_second_coding(corpus)
    differing = [name for name, each in signs.items() if each.first != each.second]
    same, alpha_of_signs = agreement(corpus)
    assert len(differing) == alpha_of_signs.of - same
    assert all(signs[name].why for name in differing)
    assert {c.id: c.sign for c in corpus.claims if c.id in signs} == {
        name: each.stands for name, each in signs.items()
    }

"""No question of the book is asked twice, whatever words it uses."""

from __future__ import annotations

import shutil
from dataclasses import replace
from types import SimpleNamespace

import pytest

from sourcebook.comparing.duplicate_questions import duplicates
from sourcebook.comparing.questions import answer_all
from sourcebook.errors import SourcebookError


def answer(name, claims, silent=()):
    return SimpleNamespace(
        id=name,
        claims=[SimpleNamespace(id=claim) for claim in claims],
        silences=[SimpleNamespace(source=source) for source in silent],
    )


@pytest.mark.parametrize(
    ("claims", "silent", "found"),
    [
        pytest.param(["a/x", "b/y"], ["c"], 1, id="the same"),
        pytest.param(["b/y", "a/x"], ["c"], 1, id="in another order"),
        pytest.param(["a/x"], ["c"], 0, id="fewer claims"),
        pytest.param(["a/x", "b/y", "b/z"], ["c"], 0, id="more claims"),
        pytest.param(["a/x", "b/y"], ["d"], 0, id="another silent source"),
        pytest.param(["a/x", "b/y"], [], 0, id="no silent source"),
    ],
)
def test_the_same_claims_and_silences_are_one_question(claims, silent, found):
    earlier = answer("gas/one", ["a/x", "b/y"], ["c"])
    faults = list(duplicates([earlier, answer("tone/two", claims, silent)]))
    assert len(faults) == found
    assert all("tone/two asks what gas/one asks" in fault for _, fault in faults)


def test_a_book_that_asks_twice_is_refused_with_both_names(tmp_path, root, corpus):
    folder = tmp_path / "book" / "questions"
    folder.mkdir(parents=True)
    for name in ("gas", "twin"):
        shutil.copy(root / "book" / "questions" / "gas.yml", folder / f"{name}.yml")
    elsewhere = replace(corpus, root=tmp_path)
    with pytest.raises(SourcebookError, match="twin/europe-or-eu asks what gas/europe"):
        answer_all(elsewhere)

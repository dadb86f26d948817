"""A question is answered by computation, and stops the build when the answer moves."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace

import pytest

from sourcebook.comparing import questions
from sourcebook.comparing.questions import (
    answer_all,
    answer_chapter,
    ask,
    build_bridge,
)
from sourcebook.errors import SheetError, SourcebookError


@pytest.fixture
def chapter(tmp_path, root, corpus):
    """Return a function that answers the chapter on gas with one thing changed."""
    text = (root / "book" / "questions" / "gas.yml").read_text(encoding="utf-8")

    def answer(found="", instead=""):
        assert found in text
        path = tmp_path / "gas.yml"
        path.write_text(text.replace(found, instead, 1), encoding="utf-8")
        return answer_chapter(path, corpus)

    return answer


def test_the_two_gas_shares_have_different_denominators(corpus):
    answer = ask("gas", "share-of-eu-gas", corpus=corpus)
    ((_, _, verdict),) = answer.verdicts
    assert str(verdict) == "not-comparable(of)"
    assert (str(verdict.a), str(verdict.b)) == ("[4.5, 5.5]", "[4.25, 4.35]")


@pytest.mark.parametrize(
    ("found", "instead", "fault"),
    [
        ("not-comparable(of)", "contradicts", "not as contradicts"),
        ("bbc-2025/gas-share]", "bbc-2025/gas-shares]", "did you mean"),
        ("kind: part-of-whole", "kind: part-of-hole", "part-of-whole"),
        ("adjudication: both-stand", "adjudication: maybe", "adjudication"),
        ("    why: >-", "    reason: >-", "missing field 'why'"),
        ("holds: assumed", "holds: perhaps", "holds"),
        (
            "silent:\n",
            "silent:\n      - {source: x, terms: [y], claim: x/z}\n",
            "'x/z' is no claim of the question",
        ),
    ],
)
def test_a_fault_in_a_question_is_named(chapter, found, instead, fault):
    with pytest.raises(SheetError, match=r"book/questions/gas\.yml") as caught:
        chapter(found, instead)
    assert fault in str(caught.value)


def test_the_inequality_needs_a_loose_reading_of_around(corpus):
    answer = ask("gas", "share-of-eu-gas", corpus=corpus)
    bridge = build_bridge(answer, "imports-within-demand", corpus=corpus)
    assert (bridge.verdict, bridge.needed) == ("violated", Fraction(13, 100))
    loosely = build_bridge(
        answer, "imports-within-demand", corpus=corpus, slack=Fraction(13, 100)
    )
    assert loosely.verdict == "open"


def test_share_and_volume_cap_the_demand(corpus):
    answer = ask("gas", "share-of-eu-gas", corpus=corpus)
    bridge = build_bridge(answer, "demand-cap", corpus=corpus)
    assert bridge.point == 324 * 10**9
    assert bridge.result.high == Fraction(16250 * 10**9, 45)


def test_a_silence_of_one_claim_is_no_relation_of_the_other(corpus):
    answer = ask("moscow", "nuclear-threat", corpus=corpus)
    silent = [a for a, _, verdict in answer.rows() if str(verdict) == "silent"]
    assert silent == ["valiyev-yagubova-2022/nuclear-threat"] * 3


def test_an_unknown_question_or_bridge_names_the_nearest(corpus):
    with pytest.raises(SourcebookError, match="did you mean 'share-of-eu-gas'"):
        ask("gas", "share-of-gas", corpus=corpus)
    nothing = SimpleNamespace(id="x", question=SimpleNamespace(bridges=()))
    with pytest.raises(SourcebookError, match="no bridge"):
        build_bridge(nothing, "demand-cap", corpus=corpus)


def test_answers_are_kept_until_a_question_or_a_sheet_moves(
    tmp_path, root, corpus, monkeypatch
):
    """And a fault is told as often as it is asked for."""
    path, sheet = tmp_path / "book/questions/gas.yml", tmp_path / "seeds/acme.yml"
    for each in (path, sheet, tmp_path / "_build/kept"):
        each.parent.mkdir(parents=True)
    text = (root / "book/questions/gas.yml").read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    book, tried, plain = replace(corpus, root=tmp_path), [], questions._try_chapter
    monkeypatch.setattr(
        questions, "_try_chapter", lambda *a, **b: tried.append(1) or plain(*a, **b)
    )
    first = answer_all(book, keep=True)
    assert (answer_all(book, keep=True), len(tried)) == (first, 1)
    assert first == tuple(plain(path, book)[0])
    sheet.write_text("# moved", encoding="utf-8")
    assert (answer_all(book, keep=True), len(tried)) == (first, 2)
    path.write_text(text.replace("bbc-2025/gas-share]", "no/such]"), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(SourcebookError, match="no claim"):
            answer_all(book, keep=True)

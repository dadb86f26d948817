"""What a file says of its words beyond the letters, and what becomes of it."""

from __future__ import annotations

import pytest

from sourcebook.authoring.marked import (
    DELETED,
    DIGITS,
    DOUBT,
    END,
    EQUATION,
    HIDDEN,
    INSERTED,
    LEFT,
    LOWERED,
    MOVED,
    NOTED,
    PICTURE,
    PLACE,
    RAISED,
    RUN,
    SPLIT,
    STRANGE,
    STRUCK,
    mark,
    resolve,
    without_marks,
)
from sourcebook.coding.schema import DOUBTS


@pytest.mark.parametrize(
    ("kind", "before", "words", "text", "doubt"),
    [
        (RAISED, "sold 12.4", "3", "sold 12.4³", "raised"),
        (RAISED, "10", "9", "10⁹", "raised"),
        (RAISED, "sold 12", "1,2", "sold 12¹,²", "raised"),
        (RAISED, "| 1.2", "b", "| 1.2ᵇ", "raised"),
        (RAISED, "in 2022", "4", "in 2022⁴", ""),
        (RAISED, "in 1.2022", "4", "in 1.2022⁴", "raised"),
        (RAISED, "a word", "12", "a word¹²", ""),
        (RAISED, "5 km", "2", "5 km²", ""),
        (RAISED, "10", "-3", "10⁻³", "raised"),
        (RAISED, "the 20", "th", "the 20th", ""),
        (RAISED, "a price", "ii", "a priceⁱⁱ", ""),
        (RAISED, "a stop.", "[3]", "a stop.[3]", ""),
        (LOWERED, "CO", "2", "CO₂", ""),
        (LOWERED, "x", "max", "xmax", ""),
        (NOTED, "45", "5", "45⁵", ""),
        (DELETED, "sold ", "12", "sold ", "deleted"),
        (INSERTED, "sold ", "10", "sold 10", "inserted"),
        (MOVED, "sold ", "10", "sold ", ""),
        (STRUCK, "sold ", "15", "sold ", "struck"),
        (HIDDEN, "sold ", "77", "sold ", "hidden"),
        (HIDDEN, "sold ", "\n ", "sold ", ""),
        (EQUATION, "was ", "45%", "was 45%", "equation"),
        (PICTURE, "see ", "a chart of 66 percent", "see ", "picture"),
        (PICTURE, "see ", "a port", "see ", ""),
        (LEFT, "see ", "left out a comment", "see ", ""),
        (SPLIT, "a ", "summa-rization", "a summarization", "hyphen"),
        (DIGITS, "in ", "8 300", "in 8 300", "digits"),
        (RUN, "a ", "x" * 1200, "a " + "x" * 1200, "run"),
        (STRANGE, "a ", "\ufffd", "a \ufffd", "strange"),
        (DOUBT, "a ", "columns", "a ", "layout"),
    ],
)
def test_each_mark_has_one_treatment(kind, before, words, text, doubt):
    found = resolve(f"{before}{mark(kind, words)}")
    assert found.text == text
    assert [each.what for each in found.doubts] == [doubt] * bool(doubt)
    assert set(DOUBTS) >= {each.what for each in found.doubts}
    told = kind in {RAISED, NOTED, MOVED} or (kind == LOWERED and words == "2")
    if told and not doubt and words not in {"th", "[3]"}:
        assert found.said[0].startswith("1 × ")


def test_what_is_told_of_a_place_has_no_mark_in_it():
    words = f"no{mark(STRANGE, '?')}te"
    found = resolve(f"{mark(DOUBT, words)}{mark(LEFT, words)}")
    assert [each.words for each in found.doubts] == ["no?te"]
    assert found.said == ("1 × no?te (line 1)",)
    found = resolve(f"{mark(PICTURE, 'a port')} {mark(PICTURE, '')}")
    assert [said.rpartition(" (")[0] for said in found.said] == [
        "1 × left out a picture of 'a port'", "1 × left out a picture"
    ]  # fmt: skip


def test_a_place_is_named_in_the_file_and_in_the_text():
    found = resolve(
        f"{PLACE}page 1{END}One.\n\n{PLACE}page 2{END}It sold {mark(STRUCK, '15')} 21 "
        "tons.\n"
    )
    assert found.text == "One.\n\nIt sold 21 tons.\n"
    (doubt,) = found.doubts
    assert doubt.at == "page 2; line 3 of the text"
    assert (doubt.words, doubt.text) == ("15", "")
    assert doubt.near == "It sold … 21 tons."


def test_what_was_done_often_is_counted_and_some_places_are_named():
    marked = "".join(f"{PLACE}page {n}{END}word{mark(RAISED, '1')} " for n in range(9))
    (said,) = resolve(marked).said
    assert said == (
        "9 × kept a figure raised (page 0, page 1, page 2, page 3, page 4, page 5 and "
        "3 more)"
    )


def test_a_paragraph_left_out_leaves_no_gap():
    found = resolve(f"One.\n\n{mark(HIDDEN, 'Two.')}\n\nThree.\n")
    assert found.text == "One.\n\nThree.\n"
    assert resolve(f"a {mark(STRUCK, '8')} {mark(INSERTED, '9')} b").text == "a 9 b"


def test_a_decision_holds_for_the_place_that_is_meant():
    marked = f"a {mark(STRUCK, '8')} b {mark(STRUCK, '8')} c {mark(RAISED, '1')}"
    found = resolve(marked, decided={("struck", "8", 2): None})
    assert found.text == "a b 8 c ¹"
    assert [each.text for each in found.doubts] == ["", "8"]
    assert (
        resolve(marked, decided={("struck", "8", 1): "eight"}).text == "a eight b c ¹"
    )


def test_a_long_stretch_is_named_short_and_kept_whole():
    words = "hidden words " * 20
    (doubt,) = resolve(mark(HIDDEN, words)).doubts
    assert len(doubt.words) == 80
    assert doubt.words.endswith("…")
    again = resolve(mark(HIDDEN, words), decided={("hidden", doubt.words, 1): None})
    assert again.text == words


def test_a_fraction_is_written_with_its_stroke():
    half = f"{mark(RAISED, '1')}/{mark(LOWERED, '2')}"
    assert resolve(f"2{half} tons, {half} ton").text == "2 1/2 tons, 1/2 ton"


def test_marks_within_marks_go_with_them():
    inner = f"sold {mark(RAISED, '3')}"
    assert resolve(f"It {mark(INSERTED, inner)}.").text == "It sold ³."
    assert without_marks(f"{PLACE}page 1{END}It {mark(STRUCK, inner)}") == "It sold 3"

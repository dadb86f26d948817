"""How near letters, words and rows lie to be of one word, one line, one part.

The type is of size 100, so that a hundredth of it is 1.
"""

from __future__ import annotations

import pytest

from sourcebook.authoring.marked import LOWERED, RAISED, mark
from sourcebook.authoring.pagerows import (
    Letter,
    Part,
    Row,
    evened,
    joined,
    rows_of,
    scripted,
    settled,
    with_initials,
    words_of,
)


def _word(words, left, base=0.0, size=100.0, *, blank=False):
    """Return a word on a base line that lies so far over one at 500."""
    return Part(words, left, left + 50 * len(words), 500 + base, size, blank)


def _spread(*words, gap):
    """Return words of one line, all at one distance or each at its own."""
    gaps = [gap] * len(words) if isinstance(gap, int) else gap
    line, left = [], 0.0
    for each, after in zip(words, [*gaps, 0], strict=False):
        line.append(_word(each, left))
        left = line[-1].right + after
    return line


def _said(parts):
    return [part.words for part in parts]


@pytest.mark.parametrize(
    ("left", "base", "size", "words"),
    [
        (64, 0, 100, ["ab"]), (65, 0, 100, ["a", "b"]),
        (1, 0, 100, ["ab"]), (0, 0, 100, ["a", "b"]),
        (50, 3, 100, ["ab"]), (50, 4, 100, ["a", "b"]), (50, -4, 100, ["a", "b"]),
        (50, 0, 104, ["ab"]), (50, 0, 105, ["a", "b"]), (50, 0, 96, ["a", "b"]),
    ],
)  # fmt: skip
def test_letters_near_each_other_are_one_word(left, base, size, words):
    letters = [
        Letter("a", 0, 50, 500, 100), Letter("b", left, left + 10, 500 + base, size)
    ]  # fmt: skip
    found = words_of(letters)
    assert _said(found) == words
    assert found[-1].right == (max(50, left + 10) if len(found) == 1 else left + 10)
    assert [word.blank for word in found] == [True, False][: len(found)]


def test_a_printed_blank_parts_words_that_touch():
    found = words_of([Letter(sign, 50, 50, 0, 100) for sign in "a b"])
    assert [(word.words, word.blank) for word in found] == [("a", True), ("b", True)]


@pytest.mark.parametrize(("letters", "words"), [(19, 2), (20, 1)])
def test_a_blank_that_parts_no_number_parts_words_where_it_is_the_common_one(
    letters, words
):
    signs = [*"x" * (letters - 1), "\u2009"]
    signs[-2:] = reversed(signs[-2:])
    found = words_of([
        Letter(sign, 50 * at, 50 * at + 50, 0, 100) for at, sign in enumerate(signs)
    ])  # fmt: skip
    assert len(found) == words


@pytest.mark.parametrize(
    ("initial", "blank", "first"),
    [
        (_word("T", 0, -130, 240), False, "There"),
        (_word("A", 0, -130, 240), True, "A here"),
        (_word("“T", -50, -130, 240), False, "“There"),
        (_word("t", 0, -130, 240), False, ""), (_word("5", 0, -130, 240), False, ""),
        (_word("THE", -100, -130, 240), False, ""),
        (_word("T", 0, -130, 160), False, ""), (_word("T", 0, -50, 240), False, ""),
        (_word("T", 0, -130, 161), False, "There"),
        (_word("T", -74, -130, 240), False, ""),
    ],
)  # fmt: skip
def test_a_large_initial_is_of_the_first_line_that_it_hangs_beside(
    initial, blank, first
):
    here = _word("here", 50, blank=blank)
    found = with_initials([initial, here, _word("it", 50, -110), _word("far", 400)])
    assert len(found) == (3 if first else 4)
    if first:
        assert _said(found)[0] == first
        assert (here.left, here.base, here.size) == (initial.left, 500, 100)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        (_word("1", 200, 13, 80), RAISED), (_word("1", 200, 12, 80), ""),
        (_word("1", 200, -6, 80), LOWERED), (_word("1", 200, -5, 80), ""),
        (_word("1", 200, 79, 80), RAISED), (_word("1", 200, 80, 80), ""),
        (_word("1", 200, -49, 80), LOWERED), (_word("1", 200, -50, 80), ""),
        (_word("1", 200, 30, 87), RAISED), (_word("1", 200, 30, 88), ""),
        (_word("1", 215, 30, 80), RAISED), (_word("1", 216, 30, 80), RAISED),
        (_word("1", 227, 30, 80), RAISED), (_word("1", 228, 30, 80), ""),
        (_word("1", 173, 30, 80), RAISED), (_word("1", 172, 30, 80), ""),
        (_word("123456", 200, 30, 80), RAISED), (_word("1234567", 200, 30, 80), ""),
    ],
)  # fmt: skip
def test_a_small_word_that_touches_a_bigger_one_is_raised_or_lowered(word, kind):
    plain, place, left = word.words, (word.base, word.size), word.left
    # What stands further on is no host; neither is a small word beside another, nor a
    # narrow one its own.
    others = [_word("far", 4000), _word("1", 2100, 30, 80), _word("2", 2150, 30, 80)]
    narrow = Part("i", 9000, 9001, 500, 80)
    long, *found = scripted(
        [_word("harbours", 6000), word, _word("tons", 0), *others, narrow]
    )
    assert found[0].words == (mark(kind, plain) if kind else plain)
    assert (found[0].base, found[0].size) == ((500, 100) if kind else place)
    assert found[0].blank == (bool(kind) and left > 215)
    assert _said([long, *found[1:]]) == ["harbours", "tons", "far", "1", "2", "i"]


def test_a_small_word_hangs_on_the_next_where_the_nearest_is_no_host():
    """The first that ends within reach is as small as it is."""
    found = scripted(
        [_word("7", 150, 30, 80), _word("tons", 5), _word("3", 205, 30, 80)]
    )
    assert _said(found) == ["7", "tons", mark(RAISED, "3")]


@pytest.mark.parametrize(
    ("base", "size", "rows"),
    [
        (19, 100, 1), (20, 100, 2), (-19, 100, 1), (-20, 100, 2),
        (19, 50, 1), (21, 120, 1),
    ],
)  # fmt: skip
def test_words_on_one_base_line_are_a_row(base, size, rows):
    found = rows_of([_word("b", 100, base, size), _word("a", 0)])
    assert len(found) == rows
    if rows == 1:
        assert _said(found[0]) == ["a", "b"]
    else:
        assert found[0][0].base > found[1][0].base


@pytest.mark.parametrize(
    ("gaps", "parts"),
    [
        ([15], ["aabb"]), ([16], ["aa bb"]),
        ([70], ["aa bb"]), ([71], ["aa", "bb"]),
        # Of three blanks and more, the usual one says what is wide.
        ([40, 88, 40], ["aa bb cc dd"]), ([40, 89, 40], ["aa bb", "cc dd"]),
        ([40, 88], ["aa bb", "cc"]),
        ([60, 40, 89, 50, 41], ["aa bb cc dd ee ff"]),
        ([60, 40, 91, 50, 41], ["aa bb cc", "dd ee ff"]),
        ([40, 60, 60, 120], ["aa bb cc dd ee"]),
        ([65, 65, 132, 65], ["aa bb cc dd ee"]),
        ([65, 65, 133, 65], ["aa bb cc", "dd ee"]),
        # What is no blank is not counted.
        ([40, 15, 88, 40], ["aa bbcc dd ee"]),
        ([16, 16, 88, 88], ["aa bb cc", "dd", "ee"]),
    ],
)  # fmt: skip
def test_a_gap_parts_where_it_is_wider_than_the_blanks_of_its_line(gaps, parts):
    assert _said(joined(_spread("aa", "bb", "cc", "dd", "ee", "ff", gap=gaps)
                        [: len(gaps) + 1])) == parts  # fmt: skip


@pytest.mark.parametrize(
    ("left", "size", "blank", "words"),
    [
        (115, 100, True, ["aa b"]), (100, 100, True, ["aa b"]),
        (99, 100, True, ["aab"]), (100, 100, False, ["aab"]),
        (116, 120, False, ["aab"]), (118, 120, False, ["aab"]),
        (119, 120, False, ["aa b"]),
        (116, 50, False, ["aa b"]), (115, 50, False, ["aab"]),
        (184, 120, False, ["aa b"]), (185, 120, False, ["aa", "b"]),
    ],
)  # fmt: skip
def test_a_blank_stands_where_one_was_printed_or_there_is_room_for_one(
    left, size, blank, words
):
    first = _word("aa", 0)
    found = joined([first, _word("b", left, 0, size, blank=blank)])
    assert _said(found) == words
    assert found[-1].right == left + 50
    assert first.words == "aa"


def test_a_part_ends_where_the_longest_of_its_words_does():
    (part,) = joined([_word("aaaa", 0), _word("b", 10)])
    assert part.right == 200


@pytest.mark.parametrize(
    ("parts", "one"),
    [
        (_spread("aa", "bb", "cc", gap=[100, 139]), True),
        (_spread("aa", "bb", "cc", gap=[100, 140]), False),
        (_spread("aa", "bb", gap=100), False),
        (_spread("aa", "bb bb", "cc", gap=100), False),
        (_spread("aa", "12", "cc", "dd", gap=100), True),
        (_spread("aa", "12", "cc", gap=100), False),
    ],
)
def test_a_line_of_single_words_at_one_distance_is_one_part(parts, one):
    found = evened(parts)
    assert found == parts if not one else _said(found) == [" ".join(_said(parts))]
    assert found[-1].right == parts[-1].right


def test_the_row_below_or_else_the_one_above_says_whether_words_are_cells():
    line = Row(_spread("aa", "bb", "cc", gap=100))
    cells, prose = Row(_spread("1", "2", "3", gap=100)), Row([_word("words", 0)])
    rows = [line, cells, line, prose, line, line, prose, cells, line]
    kept = [len(row.parts) for row in settled(rows)]
    assert kept == [3, 3, 1, 1, 3, 1, 1, 3, 3]
    assert [len(row.parts) for row in settled([line])] == [1]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (["Tons...", "12", "13"], ["Tons", "12", "13"]),
        (["Tons", "......", "12", "13"], ["Tons", "12", "13"]),
        (["Tons", "......", "12"], ["Tons", "......", "12"]),
        (["1", "Tons", "......", "12"], ["1", "Tons", "......", "12"]),
        (["Tons...", "12", "13", "etc....."], ["Tons", "12", "13", "etc"]),
        (["Tons..", "12", "13"], ["Tons..", "12", "13"]),
        (["Tons....", "12", "13"], ["Tons....", "12", "13"]),
    ],
)
def test_dots_go_where_they_lead_to_several_cells(words, kept):
    led = any("....." in word for word in words)
    (row,) = settled([Row(_spread(*words, gap=140))])
    assert _said(row.words) == (kept if led else words)


def test_a_row_has_the_base_line_and_the_size_of_most_of_its_type():
    row = Row([_word("a", 0, 5, 80), _word("tons", 100), _word("bb", 400, 9, 60)])
    assert (row.base, row.size) == (500, 100)
    assert row.celled
    assert Row(_spread("aa", "12", gap=100)).celled
    assert not Row([_word("tons", 0)]).celled
    assert not Row([_word("tons . . . . .", 0), _word("4", 900)]).celled

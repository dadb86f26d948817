"""Which rows of a page part in columns, and how far down; all type is of size 10."""

from __future__ import annotations

import pytest

from sourcebook.authoring.pagecolumns import stretches
from sourcebook.authoring.pagerows import Part, Row

LINE = "so it goes on and on as it did"  # of 30 letters
BEGUN = LINE.capitalize()


def _read(*rows):
    """Return the words of each stretch of a page, a line for a row."""
    page = [
        Row([Part(words, left, left + 5 * len(words), base, 10.0)
             for left, words in parts])
        for base, *parts in sorted(rows, key=lambda row: -row[0])
    ]  # fmt: skip
    return [
        ["/".join(part.words for part in row.parts) for row in stretch]
        for stretch in stretches(page)
    ]


def _columns(lines, letters=20, *, gap=100, steps=(12,) * 40):
    return [
        (900 - sum(steps[:at]), (0, "a" * letters), (5 * letters + gap, "b" * 20))
        for at in range(lines)
    ]


@pytest.mark.parametrize(
    ("lines", "letters", "parted"), [(4, 14, True), (3, 14, False), (4, 13, False)]
)
def test_columns_have_some_lines_of_more_letters_than_a_cell(lines, letters, parted):
    assert (len(_read(*_columns(lines, letters))) == 2) == parted


@pytest.mark.parametrize(("cells", "parted"), [(3, True), (4, False)])
def test_a_column_of_lines_may_begin_with_the_rows_of_a_table(cells, parted):
    right = [[(200 + 40 * n, "5.1") for n in range(4)]] * cells
    right += [[(200, "b" * 20)]] * (10 - cells)
    found = _read(*[(900 - 12 * n, (0, "a" * 20), *row) for n, row in enumerate(right)])
    assert (["a" * 20] * 10 in found) == parted


@pytest.mark.parametrize(("gap", "parted"), [(7, False), (8, True)])
def test_columns_part_in_a_gap_wider_than_a_blank(gap, parted):
    assert (len(_read(*_columns(6, gap=gap))) == 2) == parted


@pytest.mark.parametrize(("gap", "parts"), [(25, 2), (26, 4)])
def test_a_wide_gap_above_a_row_parts_it_from_columns(gap, parts):
    found = _read(*_columns(8, steps=(12, 12, 12, gap, 12, 12, 12)))
    assert [len(stretch) for stretch in found] == [16 // parts] * parts


@pytest.mark.parametrize(("shared", "parted"), [(5, True), (4, False)])
def test_of_columns_one_below_the_other_some_lines_stand_beside_each_other(
    shared, parted
):
    left = [(900 - 12 * at, (0, "a" * 20)) for at in range(15)]
    right = [(906 - 12 * (at + 15 - shared), (200, "b" * 20)) for at in range(15)]
    found = _read(*left, *right)
    assert (["a" * 20] * 15 in found) == parted


def _beside(lines, rows, *, items=()):
    """Return whether lines of prose are read apart from the rows that begin beside."""
    prose = [
        (900 - 12 * at, *(line if isinstance(line, list) else [(0, line)]))
        for at, line in enumerate(lines)
    ]
    table = {900 - 12 * at: [(300, "Acton"), (380, "5.1")] for at in rows}
    table |= {900 - 12 * at: [(300, "•")] for at in items}
    page = [(base, *parts, *table.pop(base, [])) for base, *parts in prose]
    first = _read(*page, *((base, *parts) for base, parts in table.items()))[0]
    return len(first) == len(lines) and not any("5.1" in row for row in first)


@pytest.mark.parametrize(
    ("lines", "apart"),
    [
        ([LINE] * 10, True), ([LINE] * 6, True), ([LINE] * 5, False),
        ([LINE[:25]] * 10, True), ([LINE[:24]] * 10, False),
        ([*[LINE] * 8, "so", "so"], True), ([*[LINE] * 7, "so", "so", "so"], False),
        ([*[LINE] * 4, *[BEGUN] * 6], True), ([*[LINE] * 3, *[BEGUN] * 7], False),
        ([*[LINE] * 3, *[f"So it goes. {BEGUN}"[:30]] * 7], True),
        ([*[LINE] * 9, [(0, LINE[:13]), (90, LINE[:12])]], True),
        ([*[LINE] * 8, *[[(0, LINE[:13]), (90, LINE[:12])]] * 2], False),
    ],
)  # fmt: skip
def test_prose_beside_cells_is_told_by_its_lines(lines, apart):
    assert _beside(lines, (1, 3)) == apart


@pytest.mark.parametrize(
    ("rows", "apart"),
    [
        ((1,), False), ((1, 3), True), ((1, 4, 6), False), ((1, 3, 4), True),
        ((1, 3, 4, 6), False), ((1, 2, 3, 4, 6), True),
    ],
)  # fmt: skip
def test_most_cells_stand_beside_lines_that_only_go_on(rows, apart):
    end = f"{LINE[:29]}."
    assert (
        _beside([LINE, LINE, LINE, end, BEGUN, end, BEGUN, *[LINE] * 5], rows) == apart
    )


@pytest.mark.parametrize(
    ("rows", "apart"),
    [
        ((1, 2, 3.5, 4.5, 5.5, 6.5), True), ((1, 2, 3, 4.5, 5.5, 6.5), False),
        ((1, 3.5, 4.5, 5.5, 6.5), False),
    ],
)  # fmt: skip
def test_cells_stand_apart_where_few_share_a_base_line_with_prose(rows, apart):
    assert _beside([f"{BEGUN[:29]}."] * 10, rows) == apart


def test_the_signs_of_items_stand_beside_any_line():
    assert _beside([LINE] * 10, (1, 3), items=(5,))
    assert not _beside([LINE] * 10, (1, 3), items=(5, 6))


@pytest.mark.parametrize(
    ("left", "right", "read"),
    [
        ((0, 8), (2, 12), ["left", "right"]), ((0, 3), (3, 12), ["both"]),
        ((0, 12), (4, 8), ["left", "right"]), ((4, 8), (0, 12), ["left", "right"]),
    ],
)  # fmt: skip
def test_a_column_is_read_as_far_as_its_lines_go_on(left, right, read):
    rows = [
        (900 - 12 * at, *[(0, "a" * 20)] * (left[0] <= at < left[1]),
         *[(200, "b" * 20)] * (right[0] <= at < right[1]))
        for at in range(12)
    ]  # fmt: skip
    found = _read(*rows)
    assert len(found) == len(read)
    if read != ["both"]:
        assert [len(stretch) for stretch in found] == [
            left[1] - left[0], right[1] - right[0]
        ]  # fmt: skip


@pytest.mark.parametrize(("step", "lines"), [(16, 12), (17, 10)])
def test_a_column_ends_where_its_lines_stand_further_apart(step, lines):
    """1.35 times the usual distance and more is another paragraph, over both."""
    rows = [
        (900 - 12 * at, (0, "a" * 20), *[(200, "b" * 20)] * (at < 8))
        for at in range(10)
    ]
    below = [(792 - step - 12 * at, (0, "a" * 20)) for at in range(2)]
    assert len(_read(*rows, *below)[0]) == lines

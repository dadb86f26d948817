"""The tables of a web page: rows of figures, and what a page is laid out by.

Each row of cells of a few words is a line of its own with ``|`` between the cells, so
that no two figures run together; a cell that spans rows or columns stands in each. Long
cells are read one after the other.
"""

from typing import Any

from lxml import etree

from sourcebook.authoring.marked import ANY

HEADINGS = tuple(f"h{level}" for level in range(1, 7))
BLOCKS = ("p", "div", "ul", "ol", "table", "blockquote", "pre", *HEADINGS)
_CELL_WORDS = 40
_MOST_SPAN = 200  # rows or columns: what a page may ask for, and none needs
MOST_CELLS = 300_000  # in a table, those that span several counted in each


def words_in(element: Any) -> str:  # noqa: ANN401
    """Return the words of an element on one line; the end of a line parts them."""
    for each in element.iter("br", *BLOCKS, "li"):
        if each is not element:
            each.text = f" {each.text or ''}"
            each.tail = f" {each.tail or ''}"
    return " ".join(element.text_content().split())


def is_data(table: Any) -> bool:  # noqa: ANN401
    """Say whether a table holds cells of a few words, and not the page's layout.

    What heads the words under it in one cell is laid out with them.
    """
    cells = list(table.iter("td", "th"))
    return len(cells) > 1 and all(map(_is_short, cells))


def _is_short(cell: Any) -> bool:  # noqa: ANN401
    blocks = [each.tag for each in cell.iter(*BLOCKS)]
    few = len(cell.text_content().split()) <= _CELL_WORDS
    headed = any(each in HEADINGS for each in blocks)
    return "table" not in blocks and (len(blocks) <= 1 or (few and not headed))


def part_cells(table: Any) -> None:  # noqa: ANN401
    """Make a block of each long cell of a table; rows of short ones stay rows.

    Beside each other, as they are drawn, their lines would be read as one.
    """
    for part in table.xpath("*[not(self::tr)] | tr | */tr"):
        cells = list(part.iterchildren("td", "th")) if part.tag == "tr" else []
        if len(cells) > 1 and all(map(_is_short, cells)):
            line, tail = f"| {' | '.join(map(words_in, cells))} |", part.tail
            part.clear()
            part.text, part.tail = line, tail
        for each in (part, *cells):
            each.tag = "div"
    table.tag = "div"


def lay_out(table: Any) -> None:  # noqa: ANN401
    """Make each row of a table a paragraph, and its caption one before them."""
    lines = [words_in(each) for each in table.iter("caption")]
    for cells in _grid(table):
        if any(ANY.sub("", cell) for cell in cells):
            lines.append(f"| {' | '.join(cells)} |")
    tail = table.tail
    table.clear()
    table.tag, table.tail = "div", tail
    for line in filter(None, lines):
        etree.SubElement(table, "p").text = line


def _grid(table: Any) -> list[list[str]]:  # noqa: ANN401
    """Return the rows of a table, a cell that spans several in each of them."""
    rows: list[list[str]] = []
    held = 0
    hanging: dict[int, tuple[int, str]] = {}  # column to rows still to fill, and words
    for row in table.iter("tr"):
        cells: list[str] = []
        for cell in [*row.iterchildren("td", "th"), None]:
            while len(cells) in hanging:
                left, words = hanging.pop(len(cells))
                if left > 1:
                    hanging[len(cells)] = (left - 1, words)
                cells.append(words)
            if cell is None:
                break
            words, down = words_in(cell), _span(cell, "rowspan")
            for _ in range(across := _span(cell, "colspan")):
                if down > 1:
                    hanging[len(cells)] = (down - 1, words)
                cells.append(words)
            held += across * down
            if held > MOST_CELLS:
                raise OverflowError
        rows.append(cells)
    return rows


def _span(cell: Any, name: str) -> int:  # noqa: ANN401
    asked = cell.get(name) or ""
    return min(max(int(asked), 1), _MOST_SPAN) if asked.isdecimal() else 1

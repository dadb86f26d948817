"""The numbers of list items as they are shown: 3., (c), IV.

Word files and web pages say how a list counts and what stands around its numbers, and
the libraries that read them write 1., 2., 3. for all. What the sentence "see (c)" means
hangs on them. A way of counting that is not known here is doubted.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Final

from sourcebook.authoring.marked import DOUBT, mark

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VALUE: Final = f"{_W}val"
# Ways of counting, by their names in Word, in CSS and in HTML.
_WAYS: Final = {
    name: way
    for way, names in {
        "1": "1 decimal",
        "01": "decimalZero decimal-leading-zero",
        "a": "a lowerLetter lower-alpha lower-latin",
        "A": "A upperLetter upper-alpha upper-latin",
        "i": "i lowerRoman lower-roman",
        "I": "I upperRoman upper-roman",
        "": "none bullet disc circle square",
    }.items()
    for name in names.split()
}
_ROMAN: Final = (
    *((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix")),
    *((5, "v"), (4, "iv"), (1, "i")),
)
_LETTERS: Final = 26
# Numbers that a style sheet counts itself: before them, their kind, behind.
_COUNTED = re.compile(
    r"""content\s*:\s*(?:"([^"]*)")?\s*counter\([\w-]+(?:\s*,\s*([\w-]+))?\)\s*"""
    r"""(?:"([^"]*)")?\s*(?:;|\Z)"""
)
_ITEMS = re.compile(r"\s*\.([\w-]+)\s*>\s*li::?before\s*")
_BLOCKS: Final = ("p", "div")
_STYLED: Final = re.compile(r"list-style(?:-type)?\s*:\s*([\w -]+)")
_NO_WAY: Final = frozenset("inside outside inherit initial unset revert".split())
_MOST_ROMAN: Final = 399
_MOST_LINKS: Final = 20  # from style to style


def numeral(number: int, named: str) -> str:
    """Return a number as a list shows it; one that cannot be told in figures, doubted.

    >>> [numeral(4, way) for way in ("decimal", "a", "upperRoman", "decimalZero")]
    ['4', 'd', 'IV', '04']
    """
    way = _WAYS.get(named, "?")
    if not way:
        return ""
    if way in "aA" and 0 < number <= _LETTERS:
        return chr(ord(way) + number - 1)
    if way in "iI" and 0 < number <= _MOST_ROMAN:
        words, left = "", number
        for worth, sign in _ROMAN:
            words += sign * (left // worth)
            left %= worth
        return words if way == "i" else words.upper()
    if way in ("1", "01"):
        return str(number).zfill(len(way))
    return mark(DOUBT, f"item {number} of a list, counted by {named}") + str(number)


def count_by_style(tree: Any, rules: list[tuple[str, str]]) -> str:  # noqa: ANN401
    """Write into the lists of a page what its style sheets print before their items.

    ``rules`` are selectors with what is said of them. Returns a mark of numbers that
    are counted, and not written here.
    """
    classes = {name for names in tree.xpath("//@class") for name in names.split()}
    counted: dict[str, tuple[str, ...]] = {}
    others: list[str] = []
    for selector, said in rules:
        if "counter(" in said or "counters(" in said:
            items, shown = _ITEMS.fullmatch(selector), _COUNTED.search(said)
            if items and shown:
                counted[items[1]] = shown.groups("")
            elif classes.issuperset(re.findall(r"\.([\w-]+)", selector)):
                others.append(" ".join(selector.split())[:60])
    for numbered in tree.xpath("//ol[@class]") if counted else ():
        for name in counted.keys() & set(numbered.get("class").split()):
            before, way, after = counted[name]
            numbered.set("type", way or "decimal")
            numbered.set("around", f"{before}%1{after}")
    told = f"numbers that the page's style counts: {others[0]}" if others else ""
    return mark(DOUBT, told) if told else ""


def number_items(numbered: Any) -> None:  # noqa: ANN401 - lxml has no types
    """Write the numbers of a list of a page that counts in a way of its own.

    What a style sheet prints around them is in the attribute ``around``.
    """
    items = numbered.findall("li")
    back = numbered.get("reversed") is not None
    start = numbered.get("start") or (len(items) if back else 1)
    number = int(start) if re.fullmatch(r"-?\d{1,6}", str(start)) else 1
    around = numbered.get("around")
    ways = " ".join(_STYLED.findall((numbered.get("style") or "").lower())).split()
    styled = [] if around else [each for each in ways if each not in _NO_WAY]
    for item in items:
        if re.fullmatch(r"-?\d{1,6}", item.get("value") or ""):
            number = int(item.get("value"))
        asked = item.get("type") or numbered.get("type") or "1"
        figure = numeral(number, styled[-1] if styled else asked)
        shown = (around or "%1.").replace("%1", figure) if figure else ""
        first = item
        while not (first.text or "").strip() and len(first) and first[0].tag in _BLOCKS:
            first = first[0]
        first.text = f"{shown.strip()} {(first.text or '').lstrip()}".lstrip()
        item.tag = "p"
        number += -1 if back else 1
    numbered.tag = "div"


@dataclass(slots=True)
class _Level:
    """How one level of a list counts: from what, in what way, with what around it."""

    start: int = 0
    way: str = "decimal"
    shown: str = ""
    plain: bool = False  # whether the levels above it are shown in figures


@dataclass(slots=True)
class WordNumbering:
    """The lists of a Word file, and how far each has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)  # by its number
    shared: dict[str, str] = field(default_factory=dict)  # the count that lists share
    again: dict[str, dict[int, int]] = field(default_factory=dict)  # begun anew at
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    _counts: defaultdict[str, dict[int, int]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def number(self, paragraph: Any) -> str:  # noqa: ANN401 - lxml has no types
        """Count a paragraph, and return what Word shows before it, "" for nothing."""
        numbered, at = self._listed(paragraph)
        levels = self.levels.get(numbered, {})
        if at not in levels:
            return ""
        count = self._counts[self.shared[numbered]]
        begun = self.again.get(numbered, {}).pop(at, None)
        before = count.get(at, levels[at].start - 1)
        count[at] = before + 1 if begun is None else begun
        for deeper in [each for each in count if each > at]:
            del count[deeper]
        level, words = levels[at], levels[at].shown
        if level.way == "bullet":
            return ""
        for n, above in levels.items():
            if n <= at and f"%{n + 1}" in words:
                way = "decimal" if level.plain and n < at else above.way
                words = words.replace(
                    f"%{n + 1}", numeral(count.setdefault(n, above.start), way)
                )
        return f"{words} " if words.strip() else ""

    def _listed(self, paragraph: Any) -> tuple[str, int]:  # noqa: ANN401
        """Return the list of a paragraph, or of its style, and the level in it."""
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        named = self.styles.get(style.get(_VALUE, "") if style is not None else "")
        own = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
        if own is None:
            return named or ("", 0)
        level = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}ilvl")
        if level is None:
            return own.get(_VALUE, ""), named[1] if named else 0
        return own.get(_VALUE, ""), _whole(level)


def _whole(element: Any, otherwise: int = 0) -> int:  # noqa: ANN401
    said = element.get(_VALUE, "") if element is not None else ""
    return int(said) if said.isdecimal() and len(said) < 7 else otherwise


def word_numbering(numbering: Any, styles: Any) -> WordNumbering:  # noqa: ANN401
    """Return the lists that two parts of a Word file declare; either may be None."""
    found = WordNumbering()
    if numbering is None:
        return found
    declared = {each.get(f"{_W}abstractNumId"): each
                for each in numbering.iter(f"{_W}abstractNum")}  # fmt: skip
    by_style = {each.get(_VALUE): declared[name] for name in declared
                for each in declared[name].iter(f"{_W}styleLink")}  # fmt: skip
    of_style: dict[tuple[str, str], int] = {}
    for each in numbering.iter(f"{_W}num"):
        named, name = each.get(f"{_W}numId"), each.find(f"{_W}abstractNumId")
        shape = declared.get(name.get(_VALUE) if name is not None else "")
        link = shape.find(f"{_W}numStyleLink") if shape is not None else None
        if link is not None:
            shape = by_style.get(link.get(_VALUE), shape)
        if shape is None:
            continue
        found.shared[named] = shape.get(f"{_W}abstractNumId")
        levels = found.levels[named] = {}
        again = found.again[named] = {}
        own = [level for over in each.iter(f"{_W}lvlOverride")
               for level in over.iter(f"{_W}lvl")]  # fmt: skip
        for level in [*shape.iter(f"{_W}lvl"), *own]:
            at = int(level.get(f"{_W}ilvl", "0"))
            levels[at] = _level(level)
            for style in level.iter(f"{_W}pStyle"):
                of_style[named, style.get(_VALUE)] = at
        for over in each.iter(f"{_W}lvlOverride"):
            if (start := over.find(f"{_W}startOverride")) is not None:
                again[int(over.get(f"{_W}ilvl", "0"))] = _whole(start, 1)
    found.styles = _styles(styles, of_style) if styles is not None else {}
    return found


def _level(level: Any) -> _Level:  # noqa: ANN401
    way, shown = level.find(f"{_W}numFmt"), level.find(f"{_W}lvlText")
    return _Level(
        _whole(level.find(f"{_W}start")),
        way.get(_VALUE, "") if way is not None else "decimal",
        shown.get(_VALUE, "") if shown is not None else "",
        level.find(f"{_W}isLgl") is not None,
    )


def _styles(
    styles: Any,  # noqa: ANN401
    of_style: dict[tuple[str, str], int],
) -> dict[str, tuple[str, int]]:
    """Return the list that paragraphs of a style are in, its own or an older one's."""
    every = {each.get(f"{_W}styleId"): each for each in styles.iter(f"{_W}style")}
    found = {}
    for name, first in every.items():
        style = first
        for _ in range(_MOST_LINKS):
            listed = style.find(f"{_W}pPr/{_W}numPr/{_W}numId")
            based = style.find(f"{_W}basedOn")
            if listed is not None or based is None or based.get(_VALUE) not in every:
                break
            style = every[based.get(_VALUE)]
        if listed is not None:
            number = listed.get(_VALUE, "")
            level = style.find(f"{_W}pPr/{_W}numPr/{_W}ilvl")
            own = style.get(f"{_W}styleId")
            found[name] = (number, of_style.get((number, own), _whole(level)))
    return found

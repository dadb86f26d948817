"""Make a page of the site shorter for the reading edition.

Code, controls and what only a pointer can use go; so do long tables, and the sections
that only somebody who checks us reads. Nothing stays folded: neither paper nor every
e-reader can open a fold.

On the site a card quotes every passage, compares each pair and names every page. In the
reading edition a passage stands once, as a note: here the tables of a card become a
paragraph that refers to the notes, says once what several pairs came to, and names one
page for a fact.
"""

import copy
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from lxml import etree

from sourcebook.edition.xhtml import XHTML, XP, E, having, heading_of, remove
from sourcebook.views.answers import LABEL

LINES = "sb-lines"
# The names of rows, as `answers` and `record_view` write them; others are passages.
_COMPARED, _JUDGED, _WHY = "How they compare", "What we make of it", "Why"
_SILENT, _SETTLES = "Who does not say it", "What would settle it"
_RECORD, _BEARS, _PAGE = "The record", "How it bears", "Page"
_AGREE, _NOTE, _WORKED = "Do pages agree?", "To note", "Worked out"
_OTHERS = (_COMPARED, _JUDGED, _WHY, _SILENT, _SETTLES, _RECORD, _BEARS, _PAGE)
_NO_PASSAGES = frozenset({*_OTHERS, _AGREE, _NOTE, LABEL, "Also", "Looked up"})
_PAIR = re.compile(r"^.*? – .*?\): ([^.]+)\.")  # two claims, and what they came to


def shorten_evidence(card: etree._Element) -> None:
    """Turn the tables of a card into lines; what else it holds stays as it is."""
    for table in card.xpath(".//x:table[@class='sb-facts']", namespaces=XP):
        cells = _cells(table)
        if _JUDGED in cells:
            lines = _of_question(cells)
        elif _PAGE in cells:
            lines = _of_fact(cells)
        elif _WORKED in cells:
            lines = E.p({"class": LINES})
            _add(lines, _WORKED, cells[_WORKED])  # its steps follow
        else:
            continue
        lines.tail = table.tail
        table.getparent().replace(table, lines)


def _cells(table: etree._Element) -> dict[str, list[etree._Element]]:
    """Return the cells of a table of facts, by the names of their rows, in order."""
    found: dict[str, list[etree._Element]] = {}
    for row in table.iter(f"{{{XHTML}}}tr"):
        head, cell = row
        found.setdefault(_words(head), []).append(cell)
    return found


def _of_question(cells: Mapping[str, list[etree._Element]]) -> etree._Element:
    line = E.p({"class": LINES})
    _add(line, "Passages", _joined(_passages(cells)))
    _add(line, _COMPARED, [compared(map(_words, cells.get(_COMPARED, [])))])
    silent = [_words(cell).partition(":")[0] for cell in cells.get(_SILENT, [])]
    _add(line, _SILENT, [", ".join(dict.fromkeys(silent))])
    judged = f"{_words(cells[_JUDGED][0])}. "
    _add(line, _JUDGED, [judged, *cells.get(_WHY, [])])
    _add(line, _SETTLES, cells.get(_SETTLES, []))
    _add(line, _RECORD, _joined(map(_bearing, cells.get(_RECORD, []))))
    return line


def _of_fact(cells: Mapping[str, list[etree._Element]]) -> etree._Element:
    bears = "".join(map(_words, cells.get(_BEARS, [])))
    line = E.p({"class": LINES})
    _extend(
        line, [*map(_words, cells[_RECORD]), f" ({bears.lower()}) " if bears else " "]
    )
    _add(line, "Beside", _joined(_passages(cells)))
    _add(line, _PAGE, cells[_PAGE])
    told = [
        cell for cell in cells.get(_AGREE, []) if not _words(cell).startswith("yes")
    ]
    _add(line, _AGREE, told)
    _add(line, _NOTE, cells.get(_NOTE, []))
    return line


def compared(pairs: Iterable[str]) -> str:
    """Return what pairs came to: one as it is, of several each outcome once.

    >>> compared(["They agree. The two figures are the same."])
    'They agree. The two figures are the same.'
    >>> agree = [f"a (x) – b ({n}): They agree. As {n}." for n in "yz"]
    >>> compared([*agree, "a (x) – c (y): They differ. By 2."])
    'They agree (2 pairs); They differ.'
    """
    said = list(pairs)
    outcomes = Counter(found[1] for each in said if (found := _PAIR.match(each)))
    if not outcomes:
        return " ".join(dict.fromkeys(said))
    named = (
        f"{words} ({n} pairs)" if n > 1 else words for words, n in outcomes.items()
    )
    return f"{'; '.join(named)}."


def _passages(cells: Mapping[str, list[etree._Element]]) -> list[etree._Element]:
    """Return each passage as a marked name, which a note will stand for."""
    marks = []
    for name, each in cells.items():
        for cell in each if name not in _NO_PASSAGES else []:
            for link in cell.xpath("x:a[@href][1]", namespaces=XP):
                words = name.removeprefix("The ")
                marks.append(
                    E.a(words, {"class": "sb-claim", "href": link.get("href")})
                )
    return marks


def _bearing(cell: etree._Element) -> etree._Element:
    """Return a fact that bears on a question as a link that says how."""
    (link,) = cell.xpath("x:a[1]", namespaces=XP)
    words = (link.tail or "").strip().strip("()")
    return E.a(words or "see", {"class": "sb-fact", "href": link.get("href", "")})


def _joined(links: Iterable[etree._Element]) -> list[etree._Element | str]:
    found: list[etree._Element | str] = []
    for link in links:
        found += [", ", link] if found else [link]
    return found


def _add(
    line: etree._Element, name: str, parts: Iterable[etree._Element | str]
) -> None:
    """Add a named part to a line; nothing where there is nothing."""
    if said := [part for part in parts if not isinstance(part, str) or part]:
        line.append(E.strong(f"{name} " if name.endswith("?") else f"{name}: "))
        _extend(line, [*said, " "])


def _extend(line: etree._Element, parts: Iterable[etree._Element | str]) -> None:
    for part in parts:
        if isinstance(part, str):
            _write(line, part)
        elif part.tag == f"{{{XHTML}}}td":
            whole = copy.deepcopy(part)
            _write(line, whole.text or "")
            line.extend(list(whole))
        else:
            line.append(part)


def _write(line: etree._Element, words: str) -> None:
    if len(line):
        line[-1].tail = (line[-1].tail or "") + words
    else:
        line.text = (line.text or "") + words


def _words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


MOST_ROWS = 12  # of a table that is read; a longer one is for looking up
_CODE = ("cell_input", "above-input", "text_plain")
_POINTED = "sb-live sb-controls sb-chart-claims sb-figure-number headerlink".split()
ON_SITE = frozenset({"Where to go next", "What stands on every page"})  # sections
# How a file was read: of a document's page, what only somebody who checks us needs.
READING = ON_SITE | frozenset(
    {
        "The text",
        "Reading the numbers and dates",
        "Which figures have lost their link",
        "Who is mentioned with whom",
        "Nothing left unread",
    }
)
_OF_THE_FILE = frozenset({"File", "SHA-256", "Length in characters", "Coded"})
_PARTS = ("Its parts", "What is in the file")  # tables: into what it was cut


def abridge(body: etree._Element, *, of_source: bool) -> None:
    """Take out of a page what the reading edition leaves to the site.

    ``of_source`` tells whether it is the page of a document, which loses more.
    """
    _leave_out_sections(body, READING if of_source else ON_SITE)
    for element in having(body, *_CODE, *_POINTED):
        remove(element)
    for words in having(body, "sb-holds"):
        words.tag = f"{{{XHTML}}}span"  # what was counted is shown to a pointer only
        words.attrib.clear()
    for cell in having(body, "cell"):
        if not cell.xpath("string(.)").strip() and not cell.xpath(".//*[@alt or @id]"):
            remove(cell)  # nothing but code

    for frame in having(body, "sb-table"):
        rows = len(frame.xpath(".//x:tbody/x:tr", namespaces=XP))
        if rows > MOST_ROWS:
            _name_table(frame, rows)


def _leave_out_sections(body: etree._Element, titles: frozenset[str]) -> None:
    """Take out of a page the sections of some titles, and facts about the file."""
    for part in list(body.iter(f"{{{XHTML}}}section")):
        if heading_of(part) in titles:
            remove(part)
    for row in body.xpath(".//x:table[@class='sb-facts']//x:tr", namespaces=XP):
        if row.xpath("string(x:th)", namespaces=XP) in _OF_THE_FILE:
            remove(row)
    for frame in having(body, "sb-table"):
        if frame.get("aria-label") in _PARTS:
            remove(frame)


def _name_table(frame: etree._Element, rows: int) -> None:
    """Say in place of a long table that there is one, and where."""
    title = " ".join(frame.xpath("string(.//x:caption)", namespaces=XP).split())
    named = f"“{title}”: a table" if title else "A table"
    said = E.p(f"{named} of {rows} rows, on the site.", {"class": "sb-elsewhere"})
    frame.attrib.pop("tabindex", None)
    for element in list(frame):
        frame.remove(element)
    frame.text = None
    frame.append(said)


def unfold(body: etree._Element) -> None:
    """Turn every fold into what it holds, its name above."""
    for fold in list(body.iter(f"{{{XHTML}}}details")):
        fold.attrib.pop("open", None)
        fold.tag = f"{{{XHTML}}}div"
    for name in list(body.iter(f"{{{XHTML}}}summary")):
        name.tag = f"{{{XHTML}}}p"

"""What a page loses on its way into the reading edition, and its folds.

Code, controls and what only a pointer can use go; so do long tables, and the sections
that only somebody who checks us reads. Nothing stays folded: neither paper nor every
e-reader can open a fold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml.builder import ElementMaker

from sourcebook.edition.xhtml import XHTML, having, heading_of, remove

if TYPE_CHECKING:
    from lxml import etree

MOST_ROWS = 12  # of a table that is read; a longer one is for looking up
_CODE = ("cell_input", "above-input", "text_plain")
_POINTED = (
    "sb-live",
    "sb-controls",
    "sb-chart-claims",
    "sb-figure-number",
    "headerlink",
)
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
_E = ElementMaker(namespace=XHTML, nsmap={None: XHTML})
_XP = {"x": XHTML}


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
        rows = len(frame.xpath(".//x:tbody/x:tr", namespaces=_XP))
        if rows > MOST_ROWS:
            _name_table(frame, rows)


def _leave_out_sections(body: etree._Element, titles: frozenset[str]) -> None:
    """Take out of a page the sections of some titles, and facts about the file."""
    for part in list(body.iter(f"{{{XHTML}}}section")):
        if heading_of(part) in titles:
            remove(part)
    for row in body.xpath(".//x:table[@class='sb-facts']//x:tr", namespaces=_XP):
        if row.xpath("string(x:th)", namespaces=_XP) in _OF_THE_FILE:
            remove(row)
    for frame in having(body, "sb-table"):
        if frame.get("aria-label") in _PARTS:
            remove(frame)


def _name_table(frame: etree._Element, rows: int) -> None:
    """Say in place of a long table that there is one, and where."""
    title = " ".join(frame.xpath("string(.//x:caption)", namespaces=_XP).split())
    named = f"“{title}”: a table" if title else "A table"
    said = _E.p(f"{named} of {rows} rows, on the site.", {"class": "sb-elsewhere"})
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

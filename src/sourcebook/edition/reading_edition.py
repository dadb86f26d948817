"""The reading edition: of the pages of the book, what somebody reads from end to end.

Code, registers and what needs a pointer stay with the site. A marked word leads to a
numbered note with its passage; a question keeps its line, question, answer and badge,
where it is asked, and goes with its evidence to the workings at the end.
Nothing is folded: neither paper nor every e-reader can open a fold.
"""

import copy
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from lxml import etree

from sourcebook.coding.book_files import CHAPTERS
from sourcebook.coding.claims import Claim
from sourcebook.coding.source_looks import dated_name
from sourcebook.edition import xhtml
from sourcebook.edition.abridged_pages import abridge, shorten_evidence, unfold
from sourcebook.edition.xhtml import XHTML, XP, E, body_of
from sourcebook.site.page_furniture import FOLDED
from sourcebook.views.answers import quoted

Note = Callable[[str], tuple[str, str] | None]

# By what each name begins with: pages that are added are for looking up until named.
KEPT = tuple(
    "book/index book/how-to-read notebooks/sources/ notebooks/synthesis/ book/method "
    "book/glossary book/bibliography".split()
)
SOURCES = "notebooks/sources"
SHELL = "book/glossary"  # whose frame the pages made here take over
NOTES, WORKINGS = "book/passages", "book/workings-"
APPENDIX = "Workings and notes"
WIDE, NARROW = "sb-wide", "sb-narrow"
_OPS = "http://www.idpf.org/2007/ops"
_TITLES = tuple(FOLDED)


def is_kept(name: str) -> bool:
    """Tell whether a page of the book is part of the reading edition.

    >>> is_kept("notebooks/synthesis/gas"), is_kept("book/claims/bbc-2025")
    (True, False)
    """
    return any(name == k or (k.endswith("/") and name.startswith(k)) for k in KEPT)


def made_names(names: Iterable[str]) -> list[str]:
    """Return the names that pages made from some others have, in order."""
    chapters = [name for name in names if name.startswith(f"{CHAPTERS}/")]
    return [*(f"{WORKINGS}{name.rpartition('/')[2]}" for name in chapters), NOTES]


def passage_note(claim: Claim) -> tuple[str, str]:
    """Return the passage of a claim, and where it stands, for a note."""
    where = claim.section or f"paragraph {claim.paragraph}"
    return quoted(claim.exact), f"{dated_name(claim.source)}, {where}"


@dataclass(slots=True)
class Edition:
    """The pages as they are made: their trees, and where things went."""

    pages: dict[str, etree._Element]  # by name, in the order of reading
    titles: dict[str, str] = field(default_factory=dict)  # of the pages made here
    moved: dict[str, str] = field(default_factory=dict)  # address to address


def make_edition(pages: Mapping[str, etree._Element], note: Note) -> Edition:
    """Return the reading edition of some pages, which are changed.

    ``note`` returns the passage that an anchor names and where it stands.
    """
    edition = Edition(dict(pages))
    for name, tree in pages.items():
        body = body_of(tree)
        _address(body, name)
        abridge(body, of_source=name.startswith(f"{SOURCES}/"))
        if name.startswith(f"{CHAPTERS}/"):
            _move_workings(edition, name, body)
    _write_notes(edition, note)
    for tree in edition.pages.values():
        unfold(body_of(tree))
    _link(edition)
    return edition


def one_form(tree: etree._Element, form: str) -> None:
    """Keep one of the two forms in which a chart is drawn."""
    for other in xhtml.having(tree, *({WIDE, NARROW} - {form})):
        xhtml.remove(other)
    for kept in xhtml.having(tree, form):
        kept.attrib.pop("hidden", None)


def _address(body: etree._Element, name: str) -> None:
    """Write each link as seen from the top of the book: what is moved keeps it."""
    for link in body.iter(f"{{{XHTML}}}a"):
        path, mark, place = link.get("href", "").partition("#")
        if (path or mark) and ":" not in path:
            here = f"{name}.xhtml"
            whole = posixpath.join(posixpath.dirname(name), path) if path else here
            link.set("href", f"{posixpath.normpath(whole)}{mark}{place}")


def _move_workings(edition: Edition, name: str, body: etree._Element) -> None:
    """Give the evidence of a chapter, and its workings, a page at the end."""
    page = f"{WORKINGS}{name.rpartition('/')[2]}"
    edition.titles[page] = f"Workings: {xhtml.title_of(body)}"
    section = E.section(E.h1(edition.titles[page]))
    sections = body.iter(f"{{{XHTML}}}section")
    rest = [part for part in sections if xhtml.heading_of(part) in _TITLES]
    inside = {card for part in rest for card in xhtml.having(part, "sb-answer")}
    left = 0
    for card in xhtml.having(body, "sb-answer"):
        if card in inside and not xhtml.having(card, "sb-outside-fact"):
            left += 1  # listed for looking up, and asked nowhere in the prose
            xhtml.remove(card)
            continue
        section.append(_whole(card))
        _move(edition, section[-1], name=name, page=page, mark="workings-")
        (xhtml.remove if card in inside else partial(_shorten, page=page))(card)
    if left:
        said = f"More questions of this chapter, on the site: {left}."
        section.append(E.p(said, {"class": "sb-elsewhere"}))
    for part in rest:
        xhtml.remove(part)
        if xhtml.heading_of(part) == "Workings":
            _move(edition, part, name=name, page=page)
            section.append(part)
    if len(section) > 1:
        edition.pages[page] = _framed(edition, section)


def _move(
    edition: Edition, part: etree._Element, *, name: str, page: str, mark: str = ""
) -> None:
    """Note to which page the places of a part go, and ``mark`` each of them."""
    for element in [part, *part.xpath(".//*[@id]")]:
        if place := element.get("id"):
            there = f"{page}.xhtml#{mark}{place}"
            edition.moved.setdefault(f"{name}.xhtml#{place}", there)
            element.set("id", f"{mark}{place}")


def _whole(card: etree._Element) -> etree._Element:
    """Return a question with its passages and reasons, for the workings."""
    whole = copy.deepcopy(card)
    whole.tail = None
    for more in xhtml.having(whole, "sb-more", "sb-reply", "sb-badge"):
        xhtml.remove(more)  # the chapter has the reply; codes only the data explains
    shorten_evidence(whole)
    return whole


def _shorten(card: etree._Element, *, page: str) -> None:
    """Leave of a question its line, and a link to the rest."""
    for said in xhtml.having(card, "sb-reply"):
        if (said.text or "").endswith("…"):  # a fact cut to a line; here there is room
            said.text = card.xpath("string(.//x:strong)", namespaces=XP)
    for element in list(card)[1:]:
        xhtml.remove(element)
    place = f"{page}.xhtml#workings-{card.get('id')}"
    link = E.a("Evidence", href=place)
    card.append(E.p({"class": "sb-reasons"}, link))


def _framed(edition: Edition, section: etree._Element) -> etree._Element:
    """Return a page with the frame of another and a body of its own."""
    page = copy.deepcopy(edition.pages[SHELL])
    body = body_of(page)
    for element in list(body):
        body.remove(element)
    body.text = None
    body.append(section)
    for title in page.iter(f"{{{XHTML}}}title"):
        title.text = section[0].text
    return page


def _write_notes(edition: Edition, note: Note) -> None:
    """Number the passages that marked words lead to, and print each once."""
    marks: dict[str, list[etree._Element]] = {}
    for tree in edition.pages.values():
        for link in xhtml.having(body_of(tree), "sb-claim"):
            link.attrib.pop("title", None)  # the note says it whole
            marks.setdefault(link.get("href", "").partition("#")[2], []).append(link)
    known = {anchor: found for anchor in marks if (found := note(anchor))}
    title = edition.titles[NOTES] = "Notes: the passages"
    section = E.section(E.h1(title))
    for number, (anchor, (words, where)) in enumerate(known.items(), 1):
        section.append(_note(number, words, where))
        for link in marks[anchor]:
            link.set("href", f"{NOTES}.xhtml#note-{number}")
            link.set(f"{{{_OPS}}}type", "noteref")
            link.append(E.sup(str(number)))
    edition.pages[NOTES] = _framed(edition, section)


def _note(number: int, words: str, where: str) -> etree._Element:
    line = E.p(E.strong(f"{number} "), words, " ", E.span(where))
    line[-1].set("class", "sb-where")
    aside = E.aside(line, {"class": "sb-note", "id": f"note-{number}"})
    aside.set(f"{{{_OPS}}}type", "footnote")
    return aside


def _link(edition: Edition) -> None:
    """Lead each link to where its target now stands; end those to what is left out."""
    ids = {
        f"{name}.xhtml": set(body_of(tree).xpath(".//@id"))
        for name, tree in edition.pages.items()
    }
    for name, tree in edition.pages.items():
        for link in _own_links(body_of(tree)):
            path, _, place = link.get("href").partition("#")
            if place and place not in ids.get(path, ()):
                address = edition.moved.get(f"{path}#{place}", path)
                path, _, place = address.partition("#")
            if path not in ids:
                del link.attrib["href"]
                continue
            near = posixpath.relpath(path, posixpath.dirname(name))
            near = "" if path == f"{name}.xhtml" and place else near
            link.set("href", f"{near}#{place}" if place else near)


def _own_links(body: etree._Element) -> Iterator[etree._Element]:
    links: Iterable[etree._Element] = body.iter(f"{{{XHTML}}}a")
    return (a for a in links if a.get("href") and ":" not in a.get("href", ""))

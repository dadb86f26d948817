"""The reading edition as one page to be printed, made from the pages of the EPUB.

Every page becomes a chapter below its part, with its headings one level lower, its ids
named after it, and its links led to where they now stand. A link to another chapter
says on which page it leads; each chapter's name runs at the head of its pages.
"""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from lxml import etree

from sourcebook.coding.book_files import slug
from sourcebook.edition.reading_edition import (
    APPENDIX,
    NOTES,
    WIDE,
    WORKINGS,
    is_kept,
    made_names,
    one_form,
)
from sourcebook.edition.xhtml import XHTML, E, body_of, title_of

_REFERS = ("for", "headers", "aria-labelledby", "aria-describedby", "aria-controls")
EDITION_CSS = "epub-book.css"  # of the edition in either form
LICENCE = "Text and data: CC BY 4.0. Passages quoted remain their owners'."
_LOWEST = 6  # level of a heading


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page of the book in print: its name in the contents, and what it holds."""

    name: str  # as in _toc.yml
    part: str  # caption, "" for what stands before the first part
    depth: int  # 0 for a chapter, 1 for a page below one
    title: str
    body: etree._Element

    @property
    def anchor(self) -> str:
        """The id of the chapter in the one page."""
        return slug(self.name)


def page_order(root: Path) -> list[tuple[str, str, int]]:
    """Return name, part and depth of each page of ``_toc.yml`` that the edition has."""
    contents = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    pages = [(contents["root"], "", 0)]
    for part in contents.get("parts", [contents]):
        pages += _below(part.get("chapters", []), part.get("caption") or "", 0)
    return [page for page in pages if is_kept(page[0])]


def _below(
    entries: list[dict[str, Any]], part: str, depth: int
) -> Iterator[tuple[str, str, int]]:
    for entry in entries:
        if "file" in entry:  # not an address
            yield entry["file"], part, depth
        yield from _below(entry.get("sections", []), part, depth + 1)


def read_chapters(root: Path, pages: Path) -> list[Chapter]:
    """Return the book's chapters in order, from the folder of the EPUB's pages."""
    order = page_order(root)
    made = made_names(name for name, _, _ in order)
    order += [(n, APPENDIX, 0) for n in made if (pages / f"{n}.xhtml").is_file()]
    names = {name for name, _, _ in order}
    chapters = []
    for name, part, depth in order:
        tree = etree.fromstring((pages / f"{name}.xhtml").read_bytes())
        body = body_of(tree)
        title = title_of(body)
        _settle(body, name, names)
        one_form(body, WIDE)
        _untag_frames(body)
        _lower(body, by=1 if part else 0)
        body.tag, body.tail = f"{{{XHTML}}}section", None
        body.attrib.clear()
        body.set("id", slug(name))
        run_on = " print-run-on" if name.startswith(WORKINGS) else ""
        body.set("class", f"print-chapter{run_on}")
        chapters.append(Chapter(name, part, depth, title, body))
    return chapters


def _settle(body: etree._Element, name: str, names: set[str]) -> None:
    """Name ids after their page, and lead links to where they now stand."""
    folder = posixpath.dirname(name)
    for element in body.iter(f"{{{XHTML}}}*"):
        if given := element.get("id"):
            element.set("id", f"{slug(name)}--{given}")
        for key in _REFERS:
            if given := element.get(key):
                named = (f"{slug(name)}--{each}" for each in given.split())
                element.set(key, " ".join(named))
        if (href := element.get("href")) and ":" not in href:
            path, _, place = href.partition("#")
            page = posixpath.normpath(posixpath.join(folder, path)) if path else name
            page = page.removesuffix(".xhtml")
            if page in names:
                element.set("href", f"#{slug(page)}" + (f"--{place}" if place else ""))
            else:
                del element.attrib["href"]


def _untag_frames(body: etree._Element) -> None:
    """Make of a figure's frame a plain box: the drawing in it has the words."""
    # Chromium would tag both as figures, and the frame as one without an alternative.
    for name, plain in (("figure", "div"), ("figcaption", "p")):
        for frame in list(body.iter(f"{{{XHTML}}}{name}")):
            frame.tag = f"{{{XHTML}}}{plain}"
            frame.set("class", f"{frame.get('class', '')} print-{name}".strip())


def _refer(chapters: list[Chapter], pages: Mapping[str, int]) -> None:
    """Say after each link to another chapter on which page it leads."""
    for chapter in chapters:
        for link in chapter.body.iter(f"{{{XHTML}}}a"):
            target = link.get("href", "").removeprefix("#")
            own = target.startswith((f"{chapter.anchor}--", f"{slug(NOTES)}--"))
            if link.get("href", "#")[0] == "#" and target and not own:
                number = pages.get(target, "000")  # as wide as what it will be
                words = f" (p.\u00a0{number})"
                link.append(E.span(words, {"class": "print-page"}))


def _lower(body: etree._Element, *, by: int) -> None:
    for level in range(_LOWEST - by, 0, -1):
        for heading in body.iter(f"{{{XHTML}}}h{level}"):
            heading.tag = f"{{{XHTML}}}h{level + by}"


def print_page(
    chapters: list[Chapter],
    *,
    about: Mapping[str, Any],
    styles: str,
    pages: Mapping[str, int],
) -> bytes:
    """Return the whole book as one XHTML page.

    ``about`` is CITATION.cff; ``pages`` holds the number of the printed page on which
    each place stands, by its anchor, and is empty while that is not known.
    """
    _refer(chapters, pages)
    styles += "".join(map(running_head, chapters))
    parts: list[etree._Element] = []
    part = ""
    for chapter in chapters:
        if chapter.part != part:
            part = chapter.part
            heading = E.h1(part, {"class": "print-part"})
            chapter.body.insert(0, heading)
        parts.append(chapter.body)
    tree = E.html(
        {"lang": "en"},
        E.head(E.meta(charset="utf-8"), E.title(about["title"]), E.style(styles)),
        E.body(_cover(about), _contents(chapters, pages), E.main(*parts)),
    )
    written: bytes = etree.tostring(tree, encoding="utf-8", doctype="<!DOCTYPE html>")
    return written


def running_head(chapter: Chapter) -> str:
    """Return the style that prints a chapter's name at the head of its pages."""
    # The workings follow one another on a page, so their pages have one name.
    shared = chapter.name.startswith(WORKINGS)
    title = APPENDIX if shared else chapter.title
    words = title.replace("\\", "").replace('"', "”")
    name = f"head-{slug(WORKINGS) if shared else chapter.anchor}"
    return (
        f"\n#{chapter.anchor} {{ page: {name}; }}"
        f'\n@page {name} {{ @top-center {{ content: "{words}"; }} }}'
    )


def _cover(about: Mapping[str, Any]) -> etree._Element:
    authors = ", ".join(author["name"] for author in about["authors"])
    return E.section(
        {"class": "print-cover"},
        E.p({"class": "print-title"}, about["title"]),
        E.p(" ".join(about["abstract"].split())),
        E.p(f"{authors} · version {about['version']}"),
        E.p({"class": "print-small"}, LICENCE),
    )


def _contents(chapters: list[Chapter], pages: Mapping[str, int]) -> etree._Element:
    nav = E.nav({"class": "print-contents"}, E.h1("Contents"))
    part = ""
    for chapter in chapters:
        if chapter.part != part:
            part = chapter.part
            nav.append(E.p({"class": "print-caption"}, part))
        number = str(pages.get(chapter.anchor, ""))
        nav.append(
            E.p(
                {"class": f"print-line print-depth-{chapter.depth}"},
                E.a({"href": f"#{chapter.anchor}"}, chapter.title),
                E.span({"class": "print-dots"}),
                E.span({"class": "print-number"}, number),
            )
        )
    return nav


def read_styles(root: Path) -> str:
    """Return the styles of the book in print: those of the edition, then of paper."""
    shared = root / "book" / "_static" / EDITION_CSS
    files = (shared, Path(__file__).with_name("paper.css"))
    return "\n".join(path.read_text(encoding="utf-8") for path in files)

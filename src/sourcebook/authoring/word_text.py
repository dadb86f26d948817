"""The text of a Word file (.docx), its notes kept.

Goes through HTML, so that headings, lists and tables come out as those of a web page
do. What Word knows of its words and the library passes over (changes tracked, struck
and hidden words, equations) gets its marks before. Refuses a file that unpacks to more
than a document does, and one that declares entities, which no Word file needs.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from importlib.metadata import version
from typing import TYPE_CHECKING

import mammoth
from lxml import etree, html

from sourcebook.authoring.marked import END, PLACE
from sourcebook.authoring.text_extraction import Extract
from sourcebook.authoring.webpage_text import text_of
from sourcebook.authoring.wordmarks import mark_part, unread_parts
from sourcebook.errors import SourcebookError, printable

if TYPE_CHECKING:
    from sourcebook.authoring.incoming_file import Incoming

MOST_UNPACKED = 200_000_000
MOST_MARKUP = 20_000_000  # bytes; twice what the longest text we take needs
MOST_TAGS = 600_000  # half a minute's work
_HEAD = 200
_BLANK = b"\xef\xbb\xbf\xff\xfe \t\r\n"
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")
_READ = {  # the parts whose text is taken, and what a place in them is called
    "word/document.xml": "paragraph",
    "word/footnotes.xml": "footnotes, paragraph",
    "word/endnotes.xml": "endnotes, paragraph",
}
_LISTED = 6
_STYLES = ("Unrecognised paragraph style", "Unrecognised run style")  # looks alone
_OLE = b"\xd0\xcf\x11\xe0"  # an old Word file, and a new one with a password
_CORE = "docProps/core.xml"
_SELF = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "author": "{http://purl.org/dc/elements/1.1/}creator",
    "issued": "{http://purl.org/dc/terms/}modified",
}


def read_wordfile(incoming: Incoming) -> Extract:
    """Return the text of a .docx file. Raises `SourcebookError`."""
    if incoming.data.startswith(_OLE):
        raise SourcebookError(
            f"{incoming.name}: encrypted, or an old .doc under a new name\n"
            "  fix: open it in Word and save it as .docx without a password"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(incoming.data)) as packed:
            _check(packed, incoming.name)
            proposals = _properties(packed)
            marked, labels, unread = _marked(packed)
        page, messages = _convert(marked)
        messages += _lost(labels, page)
    except SourcebookError:
        raise
    except Exception as error:  # whatever the library meets in a broken file
        raise SourcebookError(
            f"{incoming.name}: not a Word file that can be read ({error})\n"
            "  fix: open it in Word and save it again as .docx"
        ) from error
    part = html.fragment_fromstring(page, create_parent="div")
    for back in part.xpath(".//a[starts-with(@href, '#')][normalize-space()='↑']"):
        back.drop_tree()  # the way back from a note: the library's, not the document's
    text, said = text_of(part, name=incoming.name)
    said = (*unread, *messages, *said)
    used = f"mammoth {version('mammoth')}, inscriptis {version('inscriptis')}"
    return Extract(incoming.name, text, said, proposals, used)


def _check(packed: zipfile.ZipFile, name: str) -> None:
    if sum(member.file_size for member in packed.infolist()) > MOST_UNPACKED:
        raise SourcebookError(
            f"{name}: unpacks to more than {MOST_UNPACKED / 1e6:.0f} MB\n"
            "  fix: save its text as .txt"
        )
    _check_parts(packed, name)


def _check_parts(packed: zipfile.ZipFile, name: str) -> None:
    """Refuse parts that declare something, or that would take minutes to read.

    A part is known by how it begins, not by its name, which the file may choose.
    """
    size = tags = 0
    for member in packed.infolist():
        with packed.open(member) as part:
            head = part.read(_HEAD).replace(b"\0", b"").lstrip(_BLANK)
            if not head.startswith(b"<"):
                continue  # a picture, a font
        size += member.file_size
        if size > MOST_MARKUP:
            break
        # Without its NULs, what is UTF-16 or UTF-32 reads as what it says in ASCII.
        data = packed.read(member).replace(b"\0", b"")
        tags += data.count(b"<")
        named = _ENCODING.match(data.lstrip(_BLANK))
        strange = named and named[1].lower() not in {b"utf-8", b"utf-16"}
        if strange or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise SourcebookError(
                f"{name}: {printable(member.filename)} declares entities or an "
                "encoding, as no Word file does\n"
                "  fix: open it in Word and save it again as .docx"
            )
    if size > MOST_MARKUP or tags > MOST_TAGS:
        raise SourcebookError(
            f"{name}: more markup than a document has ({size / 1e6:.0f} MB, "
            f"{tags:,} tags)\n  fix: save its text as .txt"
        )


def _properties(packed: zipfile.ZipFile) -> dict[str, str]:
    """Return what the file says about itself; a file need not say anything."""
    if _CORE not in packed.namelist():
        return {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    tree = etree.fromstring(packed.read(_CORE), parser=parser)
    found = {name: (tree.findtext(path) or "").strip() for name, path in _SELF.items()}
    return {name: value for name, value in found.items() if value}


def _marked(packed: zipfile.ZipFile) -> tuple[bytes, list[str], list[str]]:
    """Return the file with marks in its text, its places, and what nobody reads."""
    out = io.BytesIO()
    labels: list[str] = []
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(out, "w") as again:
        for member in packed.infolist():
            data = packed.read(member)
            if what := _READ.get(member.filename):
                tree = etree.fromstring(data, parser=parser)
                labels += mark_part(tree, what=what)
                data = etree.tostring(tree)
            again.writestr(member.filename, data)
    return out.getvalue(), labels, unread_parts(packed)


def _lost(labels: list[str], page: str) -> list[str]:
    """Say which paragraphs have words, and none of them came out."""
    found = set(re.findall(f"{PLACE}([^{END}]*){END}", page))
    lost = [label for label in labels if label not in found]
    some = ", ".join(lost[:_LISTED]) + (", …" if len(lost) > _LISTED else "")
    return [f"{len(lost)} × lost the words of a paragraph ({some})"] if lost else []


def _convert(data: bytes) -> tuple[str, list[str]]:
    """Return the file as HTML, and what the library has to say about it."""

    def describe(picture: object) -> dict[str, str]:  # noqa: ARG001 - the library asks
        return {"src": ""}

    image = mammoth.images.img_element(describe)
    result = mammoth.convert_to_html(io.BytesIO(data), convert_image=image)
    said = Counter(str(message.message) for message in result.messages)
    shown = [
        f"{count} × {printable(words)[:100]}"
        for words, count in said.items()
        if not words.startswith(_STYLES)
    ]
    return result.value, shown

"""The text of a Word file (.docx), its notes kept.

Goes through HTML, so that headings, lists and tables come out as those of a web page
do. The library for that takes tracked changes as accepted, hidden words as shown, and
leaves equations out: each gets the marks of `marked` before, and each paragraph its
number, so that a place can be named. Refuses a file that unpacks to more than a
document does, and one that declares entities, which no Word file needs.
"""

import io
import re
import zipfile
from collections import Counter
from importlib.metadata import version
from itertools import pairwise
from typing import Any, Final

import mammoth
from lxml import etree, html

from sourcebook.authoring import marked
from sourcebook.authoring.formulas import written_out
from sourcebook.authoring.incoming_file import AS_TEXT, MOST_TAGS, Incoming
from sourcebook.authoring.levelling import without_nothing
from sourcebook.authoring.list_numbering import WordNumbering, word_numbering
from sourcebook.authoring.marked import mark
from sourcebook.authoring.text_extraction import Extract
from sourcebook.authoring.webpage_text import text_of
from sourcebook.errors import SourcebookError, printable

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# Drawn for newer versions of Word, and once more behind it for the library.
_CHOICE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
# What the library knows nothing of, with the runs in it: a field, a direction, a tag.
_AROUND: Final = [f"{_W}{name}" for name in ("fldSimple", "bdo", "dir", "customXml")]
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_TEXT: Final = f"{_W}t"
_CHANGES: Final = {
    f"{_W}del": marked.DELETED,
    f"{_W}ins": marked.INSERTED,
    f"{_W}moveFrom": marked.MOVED,
}
_TYPES: Final = {
    f"{_W}strike": marked.STRUCK,
    f"{_W}dstrike": marked.STRUCK,
    f"{_W}vanish": marked.HIDDEN,
    f"{_W}webHidden": "",
}
_END_DELETED: Final = f"{_W}pPr/{_W}rPr/{_W}del"
_RAISED: Final = 4  # half points above the line, or below it, and more
_HEIGHT: Final = re.compile(r"(-?\d+)(?:\.\d+)?(pt)?")  # bare: in half points
_OFF: Final = ("0", "false", "off")
_HEADS: Final = re.compile(r"word/(header|footer)\d*\.xml")
_UNREAD: Final = {
    "word/comments.xml": ("comment", "comments"),
    "word/charts/": ("chart", "charts"),
    "word/diagrams/data": ("diagram", "diagrams"),
    "word/embeddings/": ("embedded file", "embedded files"),
    "word/afchunk": ("embedded document", "embedded documents"),
}


def mark_part(tree: Any, *, what: str, lists: WordNumbering) -> list[str]:  # noqa: ANN401 - lxml has no types
    """Put marks into a part of a Word file, and return the places that have words.

    ``what`` names its paragraphs, ``lists`` numbers them.
    """
    # Before those that changes join are moved.
    shown = [(each, lists.number(each)) for each in tree.iter(f"{_W}p")]
    for text in tree.iter(_TEXT):
        text.text = without_nothing(text.text or "")[0]
    for formula in list(tree.iter(f"{_M}oMath")):
        _replace(formula, _run(mark(marked.EQUATION, written_out(formula))))
    etree.strip_tags(tree, *_AROUND)
    for ruby in list(tree.iter(f"{_W}ruby")):
        words = "".join(ruby.find(f"{_W}rubyBase").itertext(_TEXT))
        ruby.getparent().replace(ruby, _run(words)[0])
    for paragraph in reversed(list(tree.iter(f"{_W}p"))):  # so each moves once
        _part_pages(paragraph)
        _join_next(paragraph)
    for run in list(tree.iter(f"{_W}r")):
        _mark_type(run)
    for change in list(tree.iter(*_CHANGES)):
        _mark_change(change, _CHANGES[change.tag])
    for box in tree.iter(f"{_W}txbxContent"):
        _put_first(box, mark(marked.DOUBT, "words of a text box"))
    _write_numbers(shown)
    labels = []
    for number, paragraph in enumerate(tree.iter(f"{_W}p"), 1):
        label = f"{what} {number}"
        if _put_first(paragraph, f"{marked.PLACE}{label}{marked.END}"):
            labels.append(label)
    return labels


def _write_numbers(shown: list[tuple[Any, str]]) -> None:
    """Put the numbers of items before their words; no item has none."""
    for paragraph, words in shown:
        if words and next(paragraph.iter(_TEXT), None) is not None:
            at = int(paragraph.find(f"{_W}pPr") is not None)
            paragraph.insert(at, _run(words))


def _part_pages(paragraph: Any) -> None:  # noqa: ANN401
    """Put a blank where a page ends behind words: the library joins those around it."""
    inside = list(paragraph.iter(_TEXT, f"{_W}br"))
    for before, turn in pairwise(inside):
        if before.tag == _TEXT and turn.get(f"{_W}type"):
            _replace(turn, _run(" ")[0])


def _join_next(paragraph: Any) -> None:  # noqa: ANN401
    """Join a large initial, or what lost its end to a tracked change, with the next."""
    after, deleted = paragraph.getnext(), paragraph.find(_END_DELETED)
    frame = paragraph.find(f"{_W}pPr/{_W}framePr")
    initial = frame is not None and frame.get(f"{_W}dropCap", "none") != "none"
    if after is None or after.tag != f"{_W}p" or (deleted is None and not initial):
        return
    at = int(after.find(f"{_W}pPr") is not None)
    runs = [each for each in paragraph if each.tag != f"{_W}pPr"]
    if not initial:
        runs.append(_run(mark(marked.LEFT, "left out the end of a paragraph")))
    after[at:at] = runs
    paragraph.getparent().remove(paragraph)


def _put_first(part: Any, words: str) -> bool:  # noqa: ANN401
    """Put words before the first ones of a part; return whether the library has them.

    Those of a box in a paragraph that are drawn for newer versions it has once more.
    """
    first = next(part.iter(_TEXT), None)
    if first is None:
        return False
    first.text = f"{words}{first.text}"
    first.set(_SPACE, "preserve")
    return next(first.iterancestors(_CHOICE), None) is None


def unread_parts(packed: zipfile.ZipFile) -> list[str]:
    """Say which parts of a Word file hold words that are not read."""
    said = []
    names = packed.namelist()
    for start, (one, many) in _UNREAD.items():
        found = [name for name in names if name.startswith(start) and name[-1] != "/"]
        count = len(found)
        if found == ["word/comments.xml"]:
            count = packed.read(found[0]).count(b"<w:comment ")
        if count:
            said.append(f"left out {count} {one if count == 1 else many}")
    heads: dict[str, None] = {}
    for name in filter(_HEADS.fullmatch, names):
        tree = _parsed(packed.read(name))
        words = " ".join("".join(tree.itertext(_TEXT)).split())
        if words:
            heads[words[:80]] = None
    if heads:
        said.append(f"left out what stands on every page: {'; '.join(heads)}")
    return said


def _mark_type(run: Any) -> None:  # noqa: ANN401
    """Put marks around the words of a run that is struck, hidden, or set apart."""
    properties = run.find(f"{_W}rPr")
    if properties is None:
        return
    place = properties.find(f"{_W}position")
    told = _HEIGHT.fullmatch(place.get(f"{_W}val", "")) if place is not None else None
    height = int(told[1]) * (2 if told[2] else 1) if told else 0
    if abs(height) >= _RAISED and properties.find(f"{_W}vertAlign") is None:
        way = "superscript" if height > 0 else "subscript"
        etree.SubElement(properties, f"{_W}vertAlign").set(f"{_W}val", way)
    for tag, kind in _TYPES.items():
        found = properties.find(tag)
        if found is None or found.get(f"{_W}val", "1").lower() in _OFF:
            continue
        properties.remove(found)  # or the library says so a second time
        if kind:
            _surround([*run.iter(_TEXT), *run.iter(f"{_W}delText")], kind)


def _mark_change(change: Any, kind: str) -> None:  # noqa: ANN401
    """Put marks around the words of a tracked change; what was deleted is text again.

    Inside the marks of a paragraph or a row a change has no words of its own.
    """
    for deleted in list(change.iter(f"{_W}delText")):
        deleted.tag = _TEXT
        deleted.text = without_nothing(deleted.text or "")[0]
    _surround(list(change.iter(_TEXT)), kind)
    if kind != marked.INSERTED:
        change.tag = f"{_W}ins"  # the library reads it, and the marks say what it is


def _surround(texts: list[Any], kind: str) -> None:
    """Put marks around words; words of several paragraphs get them in each."""
    by_paragraph: dict[Any, list[Any]] = {}
    for text in texts:
        by_paragraph.setdefault(next(text.iterancestors(f"{_W}p"), None), []).append(
            text
        )
    for group in by_paragraph.values():
        group[0].text = f"{kind}{group[0].text or ''}"
        group[-1].text = f"{group[-1].text}{marked.END}"
        for each in (group[0], group[-1]):
            each.set(_SPACE, "preserve")


def _parsed(part: bytes) -> Any:  # noqa: ANN401
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(part, parser=parser)


def _run(words: str) -> Any:  # noqa: ANN401
    run = etree.Element(f"{_W}r")
    text = etree.SubElement(run, _TEXT)
    text.text = words
    text.set(_SPACE, "preserve")
    return run


def _replace(old: Any, new: Any) -> None:  # noqa: ANN401
    parent = old.getparent()
    new.tail = old.tail
    parent.replace(old, new)
    if parent.tag == f"{_M}oMathPara":  # which the library does not know
        _replace(parent, new)


_ANEW = "open it in Word and save it again as .docx"
MOST_UNPACKED = 200_000_000
MOST_MARKUP = 20_000_000  # bytes; twice what the longest text we take needs
_HEAD = 200
_BLANK = b"\xef\xbb\xbf\xff\xfe \t\r\n"
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")
_READ = {  # the parts whose text is taken, and what a place in them is called
    "word/document.xml": "paragraph",
    "word/footnotes.xml": "footnotes, paragraph",
    "word/endnotes.xml": "endnotes, paragraph",
}
_LISTED = 6
_LOOKS = (  # what the library does not know, and holds no words
    "Unrecognised paragraph style",
    "Unrecognised run style",
    *(f"An unrecognised element was ignored: v:{name}"
      for name in ("fill", "stroke", "shadow", "path", "formulas")),
)  # fmt: skip
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
        old = f"{incoming.name}: encrypted, or an old .doc under a new name"
        raise SourcebookError(old, fix=f"{_ANEW}, without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(incoming.data)) as packed:
            _check(packed, incoming.name)
            proposals = _properties(packed)
            data, labels, unread = _marked(packed)
        page, messages = _convert(data)
        messages += _lost(labels, page)
    except SourcebookError:
        raise
    except Exception as error:  # whatever the library meets in a broken file
        broken = f"{incoming.name}: not a Word file that can be read ({error})"
        raise SourcebookError(broken, fix=_ANEW) from error
    part = html.fragment_fromstring(page, create_parent="div")
    for back in part.xpath(".//a[starts-with(@href, '#')][normalize-space()='↑']"):
        back.drop_tree()  # the way back from a note: the library's, not the document's
    for items in part.xpath(".//ol[not(li/@id)]"):  # their numbers are written already
        items.tag = "div"
        for item in items.iterchildren("li"):
            item.tag = "p"
    text, said = text_of(part, name=incoming.name)
    said = (*unread, *messages, *said)
    used = f"mammoth {version('mammoth')}, inscriptis {version('inscriptis')}"
    return Extract(incoming.name, text, said, proposals, used)


def _check(packed: zipfile.ZipFile, name: str) -> None:
    if sum(member.file_size for member in packed.infolist()) > MOST_UNPACKED:
        said = f"{name}: unpacks to more than {MOST_UNPACKED / 1e6:.0f} MB"
        raise SourcebookError(said, fix=AS_TEXT)
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
                "encoding, as no Word file does",
                fix=_ANEW,
            )
    if size > MOST_MARKUP or tags > MOST_TAGS:
        raise SourcebookError(
            f"{name}: more markup than a document has ({size / 1e6:.0f} MB, "
            f"{tags:,} tags)",
            fix=AS_TEXT,
        )


def _properties(packed: zipfile.ZipFile) -> dict[str, str]:
    """Return what the file says about itself; a file need not say anything."""
    if _CORE not in packed.namelist():
        return {}
    tree = _parsed(packed.read(_CORE))
    found = {name: (tree.findtext(path) or "").strip() for name, path in _SELF.items()}
    return {name: value for name, value in found.items() if value}


def _marked(packed: zipfile.ZipFile) -> tuple[bytes, list[str], list[str]]:
    """Return the file with marks in its text, its places, and what nobody reads."""
    out = io.BytesIO()
    labels: list[str] = []
    declared = [_parsed(packed.read(name)) if name in packed.namelist() else None
                for name in ("word/numbering.xml", "word/styles.xml")]  # fmt: skip
    with zipfile.ZipFile(out, "w") as again:
        for member in packed.infolist():
            data = packed.read(member)
            if what := _READ.get(member.filename):
                tree = _parsed(data)
                labels += mark_part(tree, what=what, lists=word_numbering(*declared))
                data = etree.tostring(tree)
            again.writestr(member.filename, data)
    return out.getvalue(), labels, unread_parts(packed)


def _lost(labels: list[str], page: str) -> list[str]:
    """Say which paragraphs have words, and none of them came out."""
    found = set(re.findall(f"{marked.PLACE}([^{marked.END}]*){marked.END}", page))
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
        if not words.startswith(_LOOKS)
    ]
    return result.value, shown

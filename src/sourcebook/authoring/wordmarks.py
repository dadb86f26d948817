"""What Word knows of its words beyond the letters, as marks in its markup.

The library that turns Word into HTML takes tracked changes as accepted, hidden words as
shown, and leaves equations out. Here each gets the marks of `marked` before, and each
paragraph its number, so that a place can be named.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from sourcebook.authoring.formulas import written_out
from sourcebook.authoring.levelling import without_nothing
from sourcebook.authoring.marked import (
    DELETED,
    DOUBT,
    END,
    EQUATION,
    HIDDEN,
    INSERTED,
    MOVED,
    PLACE,
    STRUCK,
    mark,
)

if TYPE_CHECKING:
    import zipfile

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# Drawn for newer versions of Word, and once more behind it for the library.
_CHOICE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_TEXT: Final = f"{_W}t"
_CHANGES: Final = {
    f"{_W}del": DELETED,
    f"{_W}ins": INSERTED,
    f"{_W}moveFrom": MOVED,
}
_TYPES: Final = {
    f"{_W}strike": STRUCK,
    f"{_W}dstrike": STRUCK,
    f"{_W}vanish": HIDDEN,
    f"{_W}webHidden": "",
}
_OFF: Final = ("0", "false", "off")
_HEADS: Final = re.compile(r"word/(header|footer)\d*\.xml")
_UNREAD: Final = {
    "word/comments.xml": ("comment", "comments"),
    "word/charts/": ("chart", "charts"),
    "word/diagrams/data": ("diagram", "diagrams"),
    "word/embeddings/": ("embedded file", "embedded files"),
    "word/afchunk": ("embedded document", "embedded documents"),
}


def mark_part(tree: Any, *, what: str) -> list[str]:  # noqa: ANN401 - lxml has no types
    """Put marks into a part of a Word file, and return the places that have words.

    ``what`` names its paragraphs.
    """
    for text in tree.iter(_TEXT):
        text.text = without_nothing(text.text or "")[0]
    for formula in list(tree.iter(f"{_M}oMath")):
        _replace(formula, _run(mark(EQUATION, written_out(formula))))
    for ruby in list(tree.iter(f"{_W}ruby")):
        words = "".join(ruby.find(f"{_W}rubyBase").itertext(_TEXT))
        ruby.getparent().replace(ruby, _run(words)[0])
    for run in list(tree.iter(f"{_W}r")):
        _mark_type(run)
    for change in list(tree.iter(*_CHANGES)):
        _mark_change(change, _CHANGES[change.tag])
    for box in tree.iter(f"{_W}txbxContent"):
        _put_first(box, mark(DOUBT, "words of a text box"))
    labels = []
    for number, paragraph in enumerate(tree.iter(f"{_W}p"), 1):
        label = f"{what} {number}"
        drawn = next(paragraph.iterancestors(_CHOICE), None) is not None
        if _put_first(paragraph, f"{PLACE}{label}{END}") and not drawn:
            labels.append(label)
    return labels


def _put_first(part: Any, words: str) -> bool:  # noqa: ANN401
    """Put words before the first ones of a part; return whether it has any."""
    first = next(part.iter(_TEXT), None)
    if first is None:
        return False
    first.text = f"{words}{first.text}"
    first.set(_SPACE, "preserve")
    return True


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
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        tree = etree.fromstring(packed.read(name), parser=parser)
        words = " ".join("".join(tree.itertext(_TEXT)).split())
        if words:
            heads[words[:80]] = None
    if heads:
        said.append(f"left out what stands on every page: {'; '.join(heads)}")
    return said


def _mark_type(run: Any) -> None:  # noqa: ANN401
    """Put marks around the words of a run that is struck or hidden."""
    properties = run.find(f"{_W}rPr")
    if properties is None:
        return
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
    if kind != INSERTED:
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
        group[-1].text = f"{group[-1].text}{END}"
        for each in (group[0], group[-1]):
            each.set(_SPACE, "preserve")


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

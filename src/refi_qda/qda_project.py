"""What a REFI-QDA project says: its codes, its texts, and what is coded where.

Element and attribute names are those of the standard's project schema. Positions are
kept as they are printed; what they mean in a text is for `text_positions` to find out.
A declaration of entities has no place in a project, and a file that has one is refused.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from refi_qda.qdpx_archive import Archive, ProjectError

NAMESPACE: Final = "urn:QDA-XML:project:1.0"
INTERNAL: Final = "internal://"
_Q: Final = f"{{{NAMESPACE}}}"
_OTHER_SOURCES: Final = ("PictureSource", "PDFSource", "AudioSource", "VideoSource")


@dataclass(frozen=True, slots=True)
class Code:
    """A code, and the codes above it, outermost first."""

    name: str
    above: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Print it with what is above it."""
        return " / ".join((*self.above, self.name))


@dataclass(frozen=True, slots=True)
class Selection:
    """A coded passage: its two positions as printed, its codes and its note."""

    guid: str
    start: str
    end: str
    codes: tuple[str, ...]  # by guid
    note: str = ""


@dataclass(frozen=True, slots=True)
class TextSource:
    """A text with its coded passages; ``fault`` says why there is no text."""

    name: str
    text: str
    fault: str
    selections: tuple[Selection, ...]


@dataclass(frozen=True, slots=True)
class Project:
    """Everything of a project that is read here; ``passed`` names what is not."""

    codes: Mapping[str, Code]
    texts: tuple[TextSource, ...]
    passed: tuple[str, ...]


def read_project(archive: Archive) -> Project:
    """Return the project of an archive. Raises `ProjectError`."""
    root = _parse(archive.project(), archive.name)
    notes = {_guid(each): _note_text(each, archive) for each in root.iter(f"{_Q}Note")}
    codes = root.find(f"{_Q}CodeBook/{_Q}Codes")
    sources = root.find(f"{_Q}Sources")
    sources = () if sources is None else tuple(sources)
    return Project(
        codes=dict(_codes(codes, ())) if codes is not None else {},
        texts=tuple(
            _text_source(each, archive, notes)
            for each in sources
            if each.tag == f"{_Q}TextSource"
        ),
        passed=tuple(
            f"{each.get('name', '')!r} ({etree.QName(each).localname})"
            for each in sources
            if each.tag in {f"{_Q}{other}" for other in _OTHER_SOURCES}
        ),
    )


def _parse(content: bytes, name: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ProjectError(
            f"{name}: project.qde is not XML: {error}\n  fix: export it once more"
        ) from None
    if root.getroottree().docinfo.doctype:
        raise ProjectError(
            f"{name}: project.qde declares a document type, as no project does\n"
            "  fix: do not open it; ask where it comes from"
        )
    if root.tag != f"{_Q}Project":
        raise ProjectError(
            f"{name}: project.qde is not a REFI-QDA project: its root is {root.tag!r}\n"
            "  fix: export the whole project as REFI-QDA (.qdpx)"
        )
    return root


def _codes(
    parent: etree._Element, above: tuple[str, ...]
) -> Iterator[tuple[str, Code]]:
    for each in parent.iterchildren(f"{_Q}Code"):
        name = each.get("name", "")
        yield _guid(each), Code(name, above)
        yield from _codes(each, (*above, name))


def _text_source(
    element: etree._Element, archive: Archive, notes: Mapping[str, str]
) -> TextSource:
    text, fault = _text(element, archive)
    return TextSource(
        name=element.get("name", ""),
        text=text,
        fault=fault,
        selections=tuple(
            _selection(each, notes)
            for each in element.iterchildren(f"{_Q}PlainTextSelection")
        ),
    )


def _text(element: etree._Element, archive: Archive) -> tuple[str, str]:
    """Return a text, or why there is none."""
    inline = element.findtext(f"{_Q}PlainTextContent")
    if inline is not None:
        return inline, ""
    path = element.get("plainTextPath", "")
    if not path.startswith(INTERNAL):
        return "", f"its text is not in the archive (plainTextPath {path!r})"
    content = archive.source(path.removeprefix(INTERNAL))
    if content is None:
        return "", f"the archive lacks its text, {path!r}"
    try:
        return content.decode("utf-8"), ""
    except UnicodeDecodeError as error:
        return "", f"its text is not UTF-8 at byte {error.start}"


def _note_text(element: etree._Element, archive: Archive) -> str:
    text, _ = _text(element, archive)
    return (text or element.findtext(f"{_Q}Description") or "").strip("\ufeff \r\n")


def _selection(element: etree._Element, notes: Mapping[str, str]) -> Selection:
    said = [element.findtext(f"{_Q}Description") or ""]
    said += [notes.get(_ref(each), "") for each in element.iter(f"{_Q}NoteRef")]
    return Selection(
        guid=_guid(element),
        start=element.get("startPosition", ""),
        end=element.get("endPosition", ""),
        codes=tuple(_ref(each) for each in element.iterfind(f"{_Q}Coding/{_Q}CodeRef")),
        note="\n".join(each.strip() for each in said if each.strip()),
    )


def _guid(element: etree._Element) -> str:
    return _bare(element.get("guid", ""))


def _ref(element: etree._Element) -> str:
    return _bare(element.get("targetGUID", ""))


def _bare(guid: str) -> str:
    """Programs write one and the same in capitals, or in braces."""
    return guid.strip("{}").lower()

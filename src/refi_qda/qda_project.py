"""A REFI-QDA project read and written: codes, texts, and what is coded where.

Element and attribute names are those of the standard's project schema. Positions are
kept as they are printed; what they mean in a text is for `text_positions` to find out.
A declaration of entities has no place in a project, and a file that has one is refused.

In a project that is written, positions count code points of the text as it is in the
archive. The same project gives the same bytes: whoever writes one brings its GUIDs and
its date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lxml import etree
from lxml.builder import E

from refi_qda.qdpx_archive import PROJECT, SOURCES, Archive, ProjectError, pack

if TYPE_CHECKING:
    import datetime as dt


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


_NAME = 60  # characters of a passage that name it


@dataclass(frozen=True, slots=True)
class NewCode:
    """A code, and what it means."""

    guid: str
    name: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class CodeFolder:
    """Codes under one name, which is itself no code."""

    guid: str
    name: str
    codes: tuple[NewCode, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A coded passage: its place, its words, its codes, each coding with a GUID."""

    guid: str
    start: int
    end: int
    words: str
    codings: tuple[tuple[str, str], ...]  # GUID of the coding, GUID of the code
    note: str = ""


@dataclass(frozen=True, slots=True)
class CodedText:
    """A text with its passages."""

    guid: str
    name: str
    text: str
    passages: tuple[Passage, ...]


def write_project(  # noqa: PLR0913 - all but one by name
    title: str,
    *,
    origin: str,
    user: tuple[str, str],
    made: dt.datetime,
    folders: Iterable[CodeFolder],
    texts: Iterable[CodedText],
) -> bytes:
    """Return a ``.qdpx`` file; ``user`` is a GUID and a name, ``made`` is in UTC."""
    stamp = made.strftime("%Y-%m-%dT%H:%M:%SZ")
    by = {"creatingUser": user[0], "creationDateTime": stamp}
    root = etree.Element(
        "Project",
        nsmap={None: NAMESPACE},
        name=title,
        origin=origin,
        creatingUserGUID=user[0],
        creationDateTime=stamp,
    )
    texts = list(texts)
    root.append(E.Users(E.User(guid=user[0], name=user[1])))
    root.append(E.CodeBook(E.Codes(*map(_folder, folders))))
    root.append(E.Sources(*(_text_element(text, by) for text in texts)))
    etree.indent(root)
    described = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    parts = {f"{SOURCES}/{text.guid}.txt": text.text.encode() for text in texts}
    return pack({PROJECT: described + b"\n", **parts})


def _folder(folder: CodeFolder) -> etree._Element:
    codes = (
        E.Code(*_said(code.meaning), guid=code.guid, name=code.name, isCodable="true")
        for code in folder.codes
    )
    return E.Code(*codes, guid=folder.guid, name=folder.name, isCodable="false")


def _said(words: str) -> list[etree._Element]:
    return [E.Description(words)] if words else []


def _text_element(text: CodedText, by: Mapping[str, str]) -> etree._Element:
    path = f"{INTERNAL}{text.guid}.txt"
    passages = (_passage(passage, by) for passage in text.passages)
    return E.TextSource(
        *passages, guid=text.guid, name=text.name, plainTextPath=path, **by
    )


def _passage(passage: Passage, by: Mapping[str, str]) -> etree._Element:
    words = " ".join(passage.words.split())
    codings = (
        E.Coding(E.CodeRef(targetGUID=code), guid=guid, **by)
        for guid, code in passage.codings
    )
    return E.PlainTextSelection(
        *_said(passage.note),
        *codings,
        guid=passage.guid,
        name=words if len(words) <= _NAME else words[: _NAME - 1] + "…",
        startPosition=str(passage.start),
        endPosition=str(passage.end),
        **by,
    )

"""A REFI-QDA project written: codes in folders, texts, and what is coded in them.

Positions count code points of the text as it is in the archive. The same project gives
the same bytes: whoever writes one brings its GUIDs and its date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from refi_qda.qda_project import INTERNAL, NAMESPACE
from refi_qda.qdpx_archive import PROJECT, SOURCES, pack

if TYPE_CHECKING:
    import datetime as dt

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
    users = etree.SubElement(root, "Users")
    etree.SubElement(users, "User", guid=user[0], name=user[1])
    codes = etree.SubElement(etree.SubElement(root, "CodeBook"), "Codes")
    for folder in folders:
        _folder(codes, folder)
    sources = etree.SubElement(root, "Sources")
    parts: dict[str, bytes] = {}
    for text in texts:
        _text(sources, text, by)
        parts[f"{SOURCES}/{text.guid}.txt"] = text.text.encode()
    etree.indent(root)
    described = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return pack({PROJECT: described + b"\n", **parts})


def _folder(codes: etree._Element, folder: CodeFolder) -> None:
    element = etree.SubElement(
        codes, "Code", guid=folder.guid, name=folder.name, isCodable="false"
    )
    for code in folder.codes:
        _describe(
            etree.SubElement(
                element, "Code", guid=code.guid, name=code.name, isCodable="true"
            ),
            code.meaning,
        )


def _describe(element: etree._Element, words: str) -> None:
    if words:
        etree.SubElement(element, "Description").text = words


def _text(sources: etree._Element, text: CodedText, by: Mapping[str, str]) -> None:
    element = etree.SubElement(
        sources,
        "TextSource",
        guid=text.guid,
        name=text.name,
        plainTextPath=f"{INTERNAL}{text.guid}.txt",
        **by,
    )
    for passage in text.passages:
        _passage(element, passage, by)


def _passage(text: etree._Element, passage: Passage, by: Mapping[str, str]) -> None:
    words = " ".join(passage.words.split())
    selection = etree.SubElement(
        text,
        "PlainTextSelection",
        guid=passage.guid,
        name=words if len(words) <= _NAME else words[: _NAME - 1] + "…",
        startPosition=str(passage.start),
        endPosition=str(passage.end),
        **by,
    )
    _describe(selection, passage.note)
    for guid, code in passage.codings:
        coding = etree.SubElement(selection, "Coding", guid=guid, **by)
        etree.SubElement(coding, "CodeRef", targetGUID=code)

"""A REFI-QDA project written: codes in folders, texts, and what is coded in them.

Positions count code points of the text as it is in the archive. The same project gives
the same bytes: whoever writes one brings its GUIDs and its date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree
from lxml.builder import E

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
    texts = list(texts)
    root.append(E.Users(E.User(guid=user[0], name=user[1])))
    root.append(E.CodeBook(E.Codes(*map(_folder, folders))))
    root.append(E.Sources(*(_text(text, by) for text in texts)))
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


def _text(text: CodedText, by: Mapping[str, str]) -> etree._Element:
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

"""The claims of all sheets as a REFI-QDA project, for other programs to open.

Topics and kinds are codes, each in a folder; a claim is a passage with both, and its
note goes along. Positions count code points of the pinned file, which is in the archive
byte for byte: it is made for a desk, and not for publication. The same book gives the
same bytes.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from lxml import etree

from refi_qda.qda_project import INTERNAL, NAMESPACE
from refi_qda.qdpx_archive import PROJECT, SOURCES, pack
from sourcebook.data.qda_codes import KIND, KINDS, TOPIC, guid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sourcebook.coding.claims import Claim
    from sourcebook.coding.corpus import Corpus, Source

_US: Final = "The Sourcebook contributors"
_NAME: Final = 60  # characters of a passage that name it


def project_archive(corpus: Corpus, *, title: str, seconds: int) -> bytes:
    """Return a ``.qdpx`` file of every claim; ``seconds`` since 1970 date it."""
    made = dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    by = {"creatingUser": guid("user", _US), "creationDateTime": made}
    root = etree.Element(
        "Project",
        nsmap={None: NAMESPACE},
        name=title,
        origin="Sourcebook",
        creatingUserGUID=guid("user", _US),
        creationDateTime=made,
    )
    users = etree.SubElement(root, "Users")
    etree.SubElement(users, "User", guid=guid("user", _US), name=_US)
    codes = etree.SubElement(etree.SubElement(root, "CodeBook"), "Codes")
    _folder(codes, TOPIC, corpus.codebook.topics)
    _folder(codes, KIND, dict.fromkeys(KINDS, ""))
    sources = etree.SubElement(root, "Sources")
    parts: dict[str, bytes] = {}
    for _, source in sorted(corpus.sources.items()):
        _source(sources, source, by)
        parts[f"{SOURCES}/{_file(source)}"] = source.document.raw.encode()
    etree.indent(root)
    described = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return pack({PROJECT: described + b"\n", **parts})


def _folder(codes: etree._Element, name: str, terms: Mapping[str, str]) -> None:
    folder = etree.SubElement(
        codes, "Code", guid=guid("codes", name), name=name, isCodable="false"
    )
    for term, meaning in sorted(terms.items()):
        code = etree.SubElement(
            folder, "Code", guid=guid(name, term), name=term, isCodable="true"
        )
        _describe(code, meaning)


def _describe(element: etree._Element, words: str) -> None:
    if words:
        etree.SubElement(element, "Description").text = words


def _file(source: Source) -> str:
    return f"{guid('source', source.citekey)}.txt"


def _source(sources: etree._Element, source: Source, by: Mapping[str, str]) -> None:
    element = etree.SubElement(
        sources,
        "TextSource",
        guid=guid("source", source.citekey),
        name=source.citekey,
        plainTextPath=f"{INTERNAL}{_file(source)}",
        **by,
    )
    for claim in source.claims():
        _selection(element, claim, by)


def _selection(source: etree._Element, claim: Claim, by: Mapping[str, str]) -> None:
    passage = " ".join(claim.exact.split())
    selection = etree.SubElement(
        source,
        "PlainTextSelection",
        guid=guid("claim", claim.id),
        name=passage if len(passage) <= _NAME else passage[: _NAME - 1] + "…",
        startPosition=str(claim.span.start),
        endPosition=str(claim.span.end),
        **by,
    )
    _describe(selection, claim.note)
    for name, term in ((TOPIC, claim.topic), (KIND, claim.kind)):
        coding = etree.SubElement(
            selection, "Coding", guid=guid("coding", claim.id, name), **by
        )
        etree.SubElement(coding, "CodeRef", targetGUID=guid(name, term))

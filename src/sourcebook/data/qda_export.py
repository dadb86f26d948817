"""The claims of all sheets as a REFI-QDA project, for other programs to open.

Topics and kinds are codes, each in a folder that says which it is; a claim is a passage
with both, and its note goes along. Positions count code points of the pinned file,
which is in the archive byte for byte: the project is made for a desk, and not for
publication. A file that is there already is never written over.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final, get_args

import refi_qda
from refi_qda import Code
from sourcebook.coding.book_files import put
from sourcebook.coding.claims import Claim
from sourcebook.coding.corpus import Corpus, Source
from sourcebook.coding.schema import Kind
from sourcebook.data.citation import commit_time, load_work
from sourcebook.errors import SourcebookError

TOPIC: Final = "topic"
KIND: Final = "kind"
CODED_KINDS: Final[tuple[str, ...]] = get_args(Kind)


def guid(*name: str) -> str:
    """Return the GUID of a name: the same today and anywhere.

    >>> guid("claim", "bbc-2025/gas-share") == guid("claim", "bbc-2025/gas-share")
    True
    """
    # Other programs ask for GUIDs; these are made from our names, so that the same book
    # gives the same bytes.
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "sourcebook/" + "/".join(name)))


def meaning(code: Code, topics: Collection[str]) -> tuple[str, str]:
    """Return whether a code is a topic or a kind of ours, and its term; or ""."""
    term = code.name.strip()
    kinds = {KIND} if term in CODED_KINDS else set()
    kinds |= {TOPIC} if term in topics else set()
    # A word that is both counts as what its folder says, and else as neither.
    if len(kinds) > 1:
        kinds &= {name.strip() for name in code.above}
    return (kinds.pop(), term) if len(kinds) == 1 else ("", term)


def project_archive(corpus: Corpus, *, title: str, seconds: int) -> bytes:
    """Return a ``.qdpx`` file of every claim; ``seconds`` since 1970 date it."""
    us = ", ".join(load_work(corpus.root).authors)
    return refi_qda.write_project(
        title,
        origin="Sourcebook",
        user=(guid("user", us), us),
        made=dt.datetime.fromtimestamp(seconds, dt.UTC),
        folders=(
            _folder(TOPIC, corpus.codebook.topics),
            _folder(KIND, dict.fromkeys(CODED_KINDS, "")),
        ),
        texts=[_text(source) for _, source in sorted(corpus.sources.items())],
    )


def _folder(name: str, terms: Mapping[str, str]) -> refi_qda.CodeFolder:
    codes = [
        refi_qda.NewCode(guid(name, term), term, meaning)
        for term, meaning in sorted(terms.items())
    ]
    return refi_qda.CodeFolder(guid("codes", name), name, tuple(codes))


def _text(source: Source) -> refi_qda.CodedText:
    return refi_qda.CodedText(
        guid("source", source.citekey),
        source.citekey,
        source.document.raw,
        tuple(_passage(claim) for claim in source.claims()),
    )


def _passage(claim: Claim) -> refi_qda.Passage:
    return refi_qda.Passage(
        guid("claim", claim.id),
        claim.span.start,
        claim.span.end,
        claim.exact,
        tuple(
            (guid("coding", claim.id, name), guid(name, term))
            for name, term in ((TOPIC, claim.topic), (KIND, claim.kind))
        ),
        claim.note,
    )


SUFFIX = ".qdpx"


def write_project(corpus: Corpus, path: Path) -> None:
    """Write the claims of a book as a new project. Raises `SourcebookError`."""
    if path.suffix != SUFFIX:
        fix = "give it that ending"
        raise SourcebookError(f"{path.name} does not end in {SUFFIX}", fix=fix)
    title, seconds = load_work(corpus.root).title, int(commit_time(corpus.root))
    write_new(path, project_archive(corpus, title=title, seconds=seconds))


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, in a folder that is."""
    if path.exists() or path.is_symlink():
        raise SourcebookError(f"{path} is there already", fix="name a new file")
    if not path.parent.is_dir():
        raise SourcebookError(f"no folder {path.parent}", fix="make it first")
    put(path, content)

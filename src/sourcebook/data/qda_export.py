"""The claims of all sheets as a REFI-QDA project, for other programs to open.

Topics and kinds are codes, each in a folder; a claim is a passage with both, and its
note goes along. Positions count code points of the pinned file, which is in the archive
byte for byte: it is made for a desk, and not for publication. The same book gives the
same bytes.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import refi_qda
from sourcebook.data.qda_codes import KIND, KINDS, TOPIC, guid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sourcebook.coding.claims import Claim
    from sourcebook.coding.corpus import Corpus, Source

_US: Final = "The Sourcebook contributors"


def project_archive(corpus: Corpus, *, title: str, seconds: int) -> bytes:
    """Return a ``.qdpx`` file of every claim; ``seconds`` since 1970 date it."""
    return refi_qda.write_project(
        title,
        origin="Sourcebook",
        user=(guid("user", _US), _US),
        made=dt.datetime.fromtimestamp(seconds, dt.UTC),
        folders=(
            _folder(TOPIC, corpus.codebook.topics),
            _folder(KIND, dict.fromkeys(KINDS, "")),
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

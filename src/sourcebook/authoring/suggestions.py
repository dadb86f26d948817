"""What `sourcebook suggest` prints: passages to code, pairs of claims to ask about."""

from collections.abc import Iterator, Sequence

from sourcebook.coding.corpus import Corpus
from sourcebook.coding.sheets import nearest
from sourcebook.comparing.questions import Answer
from sourcebook.comparing.suggested_pairs import DECLINED, RANK, uncoded, unsettled
from sourcebook.errors import SourcebookError, counted, printable
from sourcebook.views.answers import quoted

_SHOWN = 160  # characters of a passage


def propose(
    corpus: Corpus,
    answers: Sequence[Answer],
    *,
    source: str = "",
    rank: int | None = None,
) -> Iterator[str]:
    """Yield the proposals, line by line; those about one source where it is named.

    Raises `SourcebookError` where there is no such source.
    """
    if source and source not in corpus.sources:
        said = f"no source {source!r}{nearest(source, list(corpus.sources))}"
        raise SourcebookError(said, fix=f"use one of {', '.join(corpus.sources)}")
    yield from _passages(corpus, source, rank or RANK)
    yield from _pairs(corpus, answers, source, rank or RANK)


def _passages(corpus: Corpus, source: str, rank: int) -> Iterator[str]:
    passages = uncoded(corpus.sources.values(), corpus.claims, source=source)
    for each in passages[:rank]:
        near = f"; near {each.near}" if each.near else ""
        yield f"{each.score:5.2f}  {each.source}, line {each.line}: to code"
        yield f"       {printable('; '.join(each.reasons) or 'a sentence')}{near}"
        yield f"       {quoted(printable(each.text[:_SHOWN]))}"
    if passages:
        yield f"{counted(len(passages), 'passage')} neither coded nor set aside"


def _pairs(
    corpus: Corpus, answers: Sequence[Answer], source: str, rank: int
) -> Iterator[str]:
    proposals = unsettled(corpus, answers, rank=rank, source=source)
    for each in proposals:
        yield f"{each.score:5.2f}  {each.a} + {each.b}"
        yield f"       {'; '.join(each.reasons)}"
        for name in (each.a, each.b):
            yield f"       {quoted(corpus.claim(name).exact[:_SHOWN])}"
    of = f" with {source}" if source else ""
    yield f"{len(proposals)} of {rank}{of} not taken up and not declined"
    if proposals:
        yield f"next:  ask about a pair in book/questions, or decline it in {DECLINED}"

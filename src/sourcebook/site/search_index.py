"""The Sphinx extension that writes what the search looks through.

A question with its answer, a passage, a fact of the record, a page, and the names of
the book (actors, topics, terms) each become one row: texts as they are printed, and
where they stand. With them go the words of readers that a collection knows of
(``book/search.yml``), and the terms that stand in none of its documents. How words are
told apart is the script's business (``book/_static/search.js``), so that both sides
cannot differ.

Both halves are our own: a few hundred lines do what this book needs, and no foreign
code has to be kept here.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from sourcebook.coding.book_files import (
    CHAPTERS,
    RECORD_PAGE,
    claim_anchor,
    fact_anchor,
    question_anchor,
    question_page,
    register_page,
)
from sourcebook.coding.claims import said_in
from sourcebook.coding.corpus import Corpus, Source
from sourcebook.coding.parties import UNKNOWN, parties
from sourcebook.coding.sheets import load_actors
from sourcebook.coding.source_cache import KEPT, kept
from sourcebook.coding.source_looks import own_words, short_name
from sourcebook.comparing.matters import (
    SEARCHES,
    ReaderWords,
    load_matters,
    load_reader_words,
    unfound_terms,
)
from sourcebook.comparing.public_record import Record
from sourcebook.comparing.questions import Answer, badge
from sourcebook.comparing.statement_words import SMALL
from sourcebook.prose.proofreading import share_words
from sourcebook.reading.dates import time_words
from sourcebook.site.domain import get_domain
from sourcebook.site.hovercards import glossary
from sourcebook.site.page_hooks import once_built
from sourcebook.site.page_preview import first_words
from sourcebook.views.cards import context
from sourcebook.views.explorer import actors_of
from sourcebook.views.fragment import plain_words

DATA_SCRIPT = "_static/search-data.js"
# A script that sets one constant: a page opened from a folder may load a script, and
# nothing else.
_CONSTANT = "window.sourcebookSearch = ", ";\n"
_BEGINS = "sourcebook-begins"  # what the environment keeps of a page's first words
_LAST = 900  # after all who change a page that was read
_SOURCES = "notebooks/sources"  # the pages of the documents
# What is asked of whoever stands behind a document.
_BEHIND = "wrote written write author paid sponsor promoted published publisher"

# Kind, title, text, words to be found by and not shown, what is said below, address.
SearchRow = tuple[str, str, str, str, str, str]


def answer_row(answer: Answer, title: str) -> SearchRow:
    """Return a question: what it asks, the answer, and how the passages compare."""
    question = answer.question
    passages = [claim.exact for claim in answer.claims]
    topics = dict.fromkeys(claim.topic for claim in answer.claims)
    names = " ".join((question.id, *question.formerly, *topics)).replace("-", " ")
    said = plain_words(question.answer) or plain_words(question.why)
    anchor = question_anchor(question.id)
    return (
        question.rank,
        question.asks,
        said,
        " · ".join((names, *passages)),
        f"{badge(answer)} · {title} · {', '.join(map(short_name, answer.sources))}",
        f"{question_page(answer.chapter)}.html#{anchor}",
    )


def passage_rows(corpus: Corpus) -> Iterator[SearchRow]:
    """Yield every claim's passage, with a few words on either side of it."""
    known = {m.actor for source in corpus.sources.values() for m in source.actors}
    for source in corpus.sources.values():
        for claim in source.claims():
            before, passage, after = context(claim)
            named = actors_of(claim, source, known=known)
            parts = (
                own_words(claim.id),
                claim.topic,
                claim.kind,
                said_in(claim, "measure"),
                said_in(claim, "place"),
                *named,
            )
            below = (short_name(claim.source), time_words(claim.when), claim.kind)
            yield (
                "passage",
                passage,
                " ".join(f"{before}{passage}{after}".split()),
                " ".join(parts),
                " · ".join(filter(None, below)),
                f"{register_page(claim.id)}.html#{claim_anchor(claim.id)}",
            )


def name_rows(corpus: Corpus) -> Iterator[SearchRow]:
    """Yield every actor and topic."""
    aliases = load_actors(corpus.root)
    for party in parties(corpus):
        kind = "actor" if party.kind == UNKNOWN else party.kind
        sources = ", ".join(map(short_name, party.sources))
        place = f"book/actors.html#{nodes.make_id(f'index-{party.name}')}"
        text = " ".join(filter(None, (party.who, f"In the {sources}.")))
        also = " · ".join(aliases.get(party.name, ()))
        yield ("name", party.name, text, also, kind, place)
    for topic, meaning in sorted(corpus.codebook.topics.items()):
        place = f"book/topics.html#{nodes.make_id(f'index-{topic}')}"
        yield ("name", topic.replace("-", " "), meaning, "", "topic", place)


def fact_rows(record: Record) -> Iterator[SearchRow]:
    """Yield every fact of the record, and every share worked out from two of them."""
    found = []
    for fact in record.facts:
        pages = (fact.title, *(f"{p.publisher} {p.title}" for p in fact.second))
        said = f"{fact.value} {fact.unit}".strip()
        unseen = " · ".join(filter(None, (said, *pages)))
        below = " · ".join(filter(None, (fact.publisher, fact.date)))
        found.append((fact.id, fact.matter, fact.fact, unseen, below))
    below = "worked out here from two public figures"
    for share in record.shares:
        words, matter = share_words(share), share.whole.matter
        found.append((share.entry.id, matter, words, "", below))
    for name, matter, words, unseen, below in found:
        place = f"{RECORD_PAGE}.html#{fact_anchor(name)}"
        yield "fact", matter[:1].upper() + matter[1:], words, unseen, below, place


def behind(source: Source) -> str:
    """Return what a document's file says of who stands behind it, and what it does not.

    >>> from sourcebook.coding.corpus import read
    >>> behind(read("bbc-2025"))
    'Not in the file: who wrote the report.'
    """
    sheet, called = source.sheet, short_name(source.citekey).rpartition(" ")[2]
    parts = [f"“{sheet.sponsor.quote}”." if sheet.sponsor else ""]
    for each in sheet.not_stated:
        if each.startswith("Who ") and called in each:
            parts.append(f"Not in the file: w{each[1:]}")
    return " ".join(filter(None, parts))


def _page_rows(
    app: Sphinx, readers: ReaderWords, sources: Mapping[str, Source]
) -> Iterator[SearchRow]:
    """Yield every page; the words it is asked for by stand before its headings."""
    for page in sorted(app.env.found_docs):
        begins, heads = app.env.metadata[page].get(_BEGINS, ("", ""))
        own, said = _asked_for(page, sources)
        yield (
            "page",
            app.env.titles[page].astext(),
            f"{said} {begins}".strip(),
            f"{own} {readers.pages.get(page, '')}".strip() + f" · {heads}",
            "chapter" if page.startswith(CHAPTERS) else "page",
            app.builder.get_target_uri(page),
        )


def _asked_for(page: str, sources: Mapping[str, Source]) -> tuple[str, str]:
    """Return the words that ask for a page, and what it answers before it begins."""
    folder, _, name = page.rpartition("/")
    if folder == _SOURCES and name in sources:
        return f"{short_name(name)} {_BEHIND}", behind(sources[name])
    return (name if folder == CHAPTERS else ""), ""


def with_short_names(row: SearchRow, short: Mapping[str, tuple[str, ...]]) -> SearchRow:
    """Add to a row's unseen words each short name whose words in full it has.

    >>> row = ("name", "Acme", "The Acme Company.", "", "firm", "a.html")
    >>> with_short_names(row, {"ACo": ("Acme company",)})[3]
    ' · ACo'
    """
    kind, title, text, unseen, below, address = row
    there = f"{title} {text} {unseen}".lower()
    found = [
        name
        for name, all_of in short.items()
        if any(each.lower() in there for each in all_of)
    ]
    return kind, title, text, " · ".join((unseen, *found)), below, address


def _term_rows(app: Sphinx) -> Iterator[SearchRow]:
    for anchor, (page, word, meaning) in sorted(glossary(app).items()):
        uri = f"{app.builder.get_target_uri(page)}#{anchor}"
        yield "name", word, " ".join(meaning), "", "term of this book", uri


def _keep_begins(app: Sphinx, doctree: nodes.document) -> None:
    """Keep a page's first words and its headings with what is known of the page."""
    heads = " · ".join(title.astext() for title in doctree.findall(nodes.title))
    app.env.metadata[app.env.docname][_BEGINS] = (first_words(doctree), heads)


def read_index(script: str) -> dict[str, Any]:
    r"""Return what the script of a build holds: rows, and the words of readers.

    >>> read_index('window.sourcebookSearch = {"rows":[["page","Gas"]]};\n')
    {'rows': [['page', 'Gas']]}
    """
    begins, ends = _CONSTANT
    index: dict[str, Any] = json.loads(script.removeprefix(begins).removesuffix(ends))
    return index


def _rows(app: Sphinx, readers: ReaderWords) -> Iterator[SearchRow]:
    domain, titles = get_domain(app.env), app.env.titles
    for answer in domain.answers:
        page = question_page(answer.chapter)
        if page in titles:
            yield answer_row(answer, titles[page].astext())
    corpus = domain.corpus
    passages, names = kept(
        corpus.root / KEPT / "search.pickle",
        lambda: ([], ([*passage_rows(corpus)], [*name_rows(corpus)])),
        told=domain.state,
        rooms=("reading", "coding", "comparing", "prose", "views", "site"),
    )
    yield from passages
    if RECORD_PAGE in titles:
        yield from fact_rows(domain.record)
    yield from _page_rows(app, readers, corpus.sources)
    yield from names
    yield from _term_rows(app)


def _unfound(app: Sphinx, readers: ReaderWords) -> dict[str, Any] | None:
    """Return the terms that no document has, and the page that says so."""
    domain = get_domain(app.env)
    corpus, path = domain.corpus, domain.root / SEARCHES
    page, _, anchor = readers.unfound.partition("#")
    if page not in app.env.titles or not path.is_file():
        return None
    matters, words = kept(
        corpus.root / KEPT / "unfound.pickle",
        lambda: ([path], unfound_terms(corpus, load_matters(corpus.root))),
        told=domain.state,
    )
    return {
        "matters": matters,
        "words": words,
        "said": searched(len(corpus.sources)),
        "address": f"{app.builder.get_target_uri(page)}#{anchor}",
    }


def searched(documents: int) -> str:
    """Return what is said before words that so many documents do not have.

    >>> searched(5)
    'Searched for in all five documents, and in none of them'
    """
    if documents == 1:
        return "Searched for in the document, and not in it"
    if documents == 2:
        return "Searched for in both documents, and in neither of them"
    number = SMALL[documents] if documents < len(SMALL) else documents
    return f"Searched for in all {number} documents, and in none of them"


def _write(app: Sphinx) -> None:
    readers = load_reader_words(get_domain(app.env).root)
    rows = [with_short_names(row, readers.short) for row in _rows(app, readers)]
    index = {"rows": rows, "alike": readers.alike, "unfound": _unfound(app, readers)}
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    path = Path(app.outdir) / DATA_SCRIPT
    path.write_text(text.join(_CONSTANT), encoding="utf-8", newline="\n")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("doctree-read", _keep_begins, priority=_LAST)
    once_built(app, _write)

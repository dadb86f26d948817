"""The Sphinx extension that writes what the search looks through.

A question with its answer, a passage, a page, and the names of the book (actors,
topics, terms) each become one row: texts as they are printed, and where they stand.
How words are told apart is the script's business (``book/_static/search.js``), so that
both sides cannot differ. The rows are one script that sets one constant, because a page
opened from a folder may load a script and nothing else; it is loaded when somebody
begins to search.

Both halves are our own: two hundred lines do what this book needs, and no foreign code
has to be kept here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from sourcebook.coding.parties import UNKNOWN, parties
from sourcebook.coding.sheets import load_actors
from sourcebook.coding.source_cache import FOLDER as KEPT
from sourcebook.coding.source_cache import kept
from sourcebook.coding.source_looks import short_name
from sourcebook.comparing.badges import badge
from sourcebook.prose.addresses import (
    CHAPTERS,
    claim_anchor,
    question_anchor,
    question_page,
    register_page,
)
from sourcebook.reading.dates import time_words
from sourcebook.site.domain import get_domain
from sourcebook.site.hovercards import glossary
from sourcebook.site.page_hooks import SITES
from sourcebook.site.page_preview import first_words
from sourcebook.views.cards import context
from sourcebook.views.claim_rows import actors_of
from sourcebook.views.question_text import plain_words

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sourcebook.coding.corpus import Corpus
    from sourcebook.comparing.questions import Answer
    from sourcebook.site.domain import SourcebookDomain

DATA_SCRIPT = "_static/search-data.js"
_CONSTANT = "window.sourcebookSearch = ", ";\n"
_BEGINS = "sourcebook-begins"  # what the environment keeps of a page's first words
_LAST = 900  # after all who change a page that was read

# Kind, title, text, words to be found by and not shown, what is said below, address.
Row = tuple[str, str, str, str, str, str]


def answer_row(answer: Answer, title: str) -> Row:
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


def passage_rows(corpus: Corpus) -> Iterator[Row]:
    """Yield every claim's passage, with a few words on either side of it."""
    known = {m.actor for source in corpus.sources.values() for m in source.actors}
    for source in corpus.sources.values():
        for claim in source.claims():
            before, passage, after = context(claim)
            name = claim.id.partition("/")[2].replace("-", " ")
            named = actors_of(claim, source, known=known)
            parts = (name, claim.topic, claim.kind, claim.measure, claim.place, *named)
            below = (short_name(claim.source), time_words(claim.when), claim.kind)
            yield (
                "passage",
                passage,
                " ".join(f"{before}{passage}{after}".split()),
                " ".join(parts),
                " · ".join(filter(None, below)),
                f"{register_page(claim.id)}.html#{claim_anchor(claim.id)}",
            )


def name_rows(corpus: Corpus) -> Iterator[Row]:
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


def _page_rows(app: Sphinx) -> Iterator[Row]:
    for page in sorted(app.env.found_docs):
        begins, heads = app.env.metadata[page].get(_BEGINS, ("", ""))
        kind = "chapter" if page.startswith(CHAPTERS) else "page"
        title = app.env.titles[page].astext()
        yield "page", title, begins, heads, kind, app.builder.get_target_uri(page)


def _term_rows(app: Sphinx) -> Iterator[Row]:
    for anchor, (page, word, meaning) in sorted(glossary(app).items()):
        uri = f"{app.builder.get_target_uri(page)}#{anchor}"
        yield "name", word, " ".join(meaning), "", "term of this book", uri


def _keep_begins(app: Sphinx, doctree: nodes.document) -> None:
    """Keep a page's first words and its headings with what is known of the page."""
    heads = " · ".join(title.astext() for title in doctree.findall(nodes.title))
    app.env.metadata[app.env.docname][_BEGINS] = (first_words(doctree), heads)


def read_rows(script: str) -> list[list[str]]:
    r"""Return the rows that the script of a build holds.

    >>> read_rows('window.sourcebookSearch = [["page", "Gas"]];\n')
    [['page', 'Gas']]
    """
    begins, ends = _CONSTANT
    rows: list[list[str]] = json.loads(script.removeprefix(begins).removesuffix(ends))
    return rows


def _write(app: Sphinx, failure: Exception | None) -> None:
    if failure is not None or app.builder.name not in SITES:
        return
    domain, titles = get_domain(app.env), app.env.titles
    rows: list[Row] = []
    for answer in domain.answers:
        page = question_page(answer.chapter)
        if page in titles:
            rows.append(answer_row(answer, titles[page].astext()))
    passages, names = _kept_rows(domain)
    rows += [*passages, *_page_rows(app), *names, *_term_rows(app)]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    path = Path(app.outdir) / DATA_SCRIPT
    path.write_text(text.join(_CONSTANT), encoding="utf-8", newline="\n")


def _kept_rows(domain: SourcebookDomain) -> tuple[list[Row], list[Row]]:
    """Return the rows of passages and of names, kept while they hold."""
    corpus = domain.corpus
    return kept(
        corpus.root / KEPT / "search.pickle",
        lambda: ([], ([*passage_rows(corpus)], [*name_rows(corpus)])),
        told=domain.state,
        floors=("reading", "coding", "comparing", "prose", "views", "site"),
    )


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx; with a new version, all pages are read again."""
    app.connect("doctree-read", _keep_begins, priority=_LAST)
    app.connect("build-finished", _write)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 1}

"""The log of corrections as pages show it, and the old places of what is withdrawn.

``{corrections} claims`` lists what changed in claims since the last release, likewise
``questions``, ``relations`` and ``facts``; ``{corrections} counts`` says how many there
are. A text that changed in a few words is shown where it changed, with the last reason.
What a question says of its reasons, its passages and what would settle it is long, and
often only worded anew: it is counted here and stands in the download, with all reasons.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from operator import eq

from docutils import nodes
from docutils.nodes import Node
from sphinx.application import Sphinx

import sourcebook
from sourcebook.coding.book_files import (
    RECORD_PAGE,
    claim_anchor,
    fact_anchor,
    question_anchor,
    question_page,
    register_page,
)
from sourcebook.comparing import corrections as log
from sourcebook.comparing.corrections import RELATION, Correction
from sourcebook.comparing.question_files import ADJUDICATION_WORDS
from sourcebook.comparing.relations import relation_words
from sourcebook.comparing.release_changes import CLAIM, FACT, QUESTION, Name
from sourcebook.site.directives import listing_table, printing
from sourcebook.site.domain import SourcebookDomain, get_domain
from sourcebook.views.fragment import plain_words
from sourcebook.views.listings import ELLIPSIS, Listing, ListingCell, PageLink, columns

LOGGED = {"claims": CLAIM, "questions": QUESTION, "relations": RELATION, "facts": FACT}
LONG = frozenset({"why", "settles", "cause", "claims", "note"})  # in the download alone
_MOST = 90  # characters of a text that the page shows
_BEFORE = 24  # characters of it that stand before what changed


def logged(domain: SourcebookDomain) -> tuple[Correction, ...]:
    """Return the corrections of the newest release, worked out once for a build."""
    corpus, answers = domain.corpus, domain.answers

    def read() -> tuple[Correction, ...]:
        record = domain.record
        domain.kept["names"] = log.led_on(corpus.claims, answers, record)
        version = sourcebook.__version__
        return log.newest(log.corrections(corpus, answers, record, version=version))

    return domain.once("corrections", read)


def _shown(domain: SourcebookDomain, part: str) -> list[Node]:
    """Return a sentence of counts, or a table; "Nothing." where nothing changed."""
    found = logged(domain)
    if part == "counts":
        return [nodes.paragraph("", counts_said(found))]
    shown = [c for c in found if c.what == LOGGED[part] and c.field not in LONG]
    if not shown:
        return [nodes.paragraph("", "Nothing.")]
    known, caption = domain.kept["names"], f"Corrections of {part}"
    return [listing_table(corrections_listing(shown, known, caption=caption))]


def counts_said(found: Iterable[Correction]) -> str:
    """Say how much changed since which release, kind by kind."""
    found = tuple(found)
    if not found:
        return "Nothing has changed since the last release."
    since = dict.fromkeys(each.since for each in found)
    long = sum(each.field in LONG for each in found)
    named = [
        f"{sum(each.what == what for each in found)} changes of {words}"
        for words, what in LOGGED.items()
        if any(each.what == what for each in found)
    ]
    return (
        f"Since release {' and since '.join(since)}: {', '.join(named)}. Of these, "
        f"{long} are of notes, and of what a question says of its reasons, its "
        "passages and what would settle it; they stand in the download alone."
    )


def corrections_listing(
    found: Iterable[Correction], known: Mapping[Name, str], *, caption: str
) -> Listing:
    """One row for each field that changed: where, what, before, now and why."""
    heads = columns("where | what = facet | before | now | why = facet | since = facet")
    rows = tuple(
        (
            _place(each, known),
            "its id" if each.field == log.ID else each.field,
            *_both(each),
            each.why.rpartition(log.BETWEEN)[2] or "no reason on record yet",
            each.since + (", after its release" if each.release == log.NOW else ""),
        )
        for each in found
    )
    return Listing(caption, heads, rows)


def _place(each: Correction, known: Mapping[Name, str]) -> ListingCell:
    """Return the id as it was published, as a link to where it leads now."""
    what = QUESTION if each.what == RELATION else each.what
    name = known.get((what, each.id))
    if name is None:
        return each.id
    if what == CLAIM:
        return PageLink(each.id, register_page(name), claim_anchor(name))
    if what == FACT:
        return PageLink(each.id, RECORD_PAGE, fact_anchor(name))
    chapter, _, question = name.partition("/")
    return PageLink(each.id, question_page(chapter), question_anchor(question))


def _both(each: Correction) -> tuple[str, str]:
    """Return the old and the new text, cut to where they differ."""
    if each.what == RELATION:
        old, new = (relation_words(c) if c else "" for c in (each.old, each.new))
        return old, new or "no longer compared"
    if each.field == log.ID:
        return each.old, each.new or "withdrawn"
    if each.field == "adjudication":
        known = ADJUDICATION_WORDS
        return known.get(each.old, each.old), known.get(each.new, each.new)
    if each.what == QUESTION:
        old, new = plain_words(each.old), plain_words(each.new)
        if old != new:  # else only a mark leads elsewhere
            return differing(old, new)
    return differing(each.old, each.new)


def differing(old: str, new: str, *, most: int = _MOST) -> tuple[str, str]:
    """Return two texts cut to about ``most`` characters around where they part.

    >>> differing("a b c", "a b d")
    ('a b c', 'a b d')
    >>> differing("x " * 60 + "may end", "x " * 60 + "ends", most=32)
    ('… x x x x x x x x x x x x may end', '… x x x x x x x x x x x x ends')
    """
    start = sum(1 for _ in takewhile(bool, map(eq, old, new)))
    if max(len(old), len(new)) <= most or start <= _BEFORE:
        start = 0
    else:
        start = old.rfind(" ", 0, start - _BEFORE) + 1 or start
    return _cut(old, start, most), _cut(new, start, most)


def _cut(text: str, start: int, most: int) -> str:
    if not text:
        return "–"
    end = start + most
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + 1)
    before = f"{ELLIPSIS} " if start else ""
    after = f" {ELLIPSIS}" if end < len(text) else ""
    return f"{before}{text[start:end].strip()}{after}"


def withdrawn_nodes(domain: SourcebookDomain, what: str, home: str) -> Iterator[Node]:
    """Yield a line for each withdrawn claim of a source, or question of a chapter.

    Each has the anchor that its entry or card had, so that old links still arrive.
    """
    domain.use("withdrawn")
    reasons = log.load_withdrawn(domain.root)[0].reasons()
    for (kind, name), why in sorted(reasons.items()):
        if kind != what or name.partition("/")[0] != home:
            continue
        local = name.partition("/")[2]
        anchor = claim_anchor(name) if kind == CLAIM else question_anchor(local)
        yield nodes.paragraph("", f"{local}: withdrawn. {why}", ids=[anchor])


def add_withdrawn(app: Sphinx, doctree: nodes.document) -> None:
    """Say at the end of a chapter which of its questions are withdrawn."""
    page = app.env.docname
    chapter = page.rpartition("/")[2]
    if page != question_page(chapter) or "sourcebook" not in app.env.domains:
        return
    lines = list(withdrawn_nodes(get_domain(app.env), QUESTION, chapter))
    if lines:
        section = nodes.section(ids=["withdrawn"], names=["withdrawn"])
        section += [nodes.title("", "Withdrawn"), *lines]
        (doctree.next_node(nodes.section) or doctree).append(section)


def setup(app: Sphinx) -> None:
    """Register the directive, and the lines for withdrawn questions, with Sphinx."""
    shown = printing(_shown, takes=1, among=(*LOGGED, "counts"))
    app.add_directive("corrections", shown)
    app.connect("doctree-read", add_withdrawn)

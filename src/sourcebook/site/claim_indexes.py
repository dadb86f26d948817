"""A Sphinx extension with ways into the claims: by actor, by topic, by relation.

``{actor-index}`` prints who is who and what is said by and of each, ``{topic-index}``
what the documents say on a topic, ``{relation-table}`` the relations with a drawing of
each, ``{relation-list}`` the same as a plain table. All are made from the corpus and
the code as they are now.

Passages stand by document in order of year, each in quotation marks and leading to its
claim; questions with their answer and badge. Where a document is one of several and
says much on a subject, its part is a fold. With very many passages each topic shows
those that most questions rest on, and leads to the page of topics for the rest. A
subject itself is one line that unfolds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from docutils import nodes
from docutils.nodes import Node
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from sourcebook.coding.book_files import question_anchor, question_page
from sourcebook.coding.claims import Claim
from sourcebook.coding.parties import UNKNOWN, Party, parties
from sourcebook.coding.source_looks import dated_name, in_order, short_name
from sourcebook.comparing.questions import Answer, badge
from sourcebook.comparing.relations import RELATIONS
from sourcebook.comparing.tone import OWN
from sourcebook.errors import counted
from sourcebook.site.claim_register import fold
from sourcebook.site.directives import printing, table
from sourcebook.site.domain import SourcebookDomain, reference
from sourcebook.views.answers import quoted
from sourcebook.views.canvas import draw_relation
from sourcebook.views.fragment import plain_words, typographic
from sourcebook.views.listings import passage

_KINDS = {
    "state": "States",
    "institution": "Institutions",
    "organisation": "Organisations",
    "person": "Persons",
    "group": "Groups",
    "region": "Regions",
    UNKNOWN: "Other speakers and groups",
    "matter": "Matters that somebody judges",
}
_ALSO = {UNKNOWN: ["others-in-the-words-of-the-sheets"]}  # an id it once had


def _lists(domain: SourcebookDomain) -> Lists:
    """Return what makes the lists of a page, which rests on every sheet."""
    for path in sorted((domain.root / "seeds").glob("*.yml")):
        domain.env.note_dependency(str(path))
    return Lists(domain, domain.env.docname)


def _actors(domain: SourcebookDomain, _: str) -> Iterator[Node]:
    """Who everybody is, what each says and what is said of each, kind by kind."""
    lists, everybody = _lists(domain), parties(domain.corpus)
    for kind, title in _KINDS.items():
        if found := [party for party in everybody if _kind(party) == kind]:
            ids = [nodes.make_id(title), *_ALSO.get(kind, ())]
            entries = (actor_entry(party, lists) for party in found)
            yield nodes.section(
                "", nodes.title("", title), *entries, ids=ids, names=ids
            )


def actor_entry(party: Party, lists: Lists) -> Node:
    """Return the line of an actor, which unfolds."""
    says = _once(party.saying)
    said = _once(party.acting, party.meant, party.named)
    said = [claim for claim in said if claim not in says]
    body = [
        nodes.paragraph("", _where_named(party)),
        *lists.passages(f"What {party.name} says", _outermost(says)),
        *lists.passages(f"What is said of {party.name}", _outermost(said)),
        *lists.questions("Questions, with answers", [*says, *said]),
    ]
    return line(f"index-{party.name}", party.name, _who(party), body)


def _topics(domain: SourcebookDomain, _: str) -> Iterator[Node]:
    """On every topic, by what it means, the questions, then what each source says."""
    lists, corpus = _lists(domain), domain.corpus
    for topic, meaning in sorted(
        corpus.codebook.topics.items(), key=lambda each: each[1].casefold()
    ):
        claims = [claim for claim in corpus.claims if claim.topic == topic]
        about = "No passage yet."
        if claims:
            sources = _listed({claim.source for claim in claims})
            count = f"{len(claims)} passages" if len(claims) > 1 else "One passage"
            about = f"{count}, in the {sources}."
        body = [
            *lists.questions("Questions and answers", claims, most=None),
            *lists.passages("What the documents say", claims, whole=True),
        ]
        yield line(f"index-{topic}", meaning, about, body)


class RelationTable(SphinxDirective):
    """``{relation-table}``: each relation, drawn, with its meaning."""

    option_spec = {"how": str}  # noqa: RUF012 - as docutils has it

    def run(self) -> list[Node]:
        """Return the relations, all or those that are ``computed`` or ``declared``."""
        how = self.options.get("how", "")
        rows = [
            nodes.definition_list_item(
                "",
                nodes.term("", "", nodes.literal("", name)),
                nodes.definition(
                    "",
                    nodes.raw("", draw_relation(name), format="html"),
                    nodes.paragraph("", row.meaning),
                ),
            )
            for name, row in RELATIONS.items()
            if how in ("", row.how)
        ]
        if not rows:
            raise self.error(f"no relation is {how!r}; use computed or declared")
        return [nodes.definition_list("", *rows, classes=["sb-relations"])]


def _relations(_: SourcebookDomain, __: str) -> list[Node]:
    """Each relation in a row: how it is had, what it relates, its meaning."""
    rows = [(name, r.how, r.about, r.meaning) for name, r in RELATIONS.items()]
    head = ("relation", "how", "between", "meaning")
    return [table(head, rows, look="sb-rules")]


def _kind(party: Party) -> str:
    """Return under which kind a party stands: what only is judged is a matter."""
    active = party.kind != UNKNOWN or party.acting or party.saying
    return party.kind if active else "matter"


def _who(party: Party) -> str:
    """Return who somebody is; of a document's own voice, which document it is."""
    if party.name in OWN and party.kind == UNKNOWN:
        return f"Whoever wrote the {_listed(party.sources)}, in the text's own voice."
    return party.who or f"In the {_listed(party.sources)}."


def _where_named(party: Party) -> str:
    """Say how often each document has a name, the oldest first."""
    if not party.mentions:
        return "Named in no document under these words, which are ours."
    parts = [
        f"{_times(party.mentions[key])} in the {dated_name(key)}"
        for key in in_order(party.mentions)
    ]
    return f"Named {', '.join(parts)}."


def _times(count: int) -> str:
    """Return how often, in words.

    >>> _times(1), _times(2), _times(57)
    ('once', 'twice', '57 times')
    """
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _listed(sources: Iterable[str]) -> str:
    """Return the short names of sources, the oldest first, to stand after "the"."""
    *first, last = map(short_name, in_order(sorted(sources)))
    return f"{', the '.join(first)} and the {last}" if first else last


def _once(*roles: Mapping[str, Sequence[Claim]]) -> list[Claim]:
    """Return the claims of some roles, each once, in the order of the text."""
    held = (claim for role in roles for claims in role.values() for claim in claims)
    found = {claim.id: claim for claim in held}
    return sorted(found.values(), key=lambda claim: (claim.source, claim.span))


def _outermost(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims whose passage stands in no other of them; of two alike, one."""
    kept: list[Claim] = []
    for claim in claims:  # in the order of the text: a longer passage may come later
        (start, end), source = claim.span, claim.source
        if any(
            each.source == source and each.span.start <= start and end <= each.span.end
            for each in kept
        ):
            continue
        kept = [
            each
            for each in kept
            if each.source != source or each.span.start < start or each.span.end > end
        ]
        kept.append(claim)
    return kept


MOST_QUESTIONS = 5  # of one actor; a page of all questions has the others
FOLDED_FROM = 12  # passages of one document, from where on they are folded
MANY = 40  # passages on one subject, from where on each topic shows a few
FEW = 2  # of them
LENGTH = 180  # characters of a passage
_RANKS = ("lead", "main", "detail")
TOPICS, QUESTIONS = "book/topics", "book/questions"


def line(name: str, title: str, about: str, body: Sequence[Node]) -> nodes.container:
    """Return a subject as one line that unfolds, with an id made from a name."""
    term = nodes.strong("", title, ids=[nodes.make_id(name)])
    head = nodes.inline("", "", term, nodes.Text(f" {about}"))
    return nodes.container("", *fold([head], body), classes=["sb-subject"])


@dataclass(frozen=True, slots=True)
class Lists:
    """What the lists of one page are made of, and where their links begin."""

    domain: SourcebookDomain
    page: str

    def passages(
        self, title: str, claims: Sequence[Claim], *, whole: bool = False
    ) -> list[Node]:
        """Return what documents say, the oldest first; nothing where there is none.

        ``whole``: every passage, however many there are.
        """
        if not claims:
            return []
        made: list[Node] = [_label(title)]
        sources = in_order(claim.source for claim in claims)
        many = len(claims) > MANY and not whole
        for citekey in sources:
            own = [claim for claim in claims if claim.source == citekey]
            # The only document is what the reader opened the line for.
            open_ = not many and (len(own) <= FOLDED_FROM or len(sources) == 1)
            made += self._document(citekey, own, many=many, open_=open_)
        return made

    def _document(
        self, citekey: str, claims: Sequence[Claim], *, many: bool, open_: bool
    ) -> list[Node]:
        name = dated_name(citekey)
        body = self._by_topic(claims) if many else [self._list(claims)]
        if open_:
            return [nodes.paragraph("", name, classes=["sb-document"]), *body]
        head = nodes.inline("", f"{name}: {counted(len(claims), 'passage')}")
        return fold([head], body, look="sb-part")

    def _by_topic(self, claims: Sequence[Claim]) -> list[Node]:
        """Return a few passages of each topic, those first that questions rest on."""
        topics, asked = self.domain.corpus.codebook.topics, self.domain.meetings
        made: list[Node] = []
        for topic, group in groupby(
            sorted(claims, key=lambda claim: topics[claim.topic].casefold()),
            key=lambda claim: claim.topic,
        ):
            found = sorted(group, key=lambda c: -len(asked.get(c.id, ())))
            made += [
                nodes.paragraph("", topics[topic], classes=["sb-topic"]),
                self._list(found[:FEW]),
            ]
            if more := len(found) - FEW if len(found) > FEW else 0:
                words = f"{counted(more, 'passage')} more: all on this topic"
                place = f"{TOPICS}#{nodes.make_id(f'index-{topic}')}"
                made.append(nodes.paragraph("", "", self._link(place, words)))
        return made

    def _list(self, claims: Iterable[Claim]) -> nodes.bullet_list:
        items = (nodes.paragraph("", "", self._passage(claim)) for claim in claims)
        found = (nodes.list_item("", item) for item in items)
        return nodes.bullet_list("", *found, classes=["sb-passages"])

    def _passage(self, claim: Claim) -> pending_xref:
        words = quoted(passage(claim, most=LENGTH)[1:-1])
        return reference("entry", claim.id, words, page=self.page, tip="")

    def questions(
        self, title: str, claims: Iterable[Claim], *, most: int | None = MOST_QUESTIONS
    ) -> list[Node]:
        """Return the questions that rest on some claims.

        Those first that rest on no others, and of these the ones that lead a chapter.
        """
        names = {claim.id for claim in claims}
        found = [
            (-sum(claim.id in names for claim in each.claims) / len(each.claims), each)
            for each in self.domain.answers
        ]
        found = [(share, each) for share, each in found if share]
        if not found:
            return []
        found.sort(key=lambda one: (one[0], _RANKS.index(one[1].question.rank)))
        shown = found[:most]
        items = (nodes.list_item("", self._question(each)) for _, each in shown)
        made: list[Node] = [_label(title)]
        made.append(nodes.bullet_list("", *items, classes=["sb-asked"]))
        if more := len(found) - len(shown):
            words = f"{more} more among all questions"
            made.append(nodes.paragraph("", "", self._link(QUESTIONS, words)))
        return made

    def _question(self, answer: Answer) -> nodes.paragraph:
        question = answer.question
        place = f"{question_page(answer.chapter)}#{question_anchor(question.id)}"
        said = f" {plain_words(question.answer)} "
        return nodes.paragraph(
            "",
            "",
            self._link(place, question.asks),
            nodes.Text(typographic(said)),
            nodes.inline("", badge(answer), classes=["sb-badge"]),
        )

    def _link(self, place: str, words: str) -> pending_xref:
        return reference("place", place, words, page=self.page)


def _label(words: str) -> nodes.paragraph:
    return nodes.paragraph("", words, classes=["sb-label"])


def setup(app: Sphinx) -> None:
    """Register the directives with Sphinx."""
    app.add_directive("actor-index", printing(_actors))
    app.add_directive("topic-index", printing(_topics))
    app.add_directive("relation-list", printing(_relations))
    app.add_directive("relation-table", RelationTable)

"""Passages and questions on one subject, as nodes that a reader can go through.

Passages stand by document in order of year, each in quotation marks and leading to its
claim; questions with their answer and badge. Where a document is one of several and
says much on a subject, its part is a fold. With very many passages each topic shows
those that most questions rest on, and leads to the page of topics for the rest. A
subject itself is one line that unfolds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from docutils import nodes
from docutils.nodes import Node
from sphinx.addnodes import pending_xref

from sourcebook.coding.claims import Claim
from sourcebook.coding.source_looks import dated_name, in_order
from sourcebook.comparing.badges import badge
from sourcebook.comparing.questions import Answer
from sourcebook.errors import counted
from sourcebook.prose.addresses import question_anchor, question_page
from sourcebook.site.claim_register import fold
from sourcebook.site.domain import SourcebookDomain
from sourcebook.site.page_links import reference
from sourcebook.views.answers import quoted
from sourcebook.views.fragment import typographic
from sourcebook.views.listings import passage
from sourcebook.views.question_text import plain_words

MOST_QUESTIONS = 5  # of one actor; a page of all questions has the others
FOLDED = 12  # passages of one document, from where on they are folded
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
            open_ = not many and (len(own) <= FOLDED or len(sources) == 1)
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

"""A Sphinx extension with ways into the claims: by actor, by topic, by relation.

``{actor-index}`` prints who is who and what is said by and of each, ``{topic-index}``
what the documents say on a topic, ``{relation-table}`` the relations with a drawing of
each, ``{relation-list}`` the same as a plain table. All are made from the corpus and
the code as they are now.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from docutils import nodes
from docutils.nodes import Node
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from sourcebook.coding.claims import Claim
from sourcebook.coding.parties import UNKNOWN, Party, parties
from sourcebook.coding.source_looks import dated_name, in_order, short_name
from sourcebook.comparing.relation_vocabulary import RELATIONS
from sourcebook.comparing.tone import OWN
from sourcebook.site.directives import printing, table
from sourcebook.site.domain import SourcebookDomain
from sourcebook.site.passage_lists import Lists, line
from sourcebook.views.relation_drawings import draw

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
                    nodes.raw("", draw(name), format="html"),
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


def setup(app: Sphinx) -> None:
    """Register the directives with Sphinx."""
    app.add_directive("actor-index", printing(_actors))
    app.add_directive("topic-index", printing(_topics))
    app.add_directive("relation-list", printing(_relations))
    app.add_directive("relation-table", RelationTable)

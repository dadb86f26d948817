"""What pages say about claims, and where a link to a claim leads.

A Sphinx domain keeps it page by page, so that pages can be read apart and read again:
the faults found on a page, the claims it cites, the claims it lists. It also holds the
corpus for as long as one build runs; the corpus is never stored with the environment.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.errors import ExtensionError
from sphinx.util.nodes import make_refnode
from sphinx.util.osutil import relative_uri

from sourcebook.coding.corpus import Corpus, load_corpus
from sourcebook.coding.root import find_root
from sourcebook.comparing.questions import Answer, answer_all
from sourcebook.errors import SourcebookError
from sourcebook.showing.addresses import DATA, claim_anchor, register_page
from sourcebook.showing.evidence import Meeting, meetings
from sourcebook.showing.prose import printed_dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

SITES = frozenset({"html", "dirhtml"})  # builders that publish downloads
_QUESTION = re.compile(r'\bid="(question-[^"]+)"')
_KEPT = ("faults", "cited", "listed")  # what is kept for each page


class SourcebookDomain(Domain):
    """What pages say about claims, page by page, and the corpus they say it of."""

    name = "sourcebook"
    label = "Sourcebook"
    object_types = {"claim": ObjType("claim", "claim")}  # noqa: RUF012 - as Sphinx has it
    # By page: faults as (line, message), claims cited, claims listed in a register.
    # For the book: the links back that its registers have.
    initial_data = {  # noqa: RUF012 - copied by Sphinx
        "faults": {},
        "cited": {},
        "listed": {},
        "linked": [],
    }
    data_version = 1

    @cached_property
    def root(self) -> Path:
        """The folder of the book: as configured, or found from the source folder."""
        given = self.env.config.sourcebook_root
        here = Path(self.env.srcdir)
        return here / given if given else find_root(here)

    @cached_property
    def corpus(self) -> Corpus:
        """The sources, each read once per build; a fault in one ends the build."""
        try:
            return load_corpus(self.root)
        except SourcebookError as error:
            raise ExtensionError(str(error), modname="sourcebook") from error

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """Every question answered, once per build. A fault in one ends the build."""
        try:
            return answer_all(self.corpus)
        except SourcebookError as error:
            raise ExtensionError(str(error), modname="sourcebook") from error

    @cached_property
    def meetings(self) -> dict[str, tuple[Meeting, ...]]:
        """The questions each claim answers, by its id."""
        return meetings(self.answers)

    def question_cards(self, docname: str) -> frozenset[str]:
        """Return the ids of the cards of questions that a page shows."""
        if docname not in self._question_cards:
            raw = self.env.get_doctree(docname).findall(nodes.raw)
            found = [_QUESTION.findall(node.astext()) for node in raw]
            self._question_cards[docname] = frozenset(chain.from_iterable(found))
        return self._question_cards[docname]

    @cached_property
    def _question_cards(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def allowed(self) -> frozenset[str]:
        """What may stand bare: as configured, and when the sources were issued."""
        ways = set(self.env.config.sourcebook_allowed_numbers)
        for citekey, source in self.corpus.sources.items():
            ways |= printed_dates(source.sheet.issued.date)
            ways |= printed_dates(citekey)
        return frozenset(ways)

    def faults(self) -> list[tuple[str, int, str]]:
        """Return every fault as (page, line, message), in order of place."""
        faults = [
            (docname, line, message)
            for docname, kept in sorted(self.data["faults"].items())
            for line, message in sorted(kept)
        ]
        cited = {name for names in self.data["cited"].values() for name in names}
        pages = sorted({register_page(name) for name in cited})
        faults += [
            (page, 0, "no {claim-register} on this page\n  fix: add the directive")
            for page in pages
            if page not in self.data["listed"]
        ]
        return faults

    def relink(self) -> list[str]:
        """Return the registers if pages cite other claims than when last asked."""
        links = [
            (page, self.env.titles[page].astext(), names)
            for page, names in sorted(self.data["cited"].items())
        ]
        if links == self.data["linked"]:
            return []
        self.data["linked"] = links
        return sorted(self.data["listed"])

    def add(self, key: str, docname: str, entry: object) -> None:
        """Remember something about a page."""
        self.data[key].setdefault(docname, []).append(entry)

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        for key in _KEPT:
            self.data[key].pop(docname, None)

    def merge_domaindata(
        self, docnames: Iterable[str], otherdata: dict[str, Any]
    ) -> None:
        """Take over pages that another process has read."""
        for key in _KEPT:
            for docname in docnames:
                if docname in otherdata[key]:
                    self.data[key][docname] = otherdata[key][docname]

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield every listed claim, so that it can be searched and referred to."""
        for docname, names in self.data["listed"].items():
            for name in names:
                yield name, name, "claim", docname, claim_anchor(name), 1

    def resolve_any_xref(  # noqa: PLR0913, PLR0917 - the signature is Sphinx's
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.Element]]:
        """Leave ``{any}`` to others: a claim is cited by its own role."""
        del env, fromdocname, builder, target, node, contnode
        return []

    def resolve_xref(  # noqa: PLR0913, PLR0917 - the signature is Sphinx's
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.Element | None:
        """Return the link of a role, or None where there is nothing to link to."""
        del env
        if typ == "cited":
            return self._citing(fromdocname, builder, target)
        if typ == "place":
            return self._place(fromdocname, builder, target, contnode)
        if typ == "data":
            if builder.name not in SITES:
                return None
            uri = relative_uri(builder.get_target_uri(fromdocname), f"{DATA}/{target}")
            link = nodes.reference("", "", contnode, internal=True, refuri=uri)
            link["classes"].append("sb-data")
            return link
        register = register_page(target)
        if target not in self.data["listed"].get(register, ()):
            return None
        anchor, tip = claim_anchor(target), node["tip"]
        link = make_refnode(builder, fromdocname, register, anchor, contnode, tip)
        if typ != "entry":  # a list of entries is not a sentence that rests on one
            link["classes"].append("sb-claim")
        return link

    def _place(
        self, here: str, builder: Builder, target: str, words: nodes.Element
    ) -> nodes.reference | None:
        """Return a link to ``page#anchor``, or None where there is no such page."""
        page, _, anchor = target.partition("#")
        if page not in self.env.all_docs:
            return None
        return make_refnode(builder, here, page, anchor or None, words)

    def _citing(self, fromdocname: str, builder: Builder, claim: str) -> nodes.inline:
        """Return links to the pages that cite a claim, in the order of their names."""
        pages = [page for page, names in self.data["cited"].items() if claim in names]
        line = nodes.inline("", "" if pages else "no page")
        for number, page in enumerate(sorted(pages)):
            title = nodes.Text(self.env.titles[page].astext())
            line += nodes.Text(", " if number else "")
            line += make_refnode(builder, fromdocname, page, None, title)
        return line


def get_domain(env: BuildEnvironment) -> SourcebookDomain:
    """Return the domain of an environment."""
    domain = env.get_domain(SourcebookDomain.name)
    if not isinstance(domain, SourcebookDomain):
        raise ExtensionError("another extension uses the domain name 'sourcebook'")
    return domain

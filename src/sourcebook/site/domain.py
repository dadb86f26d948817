"""What pages say about claims, and where the links of a page lead.

A Sphinx domain keeps it page by page, so that pages can be read apart and read again:
the faults found on a page, the claims it cites, the claims it lists. It also holds the
corpus for as long as one build runs; the corpus is never stored with the environment.
Links are resolved when pages are written, from what is kept of each page.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.nodes import make_refnode
from sphinx.util.osutil import relative_uri

from sourcebook.coding.book_files import (
    DATA,
    claim_anchor,
    find_root,
    question_anchor,
    register_page,
)
from sourcebook.coding.claims import Claim
from sourcebook.coding.corpus import Corpus, Source, load_corpus
from sourcebook.comparing.public_record import Record, load_record
from sourcebook.comparing.questions import Answer, answer_all
from sourcebook.comparing.statements import Collection, Given
from sourcebook.errors import SourcebookError
from sourcebook.prose.counting_words import WORDING, load_wording
from sourcebook.prose.proofreading import Evidence, allowed_numbers, held, verify_fact
from sourcebook.site.evidence_cards import Meeting, meetings
from sourcebook.site.page_facts import EVERYTHING, Facts, written
from sourcebook.site.page_hooks import SITE_BUILDER
from sourcebook.views.fragment import typographic

T = TypeVar("T")
DOMAIN = "sourcebook"  # of the domain
_LOOKS = {"place": "sb-question", "fact": "sb-fact"}  # to cards, or a list of them
_QUESTION = re.compile(r'\bid="(question-[^"]+)"')
_KEPT = ("faults", "cited", "listed", "used", "cards")  # what is kept for each page


class SourcebookDomain(Domain):
    """What pages say about claims, page by page, and the corpus they say it of."""

    name = DOMAIN
    label = "Sourcebook"
    object_types = {"claim": ObjType("claim", "claim")}  # noqa: RUF012 - as Sphinx has it
    # By page: faults as (line, message), claims cited, claims listed in a register,
    # the facts it was made from, each with its digest (see `page_facts`), and the ids
    # of the cards of questions that it shows. For the book: the links back that its
    # registers have, and what was written when all these facts were those of all pages.
    initial_data = {  # noqa: RUF012 - copied by Sphinx
        **{name: {} for name in _KEPT}, "linked": [], "moment": "",
    }  # fmt: skip
    data_version = 3
    _seen = ""  # the moment when all was last let go of

    @cached_property
    def root(self) -> Path:
        """The folder of the book: as configured, or found from the source folder."""
        given = self.env.config.sourcebook_root
        here = Path(self.env.srcdir)
        return here / given if given else find_root(here)

    @property
    def corpus(self) -> Corpus:
        """The sources; a page that is read and asks for them depends on everything."""
        self.use(EVERYTHING)
        return self._corpus

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Every question answered; a page that asks for them depends on everything."""
        self.use(EVERYTHING)
        return self._answers

    @property
    def record(self) -> Record:
        """The facts from outside; a page that asks for them depends on everything."""
        self.use(EVERYTHING)
        return self._record

    def claim(self, name: str) -> Claim:
        """Return a claim; the page that is read depends on it alone.

        Raises `SourcebookError` if there is none.
        """
        self.use(f"claim {name}")
        return self._corpus.claim(name)

    def statement(self, words: str, query: str) -> Given:
        """Return what a statement's query gives; the page depends on that alone.

        Raises `SourcebookError` if the words say something else.
        """
        self.use(f"holds {query}")
        return held(words, query, self._evidence)

    def fact_words(self, words: str, name: str) -> None:
        """Hold words to a fact from outside; the page depends on that fact.

        Raises `SourcebookError` if there is none, or if the words say something else.
        """
        self.use(f"fact {name}")
        verify_fact(words, self._record, name)

    @property
    def source_names(self) -> tuple[str, ...]:
        """The sources' citekeys."""
        self.use("source names")
        return tuple(self._corpus.sources)

    def source(self, citekey: str) -> Source:
        """Return a source of that name; the page that is read depends on it alone."""
        self.use(f"source {citekey}")
        return self._corpus.sources[citekey]

    @property
    def question_names(self) -> frozenset[str]:
        """The ids of all questions, those they took over included."""
        self.use("question names")
        return frozenset(name for answer in self._answers for name in answer.names)

    @cached_property
    def kept(self) -> dict[str, Any]:
        """What others work out once for a build."""
        return {}

    def once(self, name: str, make: Callable[[], T]) -> T:
        """Return what is kept under a name, made where it is not kept yet."""
        if name not in self.kept:
            self.kept[name] = make()
        found: T = self.kept[name]
        return found

    @property
    def state(self) -> str:
        """A digest of everything that people write about the documents."""
        return self._facts.digest(EVERYTHING)

    @cached_property
    def moment(self) -> str:
        """A digest of all that facts are made from: a build of prose asks no other."""
        return f"{self.state} {written(self.root / WORDING)}"

    def use(self, fact: str) -> None:
        """Note that the page that is being read, if one is, is made from a fact."""
        try:
            page = self.env.docname
        except KeyError:  # newer versions of Sphinx have ""
            page = ""
        if page:
            if self.data["moment"] != self.moment:
                self.data["moment"] = ""  # pages have the facts of several moments
            self.data["used"].setdefault(page, {})[fact] = self._facts.digest(fact)

    def pages_to_read(self, *, besides: str = "") -> set[str]:
        """Return the pages made from facts that are now others, one fact left out."""
        if self.data["moment"] == self.moment:
            return set()
        return {
            page
            for page, used in self.data["used"].items()
            if any(
                fact != besides and self._facts.digest(fact) != digest
                for fact, digest in used.items()
            )
        }

    def forget(self) -> None:
        """Let go of all that was worked out: what it is made from may have changed.

        Where no file has changed since the last time, of those that people write about
        the documents, what comes of them stays.
        """
        # Digests are of files as they were, and `kept` of pages as they were read.
        for name in ("kept", "moment", "_citers", "_facts"):
            vars(self).pop(name, None)
        if self.moment == self._seen:
            return
        self._seen = self.moment
        for name in vars(SourcebookDomain):
            if isinstance(getattr(SourcebookDomain, name), cached_property):
                vars(self).pop(name, None)

    @cached_property
    def _facts(self) -> Facts:
        return Facts(
            self.root, lambda: self._corpus, lambda: self._answers, lambda: self._record
        )

    @cached_property
    def _corpus(self) -> Corpus:
        """The sources, each read once per build."""
        with _ending():
            return load_corpus(self.root)

    @cached_property
    def _answers(self) -> tuple[Answer, ...]:
        """Every question answered, once per build."""
        with _ending():
            return answer_all(self._corpus, keep=True)

    @cached_property
    def _record(self) -> Record:
        """The facts from outside, once per build."""
        with _ending():
            return load_record(self._corpus)

    @cached_property
    def meetings(self) -> dict[str, tuple[Meeting, ...]]:
        """The questions each claim answers, by its id."""
        return meetings(self._answers)

    @cached_property
    def asked(self) -> dict[str, Answer]:
        """Every question answered, by the anchors that its card answers to."""
        found: dict[str, Answer] = {}
        for answer in self._answers:
            for name in answer.names:
                found.setdefault(question_anchor(name.partition("/")[2]), answer)
        return found

    @cached_property
    def anchors(self) -> dict[str, Claim]:
        """Every claim, by the anchor of its entry."""
        return {claim_anchor(claim.id): claim for claim in self._corpus.claims}

    def question_cards(self, docname: str) -> frozenset[str]:
        """Return the ids of the cards of questions that a page shows."""
        return frozenset(self.data["cards"].get(docname, ()))

    def process_doc(
        self, _env: BuildEnvironment, docname: str, document: nodes.document
    ) -> None:
        """Note the cards of questions of a page that was read."""
        for raw in document.findall(nodes.raw):
            for name in _QUESTION.findall(raw.astext()):
                self.add("cards", docname, name)

    @property
    def evidence(self) -> Evidence:
        """What a page's words are held against; a page depends on names and dates."""
        self.use("wording")
        return self._evidence

    @cached_property
    def _evidence(self) -> Evidence:
        given = self.env.config.sourcebook_allowed_numbers
        allowed = allowed_numbers(self._corpus, *given)
        with _ending():
            wording, _ = load_wording(self.root)
        return Evidence(Collection(self._corpus, self._answers), allowed, wording)

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

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield every listed claim, so that it can be searched and referred to."""
        for docname, names in self.data["listed"].items():
            for name in names:
                yield name, name, "claim", docname, claim_anchor(name), 1

    def resolve_xref(
        self,
        _env: BuildEnvironment,
        here: str,
        builder: Builder,
        *given: Any,  # noqa: ANN401 - Sphinx's
    ) -> nodes.Element | None:
        """Return the link of a role, or None where there is nothing to link to."""
        typ, target, node, words = given
        if typ == "cited":
            return self._citing(here, builder, target)
        if typ == "data":
            if builder.name != SITE_BUILDER:
                return None
            uri = relative_uri(builder.get_target_uri(here), f"{DATA}/{target}")
            link = nodes.reference("", "", words, internal=True, refuri=uri)
            link["classes"].append("sb-data")
            return link
        if typ in _LOOKS:
            page, _, anchor = target.partition("#")
            if page not in self.env.all_docs:
                return None
            link = make_refnode(builder, here, page, anchor or None, words)
            link["classes"].append(_LOOKS[typ])
            return link
        register = register_page(target)
        if target not in self.data["listed"].get(register, ()):
            return None
        anchor, tip = claim_anchor(target), node["tip"]
        link = make_refnode(builder, here, register, anchor, words, tip)
        if typ != "entry":  # a list of entries is not a sentence that rests on one
            link["classes"].append("sb-claim")
        return link

    @cached_property
    def _citers(self) -> dict[str, list[str]]:
        """The pages that cite each claim, sorted; asked for once all are read."""
        found: dict[str, list[str]] = {}
        for page, names in sorted(self.data["cited"].items()):
            for name in dict.fromkeys(names):
                found.setdefault(name, []).append(page)
        return found

    def _citing(self, here: str, builder: Builder, claim: str) -> nodes.inline:
        """Return links to the pages that cite a claim, in the order of their names."""
        pages = self._citers.get(claim, ())
        line = nodes.inline("", "" if pages else "no page")
        for number, page in enumerate(pages):
            title = nodes.Text(self.env.titles[page].astext())
            line += nodes.Text(", " if number else "")
            line += make_refnode(builder, here, page, None, title)
        return line


@contextmanager
def _ending() -> Iterator[None]:
    """Have a fault of ours end the build."""
    try:
        yield
    except SourcebookError as error:
        raise ExtensionError(str(error), modname="sourcebook") from error


def get_domain(env: BuildEnvironment) -> SourcebookDomain:
    """Return the domain of an environment."""
    domain = env.get_domain(SourcebookDomain.name)
    if not isinstance(domain, SourcebookDomain):
        raise ExtensionError("another extension uses the domain name 'sourcebook'")
    return domain


def reference(
    kind: str, target: str, words: str, *, page: str, **more: str
) -> pending_xref:
    """Return a link of a page, which is resolved once all pages are read."""
    return pending_xref(
        "",
        nodes.Text(typographic(words)),
        refdomain=DOMAIN,
        reftype=kind,
        reftarget=target,
        refdoc=page,
        **more,
    )

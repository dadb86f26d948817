"""A Sphinx extension: claims in running prose, and the register they link to.

``{claim}`` prints words and links them to the claim they report; the words are checked
against the claim's passage. ``{holds}`` prints words about the collection itself, held
to what a query over it gives; ``{fact}`` those about what is known from outside it.
``{question}`` links a question's card, ``{data}`` one of
the downloads. ``{claim-register}``
prints every claim. What is wrong with a page's own words is found as pages are read.

Nothing wrong is mended or passed over, and the first fault does not hide the others:
all faults of all pages are collected, and every build warns of every one until it is
gone, whether or not its page was read again. The warnings cannot be suppressed by type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from docutils import nodes
from docutils.nodes import Node, system_message
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole

from sourcebook.coding.book_files import (
    DOWNLOADS,
    RECORD_PAGE,
    fact_anchor,
    question_anchor,
    question_page,
)
from sourcebook.coding.sheets import nearest, none_such
from sourcebook.coding.source_cache import Clean
from sourcebook.comparing.release_changes import CLAIM as A_CLAIM
from sourcebook.errors import SourcebookError
from sourcebook.prose import proofreading
from sourcebook.prose.markdown import read_prose
from sourcebook.prose.prose_check import held_against
from sourcebook.prose.running_prose import verify
from sourcebook.running.text_pairs import cells_of, plain_cells
from sourcebook.site.api_page import show_api
from sourcebook.site.claim_register import claim_entries, claim_tip
from sourcebook.site.corrections_page import withdrawn_nodes
from sourcebook.site.directives import DIRECTIVES, printing
from sourcebook.site.domain import SourcebookDomain, get_domain, reference

_LOGGER = logging.getLogger(__name__)
_CELL = 10_000  # a notebook's lines are numbered from this, times the cell's number


class _CheckedRole(ReferenceRole):
    """A role that prints what ``show`` returns; its faults are kept with its page.

    ``form`` is the remedy of one that needs words of its own and has none.
    """

    def __init__(self, show: Callable[[_CheckedRole], Node], form: str = "") -> None:
        self.show, self.form = show, form

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Return what is printed; keep every fault."""
        try:
            if self.has_explicit_title or not self.form:
                return [self.show(self)], []
            said = f"{{{self.name}}}`{self.text}` has no words of its own"
            fault = SourcebookError(said, fix=self.form)
        except SourcebookError as error:
            fault = error
        self.fault(str(fault))
        return [nodes.Text(self.title)], []

    def fault(self, message: str) -> None:
        """Keep a fault."""
        # Inside a notebook's cell, lines are handed over counted from 2.
        line = self.lineno - (self.lineno > _CELL)
        get_domain(self.env).add("faults", self.env.docname, (line, message))

    def link(self, kind: str, target: str, **more: str) -> pending_xref:
        """Return a reference that is resolved once all pages are read."""
        return reference(kind, target, self.title, page=self.env.docname, **more)


def _claim(role: _CheckedRole) -> Node:
    """Return the link to a claim, also where the words do not bear it out."""
    domain = get_domain(role.env)
    claim = domain.claim(role.target)
    domain.add("cited", role.env.docname, claim.id)
    try:
        verify(role.title, claim)
    except SourcebookError as error:
        role.fault(str(error))
    return role.link("claim", claim.id, tip=claim_tip(claim))


def _fact(role: _CheckedRole) -> Node:
    """Return the link to a fact that bears the words out."""
    get_domain(role.env).fact_words(role.title, role.target)
    return role.link("fact", f"{RECORD_PAGE}#{fact_anchor(role.target)}")


def _holds(role: _CheckedRole) -> Node:
    """Return a statement about the collection as text; a tip says what was computed."""
    given = get_domain(role.env).statement(role.title, role.target)
    tip, look = proofreading.statement_tip(given), ["sb-holds"]
    return nodes.abbreviation("", nodes.Text(role.title), explanation=tip, classes=look)


def _question(role: _CheckedRole) -> Node:
    """Return the link to a question's card, if there is such a question."""
    known = get_domain(role.env).question_names
    if role.target not in known:
        raise none_such("question", role.target, known, fix=proofreading.QUESTION_FIX)
    chapter, _, question = role.target.partition("/")
    return role.link("place", f"{question_page(chapter)}#{question_anchor(question)}")


def _data(role: _CheckedRole) -> Node:
    """Return the link to a download from a page at any depth, if there is one."""
    if role.target not in DOWNLOADS:
        fix = proofreading.DOWNLOAD_FIX
        raise none_such("download", role.target, DOWNLOADS, fix=fix)
    return role.link("data", role.target)


ROLES = {
    "claim": _CheckedRole(_claim, proofreading.CLAIM_FIX),
    "fact": _CheckedRole(_fact, proofreading.FACT_FIX),
    "holds": _CheckedRole(_holds, proofreading.HOLDS_FIX),
    "data": _CheckedRole(_data),
    "question": _CheckedRole(_question),
}


def _register(domain: SourcebookDomain, citekey: str) -> Iterator[Node]:
    """Every claim of a source, in the order of the text, and those withdrawn."""
    known = domain.source_names
    if citekey not in known:
        raise SourcebookError(f"no source {citekey!r}{nearest(citekey, known)}")
    source, page = domain.source(citekey), domain.env.docname
    names = [claim.id for claim in source.claims()]
    for name in names:
        domain.add("listed", page, name)
    cited = [reference("cited", name, "", page=page) for name in names]
    yield from claim_entries(source, cited=cited)
    yield from withdrawn_nodes(domain, A_CLAIM, citekey)


def _check_words(app: Sphinx, docname: str, content: list[str]) -> None:
    """Keep a fault for all that is wrong with the words of a page that is read."""
    if not docname.startswith(tuple(app.config.sourcebook_chapters)):
        return
    domain = get_domain(app.env)
    evidence = domain.evidence
    is_notebook = str(app.env.doc2path(docname)).endswith(".ipynb")
    read = enumerate(cells_of(content[0].encode()) or (), 1) if is_notebook else ()
    cells = [(n, text) for n, (kind, text, _) in read if kind == "markdown"]
    cells += [] if is_notebook else [(0, content[0])]
    # A list that names pages means the text of a notebook, which people edit.
    page = f"{docname.replace('notebooks/', 'notebooks/text/', 1)}.md"
    for number, text in () if _is_clean(domain, page, content[0]) else cells:
        for found in proofreading.worded(read_prose(text), evidence, page=page):
            place = number * _CELL + found.line
            domain.add("faults", docname, (place, found.text))


def _is_clean(domain: SourcebookDomain, page: str, content: str) -> bool:
    """Whether the check before this build found no fault in just these words."""
    root = domain.root
    try:
        text = (root / page).read_text(encoding="utf-8")
    except OSError:
        return False
    clean, against = domain.once("clean", lambda: (Clean(root), held_against(root)))
    same = text == content or (
        (cells := plain_cells(text)) is not None and cells == cells_of(content.encode())
    )
    return same and clean.knows(against, page, text)


def _report(_: Sphinx, env: BuildEnvironment) -> list[str]:
    """Warn of every fault; return the registers whose back links have changed."""
    domain = get_domain(env)
    faults = domain.faults()
    for number, (docname, line, message) in enumerate(faults, 1):
        # Where warnings end the build, only the last one may: all are to be seen.
        with logging.skip_warningiserror(number < len(faults)):
            warn_of_fault(docname, line, message)
    return domain.relink()


def warn_of_fault(docname: str, line: int, message: str) -> None:
    """Warn of a fault at its place, which in a notebook is a cell and its line."""
    cell, inside = divmod(line, _CELL)
    place = f"cell {cell}, line {inside}: " if cell else ""
    location = (docname, None if cell else line or None)
    _LOGGER.warning("%s%s", place, message, location=location)


def _free_names(_: Sphinx, config: Config) -> None:
    """Give ``{data}`` to us: without this it is a role of the Python domain."""
    config["primary_domain"] = None


def setup(app: Sphinx) -> None:
    """Register roles, directive and checks with Sphinx."""
    app.add_config_value("sourcebook_root", None, "env", (str, Path))
    app.add_config_value("sourcebook_chapters", ["book/", "notebooks/"], "env", list)
    app.add_config_value("sourcebook_allowed_numbers", [], "env", list)
    app.add_domain(SourcebookDomain)
    for name, role in ROLES.items():
        app.add_role(name, role)
    app.add_directive("api", printing(show_api))
    app.add_directive("claim-register", printing(_register, takes=1))
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    app.connect("config-inited", _free_names)
    app.connect("source-read", _check_words)
    app.connect("env-updated", _report)

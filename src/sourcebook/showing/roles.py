"""A Sphinx extension: claims in running prose, and the register they link to.

``{claim}`` prints words and links them to the claim they report; the words are checked
against the claim's passage. ``{data}`` links one of the downloads. ``{claim-register}``
prints every claim. Numbers that stand bare in a chapter are found as pages are read.

Nothing wrong is mended or passed over, and the first fault does not hide the others:
all faults of all pages are collected, and every build warns of every one until it is
gone, whether or not its page was read again. The warnings cannot be suppressed by type.

Pages are read again when a sheet, a question or this package changes.
"""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.domains import Domain, ObjType
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole, SphinxDirective
from sphinx.util.nodes import make_refnode
from sphinx.util.osutil import relative_uri

import sourcebook
from sourcebook.coding.corpus import Corpus, load_corpus
from sourcebook.coding.sheets import find_root, nearest
from sourcebook.errors import SourcebookError
from sourcebook.showing.prose import Finding, bare_numbers, printed_dates, verify
from sourcebook.showing.register import claim_anchor, claim_tip, source_section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docutils.nodes import Node, system_message
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

_LOGGER = logging.getLogger(__name__)
_CELL = 10_000  # a notebook's lines are numbered from this, times the cell's number
_SITES = frozenset({"html", "dirhtml"})  # builders that publish downloads


class SourcebookDomain(Domain):
    """What pages say about claims, kept page by page so that pages can be read apart."""

    name = "sourcebook"
    label = "Sourcebook"
    object_types: ClassVar = {"claim": ObjType("claim", "claim")}
    # faults: (line, message); cited: claim ids; listed: claim ids of a register
    initial_data: ClassVar = {"faults": {}, "cited": {}, "listed": {}, "digest": ""}
    data_version = 1

    @cached_property
    def root(self) -> Path:
        """The folder of the book: as configured, or found from the source folder."""
        given = self.env.config.sourcebook_root
        return Path(given) if given else find_root(Path(self.env.srcdir))

    @cached_property
    def corpus(self) -> Corpus:
        """The sources, read once per build. A fault in a sheet ends the build."""
        try:
            return load_corpus(self.root)
        except SourcebookError as error:
            raise ExtensionError(str(error), modname="sourcebook") from error

    @cached_property
    def allowed(self) -> frozenset[str]:
        """What may stand bare: as configured, and when the sources were issued."""
        ways = set(self.env.config.sourcebook_allowed_numbers)
        for citekey, source in self.corpus.sources.items():
            ways |= printed_dates(source.sheet.issued.date)
            ways |= printed_dates(citekey)
        return frozenset(ways)

    def add(self, key: str, docname: str, entry: object) -> None:
        """Remember something about a page."""
        self.data[key].setdefault(docname, []).append(entry)

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        for key in ("faults", "cited", "listed"):
            self.data[key].pop(docname, None)

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, Any]) -> None:
        """Take over pages that another process has read."""
        for key in ("faults", "cited", "listed"):
            for docname in docnames:
                if docname in otherdata[key]:
                    self.data[key][docname] = otherdata[key][docname]

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield every listed claim, so that it can be searched and referred to."""
        for docname, names in self.data["listed"].items():
            for name in names:
                yield name, name, "claim", docname, claim_anchor(name), 1

    def resolve_any_xref(self, *_: object) -> list[tuple[str, nodes.reference]]:
        """Leave ``{any}`` to others: a claim is cited by its own role."""
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
        if typ == "cited":
            return self._citing(fromdocname, builder, target)
        if typ == "data":
            if builder.name not in _SITES:
                return None
            uri = relative_uri(builder.get_target_uri(fromdocname), f"data/{target}")
            link = nodes.reference("", "", contnode, internal=True, refuri=uri)
            link["classes"].append("sb-data")
            return link
        register = env.config.sourcebook_register
        if target not in self.data["listed"].get(register, ()):
            return None
        anchor, tip = claim_anchor(target), node["tip"]
        link = make_refnode(builder, fromdocname, register, anchor, contnode, tip)
        link["classes"].append("sb-claim")
        return link

    def _citing(self, fromdocname: str, builder: Builder, claim: str) -> nodes.inline:
        """Return links to the pages that cite a claim, in the order of their names."""
        pages = [page for page, names in self.data["cited"].items() if claim in names]
        line = nodes.inline("", "" if pages else "no page")
        for number, page in enumerate(sorted(pages)):
            title = nodes.Text(self.env.titles[page].astext())
            line += nodes.Text(", " if number else "")
            line += make_refnode(builder, fromdocname, page, None, title)
        return line


def _domain(env: BuildEnvironment) -> SourcebookDomain:
    domain = env.get_domain(SourcebookDomain.name)
    if not isinstance(domain, SourcebookDomain):
        raise ExtensionError("another extension uses the domain name 'sourcebook'")
    return domain


class _CheckedRole(ReferenceRole):
    """A role whose faults are kept with the page it stands on."""

    def fault(self, message: str) -> tuple[list[Node], list[system_message]]:
        """Keep a fault; the words are printed without a link."""
        domain = _domain(self.env)
        domain.add("faults", self.env.docname, (self.lineno, message))
        return [nodes.Text(self.title)], []

    def link(self, kind: str, target: str, **more: str) -> pending_xref:
        """Return a reference that is resolved once all pages are read."""
        return pending_xref(
            "",
            nodes.Text(self.title),
            refdomain=SourcebookDomain.name,
            reftype=kind,
            reftarget=target,
            refdoc=self.env.docname,
            refexplicit=True,
            **more,
        )


class ClaimRole(_CheckedRole):
    """``{claim}`words <citekey/id>```: our words, checked and linked to the claim."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Return the link; keep every fault."""
        if not self.has_explicit_title:
            return self.fault(
                f"{{claim}}`{self.text}` has no words of its own\n"
                "  fix: write {claim}`words <citekey/id>`"
            )
        domain = _domain(self.env)
        try:
            claim = domain.corpus.claim(self.target)
        except SourcebookError as error:
            return self.fault(str(error))
        domain.add("cited", self.env.docname, claim.id)
        try:
            verify(self.title, claim)
        except SourcebookError as error:
            self.fault(str(error))
        return [self.link("claim", claim.id, tip=claim_tip(claim))], []


class DataRole(_CheckedRole):
    """``{data}`claims.json```: a link to a download, from a page at any depth."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Return the link, if there is such a download."""
        known = self.config.sourcebook_exports
        if self.target not in known:
            return self.fault(
                f"no download {self.target!r}{nearest(self.target, known)}\n"
                f"  fix: use one of {', '.join(known) or '(none is configured)'}"
            )
        return [self.link("data", self.target)], []


class ClaimRegister(SphinxDirective):
    """``{claim-register}``: every claim of every source, as the corpus has them now."""

    def run(self) -> list[Node]:
        """Return a section for each source, in the order of citekeys."""
        domain = _domain(self.env)
        sections: list[Node] = []
        for _, source in sorted(domain.corpus.sources.items()):
            names = [claim.id for claim in source.claims()]
            domain.data["listed"].setdefault(self.env.docname, []).extend(names)
            section = source_section(source, cited=map(self._cited, names))
            for target in section.findall(nodes.target):
                self.state.document.note_explicit_target(target)
            self.state.document.note_implicit_target(section)
            sections.append(section)
        return sections

    def _cited(self, name: str) -> pending_xref:
        return pending_xref(
            "",
            nodes.Text(""),
            refdomain=SourcebookDomain.name,
            reftype="cited",
            reftarget=name,
            refdoc=self.env.docname,
            refexplicit=True,
        )


def _check_numbers(app: Sphinx, docname: str, content: list[str]) -> None:
    """Keep a fault for every bare number of a chapter that is being read."""
    if not docname.startswith(tuple(app.config.sourcebook_chapters)):
        return
    domain = _domain(app.env)
    is_notebook = app.env.doc2path(docname).endswith(".ipynb")
    cells = _markdown_cells(content[0]) if is_notebook else [(0, content[0])]
    for number, text in cells:
        for found in bare_numbers(text, allow=domain.allowed):
            line = number * _CELL + found.line
            domain.add("faults", docname, (line, _bare_fault(found)))


def _bare_fault(found: Finding) -> str:
    return (
        f"number outside a role: {found.text!r} (column {found.column})\n"
        "  fix: write {claim}`words <citekey/id>`, or quote the passage in “…”"
    )


def _markdown_cells(notebook: str) -> Iterator[tuple[int, str]]:
    """Yield number (from 1, code cells counted) and source of each Markdown cell."""
    try:
        cells = json.loads(notebook)["cells"]
    except (ValueError, KeyError, TypeError):  # the notebook's own parser will say
        return
    for number, cell in enumerate(cells, 1):
        if cell.get("cell_type") == "markdown":
            yield number, "".join(cell.get("source", ""))


def _find_outdated(app: Sphinx, env: BuildEnvironment, *_: object) -> set[str]:
    """Return all pages when anything that they are checked against has changed."""
    domain = _domain(env)
    digest = _digest(domain.root)
    if digest == domain.data["digest"]:
        return set()
    _LOGGER.info("sourcebook: %s claims", len(domain.corpus.claims))
    domain.data["digest"] = digest
    return set(env.found_docs)


def _digest(root: Path) -> str:
    """Return a digest of every file, besides pages, that decides what a page may say."""
    package = Path(sourcebook.__file__).parent
    state = hashlib.sha256()
    for base, pattern in (
        (root / "seeds", "*"),
        (root / "book" / "questions", "*.yml"),
        (package, "**/*.py"),
    ):
        for path in sorted(path for path in base.glob(pattern) if path.is_file()):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            state.update(f"{path.relative_to(base)}\0{content}\n".encode())
    return state.hexdigest()


def _report(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Warn of every fault; return the registers, whose back links may have changed."""
    domain = _domain(env)
    faults = [
        (docname, line, message)
        for docname, kept in sorted(domain.data["faults"].items())
        for line, message in sorted(kept)
    ]
    register = app.config.sourcebook_register
    if domain.data["cited"] and register not in domain.data["listed"]:
        message = "no {claim-register} on this page\n  fix: add one, or set sourcebook_register"
        faults.append((register, 0, message))
    for number, (docname, line, message) in enumerate(faults, 1):
        # Where warnings end the build, only the last one may: all are to be seen.
        with logging.skip_warningiserror(number < len(faults)):
            _warn(docname, line, message)
    return sorted(domain.data["listed"])


def _warn(docname: str, line: int, message: str) -> None:
    cell, inside = divmod(line, _CELL)
    if cell:
        _LOGGER.warning("cell %d, line %d: %s", cell, inside, message, location=docname)
    else:
        _LOGGER.warning("%s", message, location=(docname, line or None))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register roles, directive and checks with Sphinx."""
    app.add_config_value("sourcebook_root", None, "env", (str, Path))
    app.add_config_value("sourcebook_register", "book/claims", "env", str)
    app.add_config_value("sourcebook_chapters", ["book/", "notebooks/"], "env", list)
    app.add_config_value("sourcebook_allowed_numbers", [], "env", list)
    app.add_config_value("sourcebook_exports", [], "env", list)
    app.add_domain(SourcebookDomain)
    app.add_role("claim", ClaimRole())
    app.add_role("data", DataRole())
    app.add_directive("claim-register", ClaimRegister)
    app.connect("env-get-outdated", _find_outdated)
    app.connect("source-read", _check_numbers)
    app.connect("env-updated", _report)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 1}

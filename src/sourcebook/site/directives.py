"""Directives that print what the book works by, what was run, and what came out.

Each prints all that the code, the sheets, the lock and the files say while the page is
read, so that no page can show a table that they have outgrown. Clocks, paths and other
facts of one machine are left out, so that a second build prints the same.

A listing is a table whose rows are written as they are printed; what a script needs to
know of a column stands in the class of its heading.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from docutils import nodes
from docutils.nodes import Node
from docutils.utils.smartquotes import educate_tokens
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from sourcebook.coding.hedges import HEDGES
from sourcebook.coding.schema import WAIVER_REASONS
from sourcebook.coding.sheets import nearest
from sourcebook.coding.source_cache import KEPT, kept
from sourcebook.data.export import MANIFEST, export_contents
from sourcebook.data.fields import TABLES
from sourcebook.data.scanned_tables import SCANNED
from sourcebook.errors import SourcebookError
from sourcebook.reading.scoring import CORPUS, scores
from sourcebook.site.domain import SourcebookDomain, get_domain
from sourcebook.views.answers import quoted
from sourcebook.views.listings import CellPart, Column, Listing, ListingCell, PageLink
from sourcebook.views.timeline import sources_line

Print = Callable[[SourcebookDomain, str], Iterable[Node]]
Parts = Mapping[str, Callable[[SourcebookDomain], Iterable[Node]]]


def printing(
    print_it: Print, *, takes: int = 0, among: Iterable[str] = ()
) -> type[SphinxDirective]:
    """Return a directive that prints what is given of the book, and of its argument.

    It ``takes`` an argument or none; one that has to be ``among`` some is refused with
    the nearest of them, and a fault of ours is one of the directive.
    """
    known = tuple(among)

    class Printing(SphinxDirective):
        required_arguments = takes
        final_argument_whitespace = True

        def run(self) -> list[Node]:
            given = self.arguments[0] if takes else ""
            if known and given not in known:
                raise self.error(f"no part {given!r}{nearest(given, known)}")
            try:
                made = [*print_it(get_domain(self.env), given)]
            except SourcebookError as error:
                raise self.error(str(error)) from error
            for node in made:  # which may be linked to by their ids
                for target in node.findall(nodes.target):
                    self.state.document.note_explicit_target(target)
                if isinstance(node, nodes.section):
                    self.state.document.note_implicit_target(node)
            return made

    return Printing


def printing_parts(parts: Parts) -> type[SphinxDirective]:
    """Return a directive that prints the part which its argument names."""
    return printing(lambda domain, name: parts[name](domain), takes=1, among=parts)


def _hedges(_: SourcebookDomain, __: str) -> list[Node]:
    """Which words leave which interval open, a row for each rule."""
    rows = [
        (
            ", ".join(word or "(no word)" for word in hedge.words)
            or "(no word, and things are counted)",
            hedge.meaning,
            hedge.example,
            hedge.interval_example,
        )
        for hedge in HEDGES
    ]
    head = ("words", "what they leave open", "for example", "reads as")
    return [table(head, rows, look="sb-rules")]


def _waivers(_: SourcebookDomain, __: str) -> list[Node]:
    """Why a passage may be set aside, a row for each reason."""
    return [table(("reason", "what it means"), WAIVER_REASONS.items())]


def _test(domain: SourcebookDomain, kind: str) -> list[Node]:
    """The codebook's test of a kind, with passages that pass it and that fail it."""
    corpus = domain.corpus
    tests = {str(name): test for name, test in corpus.codebook.tests.items()}
    rule = tests.get(kind)
    if rule is None:
        raise SourcebookError(f"no test for the kind {kind!r} in codebook.yml")
    rows = [
        (quoted(corpus.claim(name).exact), verdict, why)
        for verdict, examples in (("yes", rule.passes), ("no", rule.fails))
        for name, why in examples.items()
    ]
    head = ("passage", f"a {kind}?", "why")
    return [nodes.paragraph("", rule.test), table(head, rows)]


def _picture(domain: SourcebookDomain, title: str) -> list[Node]:
    """The documents on a line of years; nothing moves, and it needs no script."""
    return [
        nodes.raw("", sources_line(domain.corpus, title=title).html(), format="html")
    ]


def table(
    head: Sequence[str], rows: Iterable[Sequence[str | Node]], *, look: str = ""
) -> nodes.table:
    """Return a table with a row of heads; ``look`` is its class."""
    group = nodes.tgroup("", cols=len(head))
    group += [nodes.colspec(colwidth=1) for _ in head]
    group += nodes.thead("", _row(head))
    group += nodes.tbody("", *map(_row, rows))
    return nodes.table("", group, classes=[look] if look else [])


def _row(cells: Sequence[str | Node]) -> nodes.row:
    inner = (nodes.Text(cell) if isinstance(cell, str) else cell for cell in cells)
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", c)) for c in inner))


LISTING = "sb-listing"  # the class of every listing in a page
_log = logging.getLogger(__name__)


def listing_table(listing: Listing) -> nodes.table:
    """Return a listing as a table with a caption, its first column as row heads."""
    group = nodes.tgroup("", cols=len(listing.columns))
    group += [nodes.colspec(colwidth=1) for _ in listing.columns]
    group += nodes.thead("", nodes.row("", *map(_head, listing.columns)))
    # Rows may be tens of thousands: as nodes they would take many times the room of
    # their words, so one node holds them all, and the builders know how to print it.
    rows = ListingRows("", columns=listing.columns, rows=listing.rows)
    group += nodes.tbody("", rows)
    table = nodes.table(classes=[LISTING, "colwidths-auto"])
    table += [nodes.title("", listing.caption), group]
    return table


def _head(column: Column) -> nodes.entry:
    uses = (column.use, "aside" if column.aside else "")
    classes = [f"{LISTING}-{use}" for use in uses if use]
    return nodes.entry("", nodes.paragraph("", column.name), classes=classes)


class ListingRows(nodes.Part, nodes.Element):
    """The rows of a listing: its ``columns``, and ``rows`` of cells below them."""


def write_rows(writer: HTML5Translator, node: ListingRows) -> None:
    """Write the rows into a page, and say which links lead to a page there is not."""
    for number, cells in enumerate(node["rows"]):
        parity = "odd" if number % 2 else "even"  # the row of heads was the first
        writer.body.append(f'<tr class="row-{parity}">')
        for column, (cell, use) in enumerate(zip(cells, node["columns"], strict=True)):
            tag, kind = ("td", "") if column else ("th", ' class="stub"')
            inner = "".join(_paragraphs(writer, cell, use))
            writer.body.append(f"<{tag}{kind}>{inner}</{tag}>\n")
        writer.body.append("</tr>\n")
    raise nodes.SkipNode


def _paragraphs(
    writer: HTML5Translator, cell: ListingCell, column: Column
) -> Iterator[str]:
    parts = [_part(writer, p) for p in (cell if isinstance(cell, tuple) else (cell,))]
    if column.use == "lines" and len(parts) > 1:
        yield from (f"<p>{part}</p>\n" for part in parts)
    else:
        yield f"<p>{', '.join(parts)}</p>"


def _part(writer: HTML5Translator, part: CellPart) -> str:
    """Return words, with the quotation marks and dashes that Sphinx sets elsewhere."""
    said = part.words if isinstance(part, PageLink) else part
    words = writer.encode("".join(educate_tokens([("plain", said)], attr="qDe")))
    if not isinstance(part, PageLink):
        return words
    builder = writer.builder
    if part.page not in builder.env.all_docs:
        fault = "a listing links to a page that there is not: %s"
        page = builder.current_docname
        _log.warning(fault, part.page, location=page, type="ref", subtype="place")
        return words
    to = builder.get_relative_uri(builder.current_docname, part.page)
    if part.anchor:
        to += f"#{part.anchor}"
    return f'<a class="reference internal" href="{writer.attval(to)}">{words}</a>'


_PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)(?:\[[^]]*\])?==([^ ]+)", re.MULTILINE)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
MUTANTS = "book/mutants.json"  # written by `make mutants`
DESCRIBED = {**SCANNED, **TABLES}  # what a scan writes, and the downloads
GROUPS = ("sources", "notebooks", "data")


def exports(domain: SourcebookDomain) -> dict[str, bytes]:
    """Return the bytes of every file, worked out once for a build."""
    return domain.once(
        "exports",
        lambda: export_contents(domain.corpus, domain.answers, state=domain.state),
    )


def _fields(_: SourcebookDomain, name: str) -> list[Node]:
    """The columns of a download, or of a table of a scan, with types and meanings."""
    rows = [(f.name, f.type, f.description) for f in DESCRIBED[name].fields]
    return [_coded_table(("field", "type", "what it says"), rows)]


def _versions(domain: SourcebookDomain, _: str) -> list[Node]:
    """Python, and every library the book asks for by name, as the lock pins it."""
    root = domain.root
    for name in ("pyproject.toml", "requirements.lock"):
        domain.env.note_dependency(str(root / name))
    running = f"{sys.version_info.major}.{sys.version_info.minor}"
    rows = [("Python", running), *sorted(pinned_versions(root).items())]
    return [_coded_table(("what", "version"), rows)]


def _scores(domain: SourcebookDomain, _: str) -> list[Node]:
    """How many labelled passages of each kind are read right, and of all of them."""
    path, place = domain.root / CORPUS, domain.root / KEPT / "scores.pickle"
    domain.env.note_dependency(str(path))
    told = kept(place, lambda: ([path], scores(path)), told="", rooms=("reading",))
    rows = [(kind.replace("-", " "), f"{a} of {b}") for kind, (a, b) in told.items()]
    right, of = (sum(pair[n] for pair in told.values()) for n in (0, 1))
    return [_coded_table(("kind", "read right"), [*rows, ("all", f"{right} of {of}")])]


def _mutants(domain: SourcebookDomain, _: str) -> list[Node]:
    """How many small lies in the code the tests have noticed, room by room."""
    path = domain.root / MUTANTS
    if not path.is_file():  # and as a dependency it would be new at every build
        return [nodes.paragraph("", "None was planted yet.")]
    domain.env.note_dependency(str(path))
    told = json.loads(path.read_text(encoding="utf-8")).items()
    rows = [(name, f"{each['noticed']} of {each['of']}") for name, each in told]
    return [_coded_table(("room", "noticed"), rows)]


def pinned_versions(root: Path) -> dict[str, str]:
    """Return the version of each library that ``pyproject.toml`` names."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    lock = (root / "requirements.lock").read_text(encoding="utf-8")
    pins = dict(_PIN.findall(lock))
    asked = [_NAME.match(line) for line in project["project"]["dependencies"]]
    names = [found[0] for found in asked if found]
    # A lock has names in their canonical form (PEP 503), a project as it likes.
    plain = {name: re.sub(r"[-_.]+", "-", name).lower() for name in names}
    return {name: pins.get(plain[name], "not pinned") for name in names}


def _executed(domain: SourcebookDomain, _: str) -> list[Node]:
    """Which notebooks were run, and how much they printed."""
    rows = []
    for path in _notebooks(domain.root):
        domain.env.note_dependency(str(path))
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        outputs = sum(len(cell["outputs"]) for cell in code)
        name = f"{path.parent.name}/{path.name}"
        rows.append((name, str(len(code)), str(outputs)))
    return [_coded_table(("notebook", "code cells", "outputs"), rows)]


def _notebooks(root: Path) -> list[Path]:
    return sorted((root / "notebooks").glob("*/*.ipynb"))


def _hashes(domain: SourcebookDomain, group: str) -> list[Node]:
    """The SHA-256 of each document, notebook or download, as the manifest has it."""
    root = domain.corpus.root
    for path in [*_notebooks(root), root / "CITATION.cff"]:
        domain.env.note_dependency(str(path))
    manifest = json.loads(exports(domain)[MANIFEST])
    entries = [(each["name"], each["sha256"]) for each in manifest[group]]
    if group == "data":
        entries.append((MANIFEST, "holds these hashes; its own is not among them"))
    return [_coded_table(("file", "SHA-256"), entries)]


def _coded_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> nodes.table:
    """Return a table whose first column is set as code."""
    in_code: list[list[str | Node]]
    in_code = [[nodes.literal("", first), *rest] for first, *rest in rows]
    return table(head, in_code, look="sb-record")


DIRECTIVES = {
    "data-fields": printing(_fields, takes=1, among=DESCRIBED),
    "executed-notebooks": printing(_executed),
    "file-hashes": printing(_hashes, takes=1, among=GROUPS),
    "hedge-table": printing(_hedges),
    "kind-test": printing(_test, takes=1),
    "mutant-scores": printing(_mutants),
    "pinned-versions": printing(_versions),
    "reader-scores": printing(_scores),
    "sources-picture": printing(_picture, takes=1),
    "waiver-reasons": printing(_waivers),
}

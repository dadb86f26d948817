"""What was run, with what, and what came out: the tables of *Reproduce* and *Data*.

Each directive prints what the code, the lock and the files say while the page is read;
nothing is typed. Clocks, paths and other facts of one machine are left out, so that a
second build prints the same.
"""

import json
import re
import sys
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path

from docutils import nodes
from docutils.nodes import Node
from sphinx.util.docutils import SphinxDirective

from sourcebook.coding.sheets import nearest
from sourcebook.coding.source_cache import KEPT, kept
from sourcebook.data.data_package import MANIFEST
from sourcebook.data.export import export_contents
from sourcebook.data.fields import TABLES
from sourcebook.data.scanned_tables import SCANNED
from sourcebook.reading.scoring import CORPUS, scores
from sourcebook.site.directives import table
from sourcebook.site.domain import SourcebookDomain, get_domain

_PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)(?:\[[^]]*\])?==([^ ]+)", re.MULTILINE)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
MUTANTS = "book/mutants.json"  # written by `make mutants`
GROUPS = ("sources", "notebooks", "data")


def exports(domain: SourcebookDomain) -> dict[str, bytes]:
    """Return the bytes of every file, worked out once for a build."""
    return domain.once(
        "exports",
        lambda: export_contents(domain.corpus, domain.answers, state=domain.state),
    )


class DataFields(SphinxDirective):
    """``{data-fields} table``: the columns of a download, with types and meanings.

    The tables that a scan of other documents writes are described likewise.
    """

    required_arguments = 1

    def run(self) -> list[Node]:
        """Return a table with a row for each column."""
        name = self.arguments[0]
        tables = {**SCANNED, **TABLES}
        if name not in tables:
            raise self.error(f"no table {name!r}{nearest(name, tables)}")
        rows = [(f.name, f.type, f.description) for f in tables[name].fields]
        return [_table(("field", "type", "what it says"), rows)]


class PinnedVersions(SphinxDirective):
    """``{pinned-versions}``: Python, and every library the book asks for by name."""

    def run(self) -> list[Node]:
        """Return a table with a row for each library, as the lock pins it."""
        root = get_domain(self.env).root
        for name in ("pyproject.toml", "requirements.lock"):
            self.env.note_dependency(str(root / name))
        running = f"{sys.version_info.major}.{sys.version_info.minor}"
        rows = [("Python", running), *sorted(pinned_versions(root).items())]
        return [_table(("what", "version"), rows)]


class ReaderScores(SphinxDirective):
    """``{reader-scores}``: how many labelled passages of each kind are read right."""

    def run(self) -> list[Node]:
        """Return a table with a row for each kind, and one for all of them."""
        root = get_domain(self.env).root
        path = root / CORPUS
        self.env.note_dependency(str(path))
        place = root / KEPT / "scores.pickle"
        told = kept(place, lambda: ([path], scores(path)), told="", floors=("reading",))
        rows = [
            (kind.replace("-", " "), f"{a} of {b}") for kind, (a, b) in told.items()
        ]
        right, of = (sum(pair[n] for pair in told.values()) for n in (0, 1))
        return [_table(("kind", "read right"), [*rows, ("all", f"{right} of {of}")])]


class MutantScores(SphinxDirective):
    """``{mutant-scores}``: how many small lies in the code the tests have noticed."""

    def run(self) -> list[Node]:
        """Return a table with a row for each floor; or say that none was planted."""
        path = get_domain(self.env).root / MUTANTS
        if not path.is_file():  # and as a dependency it would be new at every build
            return [nodes.paragraph("", "None was planted yet.")]
        self.env.note_dependency(str(path))
        told = json.loads(path.read_text(encoding="utf-8")).items()
        return [
            _table(
                ("floor", "noticed"),
                [(name, f"{each['noticed']} of {each['of']}") for name, each in told],
            )
        ]


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


class ExecutedNotebooks(SphinxDirective):
    """``{executed-notebooks}``: which notebooks were run, and what they printed."""

    def run(self) -> list[Node]:
        """Return a table with a row for each notebook."""
        rows = []
        for path in _notebooks(get_domain(self.env).root):
            self.env.note_dependency(str(path))
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            code = [cell for cell in cells if cell["cell_type"] == "code"]
            outputs = sum(len(cell["outputs"]) for cell in code)
            name = f"{path.parent.name}/{path.name}"
            rows.append((name, str(len(code)), str(outputs)))
        return [_table(("notebook", "code cells", "outputs"), rows)]


def _notebooks(root: Path) -> list[Path]:
    return sorted((root / "notebooks").glob("*/*.ipynb"))


class FileHashes(SphinxDirective):
    """``{file-hashes} group``: the SHA-256 of each document, notebook or download."""

    required_arguments = 1

    def run(self) -> list[Node]:
        """Return a table with a row for each file, as the manifest has it."""
        group, corpus = self.arguments[0], get_domain(self.env).corpus
        if group not in GROUPS:
            raise self.error(f"no group {group!r}; use one of {', '.join(GROUPS)}")
        for path in [*_notebooks(corpus.root), corpus.root / "CITATION.cff"]:
            self.env.note_dependency(str(path))
        manifest = json.loads(exports(get_domain(self.env))[MANIFEST])
        entries = [(each["name"], each["sha256"]) for each in manifest[group]]
        if group == "data":
            entries.append((MANIFEST, "holds these hashes; its own is not among them"))
        return [_table(("file", "SHA-256"), entries)]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> nodes.table:
    """Return a table whose first column is set as code."""
    in_code: list[list[str | Node]]
    in_code = [[nodes.literal("", first), *rest] for first, *rest in rows]
    return table(head, in_code, look="sb-record")


DIRECTIVES = {
    "data-fields": DataFields,
    "executed-notebooks": ExecutedNotebooks,
    "file-hashes": FileHashes,
    "pinned-versions": PinnedVersions,
    "mutant-scores": MutantScores,
    "reader-scores": ReaderScores,
}

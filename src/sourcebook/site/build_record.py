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

from sourcebook.coding.source_cache import KEPT, kept
from sourcebook.data.data_package import MANIFEST
from sourcebook.data.export import export_contents
from sourcebook.data.fields import TABLES
from sourcebook.data.scanned_tables import SCANNED
from sourcebook.reading.scoring import CORPUS, scores
from sourcebook.site.directives import printing, table
from sourcebook.site.domain import SourcebookDomain

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
    return [_table(("field", "type", "what it says"), rows)]


def _versions(domain: SourcebookDomain, _: str) -> list[Node]:
    """Python, and every library the book asks for by name, as the lock pins it."""
    root = domain.root
    for name in ("pyproject.toml", "requirements.lock"):
        domain.env.note_dependency(str(root / name))
    running = f"{sys.version_info.major}.{sys.version_info.minor}"
    rows = [("Python", running), *sorted(pinned_versions(root).items())]
    return [_table(("what", "version"), rows)]


def _scores(domain: SourcebookDomain, _: str) -> list[Node]:
    """How many labelled passages of each kind are read right, and of all of them."""
    path, place = domain.root / CORPUS, domain.root / KEPT / "scores.pickle"
    domain.env.note_dependency(str(path))
    told = kept(place, lambda: ([path], scores(path)), told="", rooms=("reading",))
    rows = [(kind.replace("-", " "), f"{a} of {b}") for kind, (a, b) in told.items()]
    right, of = (sum(pair[n] for pair in told.values()) for n in (0, 1))
    return [_table(("kind", "read right"), [*rows, ("all", f"{right} of {of}")])]


def _mutants(domain: SourcebookDomain, _: str) -> list[Node]:
    """How many small lies in the code the tests have noticed, room by room."""
    path = domain.root / MUTANTS
    if not path.is_file():  # and as a dependency it would be new at every build
        return [nodes.paragraph("", "None was planted yet.")]
    domain.env.note_dependency(str(path))
    told = json.loads(path.read_text(encoding="utf-8")).items()
    rows = [(name, f"{each['noticed']} of {each['of']}") for name, each in told]
    return [_table(("room", "noticed"), rows)]


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
    return [_table(("notebook", "code cells", "outputs"), rows)]


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
    return [_table(("file", "SHA-256"), entries)]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> nodes.table:
    """Return a table whose first column is set as code."""
    in_code: list[list[str | Node]]
    in_code = [[nodes.literal("", first), *rest] for first, *rest in rows]
    return table(head, in_code, look="sb-record")


DIRECTIVES = {
    "data-fields": printing(_fields, takes=1, among=DESCRIBED),
    "executed-notebooks": printing(_executed),
    "file-hashes": printing(_hashes, takes=1, among=GROUPS),
    "pinned-versions": printing(_versions),
    "mutant-scores": printing(_mutants),
    "reader-scores": printing(_scores),
}

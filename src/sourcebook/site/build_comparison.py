"""Whether two builds are the same, byte for byte, and whether one is what it says.

There are no exceptions: no file is left out, and no difference counts as small. Where
the libraries that write the pages are others, their own markup may differ: then pages,
downloads and all that is ours on each page must be the same.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile
from operator import eq
from pathlib import Path

from sourcebook.coding.book_files import DATA
from sourcebook.data.citation import commit_time
from sourcebook.data.export import MANIFEST, sha256
from sourcebook.errors import SourcebookError
from sourcebook.running.build_lock import alone
from sourcebook.site.publication import SITE

SHOWN = 20  # differences
COUNTED = {  # of what is ours on pages, told by the name of its class
    "cards": "sb-card",
    "links to claims": "sb-claim",
    "listings": "sb-listing",
    "charts": "sb-chart",
}
_CLASSES = re.compile(r'\bclass="([^"]*\bsb-[^"]*)"')
_CONFIGURE = "from jupyter_book.cli.main import main; main()"
_OURS = "from sourcebook.commands.command_line import main; main()"
_AROUND = 30  # bytes shown before and after the first that differs
_LEFT_BEHIND = ("_build", ".venv", ".uv", ".*_cache", ".hypothesis", "__pycache__")
# Two builds that agree although these differ depend on none of them.
_WAYS = (
    ("one", {"PYTHONHASHSEED": "1", "TZ": "UTC"}),
    ("another place", {"PYTHONHASHSEED": "2", "TZ": "Asia/Kathmandu"}),
)


def differences(one: Path, two: Path) -> Iterator[str]:
    """Yield a line for each file that is missing from a folder or not the same."""
    ours, theirs = _files(one), _files(two)
    for name in sorted(ours.keys() | theirs.keys()):
        if name not in theirs:
            yield f"{name}: only in {one}"
        elif name not in ours:
            yield f"{name}: only in {two}"
        elif (a := ours[name].read_bytes()) != (b := theirs[name].read_bytes()):
            yield f"{name}: differs {_where(a, b)}"


def _files(folder: Path) -> dict[str, Path]:
    if not folder.is_dir():
        raise SourcebookError(f"{folder}: no such folder", fix="make book")
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in paths}


def _where(a: bytes, b: bytes) -> str:
    """Say where two contents part, with the bytes around that place."""
    at = sum(1 for _ in takewhile(bool, map(eq, a, b)))
    parts = [each[max(0, at - _AROUND) : at + _AROUND] for each in (a, b)]
    shown = " against ".join(repr(part.decode(errors="replace")) for part in parts)
    return f"from byte {at}: {shown}"


def check_same(one: Path, two: Path) -> int:
    """Return how many files two folders share; raise if they are not the same."""
    fix = "find the clock, path or order of a set that got into the file"
    _refuse(list(differences(one, two)), fix)
    return len(_files(one))


def check_alike(one: Path, two: Path) -> str:
    """Return in words what two sites share that other libraries wrote; else raise.

    They share their pages, their downloads byte for byte, and on each page how many
    there are of everything that has a class of ours.
    """
    ours, theirs = _counts(one), _counts(two)
    found = [f"{page}: in one of them only" for page in sorted(ours.keys() ^ theirs)]
    for page in sorted(ours.keys() & theirs.keys()):
        a, b = ours[page], theirs[page]
        kinds = [kind for kind in a | b if a[kind] != b[kind]]
        found += [f"{page}: {a[kind]} {kind} against {b[kind]}" for kind in kinds]
    found += differences(one / DATA, two / DATA)
    _refuse(found, "see what the newer library does otherwise, and serve both")
    whole = sum(ours.values(), Counter[str]())
    said = [f"{whole[kind]} {words}" for words, kind in COUNTED.items()]
    files = f"{len(_files(one / DATA))} data files"
    return ", ".join([f"{len(ours)} pages", files, *said])


def _refuse(found: list[str], fix: str) -> None:
    if found:
        more = [f"… and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
        said = "\n".join(["the two builds differ", *found[:SHOWN], *more])
        raise SourcebookError(said, fix=fix)


def _counts(site: Path) -> dict[str, Counter[str]]:
    """Return for each page how often each class of ours is on it."""
    counts = {}
    for name, path in _files(site).items():
        if name.endswith(".html") and not name.startswith("_"):
            named = _CLASSES.findall(path.read_text(encoding="utf-8"))
            words = " ".join(named).split()
            counts[name] = Counter(w for w in words if w.startswith("sb-"))
    return counts


def check_manifest(site: Path) -> int:
    """Return how many downloads of a built site are as its manifest says; else raise.

    ``site`` is the folder of the pages, or that of the downloads itself.
    """
    data = site / DATA if (site / DATA).is_dir() else site
    if not (data / MANIFEST).is_file():
        raise SourcebookError(f"{data}: no {MANIFEST}", fix="make book")
    listed = json.loads((data / MANIFEST).read_text(encoding="utf-8"))["data"]
    faults = []
    for entry in listed:
        path = data / entry["name"]
        if not path.is_file():
            faults.append(f"{entry['name']}: missing")
        elif sha256(path.read_bytes()) != entry["sha256"]:
            faults.append(f"{entry['name']}: not the file that the manifest names")
    named = {MANIFEST, *(entry["name"] for entry in listed)}
    faults += [f"{name}: not listed" for name in sorted(set(_files(data)) - named)]
    if faults:
        raise SourcebookError("\n".join(faults), fix="fetch the files again")
    return len(listed)


def build_twice(root: Path) -> int:
    """Build the book in two places, and return how many files came out the same.

    The places differ in path, in that of their environment, in time zone and in the
    seed of Python's hashes. Raises `SourcebookError` if a build fails or they differ.
    """
    sites = []
    with tempfile.TemporaryDirectory(prefix="sourcebook-") as folder:
        for name, env in _WAYS:  # from nothing but its own files
            copy = _copied(root, Path(folder) / name)
            _run([_python(copy), "-c", _OURS, "--root", str(copy), "build"], copy, env)
            sites.append(copy / SITE)
        return check_same(*sites)


def build_under(root: Path, python: Path) -> str:
    """Build a copy by Sphinx alone, with another Python's libraries; return what holds.

    Its settings are those that ``jupyter-book config sphinx`` writes, its warnings are
    errors. It must come out like the book that is built here. Raises `SourcebookError`.
    """
    with tempfile.TemporaryDirectory(prefix="sourcebook-") as folder:
        copy = _copied(root, Path(folder) / "book")
        env = {"SOURCE_DATE_EPOCH": commit_time(root)}
        into = copy / SITE
        for words in (
            ["-c", _CONFIGURE, "config", "sphinx", copy],
            ["-m", "sphinx", "-W", "--keep-going", "-b", "html", copy, into],
        ):
            _run([str(python.absolute()), *map(str, words)], copy, env)
        return check_alike(root / SITE, into)


def _python(copy: Path) -> str:
    """Return the Python of an environment that lies in the copy, as far as it knows.

    A link to ours: where an environment lies must not get into the site.
    """
    if sys.prefix == sys.base_prefix:
        return sys.executable
    (copy / ".venv").symlink_to(sys.prefix)
    return str(copy / ".venv" / Path(sys.executable).relative_to(sys.prefix))


def _copied(root: Path, copy: Path) -> Path:
    ignore = shutil.ignore_patterns(*_LEFT_BEHIND)
    with alone(root):  # nothing is copied while it is being written
        shutil.copytree(root, copy, ignore=ignore, symlinks=True)
    return copy


def _run(command: list[str], copy: Path, env: dict[str, str]) -> None:
    """Run a command on the package in the copy; show its last lines if it fails."""
    done = subprocess.run(  # noqa: S603 - our own arguments
        command,
        check=False,
        env={**os.environ, **env, "PYTHONPATH": str(copy / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    if done.returncode:
        last = "\n".join(done.stdout.splitlines()[-SHOWN:])
        raise SourcebookError(f"a copy of the book was not built\n{last}")

"""The site that readers have: replaced whole or left as it was, and only when needed.

A build works in a folder beside it, which it keeps for the next build to go on from.
When all went well, a second folder is filled: files that are as readers have them are
linked, others copied. Then the two folders change places, in one step where the system
can. What readers have is never written into, so a build that fails, is refused or is
killed takes nothing away.

After a build its stamp says what went in (every file of the book and of the package,
the commit, the settings, what is installed) and what came out (every file of the site).
If all of that is as it was, there is nothing to do. Files whose size and time are the
same count as the same; where the time alone moved, the bytes are compared.

Nothing here imports more than the standard library: saying "nothing changed" is to be
quick.
"""

import ctypes
import hashlib
import json
import os
import shutil
import sys
import sysconfig
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sourcebook.coding.book_files import put
from sourcebook.running.git_history import asked

SITE = "_build/html"
WORK = "_build/html.next"  # where Sphinx writes
_FILLED = "_build/html.new"
_HERE, _EXCHANGE = -100, 2  # of renameat2(2): paths as they are, and both change places


def files_in(folder: Path) -> dict[str, list[int]]:
    """Return size and time of every file in a folder, by its path in there."""
    found = {}
    for name, path in _walk(folder):
        facts = os.lstat(path)  # a link may lead nowhere
        found[name] = [facts.st_size, facts.st_mtime_ns]
    return found


def _walk(
    folder: Path, goes_in: Callable[[str], bool] = bool
) -> Iterator[tuple[str, str]]:
    """Yield every file below a folder: its path in there with slashes, its own path.

    Into folders ``goes_in`` says no to, by such a path, it does not look; `bool` says
    yes to all, for no path is empty.
    """
    # Each build asks several times for thousands of files: a `Path` for each would take
    # longer.
    for here, folders, names in os.walk(folder):
        at = f"{here}/".removeprefix(f"{folder}/")
        folders[:] = [each for each in folders if goes_in(f"{at}{each}")]
        yield from ((f"{at}{name}", f"{here}/{name}") for name in names)


def clear(path: Path) -> None:
    """Remove whatever lies at a place where a build keeps something."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def publish(root: Path) -> None:
    """Give readers what was built. What they have must be as it was published."""
    site, work, filled = root / SITE, root / WORK, root / _FILLED
    clear(filled)
    before = files_in(site)
    for name, facts in files_in(work).items():
        to = filled / name
        to.parent.mkdir(parents=True, exist_ok=True)
        if before.get(name) == facts:
            link(site / name, to)
        else:  # never linked: the next build writes into it
            shutil.copy2(work / name, to)
    filled.mkdir(parents=True, exist_ok=True)
    swap(filled, site)
    clear(filled)


def link(made: str | Path, to: str | Path) -> None:
    """Link a file that readers have, which is never written into; else copy it."""
    try:
        os.link(made, to)
    except OSError:  # another disk, or a file system without links
        shutil.copy2(made, to)


def swap(new: Path, old: Path) -> None:
    """Let two folders change places."""
    if not old.exists():
        new.rename(old)
        return
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
        paths = os.fsencode(new), os.fsencode(old)
        if rename(_HERE, paths[0], _HERE, paths[1], _EXCHANGE) == 0:
            return
    except (AttributeError, OSError):
        pass  # a system without it: two steps, with a moment between them
    aside = old.with_name(f"{old.name}.old")
    clear(aside)
    old.rename(aside)
    new.rename(old)
    aside.rename(new)


STAMP = "_build/.sourcebook/stamp.json"
READ = "_build/.doctrees"  # pages as Sphinx keeps them once they are read
_SETTINGS = ("SOURCE_DATE_EPOCH", "SOURCEBOOK_URL")
_NO_INPUT = ("_build", "tests")  # folders at the top of the book
_NEVER = ("__pycache__", ".egg-info")  # and what begins with a dot
_PACKAGE = Path(__file__).parents[1]

Kept = list[Any]  # size, time in nanoseconds, SHA-256
Files = dict[str, Kept]


def is_unchanged(root: Path) -> bool:
    """Whether the site is there, whole, and made from what the book is now."""
    stamp = _read(root)
    if not stamp or stamp["settings"] != _settings(root):
        return False
    if stamp["outputs"] != files_in(root / SITE):
        return False
    known = stamp["inputs"]
    now = _inputs(root, known)
    if _contents(now) != _contents(known):
        return False
    if now != known:  # touched, not changed: the next look need not read them again
        _write(root, {**stamp, "inputs": now})
    return True


@contextmanager
def stamped(root: Path, *, fresh: bool = False) -> Iterator[Path]:
    """Build inside this, into the folder given: what is made there is then published.

    The stamp of the last build goes before, a new one comes if all went well. Until
    then readers keep the site they have. Where the last build did not end well, where
    its site was changed by other hands, or where an input has gone, what it made goes,
    and every page is written again: nothing is left behind that a clean build would not
    have. ``fresh`` asks for that, and for every page to be read again.
    """
    stamp = _read(root)
    # Taken before the build, and written last: a build that was interrupted, or a file
    # that was edited meanwhile, is never taken for done.
    inputs = _inputs(root, stamp["inputs"] if stamp else {})
    published = files_in(root / SITE)
    whole = stamp and stamp["outputs"] == published == files_in(root / WORK)
    if fresh:
        clear(root / READ)
    if fresh or not whole or stamp["inputs"].keys() - inputs.keys():
        clear(root / WORK)
    clear(root / STAMP)
    settings = _settings(root)
    yield root / WORK
    publish(root)
    outputs = files_in(root / SITE)
    _write(root, {"settings": settings, "inputs": inputs, "outputs": outputs})


def _read(root: Path) -> dict[str, Any]:
    """Return the stamp of the last build; nothing of one that is none, or damaged."""
    try:
        stamp = json.loads((root / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    # What was cut off or edited may be JSON all the same, and of another shape.
    parts = ("settings", "inputs", "outputs")
    if not isinstance(stamp, dict):
        return {}
    if not all(isinstance(stamp.get(part), dict) for part in parts):
        return {}
    files = stamp["inputs"].values()  # each `Kept`
    return stamp if all(isinstance(f, list) and len(f) == 3 for f in files) else {}


def _write(root: Path, stamp: dict[str, Any]) -> None:
    put(root / STAMP, json.dumps(stamp, sort_keys=True).encode())


def _settings(root: Path) -> dict[str, str]:
    """Return what a site depends on besides files."""
    libraries = sorted(os.listdir(sysconfig.get_path("purelib")))  # noqa: PTH208
    return {
        **{name: os.environ.get(name, "") for name in _SETTINGS},
        "python": sys.version,
        "libraries": hashlib.sha256("\n".join(libraries).encode()).hexdigest(),
        # From its history pages get their dates; "" without git.
        "commit": asked(root, "rev-parse", "HEAD", "--is-shallow-repository"),
        "editions": _editions(root),
    }


def _editions(root: Path) -> str:
    """Return which files of the reading edition the site can link."""
    paths = sorted([*root.glob("_build/epub/*.epub"), *root.glob("_build/pdf/*.pdf")])
    facts = [(path.name, path.stat()) for path in paths]
    return str([(name, each.st_size, each.st_mtime_ns) for name, each in facts])


def _inputs(root: Path, known: Files) -> Files:
    """Return every file that could go into the site; ``known`` spares reading.

    What is hidden or made by Python does not, nor a link that leads nowhere.
    """
    found = dict(_walk(root, _counts))
    if not _PACKAGE.is_relative_to(root):
        package = _walk(_PACKAGE, _counts)
        found |= {f"package/{name}": path for name, path in package}
    return {
        name: _look(path, known.get(name))
        for name, path in sorted(found.items())
        if _counts(name) and os.path.isfile(path)  # noqa: PTH113 - quick
    }


def _counts(name: str) -> bool:
    """Whether a file or folder is an input of the site, or may hold any."""
    last = name.rpartition("/")[2]
    return not (name in _NO_INPUT or last.startswith(".") or last.endswith(_NEVER))


def _look(path: str, known: Kept | None) -> Kept:
    """Return size, time and digest; the digest is read where size or time moved."""
    facts = os.stat(path)  # noqa: PTH116 - likewise
    if known and known[:2] == [facts.st_size, facts.st_mtime_ns]:
        return known
    digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    return [facts.st_size, facts.st_mtime_ns, digest]


def _contents(files: Files) -> dict[str, str]:
    return {name: kept[-1] for name, kept in files.items()}

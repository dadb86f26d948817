"""Executed notebooks, kept where Jupyter Book looks for them, with what they rest on.

The place is Jupyter Book's own cache. It looks at code alone; so beside it lies a
record for each notebook, written last. What has no record that holds is dropped before
anything is read: an interrupted run leaves what had finished, and nothing by halves.
Which notebooks are out of date, and why, is answered without running anything.
"""

import json
import re
import shutil
import sqlite3
from collections.abc import Collection
from contextlib import closing, suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import click

from sourcebook.coding.book_files import put
from sourcebook.errors import SourcebookError
from sourcebook.running.execution_record import NEVER, Code, Present, Result, RunRecord
from sourcebook.running.read_watch import digest

CACHE = Path("_build", ".jupyter_cache")
_NO_PATH = re.compile(r"\?|%[0-9a-fA-F]{2}")
_RECORDS, _EXECUTED, _DATABASE = "records", "executed", "global.db"
_DIGEST = "base.sha256"  # beside an executed notebook: of its bytes as it was kept


class Store:
    """The cache of one book.

    ``names`` throughout are notebooks, as paths below the root of the book.
    """

    def __init__(self, root: Path, folder: Path | None = None) -> None:
        self.root = root
        self.folder = folder or root / CACHE
        self._present = Present(root)
        self._looked = False

    def record(self, name: str) -> RunRecord | None:
        """Return the record of a notebook's last run, with its outputs as they were."""
        record = RunRecord.read(self.record_path(name))
        return record if record and self._whole(record.key) else None

    def seconds(self, name: str) -> float | None:
        """Return how long a notebook took the last time; None if it never ran."""
        record = RunRecord.read(self.record_path(name))
        return record.seconds if record else None

    def output(self, name: str) -> str:
        """Return the SHA-256 of a notebook's outputs; "" where there are none."""
        return self._whole(record.key) if (record := self.record(name)) else ""

    def shows(self, name: str) -> bool:
        """Whether a notebook's file has the outputs of its last run."""
        if not (record := self.record(name)):
            return False
        with suppress(ValueError, LookupError, TypeError, AttributeError):
            return _outputs(self.root / name) == _outputs(self._executed(record.key))
        return True  # no notebook: who compares it with its text says so

    def why(self, name: str, *, code: Code | None = None) -> str:
        """Return why a notebook has to run; "" when its outputs are up to date.

        ``code`` stands for the notebook as it lies there.
        """
        self._mend()
        record = RunRecord.read(self.record_path(name))
        if record is None:
            return NEVER
        if code is None:
            text = (self.root / name).read_text(encoding="utf-8")
            code = Code.of(json.loads(text))
        if moved := code.moved(record) or self._present.moved(record):
            return moved
        return "" if self.record(name) else "its outputs are gone or changed"

    def drop_stale(self, names: Collection[str]) -> dict[str, str]:
        """Empty the cache of all but the fresh outputs of ``names``.

        Returns the notebooks that must run, each with the reason.
        """
        reasons = {name: self.why(name) for name in names}
        fresh = {
            record.key
            for name, reason in reasons.items()
            if not reason and (record := self.record(name))
        }
        if not self._drop_all_but(fresh):
            return dict.fromkeys(names, NEVER)
        stale = {name: reason for name, reason in reasons.items() if reason}
        # Room for what a book has: of too many it would drop the oldest. Asked only
        # where something runs, for what opens the cache takes long to load.
        if stale and 2 * len(names) > self._cache.get_cache_limit():
            self._cache.change_cache_limit(2 * len(names))
        return stale

    def _mend(self) -> None:
        """Begin anew, and say so, where the database was damaged; looked at once."""
        if not self._looked and self._known() is None:
            self._begin_anew()
            path = self.folder / _DATABASE
            click.echo(f"{path} is damaged: all notebooks are run again", err=True)
        self._looked = True

    def _begin_anew(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        vars(self).pop("_cache", None)

    def _drop_all_but(self, keys: Collection[str]) -> bool:
        """Drop what has no such key; all, and return false, if the cache is broken."""
        known = self._known()
        if known is None or not known.keys() >= set(keys):
            self._begin_anew()
            return False
        if dropped := [known[key] for key in known.keys() - set(keys)]:
            from jupyter_cache.cache.db import NbCacheRecord  # noqa: PLC0415 - slow

            NbCacheRecord.remove_records(dropped, self._cache.db)
        for path in (self.folder / _EXECUTED).glob("*"):
            if path.name not in keys:
                shutil.rmtree(path)
        return True

    def _known(self) -> dict[str, int] | None:
        """Return the keys in the cache's database; None where it cannot be read."""
        path = self.folder / _DATABASE
        if not path.is_file():
            return {}
        try:
            with closing(sqlite3.connect(path)) as database:
                _check(database)
                return dict(database.execute("SELECT hashkey, pk FROM nbcache"))
        except (sqlite3.DatabaseError, ValueError, TypeError):
            return None

    def keep(self, result: Result, notebook: str) -> None:
        """Put an executed notebook into the cache; ``notebook`` is what was run."""
        import nbformat  # noqa: PLC0415 - slow, and not needed to see what is stale
        from jupyter_cache.base import CacheBundleIn  # noqa: PLC0415

        executed = nbformat.reads(result.notebook, as_version=4)
        self.record_path(result.name).unlink(missing_ok=True)
        seconds = {"execution_seconds": result.seconds}
        bundle = CacheBundleIn(executed, str(self.root / result.name), data=seconds)
        entry = self._cache.cache_notebook_bundle(
            bundle, check_validity=False, overwrite=True
        )
        kept = self._executed(entry.hashkey)
        put(kept.with_name(_DIGEST), digest(str(kept)).encode())
        code = Code.of(json.loads(notebook))
        RunRecord(
            key=entry.hashkey, seconds=result.seconds, kernel=code.kernel,
            cells=code.cells, environment=self._present.environment, reads=result.reads,
        ).write(self.record_path(result.name))  # fmt: skip

    def fill(self, notebook: Any) -> Any:  # noqa: ANN401 - nbformat has no types
        """Return a notebook with the outputs the cache has for its code.

        Raises `KeyError` where it has none.
        """
        return self._cache.merge_match_into_notebook(notebook)[1]

    @cached_property
    def _cache(self) -> Any:  # noqa: ANN401 - jupyter-cache has no types
        from jupyter_cache import get_cache  # noqa: PLC0415 - slow

        if found := _NO_PATH.search(str(self.folder)):  # to the library, part of a URL
            said = (
                f"{self.folder}: no run is kept below a folder with {found[0]!r} in its"
            )
            raise SourcebookError(f"{said} name", fix="move the book, or rename that")
        self.folder.mkdir(parents=True, exist_ok=True)
        return get_cache(self.folder)

    def _whole(self, key: str) -> str:
        """Return the SHA-256 of what is kept of a run; "" where it is not as it was."""
        path = self._executed(key)
        now, kept = digest(str(path)), path.with_name(_DIGEST)
        return now if kept.is_file() and kept.read_bytes() == now.encode() else ""

    def _executed(self, key: str) -> Path:
        return self.folder / _EXECUTED / key / "base.ipynb"

    def record_path(self, name: str) -> Path:
        """Return where the record of a notebook is kept."""
        return self.folder / _RECORDS / f"{name}.json"


def _outputs(notebook: Path) -> list[list[dict[str, Any]]]:
    """Return what a notebook shows; in which order its cells were run is nothing."""
    cells = json.loads(notebook.read_bytes())["cells"]
    shown = [cell["outputs"] for cell in cells if cell["cell_type"] == "code"]
    return [[each | {"execution_count": None} for each in some] for some in shown]


def _check(database: sqlite3.Connection) -> None:
    """Raise where the library that reads the database would."""
    if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        raise ValueError("damaged")
    query = "SELECT data, created, accessed, uri, description FROM nbcache"
    for data, created, accessed, *_ in database.execute(query):
        json.loads(data or "null")
        for when in (created, accessed):
            datetime.fromisoformat(when)
    for (value,) in database.execute("SELECT value FROM settings"):
        json.loads(value)
    database.execute("SELECT uri, read_data, assets, traceback FROM nbproject")


def reasons(root: Path, cache: Path | None = None) -> dict[str, str]:
    """Return, for each notebook, why it has to run; "" when it is up to date."""
    store = Store(root, cache)
    paths = sorted((root / "notebooks").glob("*/*.ipynb"))
    names = [path.relative_to(root).as_posix() for path in paths]
    return {name: store.why(name) for name in names}


def each(root: Path) -> list[str]:
    """Return one line for each notebook."""
    return [
        f"{name}: {f'stale: {why}' if why else 'fresh'}"
        for name, why in reasons(root).items()
    ]


def count(root: Path) -> str:
    """Return one line for all notebooks."""
    found = reasons(root)
    stale = sum(1 for why in found.values() if why)
    more = " (why: sourcebook status --why)" if stale else ""
    return f"{len(found)} notebooks, {stale} to run{more}"

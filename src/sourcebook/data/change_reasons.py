"""Why what was published reads otherwise now: asked of git once, and then kept.

The reason for a change is what its commit says, of every commit that changed the entry
of a claim, a question or a fact since the day of the release before; and, before that,
what a reading found wrong with it.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache, partial
from pathlib import Path

from sourcebook.coding.plain_yaml import Unread, plain_data
from sourcebook.coding.sheets import load_table
from sourcebook.comparing.corrections import REASON_FIELDS, REASONS
from sourcebook.comparing.outside_readings import Trust
from sourcebook.comparing.release_changes import CLAIM, FACT, QUESTION, Name
from sourcebook.data.encoding import Row
from sourcebook.running.git_history import asked

Said = tuple[str, Name]  # a reason, and what it is the reason for

_FOLDERS = {  # where entries stand, as what, and under which key
    "seeds": (CLAIM, "claims"),
    "book/questions": (QUESTION, "questions"),
    "book/record": (FACT, "facts"),
}
_MOST = 3  # reasons of commits for one item, the latest: more than that nobody reads
_NOTHING = "0" * 40  # how git names the blob of a file that is not there
_UNITS = {"claims": CLAIM, "questions": QUESTION}


def reasons(
    root: Path, trust: Trust | None, *, since: date, only: Collection[Name]
) -> list[Row]:
    """Return the rows of a release's table of reasons, for ``only`` these items."""
    found = [*_read(trust, since), *_last(_committed(root, since))]
    rows: dict[tuple[str, str], set[str]] = {}
    for why, (what, name) in found:
        if (what, name) in only:
            rows.setdefault((why, what), set()).add(name)
    return _rows(rows)


def kept(root: Path, version: str, rows: Iterable[Row]) -> list[Row]:
    """Return a table of reasons with what it had before, each reason once."""
    # Git may know less than it did: in a zip it knows nothing, in a shallow clone
    # little.
    path, before = root / REASONS / f"{version}.csv", []
    if path.is_file():
        shown = f"{REASONS}/{path.name}"
        before = load_table(path, columns=REASON_FIELDS, shown=shown)
    merged: dict[tuple[str, str], set[str]] = {}
    new = [tuple(str(row[name]) for name in REASON_FIELDS) for row in rows]
    for why, what, ids in (*new, *before):
        merged.setdefault((why, what), set()).update(ids.split())
    return _rows(merged)


def _rows(found: Mapping[tuple[str, str], set[str]]) -> list[Row]:
    return [
        dict(zip(REASON_FIELDS, (why, what, " ".join(sorted(ids))), strict=True))
        for (why, what), ids in found.items()
    ]


def _read(trust: Trust | None, since: date) -> Iterator[Said]:
    """Yield what readings made after a day found wrong with claims and questions."""
    for reading in trust.readings if trust else ():
        for slip in reading.errors if reading.date > since.isoformat() else ():
            if slip.unit in _UNITS:
                why = f"A reading by a stranger found: {', '.join(slip.kind)}"
                yield why, (_UNITS[slip.unit], slip.id)


def _last(found: Iterable[Said]) -> list[Said]:
    """Return the latest few reasons of each item, the oldest first."""
    left: dict[Name, int] = {}
    chosen = []
    for why, name in reversed(list(dict.fromkeys(found))):
        left[name] = left.get(name, 0) + 1
        if left[name] <= _MOST:
            chosen.append((why, name))
    return chosen[::-1]


def _committed(root: Path, since: date) -> Iterator[Said]:
    """Yield what each commit after a day says, for each entry that it changed."""
    log = asked(
        root,
        *("log", "--no-merges", "--reverse", "--raw", "--no-abbrev", "--no-renames"),
        *(f"--since={since}T23:59:59Z", "--format=%s", "--", *_FOLDERS),
    )
    entries = lru_cache(maxsize=None)(partial(_entries, root))
    for why, lines in _by_commit(log):
        # Compared by commit, not by file: what only moved to another file of its sheet
        # is as it was.
        before, now = dict[Name, str](), dict[Name, str]()
        for line in lines:
            facts, _, path = line.partition("\t")
            _, _, old, new, _ = facts.split()
            folder, _, file = path.rpartition("/")
            if folder not in _FOLDERS or not file.endswith(".yml"):
                continue
            what, key = _FOLDERS[folder]
            home = (
                "" if what == FACT else f"{file.partition('.')[0]}/"
            )  # of a part, too
            for had, blob in ((before, old), (now, new)):
                had |= {(what, home + n): e for n, e in entries(blob, key).items()}
        for name in before | now:
            if before.get(name) != now.get(name):
                yield why, name


def _by_commit(log: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the first line of each commit of a log with the lines on its files."""
    why, lines = "", list[str]()
    for line in (*log.splitlines(), "end"):
        if line.startswith(":"):
            lines.append(line)
        elif line:
            yield why, lines
            why, lines = line, []


def _entries(root: Path, blob: str, key: str) -> dict[str, str]:
    """Return the entries of a file in git, by id; none where it cannot be read."""
    if blob == _NOTHING:
        return {}
    try:
        data, _ = plain_data(asked(root, "cat-file", "blob", blob))
    except Unread:
        return {}
    listed = data.get(key) if isinstance(data, dict) else None
    return {
        str(entry["id"]): json.dumps(entry, sort_keys=True, default=str)
        for entry in listed or ()
        if isinstance(entry, dict) and "id" in entry
    }

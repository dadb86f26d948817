"""What the benchmark measured: one file a row, and what each row must reach.

The benchmark writes the files and then, from them and nothing else, the tables at the
end of README.md. A ratio is worked out pair by pair, each of plain Jupyter Book and
ours, run one after the other, and the middle one counts. What was not measured is not
made up: its row says so. ``python -m bench.results`` writes the tables alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, computed_field, model_validator

from sourcebook.coding.book_files import put
from sourcebook.coding.schema import Slug, Strict, Words
from sourcebook.coding.sheets import Loaded, check_model
from sourcebook.data.fields import as_json
from sourcebook.errors import SheetError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FOLDER = Path("tests", "bench", "measured")
PAGE = Path("tests", "bench", "README.md")
MEASURED = "## What was measured\n\n"  # where the tables begin in it
NOT_MEASURED = "not measured"
SPACE = "\N{NO-BREAK SPACE}"  # a figure stays with its unit
FLAT = 0.1  # megabytes that an extra source may cost a process and still be no growth
_DERIVED = ("plain", "ours", "ratio")

Seconds = Annotated[float, Field(ge=0)]


@dataclass(frozen=True, slots=True)
class Work:
    """A row of the table: what is measured, and what it must reach."""

    name: str
    title: str
    times: float | None = None  # how many times as fast as plain, at least
    limit: float | None = None  # seconds, at most
    besides: str = ""  # what must hold besides, in short

    @property
    def target(self) -> str:
        """What must be reached, in short."""
        times = f"1/{self.times:g}" if self.times else ""
        limit = f"{self.limit:g}{SPACE}s" if self.limit else ""
        return ", ".join(part for part in (times, limit, self.besides) if part)


WORKS = (
    Work("cold", "this book, nothing cached", times=3),
    Work("hundred", "100 made-up sources, nothing cached", times=5),
    Work("five-hundred", "500 made-up sources, nothing cached", times=6),
    Work("pages", "300 pages, rendering alone", times=2.5, besides="linear"),
    Work("nothing", "this book again, nothing changed", times=6, limit=1),
    Work("note", "this book again, one claim's note changed", times=3),
    Work("sentence", "this book again, one sentence changed", limit=4),
    Work("sentence-hundred", "100 made-up sources again, one sentence", limit=4),
    Work("shown-sentence", "a sentence saved, shown by serve", limit=2),
    Work("shown-claim", "a claim's note saved, shown", limit=5),
    Work("shown-question", "a question saved, shown", limit=5),
    Work("shown-sentence-hundred", "the same, 100 sources: a sentence", limit=2),
    Work("shown-claim-hundred", "the same, 100 sources: a claim's note", limit=5),
    Work("shown-question-hundred", "the same, 100 sources: a question", limit=5),
    Work("coding", "20 claims as YAML, and at the desk (a model of keys)", times=2),
    Work("nbval", "all notebooks run again, outputs compared", times=3),
    Work("import", "import of the package", limit=0.3),
    Work("check", "check of the five sources", limit=1),
    Work("check-hundred", "check of 100 made-up sources", limit=5),
    Work("scan", "10,000 made-up documents scanned", besides="constant memory"),
)


class Pair(Strict):
    """One run of each way, in seconds; plain is missing where there is no such way."""

    plain: Seconds | None = None
    ours: Seconds


class Machine(Strict):
    """What it was measured on."""

    system: Words
    processor: Words
    cores: int
    memory: float  # gigabytes


class Measured(Strict):
    """What every file says: when, on what, with which versions, by which commands."""

    date: Words
    machine: Machine
    versions: dict[str, str]
    commands: dict[str, str]
    notes: dict[str, str] = Field(default_factory=dict)

    @property
    def circumstances(self) -> tuple[Any, ...]:
        """What rows must share to be told in one sentence."""
        return self.date, self.machine, tuple(sorted(self.versions.items()))


class Row(Measured):
    """The pairs of one work, and what must hold besides."""

    work: Slug
    pairs: Annotated[tuple[Pair, ...], Field(min_length=1)]
    holds: dict[str, bool] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _leave_derived(cls, data: Any) -> Any:
        """Take no result from the file: it follows from the pairs."""
        if not isinstance(data, dict):
            return data
        return {key: value for key, value in data.items() if key not in _DERIVED}

    @computed_field  # type: ignore[prop-decorator]
    @property
    def plain(self) -> float | None:
        """The middle time of plain Jupyter Book; None where there is none."""
        times = [pair.plain for pair in self.pairs if pair.plain is not None]
        return median(times) if times else None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def ours(self) -> float:
        """Our middle time."""
        return median(pair.ours for pair in self.pairs)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def ratio(self) -> float | None:
        """How many times as fast we are, the middle of all pairs."""
        ratios = [p.plain / p.ours for p in self.pairs if p.plain is not None]
        return round(median(ratios), 3) if ratios else None


class Size(Measured):
    """A made-up book of one size: seconds by work, megabytes by process, counts."""

    sources: Annotated[int, Field(ge=1)]
    seconds: dict[str, Seconds]
    memory: dict[str, float]
    counts: dict[str, float]


def is_met(work: Work, row: Row) -> bool:
    """Return whether a row reaches all that its work asks for."""
    fast = work.times is None or (row.ratio or 0) >= work.times
    short = work.limit is None or row.ours <= work.limit
    return fast and short and all(row.holds.values())


def load_rows(root: Path) -> dict[str, Row]:
    """Return the rows that were measured, by work. Raises `SheetError`."""
    known = {work.name for work in WORKS}
    found = {}
    for path in sorted((root / FOLDER).glob("*.json")):
        if path.stem in known:
            found[path.stem] = check_model(_load(path), Row)
    return found


def load_sizes(root: Path) -> tuple[Size, ...]:
    """Return the sizes that were measured, the smallest first. Raises `SheetError`."""
    paths = (root / FOLDER).glob("growth-*.json")
    sizes = [check_model(_load(path), Size) for path in paths]
    return tuple(sorted(sizes, key=lambda size: size.sources))


def _load(path: Path) -> Loaded:
    shown = (FOLDER / path.name).as_posix()
    try:
        return Loaded(shown, json.loads(path.read_text(encoding="utf-8")), {})
    except ValueError as error:
        raise SheetError(shown, [f"not JSON: {error}"]) from None


def _name(measured: Row | Size) -> str:
    if isinstance(measured, Row):
        return measured.work
    return f"growth-{measured.sources:04d}"


def write(measured: Row | Size, folder: Path) -> Path:
    """Write a row or a size into a folder, in one step; return the file."""
    path = folder / f"{_name(measured)}.json"
    folder.mkdir(parents=True, exist_ok=True)
    put(path, as_json(measured.model_dump()))
    return path


def per_source(sizes: tuple[Size, ...], process: str) -> float | None:
    """Return the megabytes an extra source costs, from the first size to the last."""
    if len(sizes) < 2:
        return None
    first, last = sizes[0], sizes[-1]
    more = last.memory[process] - first.memory[process]
    return more / (last.sources - first.sources)


def write_tables(root: Path) -> Path:
    """Write what was measured at the end of the benchmark's README; return the page."""
    page = root / PAGE
    words, mark, _ = page.read_text(encoding="utf-8").partition(MEASURED)
    page.write_text(words + mark + tables(root), encoding="utf-8", newline="\n")
    return page


def tables(root: Path) -> str:
    """Return what was measured as Markdown: against plain, by size, and on what."""
    rows, sizes = load_rows(root), load_sizes(root)
    lines = [_line(work, rows.get(work.name)) for work in WORKS]
    lines += [_memory_line(sizes, process) for process in ("warm", "parent")]
    parts = [_table("work|plain|ours|ours to plain|target|met".split("|"), lines)]
    if sizes:
        names = [*sizes[0].counts, *sizes[0].seconds, *sizes[0].memory]
        parts += [_table(["sources", *names], map(_size_line, sizes))]
    ran: dict[tuple[Any, ...], list[str]] = {}
    for each in (*rows.values(), *sizes):
        ran.setdefault(each.circumstances, []).append(_name(each))
    told = [("; ".join(names), *_told(*what)) for what, names in ran.items()]
    return "\n".join([*parts, _table(["what", "when", "machine", "versions"], told)])


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = [*head]
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _line(work: Work, row: Row | None) -> tuple[str, ...]:
    if row is None:
        return (work.title, "", NOT_MEASURED, "", work.target, "")
    plain = _seconds(row.plain) if row.plain is not None else "–"
    ratio = f"1/{row.ratio:.1f}" if row.ratio else "–"
    met = "yes" if is_met(work, row) else "no"
    return (work.title, plain, _seconds(row.ours), ratio, work.target, met)


def _memory_line(sizes: tuple[Size, ...], process: str) -> tuple[str, ...]:
    title, target = f"memory, {process}, an extra source", f"{FLAT:g}{SPACE}MB"
    cost = per_source(sizes, process)
    if cost is None:
        return (title, "", NOT_MEASURED, "", target, "")
    met = "yes" if cost <= FLAT else "no"
    return (title, "–", f"{cost:.2f}{SPACE}MB", "–", target, met)


def _size_line(size: Size) -> Iterator[str]:
    yield str(size.sources)
    yield from (f"{value:g}" for value in size.counts.values())
    yield from map(_seconds, size.seconds.values())
    yield from (f"{value:.0f}{SPACE}MB" for value in size.memory.values())


def _seconds(value: float) -> str:
    """Return a time as precise as it is worth.

    >>> [_seconds(value).split() for value in (0.2149, 8.21, 329.4)]
    [['0.21', 's'], ['8.2', 's'], ['329', 's']]
    """
    digits = 2 if value < 1 else 1 if value < 100 else 0
    return f"{value:.{digits}f}{SPACE}s"


def _told(
    date: str, machine: Machine, versions: tuple[tuple[str, str], ...]
) -> tuple[str, ...]:
    cores, memory = f"{machine.cores} cores", f"{machine.memory:g}{SPACE}GB"
    where = f"{machine.processor}, {cores}, {memory}, {machine.system}"
    return (date, where, ", ".join(map(" ".join, versions)))


if __name__ == "__main__":
    write_tables(Path(__file__).parents[2])

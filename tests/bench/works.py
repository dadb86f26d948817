"""The works that are measured: each makes one row, plain and ours by turns."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import psutil
from bench.books import ASKED, REPOSITORY, make_source
from bench.coding import SECONDS
from bench.coding import seconds as coding_seconds
from bench.places import change_note
from bench.results import Machine, Measured, Pair, Row, Size
from bench.running import run
from bench.saves import add_words

from sourcebook import __version__
from sourcebook.running.execution_store import CACHE
from sourcebook.site.build_comparison import differences

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.places import Place, Places
    from bench.running import Ran

PLAIN = ["jupyter-book", "build", "."]
OURS = ["sourcebook", "build"]
SETTINGS = ".buildinfo:"  # Sphinx's own note on the settings, which are not the same
SAME = "the same site as plain, byte for byte"
# What a scan is made of, by how the watcher names it.
SCANNING = {"parent": "the process that gathers", "worker": "the largest that reads"}
PAGE = "book/sources.md"  # in which a sentence is changed; any book has it
SHEET, CLAIM = "bbc-2025", "diversification"  # whose note is changed in this book
SLOPE = 1.1  # of three times the pages' time, and still counted as linear
GROWN = 1.1  # of the memory for a tenth of the documents, and still counted as constant


@dataclass
class Bench:
    """What the works share: the copies, how many pairs, how large the books."""

    places: Places
    pairs: int
    hundred: int = 100
    three_hundred: int = 300
    five_hundred: int = 500
    documents: int = 10_000
    plain: dict[int, float] = field(default_factory=dict)  # seconds, by sources

    def know(self, rows: dict[str, Row]) -> None:
        """Take plain's time for a hundred sources from its row, if it is of now."""
        now = Measured(commands={}, **measured())
        row = rows.get("hundred")
        if row and row.plain and row.circumstances == now.circumstances:
            self.plain[self.hundred] = row.plain

    def pair(self, plain: Callable[[], Ran], ours: Callable[[], Ran]) -> list[Pair]:
        """Run both by turns; return a pair for each turn."""
        pairs = []
        for turn in range(1, self.pairs + 1):
            one, two = plain().seconds, ours().seconds
            click.echo(f"  pair {turn}: plain {one:.2f} s, ours {two:.2f} s")
            pairs.append(Pair(plain=one, ours=two))
        return pairs

    def alone(self, ours: Callable[[], Ran], times: int) -> list[Pair]:
        """Run ours alone, where there is no plain way."""
        return [Pair(ours=ours().seconds) for _ in range(times)]

    def both(self, name: str, *size: int) -> tuple[Place, Place]:
        """Return a book twice: to be built plain, and our way."""
        make = getattr(self.places, name)
        return make(*size, plain=True), make(*size, plain=False)


def measured() -> dict[str, Any]:
    """Return what every file says: when, on what, with which versions."""
    processor = platform.processor() or platform.machine()
    cpus = Path("/proc/cpuinfo")
    if cpus.is_file():
        lines = cpus.read_text(encoding="utf-8").splitlines()
        names = [
            line.partition(":")[2].strip() for line in lines if "model name" in line
        ]
        processor = names[0] if names else processor
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": Machine(
            system=" ".join([platform.system(), platform.release().partition("-")[0]]),
            processor=processor,
            cores=len(psutil.Process().cpu_affinity()),
            memory=round(psutil.virtual_memory().total / 1e9, 1),
        ),
        "versions": {
            "Python": platform.python_version(),
            "jupyter-book": version("jupyter-book"),
            "sourcebook": f"{__version__} ({_commit()})",
        },
    }


def _commit() -> str:
    words = ["git", "-C", str(REPOSITORY), "rev-parse", "--short=10", "HEAD"]
    return subprocess.check_output(words, encoding="ascii").strip()


def shown(command: list[str], place: Place | None = None) -> str:
    """Return a command as one would type it in the folder of the book."""
    switches = place.switches if place else {}
    return " ".join([*(f"{k}={v}" for k, v in switches.items()), *command])


def in_place(place: Place, command: list[str], *, fresh: bool = False) -> Ran:
    """Run a command in a copy, emptied before the clock starts if ``fresh``."""
    if fresh:
        place.clear()
    return run(command, cwd=place.folder, env=place.env)


def _row(work: str, pairs: list[Pair], commands: dict[str, str], **more: Any) -> Row:
    return Row(work=work, pairs=tuple(pairs), commands=commands, **more, **measured())


def _commands(plain: Place, ours: list[str] = OURS) -> dict[str, str]:
    return {"plain": shown(PLAIN, plain), "ours": shown(ours)}


def _same(plain: Place, ours: Place) -> dict[str, bool]:
    """Say whether two built sites are the same; show what is not."""
    lines = differences(plain.site, ours.site)
    found = [line for line in lines if not line.startswith(SETTINGS)]
    for line in found[:10]:
        click.echo(f"  not the same: {line}")
    return {SAME: not found}


def cold(bench: Bench) -> Row:
    """This book from nothing."""
    return _cold(bench, "cold", *bench.both("this_book"))


def hundred(bench: Bench) -> Row:
    """A hundred made-up sources from nothing."""
    row = _cold(bench, "hundred", *bench.both("made_up", bench.hundred))
    if row.plain is not None:
        bench.plain[bench.hundred] = row.plain
    return row


def _cold(bench: Bench, work: str, plain: Place, ours: Place) -> Row:
    pairs = bench.pair(
        lambda: in_place(plain, PLAIN, fresh=True),
        lambda: in_place(ours, OURS, fresh=True),
    )
    return _row(work, pairs, _commands(plain), holds=_same(plain, ours))


def five_hundred(bench: Bench) -> Row:
    """Five hundred made-up sources: ours measured, plain drawn out from two sizes."""
    sizes = (bench.hundred, bench.three_hundred)
    times = []
    one_run = "the latter" if sizes[0] in bench.plain else "each"
    for size in sizes:
        place = bench.places.made_up(size, plain=True)
        if size not in bench.plain:
            bench.plain[size] = in_place(place, PLAIN, fresh=True).seconds
        times.append(bench.plain[size])
        click.echo(f"  plain, {size} sources: {times[-1]:.1f} s")
    each = (times[1] - times[0]) / (sizes[1] - sizes[0])
    plain = round(times[1] + each * (bench.five_hundred - sizes[1]), 1)
    ours = bench.places.made_up(bench.five_hundred, plain=False)
    runs = bench.alone(lambda: in_place(ours, OURS, fresh=True), bench.pairs)
    pairs = [Pair(plain=plain, ours=run.ours) for run in runs]
    how = (
        f"a straight line through its times for {sizes[0]} and {sizes[1]} sources "
        f"({times[0]:.0f} s and {times[1]:.0f} s, {one_run} of one run); its "
        "rendering grows faster than that, so the true time is longer"
    )
    notes = {"plain was not measured, but drawn out": how}
    return _row("five-hundred", pairs, _commands(place), notes=notes)


def pages(bench: Bench) -> Row:
    """Nothing but pages: what rendering takes."""
    many, few = bench.three_hundred, bench.hundred
    plain, ours = bench.both("only_pages", many)
    pairs = bench.pair(
        lambda: in_place(plain, PLAIN, fresh=True),
        lambda: in_place(ours, PLAIN, fresh=True),
    )
    holds = _same(plain, ours)
    small = bench.places.only_pages(few, plain=False)
    less = _row(
        "pages",
        bench.alone(lambda: in_place(small, PLAIN, fresh=True), bench.pairs),
        {},
    )
    row = _row("pages", pairs, _commands(plain, PLAIN), holds=holds)
    times = row.ours / less.ours
    linear = {"linear in pages": times <= SLOPE * many / few}
    said = f"{less.ours:.1f} s; {many / few:g} times the pages: {times:.1f} times that"
    notes = {f"ours with {few} pages": said}
    return row.model_copy(update={"holds": holds | linear, "notes": notes})


def nothing(bench: Bench) -> Row:
    """This book once more, with nothing changed."""
    plain, ours = bench.both("this_book")
    in_place(plain, PLAIN)
    in_place(ours, OURS)
    pairs = bench.pair(lambda: in_place(plain, PLAIN), lambda: in_place(ours, OURS))
    return _row("nothing", pairs, _commands(plain))


def note(bench: Bench) -> Row:
    """This book once more, with one claim's note changed in both copies."""
    plain, ours = bench.both("this_book")
    in_place(ours, OURS)
    turns = Counter[str]()

    def change(place: Place) -> None:
        turns[str(place.folder)] += 1
        sheet = place.folder / "seeds" / f"{SHEET}.yml"
        change_note(sheet, CLAIM, f"Measured{', again' * turns[str(place.folder)]}.")

    def build(place: Place, command: list[str], *, fresh: bool) -> Ran:
        change(place)
        return in_place(place, command, fresh=fresh)

    seen: list[tuple[set[str], int]] = []

    def ours_again() -> Ran:
        before = executions(ours)
        marks = written(ours)
        ran = build(ours, OURS, fresh=False)
        again = {name for name, _ in executions(ours) - before}
        seen.append((again, len(written(ours) - marks)))
        return ran

    pairs = bench.pair(lambda: build(plain, PLAIN, fresh=True), ours_again)
    ran, pages = seen[-1]
    others = {path.stem for path in (ours.folder / "notebooks/sources").glob("*.ipynb")}
    holds = _same(plain, ours) | {
        "the source's own notebook ran again": SHEET in ran,
        "no other source's notebook ran again": not ran & (others - {SHEET}),
    }
    notes = {
        "notebooks that ran again": f"{', '.join(sorted(ran)) or 'none'}",
        "pages that were written again": str(pages),
    }
    return _row("note", pairs, _commands(plain), holds=holds, notes=notes)


def executions(place: Place) -> set[tuple[str, int]]:
    """Return the notebooks that were run, each with when its record was written."""
    records = place.folder / CACHE / "records"
    paths = [(path, path.stat()) for path in records.rglob("*.json")]
    return {(path.name.removesuffix(".ipynb.json"), s.st_mtime_ns) for path, s in paths}


def written(place: Place) -> set[tuple[str, int]]:
    """Return the pages of a built site, each with when it was written."""
    return {(str(p), p.stat().st_mtime_ns) for p in place.site.rglob("*.html")}


def nbval(bench: Bench) -> Row:
    """Every notebook run again, its outputs compared with those it is kept with."""
    plain, ours = bench.both("this_book")
    one = ["pytest", "--nbval", "-q", "notebooks"]
    two = [*one, "-n", str(os.cpu_count()), "--dist", "loadfile"]
    pairs = bench.pair(lambda: in_place(plain, one), lambda: in_place(ours, two))
    commands = {"plain": shown(one, plain), "ours": shown(two)}
    return _row("nbval", pairs, commands)


def start(bench: Bench) -> Row:
    """The package imported by a new Python."""
    return _alone(bench, "import", ["python", "-c", "import sourcebook"])


def check(bench: Bench) -> Row:
    """Every sheet, question and chapter of this book checked."""
    return _alone(bench, "check", ["sourcebook", "check"])


def check_hundred(bench: Bench) -> Row:
    """Every sheet, question and chapter of a hundred made-up sources checked."""
    place = bench.places.made_up(bench.hundred, plain=False)
    return _alone(bench, "check-hundred", ["sourcebook", "check"], place)


def sentence(bench: Bench) -> Row:
    """This book once more, with a sentence changed in one page of both copies."""
    return _sentence(bench, "sentence", *bench.both("this_book"))


def sentence_hundred(bench: Bench) -> Row:
    """The same in a book of a hundred made-up sources."""
    made = bench.both("made_up", bench.hundred)
    return _sentence(bench, "sentence-hundred", *made)


def _sentence(bench: Bench, work: str, plain: Place, ours: Place) -> Row:
    in_place(plain, PLAIN)
    in_place(ours, OURS)
    turns = Counter[str]()

    def build(place: Place, command: list[str]) -> Ran:
        turns[str(place.folder)] += 1
        again = ", and again" * turns[str(place.folder)]
        add_words(place.folder / PAGE, f"Measured again{again}.")
        return in_place(place, command)

    pairs = bench.pair(lambda: build(plain, PLAIN), lambda: build(ours, OURS))
    return _row(work, pairs, _commands(plain), holds=_same(plain, ours))


def saved(kind: str, size: str) -> Callable[[Bench], Row]:
    """Return the work of a kind of save in a served book, until its page shows it."""

    def work(bench: Bench) -> Row:
        if size:
            place = bench.places.made_up(bench.hundred, plain=False)
            where = ["chapter-1", "report-0001", "round"]
        else:
            place = bench.places.this_book(plain=False)
            where = ["gas", SHEET, CLAIM]
        times = str(max(5, bench.pairs))
        command = ["python", "-m", "bench.saves", kind, times, *where]
        seconds = json.loads(in_place(place, command).output)
        pairs = [Pair(ours=each) for each in seconds]
        commands = {"ours": "sourcebook serve, and a file saved"}
        return _row(f"shown-{kind}{size}", pairs, commands)

    return work


def coding(bench: Bench) -> Row:
    """Claims as YAML and at the desk: actions counted, their seconds by a model."""
    place = bench.places.this_book(plain=False)
    command = ["python", "-m", "bench.coding", SHEET, "20"]
    done = json.loads(in_place(place, command).output)
    took = {way: round(coding_seconds(Counter(each)), 1) for way, each in done.items()}
    notes = {f"actions, {way}": str(each) for way, each in done.items()}
    notes["not measured on people"] = f"seconds an action, by a model: {SECONDS}"
    pairs = [Pair(plain=took["yaml"], ours=took["desk"])]
    return _row("coding", pairs, {"ours": shown(command)}, notes=notes)


def scan(bench: Bench) -> Row:
    """Documents of a book's kind read into tables: a tenth of them, and all."""
    place = bench.places.made_up(ASKED, plain=False)
    sizes = (bench.documents // 10, bench.documents)
    few, many = (_scan(place, size) for size in sizes)
    constant = {
        f"at most a tenth more memory than for {sizes[0]:,}, in any process": all(
            many.memory[role] <= GROWN * few.memory[role] for role in SCANNING
        )
    }
    notes = {"documents a second": f"{bench.documents / many.seconds:,.0f}"}
    for role, what in SCANNING.items():
        less, all_of_it = few.memory[role], many.memory[role]
        notes[f"megabytes of {what}"] = (
            f"{all_of_it:.0f}; for {sizes[0]:,} documents {less:.0f}"
        )
    commands = {"ours": "sourcebook scan FOLDER"}
    pairs = [Pair(ours=many.seconds)]
    return _row("scan", pairs, commands, holds=constant, notes=notes)


def _scan(place: Place, documents: int) -> Ran:
    folder = place.folder / f"documents-{documents}"
    folder.mkdir()
    for number in range(1, documents + 1):
        made = make_source(number)
        (folder / f"{made.citekey}.txt").write_text(made.text, encoding="utf-8")
    command = ["sourcebook", "scan", folder.name]
    return run(command, cwd=place.folder, env=place.env, watch=True)


def _alone(
    bench: Bench, work: str, command: list[str], place: Place | None = None
) -> Row:
    ours = place or bench.places.this_book(plain=False)
    in_place(ours, command)  # once for the bytecode
    pairs = bench.alone(lambda: in_place(ours, command), max(5, bench.pairs))
    return _row(work, pairs, {"ours": shown(command)})


def growth(bench: Bench, sources: int) -> Size:
    """A made-up book of one size, our way: what each work takes, once."""
    place = bench.places.made_up(sources, plain=False)
    cold = run(OURS, cwd=place.folder, env=place.env, watch=True)
    change_note(place.folder / "seeds" / "report-0001.yml", "round", "Measured.")
    change = in_place(place, OURS)
    compare = json.loads(in_place(place, ["python", "-m", "bench.compare"]).output)
    seconds = {
        "cold": cold.seconds,
        "change": change.seconds,
        "check": in_place(place, ["sourcebook", "check"]).seconds,
        "census": in_place(place, ["sourcebook", "status"]).seconds,
        "compare": compare.pop("seconds"),
    }
    files = [path for path in place.site.rglob("*") if path.is_file()]
    counts = compare | {
        "pages": sum(path.suffix == ".html" for path in files),
        "megabytes": round(sum(path.stat().st_size for path in files) / 1e6, 1),
    }
    commands = {
        "cold": shown(OURS),
        "change": shown(OURS),
        "check": "sourcebook check",
        "census": "sourcebook status",
        "compare": "python -m bench.compare",
    }
    bench.places.drop(place)
    return Size(
        sources=sources, seconds=seconds, memory=cold.memory, counts=counts,
        commands=commands, **measured(),
    )  # fmt: skip


WORKS: dict[str, Callable[[Bench], Row]] = {
    "import": start,
    "check": check,
    "check-hundred": check_hundred,
    "cold": cold,
    "nothing": nothing,
    "note": note,
    "sentence": sentence,
    "sentence-hundred": sentence_hundred,
    **{
        f"shown-{kind}{size}": saved(kind, size)
        for size in ("", "-hundred")
        for kind in ("sentence", "claim", "question")
    },
    "coding": coding,
    "nbval": nbval,
    "pages": pages,
    "scan": scan,
    "hundred": hundred,
    "five-hundred": five_hundred,
}

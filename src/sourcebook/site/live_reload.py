"""What is saved, followed: the pages that show it at once, then the whole book.

A build that stayed shows the pages (`build_on_save.Resident`); meanwhile a new build
begins, which brings all the rest and then takes its place. What is saved while a build
runs makes it out of date: its result is not served, and another one follows.
"""

import json
import shutil
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore, Condition, Lock, Thread

import click

from sourcebook.coding.book_files import put
from sourcebook.errors import SourcebookError
from sourcebook.running.build_lock import alone
from sourcebook.site.build_on_save import Build, Resident
from sourcebook.site.publication import SITE, link

MOST_OPEN = 32  # pages that are told of a new book; more wait to be loaded by hand
_FOLDERS = ("seeds", "book", "notebooks")  # else code or settings were saved


class Served:
    """The book that is served now, and what of it is new.

    ``count`` grows with everything that is told: a new book, a new page, a fault.
    """

    def __init__(self, work: Path) -> None:
        self.work, self.count, self.fault = work, 0, ""
        self.folder = work / "0"
        self.changed = Condition()
        self.places = BoundedSemaphore(MOST_OPEN)
        self._anew: dict[str, int] = {}  # when pages were made anew, by their address
        self._open: Counter[str] = Counter()

    def take(self, site: Path) -> None:
        """Serve a site from now on; tell the open pages that are others in it."""
        new = self.work / str(self.count + 1)
        shutil.copytree(site, new, copy_function=link)
        pages = [path.relative_to(new) for path in new.rglob("*.html")]
        moved = [page for page in pages if not _same(self.folder / page, new / page)]
        old, self.folder = self.folder, new
        self._tell(moved)
        shutil.rmtree(old, ignore_errors=True)

    def put(self, files: Mapping[str, str]) -> None:
        """Serve single files in place of those there are, and tell their pages."""
        for name, made in files.items():
            put(self.folder / name, Path(made).read_bytes())  # never into a linked file
        self._tell([Path(name) for name in files if name.endswith(".html")])

    def say(self, fault: str) -> None:
        """Have a fault stand over every open page, or none any more."""
        if fault != self.fault:
            self.fault = fault
            self._tell([])

    def _tell(self, pages: Iterable[Path]) -> None:
        with self.changed:
            self.count += 1
            self._anew |= {f"/{page.as_posix()}": self.count for page in pages}
            self.changed.notify_all()

    def news(self, page: str) -> str:
        """Return what a page is to know: which making of it this is, what is wrong."""
        return json.dumps({"page": self._anew.get(page, 0), "fault": self.fault})

    def opened(self) -> list[str]:
        """Return the names of the pages that are open in a browser."""
        return [page.strip("/").removesuffix(".html") for page in +self._open]

    @contextmanager
    def reading(self, page: str) -> Iterator[None]:
        """Know that a page is open."""
        self._open[page] += 1
        try:
            yield
        finally:
            self._open[page] -= 1


def _same(one: Path, other: Path) -> bool:
    return one.is_file() and (
        one.samefile(other) or one.read_bytes() == other.read_bytes()
    )


class Following:
    """The builds of a served book, one after another, beside what is shown at once."""

    def __init__(self, root: Path, served: Served) -> None:
        self.root, self.served = root, served
        self._resident: Resident | None = None
        self._showing = Lock()  # a build that stayed is not taken away meanwhile
        self._news = Condition()
        self._wanted: set[Path] | None = None  # what the next build is to look at
        self._build: Build | None = None
        self._ended = False

    def first(self) -> None:
        """Build, and wait for it. Raises `SourcebookError` if it cannot be built."""
        self._run(Build(self.root, (), aloud=True))

    def want(self, saved: tuple[Path, ...] = ()) -> None:
        """Have the book built again, once what runs now has ended."""
        with self._news:
            self._wanted = (self._wanted or set()) | set(saved)
            self._news.notify_all()

    def follow(self, saved: tuple[Path, ...]) -> None:
        """Show what was saved, and have the book built again."""
        names = [path.relative_to(self.root).as_posix() for path in saved]
        click.echo(f"saved: {', '.join(names)}")
        words = all(n.startswith(_FOLDERS) for n in names) and all(
            p.is_file() for p in saved
        )
        if self._build and not all(path.suffix == ".md" for path in saved):
            self._build.end()  # it would run the notebooks that are run here
        with self._showing:
            resident = self._resident if words else None
            shown = resident is not None and self._show(resident, names)
        self.want(() if shown else saved)

    def _show(self, resident: Resident, names: list[str]) -> bool:
        """Put the pages that show what was saved; return whether all went well."""
        begun, faults = time.monotonic(), list[str]()
        try:
            for shown in resident.show(names, self.served.opened()):
                faults += shown["faults"]
                if shown["files"]:
                    self.served.put(shown["files"])
                    took = time.monotonic() - begun
                    click.echo(f"  shown after {took:.1f} s: {shown['page']}")
        except (OSError, ValueError):  # it has ended; the next build stays as well
            self._resident = None
            return False
        self._say("\n".join(dict.fromkeys(faults)))
        return not faults

    def _say(self, fault: str) -> None:
        """Tell a fault where the book is read and where it is built; "" for none."""
        if fault and fault != self.served.fault:
            click.secho(fault, fg="red", err=True)
            if self.served.count:
                click.echo("not built; serving the last good book", err=True)
        self.served.say(fault)

    def _run(self, build: Build) -> None:
        """Build and serve the result, unless something was saved meanwhile."""
        begun = time.monotonic()
        resident = build.run()
        if resident is not None:  # None also where nothing had changed
            with self._showing:
                self._resident, before = resident, self._resident
            if before is not None:
                before.end()
        if self._wanted is not None:
            return
        with alone(self.root):
            self.served.take(self.root / SITE)
        self._say("")
        click.echo(f"built in {time.monotonic() - begun:.0f} s")

    def _work(self) -> None:
        while True:
            with self._news:
                self._news.wait_for(lambda: self._ended or self._wanted is not None)
                if self._ended:
                    return
                saved, self._wanted = self._wanted or set(), None
                self._build = Build(self.root, tuple(sorted(saved)))
            try:
                self._run(self._build)
            except SourcebookError as error:
                if self._build.ended or self._wanted is not None:
                    self.want(tuple(saved))  # its notebooks are still to be run
                elif not self._ended:
                    self._say(str(error))
            self._build = None

    @contextmanager
    def working(self) -> Iterator[None]:
        """Build what is wanted, in the background, while it is open."""
        worker = Thread(target=self._work, daemon=True)
        worker.start()
        try:
            yield
        finally:
            with self._news:
                self._ended = True
                self._news.notify_all()
            if self._build:
                self._build.end()
            worker.join()
            if self._resident:
                self._resident.end()

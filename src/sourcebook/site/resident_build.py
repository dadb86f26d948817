"""A build that stays when it is done, and shows single pages of the book at once.

What a build loads and reads takes seconds: Sphinx and its extensions, the pages, the
documents. Here all of it stays in memory. When a file was saved, the pages that show it
are read and written again, those that are open in a browser first, into a folder of
their own: neither what the next build goes on from nor what readers have is touched.

It leaves out what a page does not show: the search, downloads, dates from git, and
pages that merely list everything, unless one is open. The next build brings them.

It talks through a socket, a line of JSON at a time, and ends with the other side.
"""

from __future__ import annotations

import json
import logging
import os
import select
import shutil
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.build_phase import BuildPhase
from sphinx.util.logging import WarningLogRecordTranslator, WarningSuppressor

from sourcebook.coding.book_files import CHAPTERS, register_page
from sourcebook.errors import cause, explained
from sourcebook.running.batch import run_notebooks
from sourcebook.running.build_lock import drop_unheld, held
from sourcebook.running.execution_store import Store
from sourcebook.running.text_pairs import settle_halves
from sourcebook.site.domain import get_domain
from sourcebook.site.page_facts import EVERYTHING
from sourcebook.site.publication import SITE
from sourcebook.site.roles import warn_of_fault
from warm_kernels import fork_client, warm_kernels

SHOWN_FOLDER = "_build/.sourcebook/pages"
# Not there, or another, while a build writes its pages.
_UNSURE = ("mystnb.*.css", "pygments.css")


def stay(app: Sphinx, line: int, *, built: int) -> None:
    """Say on ``built`` that the site is made; show pages as ``line`` asks, to its end.

    Both are file descriptors, of a pipe and of a socket, and are closed here.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # what is kept goes with us
    folder = Path(app.srcdir, SHOWN_FOLDER, str(os.getpid()))
    drop_unheld(folder.parent.glob("*"))  # the book may be served twice
    folder.mkdir(parents=True)
    try:
        with held(folder):
            _answer(Pages(app, folder), line, built)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _answer(pages: Pages, descriptor: int, built: int) -> None:
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - no path; nobody reads the log now
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
            os.dup2(nowhere.fileno(), stream.fileno())
    os.write(built, b"built")
    os.close(built)
    with socket.socket(fileno=descriptor) as line, warm_kernels():
        fork_client.begin()  # a kernel is wanted as soon as a sheet is saved
        lines = line.makefile("r", encoding="utf-8")
        _tell(line, {"ready": os.getpid()})
        for asked in lines:
            request = json.loads(asked)
            for shown in pages.show(request["saved"], request["open"]):
                _tell(line, shown)
                if select.select([line], [], [], 0)[0]:
                    break  # something newer was saved: what is left waits for a build
            _tell(line, {"done": True})


def _tell(line: socket.socket, words: dict[str, Any]) -> None:
    line.sendall((json.dumps(words) + "\n").encode())


class Pages:
    """The pages of a book that has just been built."""

    def __init__(self, app: Sphinx, folder: Path) -> None:
        """Keep the pages as they were read: the next build will write over them."""
        self.app, self.root, self.folder = app, Path(app.srcdir), folder
        kept = self.folder / "doctrees"
        shutil.copytree(app.doctreedir, kept)
        app.doctreedir = app.env.doctreedir = app.builder.doctreedir = kept  # type: ignore[assignment]
        # Once: to prepare again would give each page the styles and scripts of others.
        if not hasattr(app.builder, "globalcontext"):  # where no page had to be written
            app.builder.prepare_writing(set())
        self.warnings = _Warnings(app)

    def show(self, saved: list[str], opened: list[str]) -> Iterator[dict[str, Any]]:
        """Yield each page to show with its files or faults; "" where none is known."""
        domain = get_domain(self.app.env)
        domain.forget()
        root = self.app.config.root_doc
        first = {root if each == "index" else each for each in opened}
        direct = self._made_from(saved)
        pages = direct
        try:
            if any(not name.endswith(".md") for name in saved):
                pages = direct | domain.pages_to_read(besides=EVERYTHING)
                if first:
                    pages |= (domain.pages_to_read() | self._stale(first)) & first
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told
            yield {"page": "", "faults": [explained(cause(error))], "files": {}}
            return
        own = [page for name in saved for page in _own_pages(name)]
        for page in sorted(pages, key=lambda p: (p not in first, p not in own, p)):
            yield {"page": page, **self._shown(page)}

    def _made_from(self, saved: list[str]) -> set[str]:
        """Return the pages whose own file, or one they name, is among those saved."""
        env = self.app.env
        found = {page for name in saved for page in _own_pages(name)} & env.found_docs
        paths = {str(self.root / name) for name in saved}
        for page in env.found_docs:
            named = {str(env.doc2path(page)), str(self._pair(page))}
            named |= {os.path.join(self.root, d) for d in env.dependencies[page]}  # noqa: PTH118 - may be whole already
            if not paths.isdisjoint(map(os.path.normpath, named)):
                found.add(page)
        return found

    def _stale(self, pages: set[str]) -> set[str]:
        """Return the pages whose notebooks read something that is now another."""
        store, env = Store(self.root), self.app.env
        paths = {page: Path(env.doc2path(page)) for page in pages & env.found_docs}
        names = {p: at.relative_to(self.root).as_posix() for p, at in paths.items()}
        return {p for p, n in names.items() if n.endswith(".ipynb") and store.why(n)}

    def _pair(self, page: str) -> Path:
        folder, _, name = page.partition("/")
        return self.root / folder / "text" / f"{name}.md"

    def _shown(self, page: str) -> dict[str, Any]:
        env = self.app.env
        self.warnings.lines.clear()
        try:
            if (pair := self._pair(page)).is_file():
                settle_halves(self.root, [pair])
                run_notebooks([pair])
            self._read(page)
            for line, message in sorted(get_domain(env).data["faults"].get(page, ())):
                warn_of_fault(page, line, message)
            files = {} if self.warnings.lines else self._write(page)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told
            return {"faults": [explained(cause(error))], "files": {}}
        return {"faults": [*self.warnings.lines], "files": files}

    def _read(self, page: str) -> None:
        app, env = self.app, self.app.env
        dates = getattr(env, "git_last_updated", {})
        date = dates.get(page)
        app.phase = BuildPhase.READING
        app.emit("env-purge-doc", env, page)
        env.clear_doc(page)
        app.builder.read_doc(page)
        dates[page] = date  # git is not asked for it: only a commit moves it

    def _write(self, page: str) -> dict[str, str]:
        """Write a page; return its files, by where they belong in the site."""
        app, out = self.app, self.folder / "html"
        builder: Any = app.builder
        shutil.rmtree(out, ignore_errors=True)
        app.outdir = builder.outdir = out  # type: ignore[assignment]
        self._lay_out(out / "_static")
        builder.create_pygments_style_file()  # the theme has its own later on
        builder.images = {}
        app.phase = BuildPhase.RESOLVING
        tree = app.env.get_and_resolve_doctree(page, builder)
        app.phase = BuildPhase.WRITING
        builder.write_doc_serialized(page, tree)
        builder.write_doc(page, tree)
        builder.copy_image_files()
        if page == app.config.root_doc:
            from sourcebook.site.entry_pages import put_at_the_top  # noqa: PLC0415

            put_at_the_top(app)
        made = [path for path in out.rglob("*") if path.is_file()]
        names = {path.relative_to(out).as_posix(): str(path) for path in made}
        return {n: p for n, p in names.items() if not n.startswith("_static/")}

    def _lay_out(self, static: Path) -> None:
        """Lay styles and scripts where the page's links look for their checksums."""
        static.mkdir(parents=True)
        for path in (self.root / SITE / "_static").iterdir():
            if not any(path.match(each) for each in _UNSURE):
                (static / path.name).symlink_to(path, target_is_directory=path.is_dir())


def _own_pages(name: str) -> tuple[str, ...]:
    """Return the pages that are about a sheet or a file of questions.

    >>> _own_pages("seeds/acme-2024.part-2.yml")
    ('book/claims/acme-2024', 'notebooks/sources/acme-2024')
    """
    folder, _, file = name.rpartition("/")
    key = file.partition(".")[0]  # of any file of a sheet
    if folder == "seeds":
        return register_page(key), f"notebooks/sources/{key}"
    return (f"{CHAPTERS}/{key}",) if folder == "book/questions" else ()


class _Warnings(logging.Handler):
    """The warnings of Sphinx: the place from the top of the book, and the fault."""

    def __init__(self, app: Sphinx) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []
        self.root = app.srcdir
        self.addFilter(WarningSuppressor(app))
        self.addFilter(WarningLogRecordTranslator(app))
        logging.getLogger("sphinx").addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a warning, with its place."""
        place = str(getattr(record, "location", "") or "")
        said = record.getMessage()  # with its place where the log was written first
        told = said if not place or said.startswith(place) else f"{place}: {said}"
        told = told.replace("WARNING: ", "", 1).replace(f"{self.root}/", "")
        self.lines.append(told)

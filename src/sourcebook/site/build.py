"""Build the book: check first, then run Sphinx with warnings as errors.

Sphinx runs in a process of its own, set up by Jupyter Book. There a few large libraries
are loaded when something is asked of them; garbage is seldom looked for, and at the end
not at all, since all of it goes. Whatever is raised is said in one sentence of ours.
"""

import atexit
import ctypes
import errno
import gc
import importlib.metadata
import importlib.util
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Any

import click

import sourcebook.running  # noqa: F401 - which spares Jupyter Book a library
from sourcebook.coding.book_files import contents, digest, put
from sourcebook.errors import DEBUG, SourcebookError, cause, explained, is_damage
from sourcebook.running.execution_store import CACHE
from sourcebook.running.git_history import unheard
from sourcebook.site.publication import READ, WORK, clear, is_unchanged, stamped

_Run = Callable[[str], int]

_PROGRAM = "from sourcebook.site.build import main; main()"


def build_book(root: Path, *, fresh: bool = False) -> bool:
    """Build the book's pages and data, where anything changed; return whether it did.

    Raises `SourcebookError` when the book does not hold together, and when Sphinx
    reports an error or a warning; then readers have what they had. ``fresh`` has every
    page read and written again.
    """
    with book_builder(root, "html", root / WORK) as run:
        if not fresh and is_unchanged(root):
            return False
        # What checks a book takes a second to load: the time Sphinx needs, too.
        from sourcebook.checking.book_check import look  # noqa: PLC0415

        look(root).held()  # or raise with every fault
        if said := unheard(root):
            click.echo(said, err=True)
        with stamped(root, fresh=fresh):
            run()
    return True


@contextmanager
def book_builder(root: Path, builder: str, out: Path) -> Iterator[Callable[[], None]]:
    """Load a builder of Sphinx, and give what has it run with warnings as errors.

    Raises `SourcebookError`; what is given raises it too.
    """
    program = [sys.executable, "-c", _PROGRAM]  # of this Python, whatever PATH says
    command = [*program, str(root), builder, str(out)]
    # It takes as long to load as a book takes to be checked, so both are done at once.
    with _loaded(command) as run:
        yield lambda: _build(root, out, command, run)


def _build(root: Path, out: Path, command: list[str], run: _Run) -> None:
    """Run a build, once more where it found damage. Raises `SourcebookError`.

    Where the build has told what is wrong, this ends as if it had, and says no more.
    """
    from sourcebook.data.citation import commit_time  # noqa: PLC0415 - as above

    time = commit_time(root)
    code = run(time)
    if code == DAMAGED:
        click.echo("what an earlier build kept is damaged; made anew", err=True)
        ran = out.parent / "jupyter_execute"  # pages' notebooks, as MyST-NB ran them
        for kept in (root / READ, root / CACHE, ran, out):
            clear(kept)
        with _loaded(command) as again:
            code = again(time)
    if code < 0:
        how = signal.Signals(-code).name
        said = f"the book was not built: the system ended it ({how})"
        fix = "mostly there was no memory left: close other programs"
        raise SourcebookError(said, fix=fix)
    if code in {DAMAGED, TOLD}:
        sys.exit(1)  # what is wrong has been told
    if code:
        said = "the book was not built: there was an error or a warning"
        fix = "read the first WARNING or ERROR above; it names what to mend"
        raise SourcebookError(said, fix=fix)


@contextmanager
def _loaded(command: list[str]) -> Iterator[_Run]:
    """Start a command that waits; give what has it go on, which returns its exit code.

    It is told the time that the book is dated by. Where it never was told to go on, it
    ends here. If it is to stay, it is done when it says so, or when it has ended.
    """
    wait, go = os.pipe()
    told, built = os.pipe()
    stays = {int(os.environ[STAY])} if STAY in os.environ else set()
    process = subprocess.Popen(  # noqa: S603 - our own
        command,
        env={**os.environ, WAIT: str(wait), BUILT: str(built)},
        pass_fds=(wait, built, *stays),
    )
    os.close(wait)
    os.close(built)
    ran = False

    def run(time: str) -> int:
        nonlocal ran
        ran = True
        with suppress(BrokenPipeError):  # it could not be loaded, and said why
            os.write(go, time.encode())
        os.close(go)
        with open(told, "rb", closefd=False) as pipe:
            return 0 if stays and pipe.read() else _ended(process)

    try:
        yield run
    finally:
        os.close(told)
        if not ran:
            process.kill()  # it has begun nothing
            process.wait()
            os.close(go)


def _ended(process: subprocess.Popen[bytes]) -> int:
    """Wait for a process; when interrupted, let it end what it began."""
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.terminate()  # what is started with `&` may be deaf to Ctrl-C
        process.wait()
        raise


STAY = "SOURCEBOOK_STAY"  # the socket to whoever wants it to stay, by its number
WAIT = "SOURCEBOOK_WAIT"  # the pipe that says when to begin, and of what time
BUILT = "SOURCEBOOK_BUILT"  # and the pipe that says meanwhile that the site is made
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
DAMAGED = 70  # the exit code when what an earlier build kept cannot be read
TOLD = 71  # and when something went wrong, and was told with its remedy
_FORMULAS = "docutils.utils.math.math2html", "docutils.utils.math.latex2mathml"
# A second to load, and most builds draw, count and set formulas nowhere.
_LATER = ("pandas", "altair", "numpy", *_FORMULAS)
# What every build needs: loaded while the book is still being checked.
_SOON = (
    "jupyter_book.config",
    "myst_nb.sphinx_ext",
    "sphinx_book_theme",
    "sphinxcontrib.bibtex",
    "sourcebook.edition.epub",
    "sourcebook.site.listing_pages",
)


def main() -> None:
    """Build what the arguments of this process name; tell what goes wrong.

    They are the folder of the book, the builder, and the folder to write into.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends what it began
    root, builder, out = sys.argv[1:]
    try:
        sys.exit(_run(Path(root), builder, Path(out)))
    except KeyboardInterrupt:
        sys.exit("\nInterrupted!")
    except Exception as error:  # what Sphinx or a library raises has many names
        if os.environ.get(DEBUG):
            raise
        found = cause(error)
        if isinstance(found, OSError) and found.errno == errno.ENOSPC:  # says no place
            found.filename = found.filename or str(Path(out).parent)
        click.secho(f"\nERROR: {explained(found)}", fg="red", err=True)
        sys.exit(DAMAGED if is_damage(found) else TOLD)


def _run(root: Path, builder: str, out: Path) -> int:
    gc.disable()
    atexit.register(gc.freeze)
    for name in _LATER:
        sys.modules.setdefault(name, _Later(name))
    _wait()
    from jupyter_book.config import get_final_config  # noqa: PLC0415 - large
    from sphinx.application import Sphinx  # noqa: PLC0415
    from sphinx.util.docutils import docutils_namespace, patch_docutils  # noqa: PLC0415

    # What is loaded stays: nobody need look for garbage in it, nor for one object among
    # all there are, as the library does that reads the contents.
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
    gc.enable()
    built = os.environ.pop(BUILT, "")  # which no notebook is to know
    line = os.environ.pop(STAY, "")
    contents = (root / "_toc.yml").as_posix()
    settings, _ = get_final_config(
        user_yaml=root / "_config.yml",
        sourcedir=root,
        cli_config={"external_toc_path": contents, "latex_individualpages": False},
    )
    kept = out.parent / ".doctrees"
    with patch_docutils(), docutils_namespace():
        with _as_left(kept, note=out.parent / ".sourcebook" / "doctrees"):
            app = Sphinx(
                root, None, out, kept, builder, settings,
                warningiserror=True, keep_going=True,
            )  # fmt: skip
            app.build()
        if line and not app.statuscode:
            from sourcebook.site.resident_build import stay  # noqa: PLC0415 - large

            _end_with_parent(0)
            stay(app, int(line), built=int(built))
    return app.statuscode


@contextmanager
def _as_left(kept: Path, *, note: Path) -> Iterator[None]:
    """Have pages that were kept be as the last build left them, or not at all."""

    def now() -> bytes:
        return digest(contents(sorted(kept.rglob("*")), below=kept)).encode()

    # Sphinx believes them whatever they hold. A build that was killed leaves no note.
    if not note.is_file() or note.read_bytes() != now():
        clear(kept)
    note.unlink(missing_ok=True)
    try:
        yield
    finally:
        put(note, now())


def _wait() -> None:
    """Load what is needed soon; then wait until told to begin, and as of what time."""
    if not (number := os.environ.pop(WAIT, "")):
        return
    # Who says so holds the book: were it killed, another build could begin.
    _end_with_parent(signal.SIGKILL)
    with suppress(KeyboardInterrupt):  # which whoever started this tells
        from sphinx.application import builtin_extensions  # noqa: PLC0415 - as above

        for name in (*_SOON, *builtin_extensions):
            importlib.import_module(name)
        with open(int(number), "rb") as pipe:  # noqa: PTH123 - no file, a number
            if time := pipe.read():
                os.environ["SOURCE_DATE_EPOCH"] = time.decode()
                return
    sys.exit(1)  # it has gone, or was interrupted


def _end_with_parent(how: int) -> None:
    """Have the system end us when our parent ends; with 0, no more."""
    with suppress(AttributeError):  # a system without it
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, how)


class _Later(ModuleType):
    """A library that is loaded when something is first asked of it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__spec__ = importlib.util.find_spec(name)

    # Python's own lazy loader loads a library as soon as a second module imports it.
    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the library has
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        made = importlib.import_module(self.__name__)
        vars(self).update(vars(made))
        return getattr(made, name)

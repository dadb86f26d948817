"""Sphinx in a process of its own, set up by Jupyter Book, and what it is spared.

A few large libraries are loaded when something is asked of them; garbage is seldom
looked for, and at the end not at all, since all of it goes. Whatever is raised is said
in one sentence of ours.
"""

import atexit
import ctypes
import errno
import gc
import importlib.metadata
import importlib.util
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Any

import click

import sourcebook.running  # noqa: F401 - which spares Jupyter Book a library
from sourcebook.coding.book_files import contents, digest, put
from sourcebook.errors import DEBUG, cause, explained, is_damage
from sourcebook.site.publication import clear

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


if __name__ == "__main__":
    main()

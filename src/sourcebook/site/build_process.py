"""Jupyter Book in a process of its own, as its command runs it, and what it is spared.

What installed packages offer is read from the disk once, and not for each who asks; a
few large libraries are loaded when something is asked of them; garbage is seldom looked
for, and at the end not at all, since all of it goes. It has no option for the folder of
the site alone, and shows a traceback of its own after every fault: both are mended.
"""

import atexit
import ctypes
import gc
import importlib.metadata
import importlib.util
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from types import ModuleType
from typing import Any, TextIO

import click
import yaml

import sourcebook.running  # noqa: F401 - which spares Jupyter Book a library
from sourcebook.foreign_errors import DEBUG, explained, is_damage

INTO = "SOURCEBOOK_INTO"  # where the site is made, if not where Jupyter Book would
STAY = "SOURCEBOOK_STAY"  # the socket to whoever wants it to stay, by its number
WAIT = "SOURCEBOOK_WAIT"  # the pipe that says when to begin, and of what time
BUILT = "SOURCEBOOK_BUILT"  # and the pipe that says meanwhile that the site is made
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
DAMAGED = 70  # the exit code when what an earlier build kept cannot be read
_FORMULAS = "docutils.utils.math.math2html", "docutils.utils.math.latex2mathml"
# A second to load, and most builds draw, count and set formulas nowhere.
_LATER = ("pandas", "altair", "numpy", "IPython", *_FORMULAS)
# What runs and shows a notebook and finds kernels: no more of it than calls is asked.
_CALLED = (
    "IPython.display",
    "jupyter_client.kernelspec",
    "myst_nb.core.execute.cache",
    "myst_nb.core.execute.direct",
    "myst_nb.core.execute.inline",
)
# What every build needs: loaded while the book is still being checked.
_SOON = (
    "myst_nb.sphinx_ext",
    "sphinx_book_theme",
    "sphinxcontrib.bibtex",
    "sourcebook.edition.epub",
    "sourcebook.site.listing_pages",
)


def main() -> None:
    """Run ``jupyter-book`` with the arguments of this process; tell what goes wrong."""
    try:
        _run()
    except Exception as error:  # what Sphinx or a library raises has many names
        if os.environ.get(DEBUG):
            raise
        click.secho(f"\nERROR: {explained(error)}", fg="red", err=True)
        sys.exit(DAMAGED if is_damage(error) else 1)


def _run() -> None:
    gc.disable()
    atexit.register(gc.freeze)
    for name in _LATER:
        sys.modules.setdefault(name, _Later(name))
    quick = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # as in `plain_yaml`
    yaml.SafeLoader = quick  # type: ignore[misc]
    offered = cache(importlib.metadata.entry_points)
    importlib.metadata.entry_points = lambda **of: offered().select(**of)  # type: ignore[assignment]
    with _called_later():
        from jupyter_book import sphinx as made  # noqa: PLC0415 - after what it asks for
        from jupyter_book.cli.main import main as command  # noqa: PLC0415

        _wait()
    # What is loaded stays: nobody need look for garbage in it, nor for one object among
    # all there are, as the library does that reads the contents.
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
    gc.enable()
    build, of_sphinx = made.build_sphinx, made.handle_exception
    built = os.environ.pop(BUILT, "")  # which no notebook is to know
    if number := os.environ.pop(STAY, ""):
        made.Sphinx = _staying(made.Sphinx, int(number), int(built))

    def build_there(source: str, into: str, **more: object) -> object:
        found = build(source, os.environ.get(INTO) or into, **more)
        if isinstance(found, Exception):  # which was said already
            sys.exit(DAMAGED if is_damage(_cause(found)) else 1)
        return found

    def say(app: Any, args: Any, error: BaseException, to: TextIO) -> None:  # noqa: ANN401
        cause = _cause(error)
        if os.environ.get(DEBUG):
            args.traceback = True
        if os.environ.get(DEBUG) or _is_sphinx(cause):
            of_sphinx(app, args, cause, to)
        else:
            click.secho(f"\nERROR: {explained(cause)}", fg="red", err=True)

    made.build_sphinx, made.handle_exception = build_there, say
    command()


def _wait() -> None:
    """Load what is needed soon; then wait until told to begin, and as of what time.

    Whoever says so holds the book: were it killed, another build could begin.
    """
    if not (number := os.environ.pop(WAIT, "")):
        return
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
    """A library that is loaded when something is first asked of it.

    Python's own lazy loader loads it as soon as a second module imports it.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__spec__ = importlib.util.find_spec(name)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the library has
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        made = importlib.import_module(self.__name__)
        vars(self).update(vars(made))
        return getattr(made, name)


class _Called(ModuleType):
    """A module of which whatever is asked for is loaded when it is first called."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the module has
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*given: object, **more: object) -> object:
            return getattr(importlib.import_module(self.__name__), name)(*given, **more)

        return call


@contextmanager
def _called_later() -> Iterator[None]:
    """Have what is imported meanwhile get stand-ins for what it only calls."""
    put = {name: _Called(name) for name in _CALLED if name not in sys.modules}
    sys.modules.update(put)
    try:
        yield
    finally:
        for name in put:
            del sys.modules[name]


def _staying(kind: Any, number: int, built: int) -> Any:  # noqa: ANN401 - no types
    """Return the application of Sphinx, one that stays when it has built well."""

    class Staying(kind):  # type: ignore[misc]
        def build(self, *how: object) -> None:
            super().build(*how)
            if not self.statuscode:
                from sourcebook.site.resident_build import stay  # noqa: PLC0415 - large

                _end_with_parent(0)
                stay(self, number, built=built)

    return Staying


def _cause(error: BaseException) -> BaseException:
    """Return what an extension raised, out of what Sphinx wraps it in."""
    return getattr(error, "orig_exc", None) or error


def _is_sphinx(error: BaseException) -> bool:
    names = {each.__name__ for each in type(error).__mro__}
    return not names.isdisjoint({"SphinxError", "SystemMessage", "KeyboardInterrupt"})


if __name__ == "__main__":
    main()

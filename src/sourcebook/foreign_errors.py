"""What the system or a library says when something goes wrong, as a message of ours.

Our own errors say place, fault and remedy. Whatever else comes up is put into the same
form here, in one place, so that nobody reads the traceback of a library they never
heard of. Errors are known by the names of their kinds, because importing each library
in order to know its errors would take longer than most commands. The traceback is to be
had: `sourcebook --debug`, or the variable ``SOURCEBOOK_DEBUG``.
"""

import errno
import os
import traceback
from typing import NamedTuple

from sourcebook.errors import SourcebookError, printable

DEBUG = "SOURCEBOOK_DEBUG"
_REMAKE = "rm -r _build, and build again: everything in there is made anew"
_MOST = 400  # characters of what a library says


class _Kind(NamedTuple):
    names: tuple[str, ...]  # of classes, or the library in which they are defined
    what: str
    fix: str
    said: tuple[str, ...] = ("",)  # of which one is in the words of the error


_NO_MEMORY = "there is no memory left"
_ROOM = "close other programs, or raise the limit (ulimit -a)"
_NUMBERS = {
    errno.ENOSPC: ("the disk is full", "make room on it, and run this again"),
    errno.EDQUOT: ("the disk is full for you", "make room, and run this again"),
    errno.EFBIG: ("the file may not grow so large", "raise the limit: ulimit -f"),
    errno.EMFILE: ("too many files are open", "raise the limit: ulimit -n"),
    errno.ENOMEM: (_NO_MEMORY, _ROOM),
    errno.EAGAIN: ("no more processes may be started", _ROOM),
}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
_IN_THE_WAY = {errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ELOOP}
_DAMAGED = _Kind(("DatabaseError", "UnpicklingError", "EOFError", "sqlalchemy"),
    "what an earlier build kept in _build is damaged", _REMAKE)  # fmt: skip
_OF_CONTENT = ValueError, TypeError, AttributeError, LookupError
_COPY = "make it yours (chmod, chown), or work in a copy of the book"
_STORE = ("OperationalError",)  # of SQLite, which says in words what the system said
_KINDS = (  # in this order: the first that fits says what is wrong
    _Kind(_STORE, *_NUMBERS[errno.ENOSPC], ("disk is full",)),
    _Kind(_STORE, "another program has it", "wait, or end that one", ("is locked",)),
    _Kind(_STORE, "the folder _build is not for us to write", _COPY, ("readonly",)),
    _Kind(_STORE, "what an earlier build kept in _build cannot be opened or written",
          f"make it yours (chmod, chown), raise the limit (ulimit -n), or {_REMAKE}",
          ("unable to open", "disk I/O")),
    _DAMAGED,
    _Kind(("UnicodeDecodeError",), "a file is not UTF-8",
          "save it as UTF-8; `sourcebook check` names sheets and texts that are not"),
    _Kind(("UnicodeEncodeError",), "a name or text cannot be written in this locale",
          "set LC_ALL=C.UTF-8, and rename what is not UTF-8"),
    _Kind(("RecursionError",), "something is nested too deeply to be read",
          "look for a file that was edited last, and lay its parts side by side"),
    _Kind(("MemoryError",), _NO_MEMORY, _ROOM),
    _Kind(("RuntimeError",), _NO_MEMORY, _ROOM, ("can't start new thread",)),
    _Kind(("SystemError",), _NO_MEMORY, _ROOM, ("error return without exception set",)),
    _Kind(("ImportError", "OSError"), _NO_MEMORY, _ROOM, ("failed to map segment",)),
    _Kind(("NoSuchKernel",), "a notebook names a kernel that is not there",
          "run `sourcebook notebooks`, which writes notebooks for the kernel python3"),
    _Kind(("ImportError",), "a library cannot be loaded", "make env"),
    _Kind(("yaml",), "a file is not YAML", "mend the line that is named"),
    _Kind(("pybtex",), "seeds/references.bib is not BibTeX", "mend what it names"),
    _Kind(("SphinxError",), "the book cannot be built", "mend what is named"),
    _Kind(("JSONDecodeError",), "a file is not JSON", "git status shows what changed"),
)  # fmt: skip


def cause(error: BaseException) -> BaseException:
    """Return our own fault, or an extension's, out of what Sphinx wraps it in."""
    seen: BaseException | None = error
    while seen is not None and not isinstance(seen, SourcebookError):
        seen = seen.__cause__ or getattr(seen, "orig_exc", None)
    return seen or getattr(error, "orig_exc", None) or error


def is_damage(error: BaseException) -> bool:
    """Whether an error says that what an earlier build kept cannot be read."""
    known, kind = _known(error)
    return kind is _DAMAGED or _in_the_way(known)


def explained(error: BaseException) -> str:
    """Return what is wrong, where, and what to do, whatever kind of error it is."""
    if isinstance(error, SourcebookError):
        return "\n".join(map(printable, str(error).split("\n")))
    known, kind = _known(error)
    if kind:
        return f"{kind.what} ({_words(known)})\n  fix: {kind.fix}"
    if isinstance(known, OSError) and known.errno is not None:
        return _of_system(known)
    return (
        f"{_place(error)}: something nobody foresaw: {_words(error)}\n"
        f"  fix: run it again with {DEBUG}=1 to see where it comes from; "
        "git status shows what changed"
    )


def _known(error: BaseException) -> tuple[BaseException, _Kind | None]:
    """Return an error, or what a library made it of, and its kind where it has one.

    What the system says has none. Of nothing that is known, it is the error itself.
    """
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, OSError) and seen.errno is not None:
            return seen, None
        if isinstance(seen, _OF_CONTENT) and _is_from_cache(seen):
            return seen, _DAMAGED
        for kind in _KINDS:
            if _is(seen, kind):
                return seen, kind
        seen = seen.__cause__
    return error, None


def _is(error: BaseException, kind: _Kind) -> bool:
    known = {each.__name__ for each in type(error).__mro__}
    libraries = {each.__module__.partition(".")[0] for each in type(error).__mro__}
    said = any(words in str(error) for words in kind.said)
    return said and not known.union(libraries).isdisjoint(kind.names)


def _is_from_cache(error: BaseException) -> bool:
    """Whether an error came up while a kept run was read: it is of no file of ours."""
    steps = traceback.extract_tb(error.__traceback__)
    return any(f"{os.sep}jupyter_cache{os.sep}" in step.filename for step in steps)


def _in_the_way(error: BaseException) -> bool:
    """Whether a folder lies where a build keeps a file, or the other way round."""
    if not isinstance(error, OSError) or error.errno not in _IN_THE_WAY:
        return False
    return f"{os.sep}_build" in os.fsdecode(error.filename or "")


def _of_system(error: OSError) -> str:
    name = printable(os.fsdecode(error.filename)) if error.filename else "the system"
    if error.errno in _NUMBERS:
        what, fix = _NUMBERS[error.errno]
    elif error.errno in _DENIED:
        what = f"not for us to read or write ({error.strerror})"
        fix = _COPY
    elif _in_the_way(error):
        what, fix = f"{_DAMAGED.what} ({error.strerror})", _DAMAGED.fix
    else:
        what, fix = f"{error.strerror}", "see that it is there and can be read"
    return f"{name}: {what}\n  fix: {fix}"


def _words(error: BaseException) -> str:
    said = " ".join(str(error).split())[:_MOST]
    return printable(
        f"{type(error).__name__}: {said}" if said else type(error).__name__
    )


def _place(error: BaseException) -> str:
    """Return the last place in this package through which an error came."""
    steps = traceback.extract_tb(error.__traceback__)
    ours = [step for step in steps if "sourcebook" in step.filename]
    last = (ours or steps)[-1:]
    return f"{os.path.basename(last[0].filename)}:{last[0].lineno}" if last else "here"  # noqa: PTH119

"""The one root of every error a user of this package can meet, and its parts.

A message says where, what, the nearest match where there is one, and how to mend it.
What it is made of is kept as faults, for programs that do not read messages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

_REMEDY = "\n  fix: "


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, where it stands, and how to mend it.

    Lines and columns count from 1. Where only the file is known, both are 1.
    """

    file: str  # from the top of the book
    fault: str
    place: str = ""  # such as claims[3].quote
    line: int = 1
    column: int = 1
    fix: str = ""
    said: str = ""  # what a reader is told, where that is not all of the above

    def __str__(self) -> str:
        """Print what a reader is told, without the file."""
        fix = f"{_REMEDY}{self.fix}" if self.fix else ""
        where = f" @ {self.place} (line {self.line})" if self.place else ""
        return self.said or f"{self.fault}{fix}{where}"


def fault_of(message: str, *, file: str = "", fix: str = "") -> Fault:
    r"""Return a message as a fault; ``fix`` is for one that names no remedy itself.

    >>> fault_of("acme: quote not found\n  fix: copy the words").fix
    'copy the words'
    >>> str(fault_of("unknown field 'colour'", fix="correct its name"))
    "unknown field 'colour'"
    """
    what, remedy, own = message.rpartition(_REMEDY)
    if remedy:
        return Fault(file, what, fix=own, said=message)
    return Fault(file, message, fix=fix, said=message)


def counted(number: int, word: str) -> str:
    """Return a number of things in words.

    >>> counted(1, "fault"), counted(3, "fault")
    ('1 fault', '3 faults')
    """
    return f"{number} {word}{'' if number == 1 else 's'}"


def printable(text: str) -> str:
    r"""Return a text in which nothing steers a terminal or hides from a reader.

    >>> printable("a\x1b[2Jb\nc")
    'a\\x1b[2Jb\\nc'
    """
    return "".join(each if each.isprintable() else repr(each)[1:-1] for each in text)


class SourcebookError(Exception):
    """Anything wrong with a source, a sheet, a question or a chapter."""

    def __init__(
        self, message: str = "", *, fix: str = "", faults: Iterable[Fault] = ()
    ) -> None:
        super().__init__(f"{message}{_REMEDY}{fix}" if fix else message)
        self._faults = tuple(faults)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong, one by one; the message itself where nothing else is known."""
        return self._faults or (fault_of(str(self)),)

    def within(self, fault: Fault) -> SourcebookError:
        """Return the same message, as one fault in the file and place of another."""
        mine = replace(fault_of(str(self), fix=fault.fix), file=fault.file)
        placed = replace(mine, place=fault.place, line=fault.line, column=fault.column)
        return SourcebookError(str(self), faults=[placed])


class SheetError(SourcebookError):
    """One or more faults in a sheet, a question file or the codebook.

    ``faults`` are in the order of the file. ``more`` are kept, and only counted aloud.
    Remedies that no fault says itself stand below them all, each once.
    """

    def __init__(
        self, path: str, faults: Sequence[str | Fault], more: Sequence[Fault] = ()
    ) -> None:
        self.path = path
        lines = [str(fault) for fault in faults]
        lines += [f"… and {len(more)} more gaps"] if more else []
        name = printable(path)
        head = f"{name}: {counted(len(lines), 'fault')}"
        known = "\n".join(lines)
        fixes = dict.fromkeys(f.fix for f in faults if isinstance(f, Fault) and f.fix)
        lines += [f"fix: {fix}" for fix in fixes if f"fix: {fix}" not in known]
        told = [fault_of(f, file=path) if isinstance(f, str) else f for f in faults]
        super().__init__(
            "\n".join([head, *(f"  {line}" for line in lines)]), faults=[*told, *more]
        )


def together(errors: Iterable[SourcebookError], *more: str) -> SourcebookError:
    """Return several errors as one, each said once, and what else there is to say."""
    said: dict[str, SourcebookError] = {}
    for error in errors:
        said.setdefault(str(error), error)
    faults = dict.fromkeys(f for error in said.values() for f in error.faults)
    return SourcebookError("\n".join([*said, *filter(None, more)]), faults=faults)

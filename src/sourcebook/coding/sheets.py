"""Load the hand-made YAML files and report every fault of a file at once.

YAML is read as plain data: mappings, lists, text, whole numbers, true, false, null.
Dates stay text (EDTF is text), and anchors, aliases, tags and repeated keys are
refused, so a file says what it seems to say and cannot unfold without end.
"""

from __future__ import annotations

import csv
import hashlib
import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from sourcebook.coding.schema import Actors, Codebook, Sheet
from sourcebook.errors import SheetError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = {"": None, "~": None, "null": None, "true": True, "false": False}
_INTEGER = re.compile(r"[-+]?(0|[1-9]\d*)")

Model = TypeVar("Model", bound=BaseModel)
Where = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """Plain data of one file, with the line on which each part begins."""

    path: str
    data: Any
    lines: dict[Where, int]

    def place(self, where: Where) -> str:
        """Return ``claims[3].quote (line 57)`` for a path into the data."""
        dotted = "".join(f"[{k}]" if isinstance(k, int) else f".{k}" for k in where)
        while where and where not in self.lines:
            where = where[:-1]
        return f"{dotted.lstrip('.') or 'the file'} (line {self.lines.get(where, 1)})"


def load_yaml(path: Path, *, shown: str = "") -> Loaded:
    """Return the data of a YAML file. Raises `SheetError`."""
    shown = shown or path.name
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SheetError(shown, ["no such file\n  fix: check the name"]) from None
    except UnicodeDecodeError as error:
        raise SheetError(shown, [f"not UTF-8 at byte {error.start}"]) from None
    lines: dict[Where, int] = {}
    try:
        events = (e for e in yaml.parse(text, Loader=_Loader) if not _is_frame(e))
        first = next(events, None)
        data = None if first is None else _build(first, events, lines, ())
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or "not YAML"
        raise SheetError(shown, [f"{problem} @ line {line}"]) from None
    except _Refused as error:
        raise SheetError(shown, [str(error)]) from None
    return Loaded(shown, data, lines)


def load_table(path: Path, *, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the rows of a CSV file with these columns. Raises `SheetError`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head, *rows = (tuple(row) for row in csv.reader(file, strict=True))
    except (UnicodeDecodeError, csv.Error, ValueError) as error:
        raise SheetError(path.name, [f"not a table: {error}"]) from None
    if head != columns:
        raise SheetError(path.name, [f"columns {head}, not {columns} @ line 1"])
    faults = [
        f"{len(row)} cells, not {len(columns)} @ row {number}"
        for number, row in enumerate(rows, 1)
        if len(row) != len(columns)
    ]
    if faults:
        raise SheetError(path.name, faults)
    return rows


class _Refused(Exception):
    """A construct that plain data does not need."""


def _is_frame(event: yaml.Event) -> bool:
    return isinstance(
        event,
        yaml.StreamStartEvent
        | yaml.StreamEndEvent
        | yaml.DocumentStartEvent
        | yaml.DocumentEndEvent,
    )


def _build(
    event: yaml.Event, events: Iterator[yaml.Event], lines: dict[Where, int], at: Where
) -> Any:  # noqa: ANN401 - plain data of any shape
    line = lines[at] = _line(event)
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise _Refused(f"YAML anchors and aliases are not allowed @ line {line}")
    if tag := getattr(event, "tag", None):
        raise _Refused(f"YAML tags are not allowed: {tag} @ line {line}")
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event)
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Any] = []
        while not isinstance(inner := next(events), yaml.SequenceEndEvent):
            items.append(_build(inner, events, lines, (*at, len(items))))
        return items
    table: dict[str, Any] = {}
    while not isinstance(key := next(events), yaml.MappingEndEvent):
        if not isinstance(key, yaml.ScalarEvent):
            raise _Refused(f"a key must be plain text @ line {_line(key)}")
        if key.value in table:
            raise _Refused(f"repeated key {key.value!r} @ line {_line(key)}")
        table[key.value] = _build(next(events), events, lines, (*at, key.value))
    return table


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _scalar(event: yaml.ScalarEvent) -> str | int | bool | None:
    if event.style not in (None, "") or not event.implicit[0]:
        return str(event.value)
    if event.value in _PLAIN:
        return _PLAIN[event.value]
    return int(event.value) if _INTEGER.fullmatch(event.value) else str(event.value)


def check_model(loaded: Loaded, model: type[Model]) -> Model:
    """Return the file as a model, or raise one `SheetError` with all its faults."""
    try:
        return model.model_validate(loaded.data)
    except ValidationError as error:
        faults = [
            f"{_plainly(fault)} @ {loaded.place(tuple(fault['loc']))}"
            for fault in error.errors(include_url=False)
        ]
        raise SheetError(loaded.path, faults) from None


def _plainly(fault: Any) -> str:  # noqa: ANN401 - pydantic's error record
    if fault["type"] == "extra_forbidden":
        return f"unknown field {fault['loc'][-1]!r}"
    if fault["type"] == "missing":
        return f"missing field {fault['loc'][-1]!r}"
    if fault["input"] == "" and fault["loc"]:
        return f"field {fault['loc'][-1]!r} is still blank"
    return str(fault["msg"]).removeprefix("Value error, ")


def load_sheet(path: Path) -> tuple[Sheet, Loaded]:
    """Return a source's sheet, with its line numbers for later faults."""
    loaded = load_yaml(path, shown=f"seeds/{path.name}")
    return check_model(loaded, Sheet), loaded


def original_faults(path: Path, sheet: Sheet, loaded: Loaded) -> list[str]:
    """Return what is wrong with the file that the text of a source was taken from."""
    if sheet.original is None:
        return []
    here, name = loaded.place(("original", "file")), sheet.original.file
    if Path(name).name != name:
        return [f"original: {name!r} must be a bare file name @ {here}"]
    beside = path.parent / name
    if not beside.is_file():
        return [f"no file {name} in seeds/ @ {here}"]
    if hashlib.sha256(beside.read_bytes()).hexdigest() != sheet.original.sha256:
        return [f"{name} is not the file that the text was taken from @ {here}"]
    return []


def load_codebook(root: Path) -> Codebook:
    """Return the codebook of the book at ``root``."""
    loaded = load_yaml(root / "seeds" / "codebook.yml", shown="seeds/codebook.yml")
    return check_model(loaded, Codebook)


def load_actors(root: Path) -> dict[str, tuple[str, ...]]:
    """Return each actor's other names; a book without the table has none."""
    path = root / "seeds" / "actors.yml"
    if not path.is_file():
        return {}
    table = check_model(load_yaml(path, shown="seeds/actors.yml"), Actors).root
    return {name: entry.aliases for name, entry in table.items()}


def load_kinds(root: Path) -> dict[str, str]:
    """Return what each actor of the shared table is, such as a state or a person."""
    path = root / "seeds" / "actors.yml"
    if not path.is_file():
        return {}
    table = check_model(load_yaml(path, shown="seeds/actors.yml"), Actors).root
    return {name: entry.kind for name, entry in table.items()}


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ``; did you mean 'x'?`` for a word close to a known one, else "".

    >>> nearest("gas-shares", ["gas-share", "treaty"])
    "; did you mean 'gas-share'?"
    >>> nearest("zzz", ["gas-share"])
    ''
    """
    close = get_close_matches(word, sorted(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""

"""Load the hand-made YAML files and report every fault of a file at once."""

import csv
import hashlib
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from sourcebook.coding.book_files import file_text
from sourcebook.coding.plain_yaml import Marks, Unread, Where, plain_data
from sourcebook.coding.schema import ActorEntry, Actors, Codebook, Sheet
from sourcebook.errors import Fault, SheetError, SourcebookError, fault_of
from sourcebook.reading.actors import by_alias

Model = TypeVar("Model", bound=BaseModel)
OWN_ID = "give it an id of its own"  # to an entry whose id is there already
LISTS = ("claims", "drafts", "waivers", "absences")  # that may go on in another file
_BACK = "\n  fix: take it back from git"
_PART = re.compile(r"(?P<key>.+)\.part-(?P<number>[1-9]\d*)")


@dataclass(frozen=True, slots=True)
class Loaded:
    """Plain data of one file, with the line and column where each part begins.

    ``kept`` is for data that entries were left out of: for each list, the numbers that
    the entries still in it had. ``homes`` is for data of several files: the file of an
    entry that stands in another than ``path``, and its number there.
    """

    path: str
    data: Any
    marks: Marks
    kept: Mapping[str, Sequence[int]] = field(default_factory=dict)
    homes: Mapping[Where, tuple[str, int]] = field(default_factory=dict)

    def fault(self, said: object, where: Where, *, fix: str = "") -> Fault:
        """Return a fault at ``claims[3].quote (line 57)`` for a path into the data.

        ``fix`` is for a fault that does not name its remedy itself.
        """
        if len(where) > 1 and where[0] in self.kept and isinstance(where[1], int):
            where = (where[0], self.kept[str(where[0])][where[1]], *where[2:])
        file, own = self.homes.get(where[:2], (self.path, None))
        there = where if own is None else (where[0], own, *where[2:])
        dotted = "".join(f"[{k}]" if isinstance(k, int) else f".{k}" for k in there)
        place = dotted.lstrip(".") or "the file"
        while where and where not in self.marks:
            where = where[:-1]
        line, column = self.marks.get(where, (1, 1))
        apart = f" of {file}" if file != self.path else ""
        return replace(
            fault_of(str(said), file=file, fix=fix),
            place=place,
            line=line,
            column=column,
            said=f"{said} @ {place} (line {line}{apart})",
        )

    def refuse(self, faults: Iterable[Fault]) -> None:
        """Raise `SheetError` with what is wrong in the file, if anything is."""
        if found := list(faults):
            raise SheetError(self.path, found)


def load_yaml(path: Path, *, shown: str = "") -> Loaded:
    """Return the data of a YAML file. Raises `SheetError`."""
    shown = shown or path.name
    if path.exists() and not path.is_file():  # from a pipe one would wait for ever
        raise SheetError(shown, ["not a file\n  fix: put the file itself there"])
    try:
        data, marks = plain_data(file_text(path, shown))
    except FileNotFoundError:
        raise SheetError(shown, ["no such file\n  fix: check the name"]) from None
    except Unread as error:
        raise SheetError(shown, [_unread(shown, error)]) from None
    return Loaded(shown, data, marks)


def sheet_head(root: Path, citekey: str) -> Mapping[str, str]:
    """Return the texts of a sheet before its first claim, ``issued`` as its date."""
    # Pages ask for this very often, and to read a whole sheet takes a second. What
    # cannot be read is left out: whoever checks the book says so.
    path = f"{root}/seeds/{citekey}.yml"
    try:
        return _head(path, os.stat(path).st_mtime_ns)  # noqa: PTH116 - many, and quick
    except OSError:
        return {}


@lru_cache(maxsize=1024)
def _head(path: str, _changed: int) -> Mapping[str, str]:
    head, _, _ = Path(path).read_text(encoding="utf-8").partition("\nclaims:")
    try:
        data, _ = plain_data(head)
    except Unread:
        return {}
    issued = data.get("issued")
    data |= {"issued": issued.get("date")} if isinstance(issued, dict) else {}
    return {name: value for name, value in data.items() if isinstance(value, str)}


def _unread(shown: str, error: Unread) -> Fault:
    line, column = error.at
    fix = error.fix or "write it as plain YAML: names, lists, text and whole numbers"
    if "tab" in str(error):
        fix = "indent with spaces, as the lines above do"
    said = f"{error} @ line {line}\n  fix: {fix}"
    return Fault(shown, str(error), f"line {line}", line, column, fix, said)


def load_table(
    path: Path, *, columns: tuple[str, ...], shown: str
) -> list[tuple[str, ...]]:
    """Return the rows of a CSV file with these columns. Raises `SheetError`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head, *rows = [*map(tuple, csv.reader(file, strict=True))] or [()]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        said = error.strerror if isinstance(error, OSError) else error
        raise SheetError(shown, [f"not a table: {said}{_BACK}"]) from None
    if head != columns:
        raise SheetError(shown, [f"columns {head}, not {columns} @ line 1{_BACK}"])
    faults = [
        f"{len(row)} cells, not {len(columns)} @ row {number}{_BACK}"
        for number, row in enumerate(rows, 1)
        if len(row) != len(columns)
    ]
    if faults:
        raise SheetError(shown, faults)
    return rows


def check_model(loaded: Loaded, model: type[Model]) -> Model:
    """Return the file as a model, or raise one `SheetError` with all its faults."""
    try:
        return model.model_validate(loaded.data)
    except ValidationError as error:
        raise SheetError(loaded.path, _told(error, loaded)) from None


def check_parts(
    loaded: Loaded, model: type[Model], lists: tuple[str, ...]
) -> tuple[Model | None, Loaded, list[Fault]]:
    """Return what of a file can be read, with the faults of the rest.

    Entries of ``lists`` that are at fault are left out of the data. Where something
    else is at fault, or nothing is left of a list, there is no model.
    """
    try:
        return model.model_validate(loaded.data), loaded, []
    except ValidationError as error:
        faults = _told(error, loaded)
        bad = {tuple(fault["loc"])[:2] for fault in error.errors(include_url=False)}
    if not all(len(at) == 2 and at[0] in lists for at in bad):
        return None, loaded, faults
    kept = {
        str(name): [n for n in range(len(loaded.data[name])) if (name, n) not in bad]
        for name, _ in sorted(bad)
    }
    data = {name: [loaded.data[name][n] for n in kept[name]] for name in kept}
    rest = replace(loaded, data={**loaded.data, **data}, kept=kept)
    try:
        return model.model_validate(rest.data), rest, faults
    except ValidationError as error:
        if all(data.values()):
            faults += _told(error, rest)
        return None, loaded, faults


def _told(error: ValidationError, loaded: Loaded) -> list[Fault]:
    return [
        loaded.fault(said, tuple(fault["loc"]), fix=fix)
        for fault in error.errors(include_url=False)
        for said, fix in [_plainly(fault)]
        # A list that is too short only for its entries being at fault is no fault.
        if not (fault["type"] == "too_short" and fault["input"])
    ]


_FIELDS = "no fields, each with its name and what it holds"
_ENTRIES = "no list, each entry of it behind a dash"
_SHAPES = {  # of parts that hold others, by what pydantic calls a fault of them
    "model_type": _FIELDS, "dict_type": _FIELDS,
    "tuple_type": _ENTRIES, "list_type": _ENTRIES,
}  # fmt: skip


def _plainly(fault: Any) -> tuple[str, str]:  # noqa: ANN401 - pydantic's error record
    """Return what is wrong, and how to mend it."""
    kind, name = fault["type"], repr(fault["loc"][-1]) if fault["loc"] else ""
    if kind == "extra_forbidden":
        return f"unknown field {name}", "remove the field, or correct its name"
    if kind == "missing":
        return f"missing field {name}", "add the field"
    if kind in _SHAPES:
        return _SHAPES[kind], "write it so; git shows what stood there"
    if fault["input"] == "" and name:
        return f"field {name} is still blank", "fill the field in"
    said = str(fault["msg"]).removeprefix("Value error, ")
    return said, "change what stands there to what is asked for"


def load_sheet(path: Path) -> tuple[Sheet, Loaded]:
    """Return a source's sheet, with its line numbers for later faults."""
    loaded = load_written(path)
    return check_model(loaded, Sheet), loaded


def sheet_paths(path: Path) -> list[Path]:
    """Return the files of a sheet: its own, then ``KEY.part-2.yml`` and so on."""
    paths = [path]
    while True:
        more = path.with_name(f"{path.stem}.part-{len(paths) + 1}.yml")
        try:  # opened, for what a notebook shows rests on whether it is there
            more.open("rb").close()
        except FileNotFoundError:
            return paths
        except OSError:
            pass  # there, and at fault: whoever reads it says how
        paths.append(more)


def file_before(path: Path) -> Path | None:
    """Return the file of a sheet that this one goes on from, None for a sheet's own.

    >>> print(file_before(Path("acme.part-2.yml")), file_before(Path("acme.yml")))
    acme.yml None
    """
    found = _PART.fullmatch(path.stem)
    if found is None:
        return None
    number = int(found["number"]) - 1
    return path.with_name(found["key"] + (f".part-{number}" * (number > 1)) + ".yml")


def load_written(path: Path, *, texts: Mapping[Path, Path] | None = None) -> Loaded:
    """Return what all files of a sheet say, some read from ``texts``. Raises."""
    if before := file_before(path):
        said = f"the further file of a sheet, and there is no {before.name}"
        raise SheetError(
            f"seeds/{path.name}", [f"{said}\n  fix: correct its name, or remove it"]
        )
    read = [_written((texts or {}).get(p, p), p.name) for p in sheet_paths(path)]
    whole, *parts = read
    for part in parts if isinstance(whole.data, dict) else ():
        whole = _joined(whole, part)
    return whole


def _joined(whole: Loaded, part: Loaded) -> Loaded:
    """Return a sheet with the lists of one more of its files behind its own."""
    listed = part.data if isinstance(part.data, dict) else {"": part.data}
    listed = {name: entries for name, entries in listed.items() if entries is not None}
    fix = f"have lists of {', '.join(LISTS)} here, and the rest in {whole.path}"
    faults = [
        part.fault("not a list that a sheet can go on with", (name,), fix=fix)
        for name, entries in listed.items()
        if name not in LISTS or not isinstance(entries, list)
    ]
    if faults:
        raise SheetError(part.path, faults)
    data, homes = dict(whole.data), dict(whole.homes)
    first = {name: len(data.get(name) or ()) for name in listed}
    for name, entries in listed.items():
        data[name] = [*(data.get(name) or ()), *entries]
        homes |= {(name, first[name] + n): (part.path, n) for n in range(len(entries))}
    moved = {
        (where[0], first[str(where[0])] + int(where[1]), *where[2:]): mark
        for where, mark in part.marks.items()
        if len(where) > 1
    }
    return replace(whole, data=data, marks={**whole.marks, **moved}, homes=homes)


def _written(path: Path, name: str) -> Loaded:
    """Return what stands in one file of a sheet. Raises `SheetError`."""
    shown = f"seeds/{name}"
    if path.is_symlink():
        raise SheetError(shown, ["a link to another file\n  fix: put the file here"])
    loaded = load_yaml(path, shown=shown)
    if loaded.data is None:
        raise SheetError(shown, ["empty\n  fix: take it back from git, or remove it"])
    return loaded


def load_sound(path: Path) -> tuple[Sheet, Loaded, list[Fault]]:
    """Return what of a sheet can be read, with its faults. Raises where it is none."""
    loaded = load_written(path)
    sheet, sound, faults = check_parts(loaded, Sheet, LISTS[:3])
    if sheet is None:
        raise SheetError(loaded.path, faults)
    return sheet, sound, faults


def original_faults(path: Path, sheet: Sheet, loaded: Loaded) -> list[Fault]:
    """Return what is wrong with the file that the text of a source was taken from."""
    if sheet.original is None:
        return []
    name = sheet.original.file
    beside = path.parent / name
    if Path(name).name != name:
        said, fix = f"original: {name!r} must be a bare file name", "keep it in seeds/"
    elif not beside.is_file():
        said, fix = f"no file {name} in seeds/", "put it there, or correct its name"
    elif hashlib.sha256(beside.read_bytes()).hexdigest() != sheet.original.sha256:
        said = f"{name} is not the file that the text was taken from"
        fix = "restore it; if the change is meant, pin its new hash"
    else:
        return []
    return [loaded.fault(said, ("original", "file"), fix=fix)]


def load_codebook(root: Path) -> Codebook:
    """Return the codebook of the book at ``root``."""
    loaded = load_yaml(root / "seeds" / "codebook.yml", shown="seeds/codebook.yml")
    return check_model(loaded, Codebook)


def actor_table(root: Path) -> dict[str, ActorEntry]:
    """Return the table of actors, empty without its file. Raises `SheetError`."""
    path = root / "seeds" / "actors.yml"
    if not path.is_file():
        return {}
    loaded = load_yaml(path, shown="seeds/actors.yml")
    table = check_model(loaded, Actors).root
    try:
        by_alias({actor: entry.aliases for actor, entry in table.items()})
    except SourcebookError as error:
        at = next((a for a in reversed(table) if repr(a) in str(error)), "")
        raise SheetError(loaded.path, [loaded.fault(error, (at,))]) from None
    return table


def load_actors(root: Path) -> dict[str, tuple[str, ...]]:
    """Return each actor's other names."""
    return {name: entry.aliases for name, entry in actor_table(root).items()}


def load_kinds(root: Path) -> dict[str, str]:
    """Return what each actor of the shared table is, such as a state or a person."""
    return {name: entry.kind for name, entry in actor_table(root).items()}


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ``; did you mean 'x'?`` for a word close to a known one, else "".

    >>> nearest("gas-shares", ["gas-share", "treaty"])
    "; did you mean 'gas-share'?"
    >>> nearest("zzz", ["gas-share"])
    ''
    """
    close = get_close_matches(word, sorted(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def none_such(
    what: str, name: str, known: Iterable[str], *, where: str = "", fix: str
) -> SourcebookError:
    """Return the error for a name that nothing has, with the nearest that is known.

    >>> print(none_such("topic", "gaz", ["gas"], where="the book", fix="use gas"))
    no topic 'gaz' in the book; did you mean 'gas'?
      fix: use gas
    """
    told = f"no {what} {name!r}{where and f' in {where}'}"
    return SourcebookError(f"{told}{nearest(name, known)}\n  fix: {fix}")

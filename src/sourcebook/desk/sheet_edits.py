"""Edit a hand-made YAML file as text: one entry or one field, and no other line.

Only the lines of what is meant are written; comments, order, quotation marks and line
breaks everywhere else stay the bytes they were. Nothing here opens a file.

A field is written as the sheets have it: plain where that is safe, but quotations,
figures and dates always in double quotes, lists on one line, a long note folded.
"""

import re
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from sourcebook.coding.plain_yaml import BEGINS
from sourcebook.coding.schema import ClaimEntry, WaiverEntry
from sourcebook.errors import SourcebookError

Fields = Mapping[str, object]

_WIDTH = 92  # of a folded note
_QUOTED = frozenset({"quote", "to", "figure", "when"})  # by the habit of the sheets
_PLAIN = re.compile(
    r"[^\W\d_](?!.*(: |:$| #|  | $))[^\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]*"
)
_PLAIN_IN_LIST = re.compile(r"[^\W\d_](?:[\w’/.;()–-]| (?=[\w(“’]))*")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def field_lines(name: str, value: object, indent: str) -> list[str]:
    """Return the lines of one field.

    >>> field_lines("quote", "a “b”", "  ")
    ['  quote: "a “b”"']
    >>> field_lines("actors", ["EU", "x: y"], "")
    ['actors: [EU, "x: y"]']
    """
    if isinstance(value, list | tuple):
        return [f"{indent}{name}: [{', '.join(_word(v, listed=True) for v in value)}]"]
    words = _word(value, quoted=name in _QUOTED)
    line = f"{indent}{name}: {words}"
    text = str(value)
    # Line breaks in place of some of its spaces can be taken back exactly.
    folds = text == " ".join(text.split()) and text.isprintable()
    if name != "note" or len(line) <= _WIDTH or not folds:
        return [line]
    width = _WIDTH - len(indent) - 2
    folded = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    if BEGINS.search("\n".join(folded)):  # which would be taken for a key or an item
        return [line]
    return [f"{indent}{name}: >-", *(f"{indent}  {part}" for part in folded)]


def _word(value: object, *, quoted: bool = False, listed: bool = False) -> str:
    """Return a value as YAML: plain where that is safe, else in double quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    safe = (_PLAIN_IN_LIST if listed else _PLAIN).fullmatch(text)
    if safe and not quoted and text.casefold() not in _WORDS:
        return text
    return double_quoted(text)


def double_quoted(text: str) -> str:
    r"""Return words as a YAML string on one line, whatever they hold.

    >>> print(double_quoted('He said "no: # &x"'))
    "He said \"no: # &x\""
    """
    dumped: str = yaml.dump(
        text, default_style='"', allow_unicode=True, width=float("inf"), line_break="\n"
    )
    return dumped.rstrip("\n")


def entry_lines(fields: Fields, indent: str) -> list[str]:
    """Return the lines of a new entry of a list."""
    deeper = f"{indent}  "
    lines = [
        line for name in fields for line in field_lines(name, fields[name], deeper)
    ]
    return [f"{indent}- {lines[0].lstrip()}", *lines[1:]]


def as_text(fields: Fields) -> dict[str, Any]:
    """Return fields as the base loader reads them: everything is text."""

    def told(value: object) -> object:
        if isinstance(value, list | tuple):
            return [told(each) for each in value]
        return _word(value) if isinstance(value, bool) else str(value)

    return {name: told(value) for name, value in fields.items()}


_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every scalar is text
_ORDER = {"claims": [*ClaimEntry.model_fields], "waivers": [*WaiverEntry.model_fields]}
_AFTER = {"claims": ("drafts", "waivers", "absences"), "waivers": ("absences",)}
_BLOCK_NOTE = re.compile(r"[>|][-+\d]*(\s+#.*)$")


def home(
    texts: Mapping[Path, str], part: str, name: str, *, otherwise: Path | None = None
) -> Path:
    """Return the file of a sheet that has the entry ``name``.

    Where none has, ``otherwise``, or its first file.
    """
    for path, text in texts.items():
        if any(_id(entry) == name for entry in _entries(_top(text), part)):
            return path
    return otherwise or next(iter(texts))


def add_entry(text: str, part: str, fields: Fields, *, after: str = "") -> str:
    """Return a sheet with one more entry in ``claims`` or ``waivers``.

    It goes after the claim with the id ``after``, else to the end of the list, which
    is made where there is none. Raises `SourcebookError`.
    """
    top = _top(text)
    lines = text.splitlines(keepends=True)
    given = {name: fields[name] for name in _ORDER[part] if name in fields}
    if top is not None and (entries := _entries(top, part)):
        node = _value(top, part) or top
        names = [_id(entry) for entry in entries]
        at = names.index(after) if after and after in names else len(entries) - 1
        end = _entry_end(lines, top, part, at)
        new = entry_lines(given, " " * node.start_mark.column)
        place = at + 1
    else:
        end, opening = _opening(lines, top, part)
        new, place = [*opening, *entry_lines(given, "  ")], 0
        if end < len(lines) and lines[end].strip():
            new.append("")
    meant = _data(text)
    listed = list(meant.get(part) or [])
    listed.insert(place, as_text(given))
    return _held(_spliced(lines, end, end, new), {**meant, part: listed})


def drop_entry(text: str, part: str, name: str) -> str:
    """Return a sheet without the entry of ``part`` that has the id ``name``."""
    top, lines, meant = _top(text), text.splitlines(keepends=True), _data(text)
    at = _find(meant, name, part=part)
    start = _entries(top, part)[at].start_mark.line
    end = _entry_end(lines, top, part, at) if top else start
    rest = [entry for number, entry in enumerate(meant[part]) if number != at]
    return _held(_spliced(lines, start, end, []), {**meant, part: rest or ""})


def change_entry(text: str, name: str, changes: Fields) -> str:
    """Return a sheet with fields of the claim ``name`` set, or dropped where None.

    Raises `SourcebookError` when there is no such claim, or more than one.
    """
    meant = _data(text)
    at = _find(meant, name)
    entry = {k: v for k, v in meant["claims"][at].items() if k not in changes}
    entry |= as_text({k: v for k, v in changes.items() if v is not None})
    meant["claims"][at] = entry
    for field, value in changes.items():
        text = _set_field(text, at, field, value)
    return _held(text, meant)


def set_sign(text: str, name: str, sign: int) -> str:
    """Return a file of signs with the one of ``name`` set; new names go in order."""
    top, lines = _top(text), text.splitlines(keepends=True)
    pairs = top.value if top else []
    meant = {**_data(text), name: str(sign)}
    for key, value in pairs:
        if key.value == name:
            return _held(_inline(lines, value, str(sign)), meant)
    later = [key.start_mark.line for key, _ in pairs if key.value > name]
    at = min(later, default=len(lines))
    return _held(_spliced(lines, at, at, [f"{name}: {sign}"]), meant)


def _set_field(text: str, at: int, field: str, value: object) -> str:
    """Write one field of one claim."""
    top, lines = _top(text), text.splitlines(keepends=True)
    entry = _entries(top, "claims")[at]
    if top is None or entry.flow_style:
        raise _by_hand("the claim is written inside { }")
    pairs = {key.value: old for key, old in entry.value}
    indent = " " * entry.start_mark.column
    if field in pairs:
        old = pairs[field]
        if value is not None and old.start_mark.line == old.end_mark.line:
            written = field_lines(field, value, indent)
            if len(written) == 1:
                words = written[0].removeprefix(f"{indent}{field}: ")
                return _inline(lines, old, words)
        return _replace_lines(lines, top, at, field, value)
    if value is None:
        return text
    order = _ORDER["claims"]
    before = [f for f in pairs if f in order and order.index(f) < order.index(field)]
    end = _field_end(lines, top, at, max(before, key=order.index))
    return _spliced(lines, end, end, field_lines(field, value, indent))


def _replace_lines(
    lines: list[str], top: yaml.MappingNode, at: int, field: str, value: object
) -> str:
    """Write anew a field that takes whole lines, or drop it."""
    entry = _entries(top, "claims")[at]
    key, old = next(pair for pair in entry.value if pair[0].value == field)
    start, end = key.start_mark.line, _field_end(lines, top, at, field)
    if start == entry.start_mark.line:
        raise _by_hand(f"{field} is the first field of its claim")
    if value is None:
        return _spliced(lines, start, end, [])
    head = lines[start].rstrip("\r\n")
    if isinstance(old, yaml.ScalarNode):
        note = _BLOCK_NOTE.search(head) if old.style in {">", "|"} else None
        tail = note[1] if note else ""
        if old.style not in {">", "|"}:
            tail = lines[old.end_mark.line].rstrip("\r\n")[old.end_mark.column :]
    elif any("#" in line for line in lines[start:end]):
        raise _by_hand(f"{field} has a comment inside")
    else:
        tail = ""
    first, *rest = field_lines(field, value, " " * key.start_mark.column)
    return _spliced(lines, start, end, [first + tail.rstrip(), *rest])


def _top(text: str) -> yaml.MappingNode | None:
    node = yaml.compose(text, Loader=_Loader)
    if node is not None and not isinstance(node, yaml.MappingNode):
        raise _by_hand("the file is not a list of fields")
    return node


def _data(text: str) -> dict[str, Any]:
    return yaml.load(text, Loader=_Loader) or {}  # noqa: S506 - text alone


def _value(top: yaml.MappingNode | None, name: str) -> yaml.Node | None:
    pairs = top.value if top else []
    return next((value for key, value in pairs if key.value == name), None)


def _entries(top: yaml.MappingNode | None, part: str) -> list[yaml.MappingNode]:
    node = _value(top, part)
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        return []
    if node.flow_style:
        raise _by_hand(f"{part} is written inside [ ]")
    return list(node.value)


def _id(entry: yaml.MappingNode) -> str:
    node = _value(entry, "id")
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def _find(data: Mapping[str, Any], name: str, *, part: str = "claims") -> int:
    listed = data.get(part) or []
    found = [number for number, entry in enumerate(listed) if entry.get("id") == name]
    if len(found) != 1:
        how = "stands more than once" if found else "is not there"
        fix = "look at the file, and try again"
        raise SourcebookError(f"{name!r} {how} under {part}", fix=fix)
    return found[0]


def _entry_end(lines: Sequence[str], top: yaml.MappingNode, part: str, at: int) -> int:
    """Return the line after the last one of an entry."""
    entries = _entries(top, part)
    begins, start = [*entries, *(key for key, _ in top.value)], entries[at].start_mark
    later = [n.start_mark.line for n in begins if n.start_mark.line > start.line]
    return _trimmed(lines, min(later, default=len(lines)), start.column)


def _field_end(lines: Sequence[str], top: yaml.MappingNode, at: int, field: str) -> int:
    entry = _entries(top, "claims")[at]
    start = next(key.start_mark for key, _ in entry.value if key.value == field)
    lines_of = (key.start_mark.line for key, _ in entry.value)
    later = [line for line in lines_of if line > start.line]
    end = min(later, default=_entry_end(lines, top, "claims", at))
    return _trimmed(lines, end, start.column + 1)


def _trimmed(lines: Sequence[str], end: int, column: int) -> int:
    """Leave out blank lines at the end, and comments that stand further left."""
    while True:  # what they end has a line of its own
        words = lines[end - 1].lstrip(" ")
        aside = words.startswith("#") and len(lines[end - 1]) - len(words) < column
        if words.strip() and not aside:
            return end
        end -= 1


def _opening(
    lines: list[str], top: yaml.MappingNode | None, part: str
) -> tuple[int, list[str]]:
    """Return where a list that is not there yet begins, and its first line."""
    for key, _ in top.value if top else []:
        if key.value == part:  # there, and empty
            at = key.start_mark.line
            note = lines[at].partition("#")[1:]
            lines.pop(at)
            return at, [f"{part}:{'  ' if note[0] else ''}{''.join(note).rstrip()}"]
    for later in _AFTER[part]:
        for key, _ in top.value if top else []:
            if key.value == later:
                return key.start_mark.line, [f"{part}:"]
    blank = [""] if lines and lines[-1].strip() else []
    return len(lines), [*blank, f"{part}:"]


def _inline(lines: list[str], old: yaml.Node, words: str) -> str:
    line, start = old.start_mark.line, old.start_mark.column
    kept = lines[line]
    lines[line] = kept[:start] + words + kept[old.end_mark.column :]
    return "".join(lines)


def _spliced(lines: list[str], start: int, end: int, new: Sequence[str]) -> str:
    """Return the lines with some of them replaced, each ended as the file does."""
    close = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    before = lines[:start]
    if before and not before[-1].endswith(("\n", "\r")):
        before[-1] += close
    return "".join([*before, *(line + close for line in new), *lines[end:]])


def _held(text: str, meant: Mapping[str, Any]) -> str:
    """Return the text when it says what was meant, and nothing else."""
    try:
        said = _data(text)
    except yaml.YAMLError:
        said = {}
    # Each edit is read again: the file has to say exactly what it said before, and what
    # was meant.
    if said != meant:
        raise _by_hand("it would no longer say what it says")
    return text


def _by_hand(why: str) -> SourcebookError:
    said = f"this file cannot be edited line by line: {why}"
    return SourcebookError(said, fix="make this change in a text editor")

"""YAML as plain data, and where each part of it stands.

Plain data are mappings, lists, text, whole numbers, true, false and null. Dates stay
text (EDTF is text), and anchors, aliases, tags and repeated keys are refused, so a file
says what it seems to say and cannot unfold without end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = {"": None, "~": None, "null": None, "true": True, "false": False}
_INTEGER = re.compile(r"[-+]?(0|[1-9]\d*)")

Where = tuple[str | int, ...]
Marks = dict[Where, tuple[int, int]]  # line and column, from 1


class Unread(Exception):
    """What plain data has no place for, and where it stands: line and column from 1."""

    def __init__(self, what: str, at: tuple[int, int]) -> None:
        super().__init__(what)
        self.at = at


def plain_data(text: str) -> tuple[Any, Marks]:
    """Return the data of a YAML text and where its parts begin. Raises `Unread`."""
    marks: Marks = {}
    try:
        events = (e for e in yaml.parse(text, Loader=_Loader) if not _is_frame(e))
        first = next(events, None)
        data = None if first is None else _build(first, events, marks, ())
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        at = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise Unread(getattr(error, "problem", None) or "not YAML", at) from None
    return data, marks


def _is_frame(event: yaml.Event) -> bool:
    return isinstance(
        event,
        yaml.StreamStartEvent
        | yaml.StreamEndEvent
        | yaml.DocumentStartEvent
        | yaml.DocumentEndEvent,
    )


def _build(
    event: yaml.Event,
    events: Iterator[yaml.Event],
    marks: Marks,
    at: Where,
) -> Any:  # noqa: ANN401 - plain data of any shape
    marks[at] = _mark(event)
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise Unread("YAML anchors and aliases are not allowed", _mark(event))
    if tag := getattr(event, "tag", None):
        raise Unread(f"YAML tags are not allowed: {tag}", _mark(event))
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event)
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Any] = []
        while not isinstance(inner := next(events), yaml.SequenceEndEvent):
            items.append(_build(inner, events, marks, (*at, len(items))))
        return items
    table: dict[str, Any] = {}
    while not isinstance(key := next(events), yaml.MappingEndEvent):
        if not isinstance(key, yaml.ScalarEvent):
            raise Unread("a key must be plain text", _mark(key))
        if key.value in table:
            raise Unread(f"repeated key {key.value!r}", _mark(key))
        table[key.value] = _build(next(events), events, marks, (*at, key.value))
    return table


def _mark(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _scalar(event: yaml.ScalarEvent) -> str | int | bool | None:
    if event.style not in (None, "") or not event.implicit[0]:
        return str(event.value)
    if event.value in _PLAIN:
        return _PLAIN[event.value]
    return int(event.value) if _INTEGER.fullmatch(event.value) else str(event.value)

"""YAML as plain data, and where each part of it stands.

Plain data are mappings, lists, text, whole numbers, true, false and null. Dates stay
text (EDTF is text), and anchors, aliases, tags and repeated keys are refused, so a file
says what it seems to say and cannot unfold without end. So are a second document, which
no reader would get to see, what a merge has left undecided, and a key or an item that
has slipped into the text above it.
"""

import re
from collections.abc import Container, Iterator
from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = {"": None, "~": None, "null": None, "true": True, "false": False}
_INTEGER = re.compile(r"[-+]?(0|[1-9]\d*)")
_DIGITS = 18  # of a whole number; Python refuses to read thousands of them
_DEEP = 20  # how far parts may lie within parts; our files need five
_MERGE = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)
# Where a part of the file may have begun: on a line, or where a sentence ends.
BEGINS = re.compile(
    r"(?:^ *|\s)(?P<block>[a-z_]+:)(?= [>|][-+]? *$)|^ *(?P<item>-)(?= )"
    r"|(?:^ *|[.!?:;)\"”’]\s+)(?:- )?(?P<key>[a-z_]+:)(?= |$)",
    re.MULTILINE,
)
_SLIPPED = "indent it as the key of that text, or put the text in quotation marks"

_FRAME = (yaml.StreamStartEvent, yaml.StreamEndEvent,
          yaml.DocumentStartEvent, yaml.DocumentEndEvent)  # fmt: skip
# What cannot be seen, and parts a word or turns the order of letters. Joiners and marks
# of direction that some scripts are written with stay.
_UNSEEN = re.compile(r"[\u00ad\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
TAKE_OUT = "take it out; an editor that shows invisible characters has it"
MERGE = "a merge was left undecided here"
DECIDE = "choose between both sides, and take the marks out"

Where = tuple[str | int, ...]
Marks = dict[Where, tuple[int, int]]  # line and column, from 1


class Unread(Exception):
    """What plain data has no place for, and where it stands: line and column from 1.

    ``fix`` is how to mend it, where that is not to write plain data.
    """

    def __init__(self, what: str, at: tuple[int, int], fix: str = "") -> None:
        super().__init__(what)
        self.at, self.fix = at, fix


def plain_data(text: str) -> tuple[Any, Marks]:
    """Return the data of a YAML text and where its parts begin. Raises `Unread`."""
    marks: Marks = {}
    texts: list[yaml.ScalarEvent] = []
    try:
        events = _parts(text, texts)
        first = next(events, None)
        data = None if first is None else _build(first, events, marks, ())
        next(events, None)  # which raises where something follows
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        at = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise Unread(getattr(error, "problem", None) or "not YAML", at) from None
    _check_texts(text, texts, {where[-1] for where in marks if where})
    return data, marks


def merge_mark(text: str) -> int:
    r"""Return the line, from 1, on which a merge was left undecided; 0 for none.

    >>> merge_mark("a: 1\n<<<<<<< HEAD\nb: 2\n")
    2
    """
    match = _MERGE.search(text)
    return text.count("\n", 0, match.start()) + 1 if match else 0


def unseen_mark(text: str) -> tuple[str, tuple[int, int]] | None:
    r"""Return what is wrong, and line and column, at the first thing that is unseen.

    >>> unseen_mark("a: b\nc: d" + chr(0x202E))
    ('a character that cannot be seen (U+202E)', (2, 5))
    """
    match = _UNSEEN.search(text, int(text.startswith("\ufeff")))
    if match is None:
        return None
    at = match.start()
    place = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return f"a character that cannot be seen (U+{ord(match[0]):04X})", place


def _parts(text: str, texts: list[yaml.ScalarEvent]) -> Iterator[yaml.Event]:
    """Yield the events of the one document that a file may hold; collect its texts."""
    if line := merge_mark(text):
        raise Unread(MERGE, (line, 1), DECIDE)
    if unseen := unseen_mark(text):
        raise Unread(*unseen, TAKE_OUT)
    documents = 0
    for event in yaml.parse(text, Loader=_Loader):
        documents += isinstance(event, yaml.DocumentStartEvent)
        # A reader would never get to see what is behind the mark.
        if documents > 1:
            said = "a second document begins here, and would be lost"
            raise Unread(said, _mark(event), "take the line `---` out")
        if isinstance(event, yaml.ScalarEvent) and event.style in {">", "|"}:
            texts.append(event)
        if not isinstance(event, _FRAME):
            yield event


def _check_texts(
    text: str, parts: list[yaml.ScalarEvent], keys: Container[str | int]
) -> None:
    """Refuse a folded text into which a key of the file, or an item, has slipped."""
    for start, end in ((part.start_mark, part.end_mark) for part in parts):
        for found in BEGINS.finditer(text, start.index, end.index):  # type: ignore[union-attr]
            if found["block"] or found["item"] or found["key"][:-1] in keys:
                said = f"`{found[0].split()[-1]}` has slipped into the text above it"
                line = text.count("\n", 0, found.end()) + 1
                raise Unread(said, (line, 1), _SLIPPED)


def _build(
    event: yaml.Event, events: Iterator[yaml.Event], marks: Marks, at: Where
) -> Any:  # noqa: ANN401 - plain data of any shape
    marks[at] = _mark(event)
    if len(at) > _DEEP:
        raise Unread(f"nested more than {_DEEP} deep", _mark(event))
    # One alias within another would let a short file unfold without end.
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
    value = str(event.value)
    if event.style not in (None, "") or not event.implicit[0]:
        return value
    if value in _PLAIN:
        return _PLAIN[value]
    if not _INTEGER.fullmatch(value):
        return value
    if len(value) > _DIGITS:
        raise Unread(f"a whole number of {len(value)} digits", _mark(event))
    return int(value)

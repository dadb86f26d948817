"""A raw file into a document: clean text with a strictly increasing way back.

Reads UTF-8 and nothing else; refuses a file that is missing, empty, not UTF-8,
marked with a byte order mark, holding a NUL, or not the file whose hash was
pinned. What the page, the format or the printer put between the words is taken
out and listed with its reason; no word is ever changed, added or dropped.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from sourcebook.errors import SourcebookError
from sourcebook.reading.text.document import Document, Paragraph, Section, Sentence
from sourcebook.reading.text.layout import line_starts
from sourcebook.reading.text.passage_kinds import Passage, classify
from sourcebook.reading.text.passages import read_passages
from sourcebook.reading.text.sentences import split_sentences

_SPACE = re.compile(r"\s")


def read_document(path: Path, *, citekey: str, sha256: str | None = None) -> Document:
    """Read a pinned file.

    Raises :class:`SourcebookError` when it is missing, empty, not UTF-8, opens with
    a byte order mark, holds a NUL, or has another hash than ``sha256``.
    """
    if not path.is_file():
        raise SourcebookError(_missing(path, citekey))
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if sha256 is not None and digest != sha256.lower():
        raise SourcebookError(
            f"{citekey}: {path.name} is not the pinned file\n"
            f"  expected sha256 {sha256}\n  got sha256      {digest}\n"
            "  fix: restore the file; if the change is meant, pin its new hash"
        )
    raw = decode(data, where=f"{citekey}: {path.name}")
    return clean(raw, citekey=citekey, file=path.name)


def _missing(path: Path, citekey: str) -> str:
    """Word the error for a file that is not there."""
    there = (
        sorted(p.name for p in path.parent.glob("*")) if path.parent.is_dir() else []
    )
    near = difflib.get_close_matches(path.name, there, n=1)
    closest = f"\n  closest: {near[0]}" if near else ""
    return (
        f"{citekey}: no file {path.name} in {path.parent.name or '.'}/{closest}\n"
        "  fix: correct the name, or put the file there"
    )


def decode(data: bytes, *, where: str) -> str:
    """Return the text of a file's bytes. Raises `SourcebookError`, naming ``where``."""
    if data.startswith(b"\xef\xbb\xbf"):
        fix = "save it as UTF-8 without one"
        raise SourcebookError(f"{where} opens with a byte order mark", fix=fix)
    try:
        raw = data.decode("utf-8")
    except UnicodeDecodeError as error:
        said = f"{where} is not UTF-8: byte 0x{data[error.start]:02x} at {error.start}"
        fix = "save it as UTF-8, then pin its new hash"
        raise SourcebookError(said, fix=fix) from error
    if "\0" in raw:
        said = f"{where} holds a NUL character at {raw.index(chr(0))}"
        fix = "this is not a text file; save its text as UTF-8"
        raise SourcebookError(said, fix=fix)
    if not raw.strip():
        raise SourcebookError(f"{where} is empty\n  fix: put the text into it")
    return raw


def clean(raw: str, *, citekey: str = "", file: str = "") -> Document:
    r"""Clean a raw text and find its parts.

    >>> document = clean("## Gas\n\nSupply [rose](#) to 4.3%. It\nmay fall.\n")
    >>> document.text
    'Gas\nSupply rose to 4.3%. It may fall.'
    >>> [document.text[s.start : s.end] for s in document.sentences]
    ['Gas', 'Supply rose to 4.3%.', 'It may fall.']
    """
    reading = read_passages(raw)
    passages = reading.passages
    kinds = classify(passages, spaced=reading.spaced)
    text, offsets, starts = _lay_out(raw, passages)
    sections = _sections(passages, kinds, starts, len(text))
    marks = [section.start for section in sections]
    paragraphs = tuple(
        Paragraph(start, start + len(each.text), bisect_right(marks, start) - 1, kind)
        for start, each, (kind, _) in zip(starts, passages, kinds, strict=True)
    )
    return Document(
        citekey=citekey,
        file=file,
        sha256=hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest(),
        raw=raw,
        text=text,
        offsets=offsets,
        lines=array("q", line_starts(raw)),
        cuts=reading.cuts,
        sections=sections,
        paragraphs=paragraphs,
        sentences=tuple(_sentences(text, paragraphs)),
    )


def _lay_out(
    raw: str, passages: Sequence[Passage]
) -> tuple[str, array[int], list[int]]:
    """Return the clean text, its offsets, and where each passage starts in it."""
    offsets: array[int] = array("q")
    starts = []
    for passage in passages:
        if offsets:
            # Passages part at white space, so there always is some to stand for "\n".
            space = _SPACE.search(raw, offsets[-1] + 1)
            offsets.append(space.start() if space else offsets[-1] + 1)
        starts.append(len(offsets))
        offsets.extend(passage.offsets)
    return "\n".join(passage.text for passage in passages), offsets, starts


def _sections(
    passages: Sequence[Passage],
    kinds: Sequence[tuple[str, int]],
    starts: Sequence[int],
    length: int,
) -> tuple[Section, ...]:
    """Return the sections: one a heading, and one for what stands before the first."""
    heads = [
        (passage.text, level, start)
        for passage, (kind, level), start in zip(passages, kinds, starts, strict=True)
        if kind == "heading"
    ]
    if passages and (not heads or heads[0][2] > 0):
        heads.insert(0, ("", 0, 0))
    bounds = pairwise([*(start for _, _, start in heads), length])
    return tuple(
        Section(title, level, start, end)
        for (title, level, _), (start, end) in zip(heads, bounds, strict=True)
    )


def _sentences(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[Sentence]:
    """Yield the sentences of each paragraph; a heading is one."""
    for number, paragraph in enumerate(paragraphs):
        if paragraph.kind == "heading":
            yield Sentence(paragraph.start, paragraph.end, number)
            continue
        words = text[paragraph.start : paragraph.end]
        for start, end in split_sentences(words):
            yield Sentence(paragraph.start + start, paragraph.start + end, number)

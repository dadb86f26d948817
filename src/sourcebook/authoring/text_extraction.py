"""The text of a document as it will be pinned: UTF-8, one kind of line end.

All kinds of file pass through one stage here. Their readers give a text with marks for
what the letters alone do not say (see `marked`); this levels it, takes the marks out,
and lists what was lost, changed or is doubtful, each with its place, for the person who
adds it and for the sheet.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sourcebook.authoring import levelling
from sourcebook.authoring.incoming_file import Incoming, decode, part_front_matter
from sourcebook.authoring.marked import Decided, Doubt, resolve, without_marks
from sourcebook.authoring.plaintexts import mark_markdown, part_plain
from sourcebook.coding.schema import Original
from sourcebook.errors import SourcebookError

MOST_CHARACTERS = 2_000_000
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Extract:
    """A document's text, and how it came out of the file.

    ``name`` is the file's; ``said`` holds what was changed or left out; ``doubts`` the
    places that somebody has to settle; ``proposals`` what the file says about itself,
    by the names of `metadata`; ``extracted_with`` is "" where the file is the text. The
    readers of files give it with marks in its text.
    """

    name: str
    text: str
    said: tuple[str, ...] = ()
    proposals: Mapping[str, str] = field(default_factory=dict)
    extracted_with: str = ""
    doubts: tuple[Doubt, ...] = ()


def extract(incoming: Incoming, *, decided: Decided | None = None) -> Extract:
    """Return the text of a document, as decided. Raises `SourcebookError`."""
    found = _read(incoming)
    _check_length(found.text, name=incoming.name, most=MOST_CHARACTERS * 2)  # marked
    levelling.refuse_unreadable(found.text, name=incoming.name)
    if not re.search(r"\w", without_marks(found.text)):
        fix = "name a document with a text"
        raise SourcebookError(f"{incoming.name}: holds no words", fix=fix)
    text, levelled = levelling.level(found.text)
    text, joined = levelling.join_parted(text)
    settled = resolve(levelling.suspect(text), decided=decided)
    text, ended = settled.text, []
    if not text.endswith("\n"):
        text += "\n"
        ended = ["ended the last line"]
    _check_length(text, name=incoming.name, most=MOST_CHARACTERS)
    return replace(
        found,
        text=text,
        said=(
            *found.said,
            *levelled,
            *joined,
            *settled.said,
            *ended,
            *levelling.told_repeats(text),
            *levelling.told_language(text),
        ),
        doubts=settled.doubts,
    )


def extract_bytes(name: str, data: bytes) -> Extract:
    """Return the text of a file by its name and its bytes. Raises `SourcebookError`."""
    return extract(Incoming(name, f".{name.rpartition('.')[2].lower()}", data))


def _check_length(text: str, *, name: str, most: int) -> None:
    if len(text) > most:
        said = (
            f"a text of {len(text):,} characters, and the most is {MOST_CHARACTERS:,}"
        )
        fix = "add its parts as documents of their own"
        raise SourcebookError(f"{name}: {said}", fix=fix)


def original_of(name: str, incoming: Incoming, found: Extract) -> Original | None:
    """Return what is kept beside the text of that name; None where the file is it."""
    if incoming.data == found.text.encode():
        return None
    return Original(
        file=f"{name.removesuffix('.txt')}.original{incoming.kind}",
        sha256=hashlib.sha256(incoming.data).hexdigest(),
        extracted_with=found.extracted_with or "; ".join(found.said),
    )


def _read(incoming: Incoming) -> Extract:
    # Each reader is imported when its kind comes in, for they take long to load.
    if incoming.kind in {".html", ".htm", ".xhtml"}:
        from sourcebook.authoring.webpage_text import read_webpage

        return read_webpage(incoming)
    if incoming.kind == ".pdf":
        from sourcebook.authoring.pdf_text import read_pdf

        return read_pdf(incoming)
    if incoming.kind == ".docx":
        from sourcebook.authoring.word_text import read_wordfile

        return read_wordfile(incoming)
    return _read_text(incoming)


def _read_text(incoming: Incoming) -> Extract:
    said: list[str] = []
    if incoming.data.startswith(_BOM):
        said.append("dropped the byte order mark")
    text, dropped = levelling.without_nothing(decode(incoming.data, name=incoming.name))
    said += dropped
    if incoming.kind == ".md":
        whole, (text, proposals) = text, part_front_matter(text)
        if text != whole:
            said.append("left out its front matter")
        text, more = mark_markdown(text)
        if title := re.search(r"(?m)^# +(\S.*)$", text):
            words = without_marks(re.sub(r"[*_`#]", "", title[1]))
            proposals.setdefault("title", words.strip())
        return Extract(incoming.name, text, (*said, *more), proposals)
    text, more = part_plain(text)
    text = levelling.mark_columns(text, name=incoming.name)
    return Extract(incoming.name, text, (*said, *more))

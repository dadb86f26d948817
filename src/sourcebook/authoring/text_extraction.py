"""The text of a document as it will be pinned: UTF-8, one kind of line end.

Characters are kept as they are, composed or not. What had to be changed or left out to
get the text is listed in plain words, for the person who adds it and for the sheet.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sourcebook.authoring.front_matter import part_front_matter
from sourcebook.authoring.text_encodings import decode
from sourcebook.errors import SourcebookError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sourcebook.authoring.incoming_file import Incoming

MOST_CHARACTERS = 2_000_000
_BOM = b"\xef\xbb\xbf"
_LIGATURES = "ﬀﬁﬂﬃﬄ"
# Soft hyphen; zero width and direction marks; directions; joiners; byte order mark;
# and the tag characters, which spell hidden words.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Extract:
    """A document's text, and how it came out of the file.

    ``name`` is the file's; ``said`` holds what was changed or left out; ``proposals``
    what the file says about itself, by the names of `metadata`; ``extracted_with`` is
    "" where the file is the text.
    """

    name: str
    text: str
    said: tuple[str, ...] = ()
    proposals: Mapping[str, str] = field(default_factory=dict)
    extracted_with: str = ""


def extract(incoming: Incoming) -> Extract:
    """Return the text of a document. Raises `SourcebookError`."""
    found = _read(incoming)
    text, said = _settle(found.text)
    if not re.search(r"\w", text):
        raise SourcebookError(
            f"{incoming.name}: holds no words\n  fix: name a document with a text"
        )
    if len(text) > MOST_CHARACTERS:
        raise SourcebookError(
            f"{incoming.name}: a text of {len(text):,} characters, and the most is "
            f"{MOST_CHARACTERS:,}\n  fix: add its parts as documents of their own"
        )
    return replace(found, text=text, said=(*found.said, *said))


def without_unseen(text: str) -> tuple[str, str]:
    r"""Return a text without characters that nobody sees, and which and how many.

    They part a figure from its unit, turn the direction of what follows, or make two
    names of one.

    >>> without_unseen("12\u200b% of \u202egas\u200b")
    ('12% of gas', '2 U+200B, 1 U+202E')
    """
    found = Counter(_UNSEEN.findall(text))
    names = [f"{count} U+{ord(each):04X}" for each, count in sorted(found.items())]
    return _UNSEEN.sub("", text), ", ".join(names)


def _read(incoming: Incoming) -> Extract:
    # Each reader is imported when its kind comes in, for they take long to load.
    if incoming.kind in {".html", ".htm"}:
        from sourcebook.authoring.webpage_text import read_webpage

        return read_webpage(incoming)
    if incoming.kind == ".pdf":
        from sourcebook.authoring.pdf_text import read_pdf

        return read_pdf(incoming)
    if incoming.kind == ".docx":
        from sourcebook.authoring.word_text import read_wordfile

        return read_wordfile(incoming)
    said: tuple[str, ...] = ()
    if incoming.data.startswith(_BOM):
        said = ("dropped the byte order mark",)
    text = decode(incoming.data, name=incoming.name)
    if incoming.kind == ".md":
        whole, (text, proposals) = text, part_front_matter(text)
        if text != whole:
            said += ("left out its front matter",)
            return Extract(incoming.name, text, said, proposals)
    return Extract(incoming.name, text, said)


def _settle(text: str) -> tuple[str, list[str]]:
    """Return the text with one kind of line end, and what was done for it."""
    said = []
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        said.append("made every line end a line feed")
    if _CONTROL.search(text):
        text, count = _CONTROL.subn("", text)
        said.append(f"dropped {count} control character{'s' * (count != 1)}")
    text, unseen = without_unseen(text)
    if unseen:
        said.append(f"dropped what cannot be seen: {unseen}")
    if kept := sorted(set(_LIGATURES) & set(text)):
        said.append(f"kept ligatures as they are: {' '.join(kept)}")
    if not text.endswith("\n"):
        text += "\n"
        said.append("ended the last line")
    return text, said

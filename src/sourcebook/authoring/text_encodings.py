"""Bytes into text: UTF-8 or nothing, and a good guess at what else it may be.

The guess is for the message alone. No text is ever read by it, because a wrong guess
puts wrong letters into names.
"""

from __future__ import annotations

import codecs
import re

from sourcebook.errors import SourcebookError

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]{1,40})""", re.IGNORECASE
)
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Signatures and names of what is no text at all.
_BINARY = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip file, as Word and others write them"),
    (b"\xd0\xcf\x11\xe0", "an old Word file (.doc)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a packed file"),
    (b"\x7fELF", "a program"),
)
_HEAD = 4096


def decode(data: bytes, *, name: str) -> str:
    """Return a file's text; a byte order mark is dropped. Raises `SourcebookError`."""
    for start, what in _BINARY:
        if data.startswith(start):
            raise SourcebookError(
                f"{name}: {what} under the name of a text\n"
                "  fix: give it the ending of its kind, or save its text as UTF-8"
            )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = error.start + (3 if data.startswith(codecs.BOM_UTF8) else 0)
        likely = guess(data)
        remedy = (
            f"save it as UTF-8: iconv -f {likely} -t utf-8 {name}"
            if likely
            else "name a text; this looks like none"
        )
        raise SourcebookError(
            f"{name}: not UTF-8 at byte {at} (0x{data[at]:02x})"
            f"{f'; likely {likely}' if likely else ''}\n  fix: {remedy}"
        ) from None
    if "\0" in text:
        likely = guess(data)
        remedy = f"save it as UTF-8; likely it is {likely}" if likely else "name a text"
        raise SourcebookError(
            f"{name}: holds a NUL at character {text.index(chr(0))}, as no text does\n"
            f"  fix: {remedy}"
        )
    return text


def guess(data: bytes) -> str:
    r"""Return the likely encoding of what is not UTF-8, "" for what is no text.

    >>> guess("Café".encode("latin-1")), guess("Баку и Гянджа".encode("cp1251"))
    ('windows-1252', 'windows-1251')
    >>> guess(b"\xff\xfeB\0"), guess(bytes(range(256)))
    ('utf-16', '')
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if found := _CHARSET.search(data[:_HEAD]):
        named = found[1].decode("ascii").lower()
        return named if named not in {"utf-8", "utf8"} else "windows-1252"
    sample = data[:_HEAD]
    if sample[1::2].count(0) > len(sample) // 4 or sample[::2].count(0) > (
        len(sample) // 4
    ):
        return "utf-16"
    strange = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in data)
    if strange > len(data) // 100:
        return ""
    high = sum(byte > 0xBF for byte in data)
    letters = high + sum(chr(byte).isalpha() for byte in data if byte < 0x80)
    return "windows-1251" if high * 2 > letters else "windows-1252"

"""A PDF written small, with words about the book in it.

Chromium writes the tree of tags, two thirds of the file, as plain text. Here everything
that is not a stream goes into compressed object streams (PDF 1.5), and what a library's
catalogue asks for is added. The same content gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from typing import TYPE_CHECKING

from pypdf import PdfReader, PdfWriter
from pypdf.generic import StreamObject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pypdf.generic import PdfObject

_BATCH = 50  # objects in one stream: a reader goes through all to see one
_FREE, _PLAIN, _IN_STREAM = 0, 1, 2  # kinds of entry in a table of objects


def compact(content: bytes, words: Mapping[str, str]) -> bytes:
    """Return a PDF with fewer bytes, and with entries such as ``/Author`` added."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.add_metadata(dict(words))
    objects = dict(enumerate(writer._objects, 1))  # noqa: SLF001 - as they are kept
    info = writer._info  # noqa: SLF001
    root = writer.root_object.indirect_reference
    if info is None or info.indirect_reference is None or root is None:
        raise AssertionError  # a cloned file has both
    ends = f"/Root {root.idnum} 0 R /Info {info.indirect_reference.idnum} 0 R"
    return _written({n: o for n, o in objects.items() if o is not None}, ends)


def _written(objects: Mapping[int, PdfObject], ends: str) -> bytes:
    out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    table: dict[int, tuple[int, int, int]] = {0: (_FREE, 0, 0xFFFF)}
    small = []
    for number, each in objects.items():
        if isinstance(each, StreamObject):
            table[number] = (_PLAIN, len(out), 0)
            out += _object(number, _bytes(each))
        else:
            small.append((number, _bytes(each)))
    new = max(objects) + 1
    for start in range(0, len(small), _BATCH):
        batch = small[start : start + _BATCH]
        table |= {n: (_IN_STREAM, new, i) for i, (n, _) in enumerate(batch)}
        table[new] = (_PLAIN, len(out), 0)
        out += _object(new, _batch(batch))
        new += 1
    at = len(out)
    table[new] = (_PLAIN, at, 0)
    name = hashlib.sha256(out).hexdigest()[:32]
    out += _object(new, _table(table, f"{ends} /ID [<{name}><{name}>]"))
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % at)


def _bytes(each: PdfObject) -> bytes:
    written = io.BytesIO()
    each.write_to_stream(written)
    return written.getvalue()


def _object(number: int, content: bytes) -> bytes:
    return b"%d 0 obj\n%s\nendobj\n" % (number, content)


def _stream(words: str, content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    head = f"<< {words} /Filter /FlateDecode /Length {len(packed)} >>\nstream\n"
    return head.encode() + packed + b"\nendstream"


def _batch(objects: list[tuple[int, bytes]]) -> bytes:
    """Return some objects as one stream: their numbers and places, then they."""
    places, body = [], b""
    for number, content in objects:
        places.append(f"{number} {len(body)}")
        body += content + b"\n"
    head = " ".join(places).encode() + b"\n"
    words = f"/Type /ObjStm /N {len(objects)} /First {len(head)}"
    return _stream(words, head + body)


def _table(entries: Mapping[int, tuple[int, int, int]], ends: str) -> bytes:
    """Return where each object is, by number, as a stream of fixed widths."""
    size = max(entries) + 1
    rows = (entries.get(number, (_FREE, 0, 0)) for number in range(size))
    body = b"".join(
        kind.to_bytes(1) + place.to_bytes(4) + more.to_bytes(2)
        for kind, place, more in rows
    )
    return _stream(f"/Type /XRef /Size {size} /W [1 4 2] {ends}", body)

"""A document's text taken out anew: by a better reader, or from another copy of it.

The sheet keeps everything that people coded; its lines on the file are made anew. Then
the book is checked: what no longer fits the new text is told, each with its place, and
all is undone unless it is wanted anyway.
"""

import hashlib
import re
from pathlib import Path

from sourcebook.authoring.file_changes import Changes
from sourcebook.authoring.incoming_file import take_in
from sourcebook.authoring.removal import named, settle
from sourcebook.authoring.sheet_writing import decided_in, file_text, gathered
from sourcebook.authoring.text_extraction import extract, original_of
from sourcebook.coding.sheets import load_sheet
from sourcebook.errors import SourcebookError

_ABOUT_FILE = re.compile(
    r"(?m)^(?:file|sha256):.*\n|^(?:original|doubts):.*\n(?:[ \t]+.*\n)*"
)
_MARK = "\0"


def reread(
    root: Path, key: str, file: Path | None = None, *, anyway: bool = False
) -> list[str]:
    """Take a source's text from ``file``, or anew from what is kept of the document.

    Returns what was done. Raises `SourcebookError`, and then everything is as it was.
    """
    if named(root, key).what != "source":
        raise SourcebookError(f"{key!r} is no source", fix="give a citekey")
    path = root / "seeds" / f"{key}.yml"
    sheet, _ = load_sheet(path)
    kept = [sheet.file, *([sheet.original.file] if sheet.original else [])]
    incoming = take_in(file or root / "seeds" / kept[-1])
    found = extract(incoming, decided=decided_in(sheet.doubts))
    sha256 = hashlib.sha256(found.text.encode()).hexdigest()
    if sha256 == sheet.sha256:
        fix = "nothing to do; or give another copy of the document"
        raise SourcebookError(f"{key}: the text comes out as it is", fix=fix)
    name = f"{sheet.file.partition('_')[0]}_{sha256[:16]}.txt"
    with Changes(root) as changes:
        for old in kept:
            changes.remove(root / "seeds" / old)
        changes.create(root / "seeds" / name, found.text)
        original = original_of(name, incoming, found)
        doubts = gathered(found.doubts, before=sheet.doubts)
        head = file_text(name, sha256, original, doubts)
        if original:
            changes.create(root / "seeds" / original.file, incoming.data)
        before = path.read_bytes()
        changes.edit(path, before, _with_head(before.decode(), head))
        return settle(root, changes, anyway=anyway)


def _with_head(sheet: str, head: str) -> str:
    r"""Return a sheet with other lines on its file, where the first of them stood.

    >>> _with_head("# A\nfile: a\nsha256: 1\nshort: A\n", "file: b\n")
    '# A\nfile: b\nshort: A\n'
    """
    marked = _ABOUT_FILE.sub(_MARK, sheet)
    return marked.replace(_MARK, head, 1).replace(_MARK, "")

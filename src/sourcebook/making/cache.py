"""Notice when pages are out of date.

Sphinx looks at a page's own file alone, so a change in a source, a sheet, a question or
the package would go unseen. When a digest of all of these moves, all pages are read.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

INPUTS = (
    "src/sourcebook/**/*.py",
    "seeds/*",
    "book/questions/*.yml",
    "book/releases/*.csv",
    "requirements.lock",
)


def input_digest(root: Path) -> str:
    """Return one SHA-256 over the names and bytes of every input under ``root``."""
    state = hashlib.sha256()
    found = {p for pattern in INPUTS for p in root.glob(pattern) if p.is_file()}
    for path in sorted(found):
        content = hashlib.sha256(path.read_bytes()).digest()
        state.update(path.relative_to(root).as_posix().encode() + b"\0" + content)
    return state.hexdigest()

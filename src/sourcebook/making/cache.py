"""Notice when executed notebooks are out of date.

Jupyter Book's execution cache looks at code cells alone, so a change in a source, a
sheet, a question or the package would leave old outputs on the page. A digest of all
of these is kept beside the cache; when it moves, the cache is dropped.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

INPUTS = (
    "src/sourcebook/**/*.py",
    "seeds/*",
    "book/questions/*.yml",
    "book/releases/*.csv",
    "requirements.lock",
)
STAMP = "inputs.sha256"


def input_digest(root: Path) -> str:
    """Return one SHA-256 over the names and bytes of every input under ``root``."""
    state = hashlib.sha256()
    found = {p for pattern in INPUTS for p in root.glob(pattern) if p.is_file()}
    for path in sorted(found):
        content = hashlib.sha256(path.read_bytes()).digest()
        state.update(path.relative_to(root).as_posix().encode() + b"\0" + content)
    return state.hexdigest()


def drop_stale(cache: Path, digest: str) -> bool:
    """Empty ``cache`` unless it was filled under ``digest``; say whether it was.

    The stamp is written last, so an interrupted run leaves a cache that counts as
    stale, never one that passes for fresh.
    """
    stamp = cache / STAMP
    if stamp.is_file() and stamp.read_text(encoding="ascii").strip() == digest:
        return False
    if cache.exists():
        shutil.rmtree(cache)
    cache.mkdir(parents=True)
    stamp.write_text(digest + "\n", encoding="ascii")
    return True

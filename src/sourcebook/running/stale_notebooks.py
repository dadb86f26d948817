"""Which notebooks are out of date, and why: an answer in a moment, with nothing run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourcebook.running.execution_store import Store

if TYPE_CHECKING:
    from pathlib import Path


def reasons(root: Path, cache: Path | None = None) -> dict[str, str]:
    """Return, for each notebook, why it has to run; "" when it is up to date."""
    store = Store(root, cache)
    paths = sorted((root / "notebooks").glob("*/*.ipynb"))
    names = [path.relative_to(root).as_posix() for path in paths]
    return {name: store.why(name) for name in names}


def each(root: Path) -> list[str]:
    """Return one line for each notebook."""
    return [
        f"{name}: {f'stale: {why}' if why else 'fresh'}"
        for name, why in reasons(root).items()
    ]


def count(root: Path) -> str:
    """Return one line for all notebooks."""
    found = reasons(root)
    stale = sum(1 for why in found.values() if why)
    more = " (why: sourcebook status --why)" if stale else ""
    return f"{len(found)} notebooks, {stale} to run{more}"

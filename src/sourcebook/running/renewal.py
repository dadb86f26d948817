"""The notebooks of a book brought up to date: what is stale is run, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourcebook.errors import SourcebookError
from sourcebook.running.batch import in_order, report, run_all
from sourcebook.running.execution_store import Store
from sourcebook.running.task import Limits, Task

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

SCHEDULER = "SOURCEBOOK_SCHEDULER"  # the variable that tells a build where to run


def renew(
    root: Path,
    names: Collection[str],
    *,
    cache: Path | None = None,
    scheduler: str = "",
) -> dict[str, str]:
    """Run the notebooks that are out of date; return each with the reason why.

    Raises one `SourcebookError` with all that failed; what the others gave is kept.
    """
    store = Store(root, cache)
    seconds = {n: took for n in names if (took := store.seconds(n)) is not None}
    stale = store.drop_stale(names)
    texts = {name: (root / name).read_text(encoding="utf-8") for name in stale}
    limits = Limits.of(root)
    tasks = [Task(name, text, str(root), limits) for name, text in texts.items()]
    failures = run_all(
        in_order(tasks, seconds),
        lambda result: store.keep(result, texts[result.name]),
        scheduler=scheduler,
    )
    if failures:
        raise SourcebookError(report(failures))
    return stale

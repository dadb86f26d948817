"""``pytest --nbval`` runs the notebooks as the build does: warm, the longest first."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from sourcebook.running.batch import weight
from warm_kernels import warm_kernels

if TYPE_CHECKING:
    import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Switch warm kernels on until the run has ended.

    Of several processes, each takes the next notebook in our order, not in its own.
    """
    stack = ExitStack()
    stack.enter_context(warm_kernels())
    config.add_cleanup(stack.close)
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the notebooks first that take longest, so that none is left alone at last.

    Whatever else is run in the same session comes behind them, in its own order.
    """
    paths = {item.path for item in items if item.path.suffix == ".ipynb"}
    weights = {path: weight(path.read_text(encoding="utf-8")) for path in paths}
    items.sort(key=lambda item: weights.get(item.path, (0, 0)), reverse=True)

"""``pytest --nbval`` runs these notebooks with warm kernels, as the build does."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from sourcebook.making.kernels import warm_kernels

if TYPE_CHECKING:
    import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Switch them on until the run has ended."""
    stack = ExitStack()
    stack.enter_context(warm_kernels())
    config.add_cleanup(stack.close)

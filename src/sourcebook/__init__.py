"""Read documents, bind claims to their passages, and compute how the claims relate."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sourcebook.coding.corpus import load_corpus, read
    from sourcebook.coding.tallies import tally
    from sourcebook.comparing.questions import ask, build_bridge
    from sourcebook.comparing.relations import compare
    from sourcebook.errors import SourcebookError
    from sourcebook.showing import cards, charts, explorer, tables

# Each public name is imported when first used, so that `import sourcebook` is quick
# and a command that needs no charts does not wait for them.
_HOMES = {
    "SourcebookError": "sourcebook.errors",
    "ask": "sourcebook.comparing.questions",
    "build_bridge": "sourcebook.comparing.questions",
    "cards": "sourcebook.showing",
    "charts": "sourcebook.showing",
    "compare": "sourcebook.comparing.relations",
    "explorer": "sourcebook.showing",
    "load_corpus": "sourcebook.coding.corpus",
    "read": "sourcebook.coding.corpus",
    "tables": "sourcebook.showing",
    "tally": "sourcebook.coding.tallies",
}

__all__ = [
    "SourcebookError",
    "ask",
    "build_bridge",
    "cards",
    "charts",
    "compare",
    "explorer",
    "load_corpus",
    "read",
    "tables",
    "tally",
]
__version__ = "0.2.0"


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    if name not in _HOMES:
        raise AttributeError(f"module 'sourcebook' has no attribute {name!r}")
    home = import_module(_HOMES[name])
    if hasattr(home, name):
        return getattr(home, name)
    return import_module(f"{_HOMES[name]}.{name}")

"""Read documents, bind claims to their passages, and compute how the claims relate.

What a notebook may use stands in `sourcebook.api`; each name is imported when it is
first asked for.
"""

from typing import Any

__version__ = "0.3.0"


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    # Dunder names are Python's own questions: they must not import anything.
    if name.startswith("__"):
        raise AttributeError(f"module 'sourcebook' has no attribute {name!r}")
    from sourcebook.api import find  # noqa: PLC0415 - late, so that no import is circular

    return find(name)


def __dir__() -> list[str]:
    from sourcebook.api import NAMES  # noqa: PLC0415

    return sorted([*globals(), *NAMES])

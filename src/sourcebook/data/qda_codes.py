"""How the words of the codebook and the claims are named in a project.

A code's folder says whether it is a topic or a kind. Names that other programs must
keep apart, GUIDs, are made from ours: the same claim always has the same.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Final, get_args

from sourcebook.coding.schema import Kind

if TYPE_CHECKING:
    from collections.abc import Collection

    from refi_qda import Code

TOPIC: Final = "topic"
KIND: Final = "kind"
KINDS: Final[tuple[str, ...]] = get_args(Kind)


def guid(*name: str) -> str:
    """Return the GUID of a name: the same today and anywhere.

    >>> guid("claim", "bbc-2025/gas-share") == guid("claim", "bbc-2025/gas-share")
    True
    """
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "sourcebook/" + "/".join(name)))


def meaning(code: Code, topics: Collection[str]) -> tuple[str, str]:
    """Return whether a code is a topic or a kind of ours, and its term; or "".

    A word that is both counts as what its folder says, and else as neither.
    """
    term = code.name.strip()
    kinds = {KIND} if term in KINDS else set()
    kinds |= {TOPIC} if term in topics else set()
    if len(kinds) > 1:
        kinds &= {name.strip() for name in code.above}
    return (kinds.pop(), term) if len(kinds) == 1 else ("", term)

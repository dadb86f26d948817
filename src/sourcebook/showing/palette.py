"""How a source looks wherever it is drawn: its short name, its colour, its shape.

The five sources keep the same colour and shape on every page. The colours stay apart
for colour-blind readers and stand out by 3:1 on light and on dark paper; the shapes
say the same again where there is no colour at all. A source that is not one of the
five gets the next free shape, in grey.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sourcebook.errors import SourcebookError


@dataclass(frozen=True, slots=True)
class Look:
    """How one source is drawn."""

    name: str
    colour: str
    shape: str


LOOKS: dict[str, Look] = {
    "van-gils-2017": Look("Van Gils 2017", "#15748C", "circle"),
    "valiyev-yagubova-2022": Look("Valiyev and Yagubova 2022", "#E57022", "square"),
    "anonymous-2025": Look("Anonymous 2025", "#9722E5", "diamond"),
    "bbc-2025": Look("BBC 2025", "#B53D1F", "triangle-up"),
    "brussels-times-2025": Look("Brussels Times 2025", "#A87EE5", "cross"),
}
GREY = "#757575"
_SPARE = ("triangle-down", "stroke", "triangle-left", "triangle-right", "wedge")


def looks(
    citekeys: Iterable[str], *, labels: Mapping[str, str] | None = None
) -> dict[str, Look]:
    """Return how each source is drawn; ``labels`` overrides short names.

    The same set of sources looks the same in any order. Raises `SourcebookError`
    when more sources are new than there are shapes to tell them apart.

    >>> looks(["acme-2021"])["acme-2021"].name
    'Acme 2021'
    """
    wanted = sorted(set(citekeys))
    new = [key for key in wanted if key not in LOOKS]
    if len(new) > len(_SPARE):
        raise SourcebookError(
            f"{len(new)} sources without a look: {', '.join(new)}\n"
            "  fix: give them a row in LOOKS, or draw fewer sources at once"
        )
    spare = dict(zip(new, _SPARE, strict=False))
    found = {
        key: LOOKS.get(key) or Look(_title(key), GREY, spare[key]) for key in wanted
    }
    named = labels or {}
    return {
        key: Look(named.get(key, look.name), look.colour, look.shape)
        for key, look in found.items()
    }


def short_name(citekey: str) -> str:
    """Return the short name of a source.

    >>> short_name("bbc-2025")
    'BBC 2025'
    """
    return LOOKS[citekey].name if citekey in LOOKS else _title(citekey)


def claim_words(address: str) -> str:
    """Return what the address of a claim's entry says of it, in words.

    >>> claim_words("../../book/claims/bbc-2025.html#claim-bbc-2025-gas-share")
    'BBC 2025: gas share'
    """
    page, _, anchor = address.partition("#")
    citekey = page.rpartition("/")[2].removesuffix(".html")
    name = anchor.removeprefix(f"claim-{citekey}-").replace("-", " ")
    return f"{short_name(citekey)}: {name}"


def _title(citekey: str) -> str:
    return " ".join(part.capitalize() for part in citekey.split("-"))

"""How a source looks wherever it is drawn: its short name, its colour, its shape.

A source's own sheet says it (``short``, ``colour``, ``shape``), so that it looks the
same on every page. What a sheet leaves out comes from a table, what others wear left
out: the sixth source repeats a colour with another shape, the 31st a look, and a reader
still has its name beside the mark.

Names of claims and of codes are spelled here as pages print them.

The five colours of the book stay apart for colour-blind readers and stand out by 3:1 on
light and on dark paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import get_args

from sourcebook.coding.book_files import find_root
from sourcebook.coding.corpus import sheet_files
from sourcebook.coding.schema import RECORD, Shape
from sourcebook.coding.sheets import sheet_head
from sourcebook.errors import SourcebookError
from sourcebook.reading.dates import bounds


@dataclass(frozen=True, slots=True)
class Look:
    """How one source is drawn."""

    name: str
    colour: str
    shape: str


GREY = "#757575"
# Facts from outside the documents, where a chart has them beside claims.
OUTSIDE = Look("public record", GREY, "diamond")
SHAPES = get_args(Shape)
# Between both limits there is no room for five steps of grey: documents that follow
# each other in time differ most, and shapes tell the rest apart without colour.
_COLOURS = ("#516969", "#4BA57B", "#883FC7", "#998FB7", "#A34C09")
# A second round of colours comes with the next shape: thirty looks before one repeats.
_PAIRS = tuple(
    (colour, SHAPES[(place + turn) % len(SHAPES)])
    for turn in range(len(SHAPES))
    for place, colour in enumerate(_COLOURS)
)
# What a source is called that has no short name of its own.
GENRES = {
    "Report": "policy brief",
    "ScholarlyArticle": "scholarly article",
    "ReportageNewsArticle": "news report",
    "OpinionNewsArticle": "opinion piece",
    "AdvertiserContentArticle": "sponsored article",
    "PressRelease": "press release",
    "Speech": "speech",
}


class _Looks(Mapping[str, Look]):
    """The look of every source of the book at hand, by citekey."""

    def __getitem__(self, citekey: str) -> Look:
        if citekey not in _citekeys():
            raise KeyError(citekey)
        return looks([citekey])[citekey]

    def __iter__(self) -> Iterator[str]:
        return iter(_citekeys())

    def __len__(self) -> int:
        return len(_citekeys())


LOOKS = _Looks()


def looks(citekeys: Iterable[str]) -> dict[str, Look]:
    """Return how each source is drawn.

    The same set of sources looks the same in any order, and a source of the book the
    same in every set.

    >>> looks(["acme-2021"])["acme-2021"].name
    'Acme 2021'
    """
    known = _citekeys()
    wanted = sorted(set(citekeys))
    new = [key for key in wanted if key not in known and key != RECORD]
    found = _drawn([*known, *new])
    return {
        key: OUTSIDE if key == RECORD else Look(short_name(key), *found[key])
        for key in wanted
    }


def _drawn(citekeys: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return colour and shape of each source: what its sheet says, else the next free.

    Nothing is used twice while there is something else.
    """
    heads = [_head(key) for key in citekeys]
    own = {(head.get("colour", ""), head.get("shape", "")) for head in heads}
    free = [pair for pair in _PAIRS if pair not in own]
    found, number = {}, 0
    for key, head in zip(citekeys, heads, strict=True):
        colour, shape = head.get("colour"), head.get("shape")
        if not (colour and shape):
            pair = free[number] if number < len(free) else _PAIRS[number % len(_PAIRS)]
            number += 1
            colour, shape = colour or pair[0], shape or pair[1]
        found[key] = (colour, shape)
    return found


def short_name(citekey: str) -> str:
    """Return the short name of a source: its own, or else made from its key.

    >>> short_name("bbc-2025"), short_name("acme-2021")
    ('BBC report', 'Acme 2021')
    """
    if citekey == RECORD:
        return OUTSIDE.name
    words = " ".join(part.capitalize() for part in citekey.split("-"))
    return _head(citekey).get("short") or words


def dated_name(citekey: str) -> str:
    """Return the short name of a source with its year, for a first mention.

    >>> dated_name("bbc-2025")
    'BBC report (2025)'
    """
    name, when = short_name(citekey), year(citekey)
    return f"{name} ({when})" if when and str(when) not in name else name


def year(citekey: str) -> int | None:
    """Return the year in which a source was issued, the last one where there are two.

    >>> year("van-gils-2017")
    2017
    """
    issued = _head(citekey).get("issued")
    return bounds(issued)[1].year if issued else None


def in_order(citekeys: Iterable[str]) -> list[str]:
    """Return sources each once, the oldest first, those of no known year last.

    >>> in_order(["bbc-2025", "acme-2021", "van-gils-2017", "bbc-2025"])
    ['van-gils-2017', 'bbc-2025', 'acme-2021']
    """
    return sorted(dict.fromkeys(citekeys), key=lambda key: year(key) or 9999)


def own_words(name: str) -> str:
    """Return the local id of a claim in words.

    >>> own_words("bbc-2025/gas-share")
    'gas share'
    """
    return name.partition("/")[2].replace("-", " ")


_PROPER = "EU NATO Armenia Azerbaijan Baku Belgium Georgia Karabakh Russia Ukraine"
_NAMES = {name.lower(): name for name in _PROPER.split()}


def code_words(code: str) -> str:
    """Return words of the codebook as a reader reads them.

    >>> code_words("eu-azerbaijan"), code_words("gas-buyers"), code_words("eu-policy")
    ('EU–Azerbaijan', 'gas buyers', 'EU policy')
    """
    parts = code.split("-")
    between = "–" if all(part in _NAMES for part in parts) else " "
    return between.join(_NAMES.get(part, part) for part in parts)


def source_style() -> str:
    """Return the style sheet in which cards wear the colours of the charts."""
    return "".join(
        f'[data-source="{citekey}"] {{ --sb-source: {look.colour.lower()}; }}\n'
        for citekey, look in LOOKS.items()
    )


def _head(citekey: str) -> Mapping[str, str]:
    """Return what a source's own sheet says of its look; nothing outside a book."""
    root = _root(Path.cwd())
    return sheet_head(root, citekey) if root else {}


def _citekeys() -> tuple[str, ...]:
    """Return the sources of the book at hand, the oldest first."""
    root = _root(Path.cwd())
    keys = [path.stem for path in sheet_files(root)] if root else []
    return tuple(sorted(keys, key=lambda key: (year(key) or 0, key)))


def use_book(folder: Path) -> None:
    """Take the sources' looks from the book here where the working folder has none."""
    # A builder may be started anywhere; only it knows where the pages lie.
    _elsewhere[:] = [folder]


def _root(folder: Path) -> Path | None:
    for place in (folder, *_elsewhere):
        with suppress(SourcebookError):
            return _found(place)
    return None


_elsewhere: list[Path] = []


@lru_cache(maxsize=8)  # names are asked for thousands of times; no book, no memory
def _found(folder: Path) -> Path:
    return find_root(folder)

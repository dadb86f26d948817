"""How well the readers read a corpus of labelled passages, kind by kind.

A corpus is a YAML file: kinds, each with passages that say what must be read in them. A
passage is right when each of its labels is read, and nothing else of the sort labelled.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from sourcebook.reading.dates import read_dates
from sourcebook.reading.numbers import NumberMention, read_numbers
from sourcebook.reading.quotations import read_quotations
from sourcebook.reading.text.sentences import split_sentences

_FIGURE: Final = re.compile(r"\d+(?:\.\d+)?")
_SORTS: Final = ("numbers", "dates", "sentences", "quotations")
CORPUS: Final = "tests/reading/corpus.yml"


@dataclass(frozen=True, slots=True)
class Passage:
    """One labelled passage: its kind, its words, and what must be read there."""

    kind: str
    shape: str  # what texts it is written after
    text: str
    issued: str
    labels: dict[str, Any]

    def faults(self) -> Iterator[str]:
        """Say what is read otherwise than labelled, one line for each sort."""
        for sort, wanted in self.labels.items():
            read = _read(sort, self)
            if _rounded(read) != _rounded(wanted):
                yield f"{sort}: {read} for {wanted} in {self.text!r}"


def passages(path: Path) -> tuple[Passage, ...]:
    """Return the passages of a corpus, in the order of the file."""
    found = []
    for kind, entries in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        for entry in entries:
            labels = {sort: entry[sort] for sort in _SORTS if sort in entry}
            issued = str(entry.get("issued", ""))
            found.append(Passage(kind, entry["shape"], entry["text"], issued, labels))
    return tuple(found)


def scores(path: Path) -> dict[str, tuple[int, int]]:
    """Return for each kind how many of its passages are right, and how many it has."""
    told: dict[str, tuple[int, int]] = {}
    for passage in passages(path):
        right, of = told.get(passage.kind, (0, 0))
        told[passage.kind] = right + (not any(passage.faults())), of + 1
    return told


def _read(sort: str, passage: Passage) -> Any:  # noqa: ANN401 - as YAML has it
    match sort:
        case "numbers":
            found = read_numbers(passage.text)
            return [_told(each) for each in found if each.role == "quantity"]
        case "dates":
            dates = read_dates(passage.text, issued=passage.issued)
            return [each.edtf for each in dates if each.kind != "duration"]
        case "quotations":
            return [each.inner for each in read_quotations(passage.text)]
        case _:
            return len(split_sentences(passage.text))


def _told(mention: NumberMention) -> str:
    """A number as a corpus writes it: value, unit and rate; behind a bar the hedge."""
    value = f"{mention.low:f}"
    if mention.high != mention.low:
        value += f"..{mention.high:f}"
    unit = f" {mention.unit}" if mention.unit else ""
    rate = f"/{mention.per}" if mention.per else ""
    hedge = f" | {mention.hedge}" if mention.hedge else ""
    return f"{value}{unit}{rate}{hedge}"


def _rounded(told: Any) -> Any:  # noqa: ANN401 - as YAML has it
    """What is read or labelled, its figures to the six places that count.

    >>> _rounded(["1000000001 EUR"]) == _rounded(["1000000000 EUR"])
    True
    """
    if not isinstance(told, list):
        return told
    return [_FIGURE.sub(lambda fig: f"{float(fig[0]):.6g}", str(each)) for each in told]

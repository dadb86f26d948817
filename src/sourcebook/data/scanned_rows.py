"""One document into rows: what each reader finds, at its place in the text.

The text is taken out of the file as it is when a document is added: by what is handed
in, for that lies in a higher room.

A figure whose words leave no interval has none; it is listed all the same.
"""

import datetime as dt
import hashlib
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from importlib.resources import files
from operator import attrgetter
from pathlib import Path
from typing import Any, Final, Protocol

from document_scan.table_reader import ScanError
from sourcebook.coding.hedges import Quantity
from sourcebook.coding.sheets import load_actors, load_kinds
from sourcebook.data.fields import Table
from sourcebook.data.scanned_tables import SCANNED
from sourcebook.errors import SourcebookError
from sourcebook.reading.actors import read_actors
from sourcebook.reading.citations import citation_reader as references
from sourcebook.reading.dates import DateMention, bounds
from sourcebook.reading.dates import date_reader as dates
from sourcebook.reading.numbers import NumberMention
from sourcebook.reading.numbers import number_reader as numbers
from sourcebook.reading.quotations import read_quotations
from sourcebook.reading.text import Document, clean
from sourcebook.reading.text.document import Stretch

ScanRow = dict[str, Any]  # a cell is text, a number, a day, or nothing
Taken = Any  # a text, what was changed for it (said) and its doubts, as adding has them
Take = Callable[[str, bytes], Taken]  # of a file's name and bytes

AROUND: Final = 160  # code points on either side that a context keeps of its sentence
TITLE: Final = 200  # code points
_SAID: Final = attrgetter(
    *"low high step loose_step unit per hedge noun".split()  # as `Quantity` has them
)
_DOUBTED: Final = ("what", "words", "text", "near")
_READERS: Final = (
    "authoring/*.py",  # some of which take the text out of a file
    "reading/**/*.py",
    "coding/hedges.py",
    "data/scanned_rows.py",
    "data/scanned_tables.py",
)


class Mention(Stretch, Protocol):
    """Anything a reader finds."""

    @property
    def text(self) -> str:
        """Its words, as printed."""


@cache
def reader_version() -> str:
    """Return the hash of every module that has a part in the rows."""
    state = hashlib.sha256()
    package = Path(str(files("sourcebook")))
    for path in sorted(path for each in _READERS for path in package.glob(each)):
        code = hashlib.sha256(path.read_bytes()).digest()
        state.update(path.relative_to(package).as_posix().encode() + b"\0" + code)
    return state.hexdigest()


@dataclass(frozen=True, slots=True)
class BookReader:
    """What `document_scan` reads with: our readers, of one version, and the actors.

    ``aliases`` are each actor's other names, ``kinds`` what it is; ``take`` is a
    module's function, for it travels.
    """

    aliases: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, str]
    take: Take
    version: str = field(default_factory=reader_version)

    @property
    def tables(self) -> Mapping[str, Table]:
        """The tables, that of the documents last."""
        return SCANNED

    @property
    def digest(self) -> str:
        """The state of all that rows depend on, the documents aside."""
        said = sorted(
            (who, self.kinds[who], names) for who, names in self.aliases.items()
        )
        return f"{self.version}\0{hashlib.sha256(repr(said).encode()).hexdigest()}"

    def is_here(self) -> bool:
        """Return whether this machine has the same version of the readers."""
        return self.version == reader_version()

    def read(self, name: str, data: bytes) -> dict[str, list[ScanRow]]:
        """Return the rows of one document, by table. Raises `ScanError`."""
        try:
            taken = self.take(name, data)
        except SourcebookError as error:
            raise ScanError(str(error).removeprefix(f"{name}: ")) from None
        return read_rows(name, data, taken, self)

    def refused(self, name: str, data: bytes, fault: str) -> dict[str, list[ScanRow]]:
        """Return the rows of a document whose words could not be read."""
        counts = [each.name for each in SCANNED["documents"].fields
                  if each.type == "integer"]  # fmt: skip
        row = _about(name, data) | dict.fromkeys(counts, 0)
        return {"documents": [{**row, "title": "", "changed": "", "fault": fault}]}


def book_reader(root: Path, take: Take) -> BookReader:
    """Return what looks for the actors of a book in other documents."""
    return BookReader(load_actors(root), load_kinds(root), take)


class _Page:
    """A document whose places are looked up many times."""

    def __init__(self, name: str, document: Document) -> None:
        self.name = name
        self.document = document
        self._starts = [sentence.start for sentence in document.sentences]

    def row(self, mention: Mention) -> ScanRow:
        """Return where a mention stands, and its words."""
        raw = self.document.raw_span(mention.start, mention.end)
        return {
            "document": self.name,
            "start": raw.start,
            "end": raw.end,
            "line": self.document.line_at(mention.start),
            "sentence": self._sentence(mention.start),
            "text": mention.text,
        }

    def context(self, mention: Mention) -> str:
        """Return the sentence of a mention, cut to what stands near it."""
        sentence = self.document.sentences[self._sentence(mention.start)]
        start = max(sentence.start, mention.start - AROUND)
        end = min(max(sentence.end, mention.end), mention.end + AROUND)
        return self.document.text[start:end]

    def _sentence(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)


def read_rows(
    name: str, data: bytes, taken: Taken, reader: BookReader
) -> dict[str, list[ScanRow]]:
    """Return the rows of one document, by table; one of ``documents`` is among them."""
    document = clean(taken.text, file=name)
    page, text = _Page(name, document), document.text
    found: dict[str, list[ScanRow]] = {
        "numbers": [_number(page, each) for each in numbers.read_numbers(text)],
        # Without a year of issue: a date that leans on one has no EDTF here.
        "dates": [_date(page, each) for each in dates.read_dates(text)],
        "quotations": [
            {**page.row(each), "kind": each.kind, "marks": each.marks}
            for each in read_quotations(text)
        ],
        "actors": [
            {**page.row(each), "actor": each.actor, "kind": reader.kinds[each.actor]}
            for each in read_actors(
                text, reader.aliases, apart=references.read_references(text)
            )
        ],
        "doubts": [
            {"document": name, "place": each.at}
            | {same: getattr(each, same) for same in _DOUBTED}
            for each in taken.doubts
        ],
    }
    for each in (numbers, dates, references):
        each.forget()
    counts = {table: len(rows) for table, rows in found.items()}
    heads = (section.title for section in document.sections if section.title)
    own = {
        **_about(name, data),
        "title": next(heads, "")[:TITLE],
        "changed": "; ".join(taken.said),
        "characters": len(taken.text),
        "words": len(taken.text.split()),
        "paragraphs": len(document.paragraphs),
        "sentences": len(document.sentences),
        **counts,
    }
    return {**found, "documents": [own]}


def _about(name: str, data: bytes) -> ScanRow:
    sha256 = hashlib.sha256(data).hexdigest()
    return {"document": name, "sha256": sha256, "fault": ""}


def _number(page: _Page, mention: NumberMention) -> ScanRow:
    same = "role unit per noun hedge of rule ground".split()
    row = page.row(mention) | {name: getattr(mention, name) for name in same}
    row |= {"hedge_rule": "", "context": page.context(mention)}
    if mention.role != "quantity":
        return row
    row["low"], row["high"] = _near(mention.low), _near(mention.high)
    row["value"] = row["low"] if mention.low == mention.high else None
    return {**row, **_left_open(*_SAID(mention), "")}


@lru_cache(maxsize=4096)  # tables repeat themselves, and exact fractions take long
def _left_open(*said: Any) -> ScanRow:  # noqa: ANN401 - the fields of a `Quantity`
    """Return the interval that words leave open, or nothing where they leave none."""
    try:
        quantity = Quantity(*said)
        interval = quantity.interval()
    except SourcebookError:
        return {}
    return {
        "hedge_rule": quantity.rule,
        "value_low": _near(interval.low),
        "value_high": _near(interval.high),
        "low_closed": interval.low_closed,
        "high_closed": interval.high_closed,
    }


def _near(number: Decimal | Fraction | None) -> float | None:
    """Return the nearest number a column can hold; an end that is none stays none."""
    return None if number is None else float(number)


def _date(page: _Page, mention: DateMention) -> ScanRow:
    first, last = bounds(mention.edtf) if mention.edtf else (None, None)
    return {
        **page.row(mention),
        "kind": mention.kind,
        "edtf": mention.edtf,
        "first": first,  # no reader gives a date without a beginning
        "last": None if last == dt.date.max else last,
        "rule": mention.rule,
        "ground": mention.ground,
        "context": page.context(mention),
    }

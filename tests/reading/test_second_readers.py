"""Other people's readers over the five documents: what they find, ours must know.

Three libraries read after us: Microsoft's recognizers, for numbers, numbers with a unit
and dates, and nupunkt, for where sentences end. What one of them finds and ours lacks
stands in ``second_readers.yml`` with a reason that somebody gave after looking. Nothing
else may turn up, and what no longer turns up may not stay: the list is what was found,
no more and no less.

Only the words that were found are compared, not what they are said to mean. A number
of theirs may be a label or part of a date to us; a date may hold a label ("official 4,
July 2014"); every letter and digit of what they found must lie in one of ours.

The recognizers' ready-made functions hide their own faults: they return nothing where
they fail. So their extractors are asked directly, where a fault is an error. Times of
day are not asked for; the texts have none, and looking for them takes longest.

``quantulum3``, a third reader of numbers, cannot be had as things are. Its num2words
needs docopt, which is no wheel; the last release without that need is of 2018 and holds
modules in Python 2, over which the step that compiles the environment stumbles.
"""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import yaml

from sourcebook.reading.dates import read_dates
from sourcebook.reading.numbers import read_numbers
from sourcebook.reading.text import Document, clean

with warnings.catch_warnings():
    # The recognizers compare with "is" and call what they take from a list.
    warnings.simplefilter("ignore", SyntaxWarning)
    from nupunkt import sent_spans
    from recognizers_date_time import DateTimeRecognizer
    from recognizers_number import NumberRecognizer
    from recognizers_number_with_unit import NumberWithUnitRecognizer

pytestmark = pytest.mark.slow

SEEDS = Path(__file__).parents[2] / "seeds"
LIST = Path(__file__).with_name("second_readers.yml")
DOCUMENTS = {
    "valiyev-yagubova-2022": "000_4fd19ad99e483c22.txt",
    "van-gils-2017": "001_563311c35fa0e9c9.txt",
    "bbc-2025": "002_c6e903471105ff21.txt",
    "anonymous-2025": "003_3c1ae771e5e216c5.txt",
    "brussels-times-2025": "004_35620c24add02881.txt",
}
REASONS = {
    "abbreviation",
    "bare one",
    "inside a quotation",
    "late bracket",
    "letter of a reference",
    "list number",
    "ordinal word",
    "rate",
    "verb",
    "word read as a sign",
    "word read as a unit",
}
ENGLISH = "en-us"
# Their extractors ask what day it is; the answer may not hang on when the tests run.
A_DAY = dt.datetime(2025, 7, 31, tzinfo=dt.UTC)

Find = tuple[int, int]


@cache
def document(citekey: str) -> Document:
    return clean((SEEDS / DOCUMENTS[citekey]).read_text(encoding="utf-8"))


def lowered(text: str) -> str:
    """In lower case, which the extractors expect, at the same offsets."""
    low = text.lower()
    assert len(low) == len(text)
    return low


def numbers_found(source: Document) -> list[Find]:
    reader = NumberRecognizer(ENGLISH)
    models = [
        reader.get_number_model(),
        reader.get_ordinal_model(),
        reader.get_percentage_model(),
    ]
    low = lowered(source.text)
    found = [each for model in models for each in model.extractor.extract(low)]
    return [(each.start, each.start + each.length) for each in found]


def units_found(source: Document) -> list[Find]:
    reader = NumberWithUnitRecognizer(ENGLISH)
    pairs = [
        *reader.get_currency_model().extractor_parser,
        *reader.get_dimension_model().extractor_parser,
    ]
    low = lowered(source.text)
    found = [each for pair in pairs for each in pair.extractor.extract(low)]
    return [(each.start, each.start + each.length) for each in found]


def dates_found(source: Document) -> list[Find]:
    merged = DateTimeRecognizer(ENGLISH).get_datetime_model().extractor.config
    extractors = [
        merged.date_extractor,
        merged.date_period_extractor,
        merged.duration_extractor,
        merged.set_extractor,
        merged.holiday_extractor,
    ]
    found = []
    for sentence in source.sentences:
        low = lowered(source.text[sentence.start : sentence.end])
        for extractor in extractors:
            for each in extractor.extract(low, A_DAY):
                start = sentence.start + each.start
                found.append((start, start + each.length))
    return found


def openings_found(source: Document) -> list[Find]:
    """The first word of each sentence."""
    found = []
    for paragraph in source.paragraphs:
        text = source.text[paragraph.start : paragraph.end]
        for start, _ in sent_spans(text):
            word = re.compile(r"\S+").search(text, start)
            found.append((paragraph.start + word.start(), paragraph.start + word.end()))
    return found


def our_numbers(source: Document) -> list[Find]:
    dates = (d for d in read_dates(source.text) if d.kind in {"date", "range"})
    return [(each.start, each.end) for each in (*read_numbers(source.text), *dates)]


def our_dates(source: Document) -> list[Find]:
    labels = (n for n in read_numbers(source.text) if n.role == "label")
    return [(each.start, each.end) for each in (*read_dates(source.text), *labels)]


def our_openings(source: Document) -> list[Find]:
    words = re.compile(r"\S+")
    return [words.search(source.text, s.start).span() for s in source.sentences]


READERS = {
    "recognizers-text-number": (numbers_found, our_numbers),
    "recognizers-text-number-with-unit": (units_found, our_numbers),
    "recognizers-text-date-time": (dates_found, our_dates),
    "nupunkt": (openings_found, our_openings),
}


@cache
def found(library: str, citekey: str) -> tuple[Find, ...]:
    """What a library finds in a document; finds that overlap are one."""
    read, _ = READERS[library]
    merged: list[Find] = []
    for start, end in sorted(read(document(citekey))):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def lacking(library: str, citekey: str) -> Counter[str]:
    """What a library finds and ours lacks, each as printed and how often."""
    source = document(citekey)
    _, ours = READERS[library]
    known = {at for start, end in ours(source) for at in range(start, end)}
    return Counter(
        re.sub(r"^\W+|\W+$", "", source.text[start:end])
        for start, end in found(library, citekey)
        if any(source.text[at].isalnum() for at in {*range(start, end)} - known)
    )


@cache
def listed() -> list[dict]:
    return yaml.safe_load(LIST.read_text(encoding="utf-8"))


@pytest.mark.parametrize("library", READERS)
@pytest.mark.parametrize("citekey", DOCUMENTS)
def test_what_others_find_and_we_lack_is_listed(citekey, library):
    reviewed = {
        entry["words"]: entry.get("times", 1)
        for entry in listed()
        if (entry["document"], entry["library"]) == (citekey, library)
    }
    assert dict(lacking(library, citekey)) == reviewed


@pytest.mark.parametrize(
    ("library", "citekey", "words"),
    [
        ("recognizers-text-number", "valiyev-yagubova-2022", "1,960"),
        ("recognizers-text-number", "anonymous-2025", "sixth"),
        ("recognizers-text-number-with-unit", "brussels-times-2025", "$90 million in"),
        ("recognizers-text-date-time", "bbc-2025", "last December"),
        ("recognizers-text-date-time", "van-gils-2017", "A few days later"),
        ("nupunkt", "bbc-2025", "Baku’s"),
    ],
)
def test_the_others_do_read(library, citekey, words):
    text = document(citekey).text
    assert words in {text[start:end] for start, end in found(library, citekey)}


def test_each_entry_is_told_apart_and_has_a_reason():
    keys = [(e["document"], e["library"], e["words"]) for e in listed()]
    order = [
        (list(DOCUMENTS).index(citekey), list(READERS).index(library), words)
        for citekey, library, words in keys
    ]
    assert order == sorted(set(order))
    assert {entry["reason"] for entry in listed()} == REASONS

r"""The tables among the downloads: every field, its type, its meaning; and their bytes.

One list serves the heads of the CSV files, the order of the fields in JSON and the
table schemas of the data package, so that none can say something else. Types are those
of Frictionless Table Schema.

The same data always give the same bytes: UTF-8, one order, "\n" at each end.

A CSV file begins with the mark of UTF-8 (U+FEFF). LibreOffice without a window guesses
the code page of its machine whether there is a mark or not, and has to be told UTF-8
(``--infilter=CSV:44,34,76``). Who would rather not have it has the same rows as JSON.

In CSV, an empty cell is ``null`` or no text. Sources may hold anything, so a text that
a spreadsheet could take for a formula gets a leading apostrophe, and so does a text
that begins with one: take one leading apostrophe off to have the text. Numbers are
left alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction


Number = int | float
DataCell = str | Number | bool | None
Row = dict[str, DataCell]


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its name, type and meaning, and whether it is never empty."""

    name: str
    type: str
    description: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file: title, columns, the key of a row, and keys into other tables."""

    title: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    points_at: tuple[tuple[str, str, str], ...] = ()  # field, other table, its field

    @property
    def names(self) -> list[str]:
        """The names of the columns, in order."""
        return [field.name for field in self.fields]

    def row(self, facts: Row, of: object = None) -> Row:
        """Return a row, column by column: from ``facts``, else what ``of`` has."""
        return {n: facts[n] if n in facts else getattr(of, n) for n in self.names}

    def rows(self, found: Iterable[tuple[Row, object]]) -> list[Row]:
        """Return rows of facts and of what they are of, in the order of their key."""
        rows = (self.row(facts, of) for facts, of in found)
        return sorted(rows, key=lambda row: [str(row[name]) for name in self.key])


def read_fields(rows: str) -> tuple[Field, ...]:
    """Read one field a line: name, type (with ! where it is never empty), meaning."""
    parts = [line.split(maxsplit=2) for line in rows.splitlines() if line.strip()]
    return tuple(
        Field(name, kind.rstrip("!"), meaning, kind.endswith("!"))
        for name, kind, meaning in parts
    )


CLAIMS = Table(
    "Claims: every coded statement of every source",
    read_fields("""
    id          string!  citekey and local id of the claim
    source      string!  citekey of the source that makes it
    file        string!  name of the pinned raw file
    start       integer! first code point of the passage in the raw file, from zero
    end         integer! code point after the last one of the passage
    quote       string!  the passage, as the sheet quotes it
    nth         integer! which occurrence of the quoted words is meant
    kind        string!  kind of claim; see the codebook
    topic       string!  what it is about; see the codebook
    measure     string   what a figure measures; see the codebook
    figure      string   the words of the passage that the value is read from
    value_low   number   lower end of the interval the words leave open; empty: no end
    value_high  number   upper end of that interval; empty: no end
    value       number   the figure itself; empty for a range or where there is none
    unit        string   unit of the figure; empty for a count
    hedge       string   word that loosens the figure; see the codebook
    of          string   what a share is a share of; see the codebook
    where       string   whose figure it is; see the codebook
    when        string   time the claim is about, as EDTF; not the time of writing
    status      string!  A actual, E estimate, F forecast, P provisional, T target
    voice       string!  author, a speaker of the source, or cited: with a reference
    voice_name  string   the speaker as the sheet names it; empty for the author
    voice_open  boolean! whether the text leaves open who speaks; the note says how
    origin      string   upstream producer of a figure, where the text names one
    actor       string   who takes a stance, acts, or is meant to act
    target      string   towards whom or what
    type        string   kind of event; see the codebook
    actors      string   who takes part in an event, one after the other
    place       string   where an event took place
    concept     string   matter of a stance, an event or a status; see the codebook
    sign        integer  of a stance: -1 against, 0 neither, 1 in favour
    key         boolean! whether it is one of the main claims of its source
    alone       string   of a main claim: why no other document is set beside it
    term        boolean! whether the one word quoted is itself what the claim is about
    inferred    string   field and why it holds where the passage does not name it
    note        string   what the coder has to say
    formerly    string   ids whose place it took, one after the other
    chapter_url string!  page and place of its entry, from the folder of this file
    """),
    key=("id",),
    points_at=(("source", "sources", "source"),),
)
RELATIONS = Table(
    "Relations: every pair of claims that a question compares",
    read_fields("""
    question     string! chapter and id of the question
    a            string! id of the first claim
    b            string! id of the second claim; the citekey of a source that is silent
    relation     string! how b relates to a; see the codebook
    axis         string  what keeps the two from being compared
    slack        number  smallest reading of about at which they do not contradict
    adjudication string! what we make of it: ours, not computed
    cause        string! what we take to be behind it: ours, not computed
    why          string! our reason
    by           string! computed, or declared by hand where words alone relate
    reason       string! why the relation came out, computed or declared with it
    """),
    key=("question", "a", "b"),
    points_at=(("a", "claims", "id"),),  # b may be a source, and so points at neither
)
CODINGS = Table(
    "Codings: judgements about claims that no rule computes, coded twice",
    read_fields("""
    coding  string!  name of the coding
    row     string!  what the passage was judged about
    claim   string!  id of the claim
    value   integer! the value it has in pictures
    words   string!  that value in words
    first   integer! the value as coded the first time
    second  integer! the value as coded the second time
    settled string   why this value, where the two differ
    """),
    key=("coding", "row", "claim"),
    points_at=(("claim", "claims", "id"),),
)
CORRECTIONS = Table(
    "Corrections: what was published and reads otherwise since",
    read_fields("""
    since   string! release in which the old text stood
    release string  release in which the new one stands; empty: after the last release
    what    string! claim, question, relation or fact
    id      string! its id as it was published; of a relation, that of its question
    field   string! what changed of it; of a relation, its two sides
    old     string  what it was; empty where nothing was said
    new     string  what it is; empty where nothing is said, or it is gone
    why     string  the reason, as far as one is on record
    """),
    key=("since", "what", "id", "field"),
)
QUESTIONS = Table(
    "Questions: what is asked, what came out, and what it rests on",
    read_fields("""
    id           string! chapter and id of the question
    formerly     string  ids whose place it took, one after the other
    chapter      string! chapter that asks it
    asks         string! the question
    answer       string! the answer in one sentence: ours, its marks as plain words
    rank         string! lead, main or detail: where it stands on its page
    badge        string! what came out, as pages print it
    relations    string! how its claims compare, each code once; see the codebook
    adjudication string! what we make of it: ours, not computed
    cause        string! what we take to be behind it: ours, not computed
    why          string! our reason
    settles      string! what evidence would settle it
    claims       string! ids of its claims, one after the other
    sources      string! citekeys of the sources it touches, silent ones included
    pivotal      string  claims without which, singly, another thing comes out, and what
    chapter_url  string! page and place of its card, from the folder of this file
    """),
    key=("id",),
)
SOURCES = Table(
    "Sources: what each document is, and how far it was read",
    read_fields("""
    source      string!  citekey
    title       string!  title; in square brackets where the file has none
    authors     string!  authors, one after the other
    issued      string!  time of issue, as EDTF
    inferred    string   how the time of issue was inferred; empty where it is printed
    genre       string!  type in the vocabulary of schema.org
    sponsor     string   who promotes or pays for the document, where it says so
    extent      string!  whole, fragment or damaged
    missing     string   what the file lacks of the document
    not_stated  string   what a reader would expect and the file does not say
    coverage    string!  how much of it the sheet codes: complete or partial
    file        string!  name of the pinned raw file; it is not published
    sha256      string!  hash of the bytes of that file
    characters  integer! its length in code points
    claims      integer! how many claims are coded
    waivers     integer! how many passages are set aside with a reason
    absences    integer! how many absences are stated with the terms searched for
    """),
    key=("source",),
)
RECORD = Table(
    "Record: facts from public pages outside the documents",
    read_fields("""
    id          string!  name of the fact; one that a bridge works out is no row
    matter      string!  what it is about, in the same words for facts on one matter
    chapter     string!  chapter that asks it; documents: what a document is
    fact        string!  the fact, in our words
    value_low   number   lower end of the interval the figure leaves open
    value_high  number   upper end of that interval
    value       number   the figure itself; empty for a range or where there is none
    unit        string   unit of the figure, as the record writes it
    measure     string   what the figure measures; see the codebook
    of          string   what a share is a share of
    where       string   whose figure it is, or where
    when        string!  time the fact is about, as EDTF
    status      string!  A actual, E estimate, F forecast, P provisional, T target
    type        string   kind of event; see the codebook
    concept     string   matter of an event or a status; see the codebook
    publisher   string!  who published the page, and whom it quotes
    title       string   title of the page; empty where the copy that was read has none
    date        string   date of the page, as EDTF
    url         string!  address of the page on the day it was looked up
    kind        string!  primary, official-in-press, press or encyclopaedia
    party       string   party whose own account the page is
    country     string!  country of the outlet; int: of no one country
    witnesses   integer! how many countries' outlets give the fact
    firm        boolean! whether a primary page or an official in two countries bears it
    second      string   further pages: publisher, what it says, address
    agree       boolean! whether the pages agree
    figures     string   where they do not: what each publisher gives
    caveat      string   what to mind about it
    one_page    boolean! whether it rests on pages of one country, none of them primary
    looked_up   string!  day on which the pages were looked up
    claims      string   ids of the claims it is set beside
    relations   string   its relation to each of them; no-relation: none can be computed
    bears       string   how it bears on them: ours, not computed
    """),
    key=("id",),
)
SECOND = Table(
    "Both readings: every unit as each reading chose and coded it",
    read_fields("""
    id          string!  id of the claim, or citekey and id of the second reading
    source      string!  citekey of the document
    reading     string!  first or second
    kind        string!  kind of claim; see the codebook
    start       integer! first code point of the passage in the raw file, from zero
    end         integer! code point after the last one of the passage
    voice       string   of the second reading: who speaks, in its words
    actor       string   who takes a stance, acts, or is meant to act
    target      string   of a stance: whom or what the judging words are about
    parties     string   the actors that the target names, or its words
    concept     string   of a stance: the matter; see the codebook
    sign        integer  of a stance: -1 against, 0 neither, 1 in favour
    found       boolean! whether the other reading has a unit that meets it
    pair        string   id of the unit of the other reading it is compared with
    same_kind   boolean  whether the two have one kind
    same_target boolean  of two stances: whether the targets name the same
    same_sign   boolean  of two stances: whether the signs are the same
    """),
    key=("id",),
    points_at=(("source", "sources", "source"),),
)
DIFFERENCES = Table(
    "Differences: where the readings differ in a stance or a forecast, and what stands",
    read_fields("""
    id     string! citekey, and the ids of what differs in it
    source string! citekey of the document
    first  string  id of the first reading's unit; empty where it has none
    second string  id of the second reading's unit; empty where it has none
    differ string! only-first, only-second, kind, target, sign or target-sign
    stands string! first, second, both or neither
    claims string  claims that say now what stands, where the first does not alone
    why    string! the reason: ours
    """),
    key=("id",),
    points_at=(("source", "sources", "source"),),
)
CODEBOOK = Table(
    "Codebook: the words that claims are coded with",
    read_fields("""
    list       string! the field that takes the word; waiver: reasons to set aside
    term       string! the word itself
    label      string  the word as people say it, where it differs
    unit       string  of a measure: the unit its figures must come in
    definition string  what the word means; empty where it says all
    cues       string  words of which its passage has one; empty where none is asked
    """),
    key=("list", "term"),
)
TABLES = {
    "claims": CLAIMS,
    "codebook": CODEBOOK,
    "codings": CODINGS,
    "corrections": CORRECTIONS,
    "differences": DIFFERENCES,
    "questions": QUESTIONS,
    "record": RECORD,
    "relations": RELATIONS,
    "second": SECOND,
    "sources": SOURCES,
}


# Without it, a spreadsheet that opens the file by double click reads it in the code
# page of its machine: every quotation mark, dash and "€" comes out as something else.
# pandas, R's readr and Frictionless take the mark for what it is.
MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")
_SPECIAL = re.compile(r'[",\r\n]')


def number(value: Fraction | None) -> Number | None:
    """Return a fraction as a number that JSON can hold: whole if it is whole."""
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)


def as_json(data: object) -> bytes:
    """Return data as JSON, one field a line, non-Latin letters as they are."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def as_csv(rows: Iterable[Row], fields: Sequence[str]) -> bytes:
    """Return rows as CSV with a header; no cell can be taken for a formula."""
    lines = [list(fields), *([_cell(row[name]) for name in fields] for row in rows)]
    return (MARK + "".join(",".join(line) + "\n" for line in lines)).encode()


def _cell(value: DataCell) -> str:
    """Return a value as one cell; a text that needs quotation marks gets them."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return json.dumps(value)
    text = f"'{value}" if value.startswith(_FORMULA) else value
    # Not the csv module's writer: it leaves a lone carriage return unquoted.
    return '"{}"'.format(text.replace('"', '""')) if _SPECIAL.search(text) else text

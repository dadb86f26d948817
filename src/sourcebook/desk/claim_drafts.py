"""Drafts of claims: every number, date and quotation of a document, with its words.

A draft holds what can be read off the passage, and blanks for what only a person can
say: what is measured, who speaks, what it is about. Its quote is the shortest run of
whole clauses, or of cells, that can be bound. Were every draft completed as it stands,
no number, date or quotation of the document would be left out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from sourcebook.coding.census import Item, dates_told, take_census
from sourcebook.coding.claim_guards import around_figure, has_counted
from sourcebook.coding.claims import bind, said_in, within
from sourcebook.coding.hedges import Quantity
from sourcebook.coding.schema import ClaimEntry, Codebook, Sheet
from sourcebook.errors import SourcebookError
from sourcebook.reading.actors import ActorMention
from sourcebook.reading.anchor import locate, places
from sourcebook.reading.certainty import READ
from sourcebook.reading.dates import DateMention, read_dates
from sourcebook.reading.numbers import NumberMention, read_numbers
from sourcebook.reading.patterns import later
from sourcebook.reading.quotations import read_quotations
from sourcebook.reading.text import Document, Span

_EDGE = re.compile(
    r"[,;:] |(?<=[,.!?]”) |\s?—\s?|\s[–-]\s|\s\|(?:\s|\Z)"
)  # of clauses, and of cells
_CITED = re.compile(  # in brackets: they are no clauses, and are not cut
    r"\((?:[^()\n]{0,200}\b(?:1[5-9]|20)\d\d\b[^()\n]{0,80}|[\d,; –-]{1,60})\)"
    r"|\[[\d,; –-]{1,60}\]"
)
# A date that begins or ends a time, or that a figure is held against.
_AGAINST = later(
    r"\b(?:(?:from|as in|since|until|till|before|after|(?:mark|level|peak|record) of)"
    r"(?: the| early| late| mid)?|(?:than (?:in|at|on|for|the|it|a|last)|compared"
    r"|versus|against)\b[^,;:\d]*) \Z",
    re.IGNORECASE,
)
_LEADS = later(  # to a date that opens its sentence
    r"\W*(?:(?:and|but|then|yet|so|already|only|as|of|in|on|at|by|over|for|during|between"
    r"|the|start|end|early|late|mid) ){0,6}\Z",
    re.IGNORECASE,
)
_APART = r"[;:—] |\s[–-]\s|, (?:wh\w+|but|although|though|yet|that"
_OTHER_CLAUSE = later(rf"{_APART})\b")
_OTHER_VERB = later(
    rf"{_APART}|and|or|as|so|then)\b"
    r"|(?:, |\b(?:after|before|when|while|because|since|although|that) ).*\b(?:is|are"
    r"|was|were|ha[sd]|have|will|would|can|could|may|might|[a-z]{3,}(?:ed|[^\Ws]s)|rose"
    r"|fell|grew|took|made|came|became|went|lost|kept|held|sold|bought|saw|gave|began"
    r"|stood|paid|spent|won|left)\b"
)
_LAST = later(r"[^,;:]*, (?:in|on|by|during|at the end of) \Z")
_TOLD = later(
    r"\b(?:s(?:ays?|aid|aying)|t(?:ells?|old)|according to|warn(?:s|ed|ing)?|stat(?:es"
    r"|ed|ing)|(?:add|not)(?:s|es|ed|ing) that|(?:claim|insist|explain|inform)(?:s|ed)"
    r"|argue[sd]?|announce[sd]?|report(?:s|ed)(?! on)|writes|wrote|thinks?|hopes"
    r"|believes?|expects?|estimates|calls?(?! for)|called [“‘\"'«]|(?:data|figures) of"
    r"|(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\ban )(?<!\bbe )(?<!\bas )"
    r"(?:thought|hoped|believed|expected|estimated|calculated))\b",
    re.IGNORECASE,
)
_NEAR = 48  # characters before a date, in which a preposition stands
_FAR = 300  # characters between a date and its figure, at most
_MOST_STRETCHES = 50  # around an item; of more, only the nearest
_FEWEST_CELLS = 2  # figures in a row of a table
_BLANK = {  # what a draft needs to be bound as a claim, to see whether it can be
    "number": {"kind": "quantity", "measure": "?", "where": "?", "when": "2000"},
    "date": {"kind": "event", "type": "?"},
    "quotation": {"kind": "argument"},
}


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft: its fields in the order of the sheet, and what helps to fill them."""

    line: int
    start: int
    end: int
    fields: tuple[tuple[str, str | int | tuple[str, ...]], ...]
    hints: dict[str, str]
    is_bare: bool = False  # too little or too much for a claim: to be set aside
    likely: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by blank field


@dataclass(frozen=True, slots=True)
class _Place:
    quote: str
    nth: int | None
    figure: str
    start: int
    end: int
    is_bare: bool = False  # too little or too much for a claim: to be set aside


def find_drafts(
    document: Document,
    sheet: Sheet,
    codebook: Codebook,
    mentions: tuple[ActorMention, ...] = (),
    *,
    items: Iterable[Item] | None = None,
) -> tuple[tuple[Draft, ...], tuple[str, ...]]:
    """Return the drafts in the order of the text, and a line for what has none.

    A date or a quotation that lies whole inside the quote of a draft needs no other.
    An event has the actors that its sentence mentions. Without ``items``, drafts are
    made of all that is read in the document.
    """
    if items is None:
        items = take_census(document, (), (), issued=sheet.issued.date, complete=False)
    items = tuple(items)
    drafts: list[Draft] = []
    without = []
    for kind in _BLANK:
        for item in (each for each in items if each.kind == kind):
            if kind != "number" and any(
                d.start <= item.start and item.end <= d.end for d in drafts
            ):
                continue
            place = _place(item, document, sheet) or _bare(item, document)
            if place is None:
                without.append(f"line {item.line}: {item.kind} {item.text[:60]!r}")
            else:
                draft = _draft(item, place, document, sheet, codebook)
                around = document.sentences_at(draft.start, draft.end)
                drafts.append(_with_actors(draft, around, mentions))
    drafts.sort(key=lambda draft: (draft.start, draft.end))
    numbered = (
        replace(each, fields=(("id", f"draft-{number}"), *each.fields))
        for number, each in enumerate(drafts, 1)
    )
    return tuple(numbered), tuple(without)


def _with_actors(
    draft: Draft, around: Span, mentions: tuple[ActorMention, ...]
) -> Draft:
    """Return a draft with the actors that a range mentions, each once."""
    named = dict.fromkeys(
        each.actor
        for each in mentions
        if around.start <= each.start and each.end <= around.end
    )
    fields = tuple(
        (name, tuple(named) if name == "actors" else value)
        for name, value in draft.fields
    )
    return replace(draft, fields=fields)


def _place(item: Item, document: Document, sheet: Sheet) -> _Place | None:
    """Return the shortest quote around an item that can be bound as a claim."""
    for start, end in _stretches(item, document, issued=sheet.issued.date):
        quote = document.text[start:end]
        nth = which_of(quote, start, document)
        for figure in ("", item.text) if item.kind == "number" else ("",):
            place = _Place(quote, nth or None, figure, start, end)
            if nth is not None and _binds(place, item, document, sheet):
                return place
    return None


def _bare(item: Item, document: Document) -> _Place | None:
    """Return an item by itself, where no quote around it can be bound as a claim."""
    nth = which_of(item.text, item.start, document, clause=False)
    if nth is None:
        return None
    return _Place(item.text, nth or None, "", item.start, item.end, is_bare=True)


def _stretches(
    item: Item, document: Document, *, issued: str
) -> Iterator[tuple[int, int]]:
    """Yield the stretches around an item, by clauses, the shortest first.

    Before all come those that cut through no quotation of the sentence and, where one
    date says when of a number, those that hold it.
    """
    around = document.sentences_at(item.start, item.end)
    text = document.text
    at = around.start
    uncut = _CITED.sub(lambda cited: "\0" * len(cited[0]), text[at : around.end])
    edges = [at + m.end() for m in _EDGE.finditer(uncut)]
    starts = [around.start, *(e for e in edges if e <= item.start)]
    starts += [around.start + 2] if text.startswith("| ", around.start) else []
    ends = [at + m.start() for m in _EDGE.finditer(uncut, item.end - at)]
    last = text[around.start : around.end].rstrip()
    ends += [around.start + len(last.rstrip(".!?").rstrip()), around.start + len(last)]
    if len(starts) * len(ends) > _MOST_STRETCHES:  # a list as long as a page
        starts, ends = starts[:1] + starts[-3:], ends[:3] + ends[-2:]
    pairs = {(s, e) for s in starts for e in ends if s <= item.start and item.end <= e}
    dates = _dates(item, document, issued) if item.kind == "number" else []
    own = [date for date in dates if _is_when(date, item, document)]
    held = own[0] if len(own) == 1 else item
    whole = [q for q in within(read_quotations(text), around) if q.end <= around.end]

    def rank(pair: tuple[int, int]) -> tuple[bool, bool, int, int]:
        start, end = pair
        cuts = any(q.start < edge < q.end for q in whole for edge in pair)
        holds = start <= held.start and held.end <= end
        return cuts, not holds, end - start, start

    yield from sorted(pairs, key=rank)
    if item.kind == "number":
        yield from _along_a_row(item, around.start, around.start + len(last), text)


def _along_a_row(
    item: Item, start: int, end: int, text: str
) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a row of a table that has lost its lines.

    They go from its first word to the figure; for its last figure, from the second
    word, since a quote is no whole paragraph.
    """
    row = text[start:end]
    if row[-1] in ".!?" or len(read_numbers(row)) < _FEWEST_CELLS:
        return
    if item.end < end:
        yield start, item.end
    second = text.find(" ", start, item.start) + 1
    if second:
        yield second, item.end


def _dates(item: Item, document: Document, issued: str) -> list[DateMention]:
    """Return the dates of an item's sentence that say when."""
    around = document.sentences_at(item.start, item.end)
    told = within(_told(document.text, issued), around)
    return [date for date in told if date.edtf and date.end <= around.end]


def _is_when(date: DateMention, item: Item, document: Document) -> bool:
    """Say whether a date of its sentence is likely to say when of a figure.

    It does in the clause of the figure, or where it opens the sentence, unless it is
    only what something is counted from or held against.
    """
    text, sentence = document.text, document.sentences_at(item.start, item.end).start
    far = max(date.start - item.end, item.start - date.end) > _FAR
    if far or _AGAINST.search(text, max(sentence, date.start - _NEAR), date.start):
        return False
    if item.end <= date.start:
        between = text[item.end : date.start]
        return not _EDGE.search(between) or _LAST.fullmatch(between) is not None
    between = text[date.end : item.start]
    opens = _LEADS.match(text, sentence, date.start)
    return (_OTHER_CLAUSE if opens else _OTHER_VERB).search(between) is None


@lru_cache(maxsize=2)
def _told(text: str, issued: str) -> tuple[DateMention, ...]:
    return tuple(dates_told(text, issued))


def which_of(
    quote: str, start: int, document: Document, *, clause: bool = True
) -> int | None:
    """Return which of its places a quote has at ``start``: 0 of one alone, or None."""
    try:
        starts = [at for at, _ in places(quote, document)]
        nth = starts.index(start) + 1 if len(starts) > 1 else 0
        found = locate(quote, document, nth=nth or None, clause=clause)
    except (SourcebookError, ValueError):  # nowhere, or not whole at that place
        return None
    return nth if found.start == start else None


def _binds(place: _Place, item: Item, document: Document, sheet: Sheet) -> bool:
    """Say whether a quote would make a claim, and about this very item."""
    when = {}
    if item.kind == "date":
        date = _date_at(item, document, sheet)
        when = {"when": (date and date.edtf) or sheet.issued.date}
    entry = ClaimEntry.model_validate(
        {"id": "draft", "topic": "draft", "quote": place.quote, "nth": place.nth}
        | ({"figure": place.figure} if place.figure else {})
        | _BLANK[item.kind]
        | when
    )
    try:
        claim, anchor = bind(entry, document, sheet)
    except SourcebookError:
        return False
    return anchor.start == place.start and (
        item.kind != "number" or said_in(claim, "figure") == item.text
    )


def _date_at(item: Item, document: Document, sheet: Sheet) -> DateMention | None:
    dates = within(read_dates(document.text, issued=sheet.issued.date), item)
    return next((date for date in dates if date.start == item.start), None)


def _draft(
    item: Item, place: _Place, document: Document, sheet: Sheet, codebook: Codebook
) -> Draft:
    fields: dict[str, str | int | tuple[str, ...]] = {"kind": "", "topic": ""}
    fields["quote"] = place.quote
    if place.nth:
        fields["nth"] = place.nth
    hints: dict[str, str] = {}
    likely: dict[str, tuple[str, ...]] = {}
    if place.is_bare:
        hints["quote"] = "no claim can be made of this alone: set it aside, as a waiver"
    around = document.sentences_at(place.start, place.end)
    voice, who = _voice(place, around, document)
    if who:
        hints["voice"] = who
    if item.kind == "number":
        number = within(read_numbers(document.text), item)[0]
        if place.figure:
            fields["figure"] = place.figure
        if number.ground != READ:
            hints["figure" if place.figure else "quote"] = number.ground
        fields |= {"kind": "quantity", "measure": "", "of": "", "where": "", "when": ""}
        fields["when"], hints["when"] = _when(item, document, sheet)
        beside = around_figure(number.start, around, document)
        words = document.text[
            max(beside.start, place.start) : min(beside.end, place.end)
        ]
        measures, hints["measure"] = _measures(number, codebook, words)
        known = (number.of,) if number.of in codebook.denominators else ()
        offered = {"measure": tuple(measures), "of": known}
        likely = {name: found for name, found in offered.items() if found}
        hints["of"] = f"reads: {number.of}" if number.of else "of what, for a share"
    elif item.kind == "date":
        fields |= {"kind": "event", "type": "", "actors": (), "place": ""}
        date = _date_at(item, document, sheet)
        fields["when"] = date.edtf if date else ""
        near = max(around.start, item.start - _NEAR)
        against = _AGAINST.search(document.text, near, item.start)
        grounds = [
            "" if fields["when"] else f"reads: {item.text}",
            f"the passage says {against[0]}it" if against else "",
            date.ground if date and date.ground != READ else "",
        ]
        hints["when"] = "; ".join(filter(None, grounds))
    else:
        hints["kind"] = "stance, argument, status, … as the method page says"
    fields["voice"] = voice
    return Draft(
        item.line,
        place.start,
        place.end,
        tuple(fields.items()),
        hints,
        is_bare=place.is_bare,
        likely=likely,
    )


def _voice(place: _Place, around: Span, document: Document) -> tuple[str, str]:
    """Return the author where nobody else speaks, or say who may."""
    speaks = "who speaks: a key of speakers, above"
    if any(
        q.kind == "speech" and q.start < place.end and place.start < q.end
        for q in read_quotations(document.text)
    ):
        return "", speaks
    told = _TOLD.search(document.text, around.start, around.end)
    return ("", f"{speaks}; or author: it says {told[0]!r}") if told else ("author", "")


def _when(item: Item, document: Document, sheet: Sheet) -> tuple[str, str]:
    """Return the one date of the sentence that says when, or say which dates it has."""
    dates = _dates(item, document, sheet.issued.date)
    own = {d.edtf: d.ground for d in dates if _is_when(d, item, document)}
    if len(own) == 1:
        ((when, doubt),) = own.items()
        said = "the one date of its sentence" + " beside it" * (len(dates) > 1)
        return when, said if doubt == READ else f"{said}; {doubt}"
    found = ", ".join(dict.fromkeys(date.edtf for date in dates))
    return "", f"in its sentence: {found}" if found else "no date beside it"


def _measures(
    number: NumberMention, codebook: Codebook, words: str
) -> tuple[list[str], str]:
    """Return the measures of the figure's unit whose words stand beside it, told.

    A measure without words of its own may fit; of those that have some, none else does.
    """
    unit = Quantity.from_mention(number).unit
    same = {key: m for key, m in codebook.measures.items() if m.unit == unit}
    fit = sorted(key for key, measure in same.items() if has_counted(measure, words))
    fit.sort(key=lambda key: not same[key].counts)
    told = f"in {unit or 'no unit'}"
    if not fit:
        what = f" that counts {number.noun}" if number.noun else " that fits"
        return fit, f"{told}: none in codebook.yml yet{what if same else ''}"
    return fit, f"{told}: {', '.join(fit[:6])}{', …' if len(fit) > 6 else ''}"

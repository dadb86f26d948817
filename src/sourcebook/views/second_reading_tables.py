"""Tables of both readings: how far they agree, what differs, and what came of it.

Everything is computed from the readings as they are kept; a table of claims says of
each statement of the first reading whether the second has it, and coded alike.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from sourcebook.coding.book_files import claim_anchor, register_page
from sourcebook.coding.corpus import Corpus
from sourcebook.coding.source_looks import short_name
from sourcebook.comparing.coder_agreement import Alpha, agreed, other_kinds, unitising
from sourcebook.comparing.outside_readings import Rate
from sourcebook.comparing.second_reading import (
    SETTLED_KINDS,
    Pair,
    Readings,
    SettledEntry,
    Unit,
    differences,
    is_found,
    pairs,
)
from sourcebook.views.listings import (
    PASSAGE,
    CellPart,
    Listing,
    ListingCell,
    PageLink,
    columns,
)

ALL = "all together"
PAIRS_SHOWN = 8  # pairs of kinds that the table of other kinds shows
DIFFER = {
    "only-first": "only in the first",
    "only-second": "only in the second",
    "kind": "another kind",
    "target": "another target",
    "sign": "another sign",
    "target-sign": "another target and sign",
}


def agreement_listing(readings: Sequence[Readings]) -> Listing:
    """How far the readings agree, document by document and over all of them."""
    heads = columns(
        "document | found by the other reading, of the first’s and of the second’s "
        "| where statements begin and end | kind | of stances: target "
        "| of stances: sign"
    )
    groups = [(short_name(each.source), [each]) for each in readings]
    rows = []
    for name, some in [*groups, (ALL, list(readings))]:
        result = agreed(some)
        rows.append(
            (
                name,
                f"{_of(result.first)}; {_of(result.second)}",
                *map(_measure, (result.units, result.kind, result.target, result.sign)),
            )
        )
    caption = "Agreement of both readings: n, Krippendorff’s alpha, its 95 % interval"
    return Listing(caption, heads, tuple(rows))


def _of(share: Rate) -> str:
    return f"{share.count} of {share.of}"


def _measure(measure: Alpha) -> str:
    """Print a figure with what it is of and its interval.

    Where all are the same, drawing them again shows no spread, and an interval without
    one would pass for certainty.

    >>> _measure(Alpha(74, 0.6149, 0.4566, 0.7427)), _measure(Alpha(3, None))
    ('n 74: 0.61 (0.46 to 0.74)', 'n 3: not defined')
    >>> _measure(Alpha(25, 1.0, 1.0, 1.0))
    'n 25: all the same'
    """
    if measure.low == measure.high == 1:
        return f"n {measure.of}: all the same"
    if measure.value is None or measure.low is None or measure.high is None:
        return f"n {measure.of}: not defined"
    ends = f"{_places(measure.low)} to {_places(measure.high)}"
    return f"n {measure.of}: {_places(measure.value)} ({ends})"


def _places(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def kinds_listing(readings: Sequence[Readings]) -> Listing:
    """How far the readings agree, kind by kind, over all documents."""
    heads = columns(
        "kind | in the first reading = number | in the second = number "
        "| of the first’s, the second has as the same kind "
        "| where they begin and end: alpha, 95 % interval"
    )
    first = Counter(unit.kind for each in readings for unit in each.first)
    second = Counter(unit.kind for each in readings for unit in each.second)
    made = [pair for each in readings for pair in pairs(each.first, each.second)]
    both = [(p.first.kind, p.second.kind) for p in made if p.first and p.second]
    same = Counter(one for one, other in both if one == other)
    rows = tuple(
        (
            kind,
            str(first[kind]),
            str(second[kind]),
            f"{_of(share)} ({' to '.join(f'{100 * e:.0f}' for e in share.interval)} %)",
            _measure(unitising(readings, kind)),
        )
        for kind, _ in first.most_common()
        for share in [Rate(same[kind], first[kind])]
    )
    return Listing("Agreement by kind, of all documents together", heads, rows)


def others_listing(readings: Sequence[Readings]) -> Listing:
    """Where the second reading has another kind most, and how often."""
    heads = columns("the first reading has | the second has | how often = number")
    most = other_kinds(readings).most_common(PAIRS_SHOWN)
    rows = tuple((first, second, str(count)) for (first, second), count in most)
    return Listing("Where the readings differ in kind most", heads, rows)


def differences_listing(readings: Sequence[Readings], corpus: Corpus) -> Listing:
    """Every difference in stances and forecasts, what stands, and why."""
    heads = columns(
        "what is said | document = facet | differ = facet | first reading "
        "| second reading | what stands = facet | why"
    )
    rows = []
    for each in readings:
        settled = {(entry.first, entry.second): entry for entry in each.settled}
        for pair in differences(each):
            rows.append(_difference(pair, settled[pair.key], each, corpus))
    caption = "Every difference in stances and forecasts, and how it was settled"
    return Listing(caption, heads, tuple(rows))


def _difference(
    pair: Pair, entry: SettledEntry, readings: Readings, corpus: Corpus
) -> tuple[ListingCell, ...]:
    unit = pair.first or pair.second  # a claim is never a whole paragraph
    words = _words(unit, corpus) if unit else ""
    stands = [_link(f"{readings.source}/{name}", corpus) for name in entry.claims]
    return (
        words,
        short_name(readings.source),
        DIFFER[entry.differ],
        _coded(pair.first, corpus),
        _coded(pair.second, corpus),
        (entry.stands, *stands) if stands else entry.stands,
        entry.why,
    )


def _coded(unit: Unit | None, corpus: Corpus) -> ListingCell:
    if unit is None:
        return "none"
    said = unit.kind
    if unit.sign is not None:
        mark = {1: "for", -1: "against", 0: "neither"}[unit.sign]
        said = f"{said}: {unit.actor} {mark}, of {unit.target}"
    return (said, _link(unit.id, corpus)) if not unit.quote else said


def _link(name: str, corpus: Corpus) -> CellPart:
    """Return a link to a claim's entry, or its id where the sheet has it no more."""
    source, _, local = name.partition("/")
    if corpus.sources[source].find(name) is None:
        return local
    return PageLink(local, register_page(name), claim_anchor(name))


def _words(unit: Unit, corpus: Corpus) -> str:
    raw = corpus.sources[unit.source].document.raw[unit.start : unit.end]
    words = unit.quote or " ".join(raw.split())
    return f"“{words.strip('“”')[:PASSAGE]}{'…' * (len(words) > PASSAGE)}”"


def reread_listing(readings: Iterable[Readings], corpus: Corpus) -> Listing:
    """Each statement of the first reading, and what the second makes of it."""
    heads = columns(
        "claim | document = facet | kind = facet | found = facet "
        "| the second’s kind = facet | target = facet | sign = facet"
    )
    rows = tuple(
        _claim(pair.first, pair, each, corpus)
        for each in readings
        for pair in pairs(each.first, each.second)
        if pair.first
    )
    return Listing("Each statement of the first reading", heads, rows)


def _claim(
    first: Unit, pair: Pair, readings: Readings, corpus: Corpus
) -> tuple[ListingCell, ...]:
    both = {name: "same" if same else "other" for name, same in pair.same().items()}
    return (
        _link(first.id, corpus),
        short_name(first.source),
        first.kind,
        "yes" if is_found(first, readings.second) else "no",
        pair.second.kind if pair.second else "none of its own",
        both.get("target", ""),
        both.get("sign", ""),
    )


def settled_line(readings: Sequence[Readings]) -> str:
    """Say how the differences were settled, in one sentence of counts."""
    entries = [entry for each in readings for entry in each.settled]
    stands = Counter(entry.stands for entry in entries)
    made = (pair for each in readings for pair in pairs(each.first, each.second))
    rest = sum(1 for p in made if p.differ) - len(entries)
    kinds = " and ".join(f"{kind}s" for kind in sorted(SETTLED_KINDS, reverse=True))
    return (
        f"In {kinds} the readings differ {len(entries)} times: the first stands "
        f"{stands['first']} times, the second {stands['second']}, both "
        f"{stands['both']}, neither {stands['neither']}. "
        f"{rest} differences lie in other kinds alone."
    )

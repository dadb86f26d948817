"""The page "How far to trust this book": every figure on it comes from the readings.

``{trust} answer`` says in a few sentences what a reader takes away, ``draws`` holds one
draw of questions after another to the aim, ``chart`` draws the rates with their
intervals and tabulates them, ``kinds`` says how things were wrong, ``planted`` what was
refused and what passed, ``others`` what is known of others, ``passages`` what hangs on
a single passage, ``chapters`` what became of each, ``errors`` lists those of substance.

Under every chapter stands when it was last read through, and what changed since.
"""

from collections.abc import Callable, Iterator
from operator import eq

from docutils import nodes
from docutils.nodes import Node
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

import sourcebook
from sourcebook.coding.book_files import (
    claim_anchor,
    question_anchor,
    question_page,
    register_page,
)
from sourcebook.coding.source_cache import KEPT, kept
from sourcebook.coding.source_looks import Look
from sourcebook.comparing.leave_one_out import pivotal
from sourcebook.comparing.outside_readings import (
    STAGES,
    UNITS,
    Rate,
    Slip,
    Trust,
    load_trust,
)
from sourcebook.comparing.questions import Answer
from sourcebook.comparing.release_changes import (
    ChapterState,
    chapter_states,
    load_records,
)
from sourcebook.site.directives import listing_table, printing, table
from sourcebook.site.domain import SourcebookDomain, get_domain
from sourcebook.site.page_facts import EVERYTHING
from sourcebook.site.page_hooks import WrittenPage, on_each_page
from sourcebook.views.canvas import Canvas
from sourcebook.views.chart_frame import Picture, picture
from sourcebook.views.fragment import escape, short_box
from sourcebook.views.interval_chart import IntervalRow, draw_intervals
from sourcebook.views.listings import Listing, PageLink, columns

TITLE = "Questions are wrong more often than the passages under them"
_LOOKS = {
    "claims": ("#4BA57B", "diamond"),
    "questions": ("#15748C", "circle"),
    "sentences": ("#0B3C49", "square"),
    "facts": ("#998FB7", "triangle-up"),
}
_TURNS = 2  # draws: one alone shows no course
_FEW = 3  # passages: with fewer, nothing is left to compare without one of them


def percent(share: float) -> str:
    """Return a share as a reader reads it.

    >>> percent(1 / 30), percent(0.225), percent(0)
    ('3.3%', '22.5%', '0%')
    """
    return f"{100 * share:.1f}".removesuffix(".0") + "%"


def rate_words(rate: Rate) -> str:
    """Return a rate with the range that the true one is likely in.

    >>> rate_words(Rate(5, 150))
    '3.3% (1.4% to 7.6%)'
    """
    low, high = rate.interval
    return f"{percent(rate.share)} ({percent(low)} to {percent(high)})"


def latest(trust: Trust, unit: str) -> tuple[str, Rate] | None:
    """Return the last stage at which a unit was read, and how often it was wrong."""
    for stage in reversed(STAGES):
        if rate := trust.rate(unit, stage, "substantive"):
            return stage, rate
    return None


def answer_sentences(trust: Trust) -> list[str]:
    """Return what a reader takes away: how often each unit says what is not there."""
    found = {unit: latest(trust, unit) for unit in UNITS}
    said = []
    for unit, entry in found.items():
        if entry is None:
            continue
        stage, rate = entry
        was = "was" if rate.count == 1 else "were"
        said.append(
            f"Of {rate.of:,} {_plural(unit)} {_read_when(stage)}, "
            f"{rate.count or 'none'} {was} wrong in substance: {rate_words(rate)}."
        )
    return said


def _plural(unit: str) -> str:
    longer = {"sentences": "sentences of our prose", "facts": "facts of the record"}
    return longer.get(unit, unit)


def _read_when(stage: str) -> str:
    """Say when some items were read, behind their noun.

    >>> _read_when("through-2"), _read_when("drawn-1"), _read_when("mended")
    ('read through a second time', 'drawn anew after all was read once and mended', \
'read after mending')
    """
    words = STAGES[stage]
    if stage.startswith("drawn"):
        return f"drawn anew {words}"
    return f"read {words.replace('all of them,', 'through')}"


def draws_said(trust: Trust) -> str:
    """Say what one draw of questions after another found, and what was aimed at."""
    draws = trust.draws("questions")
    if len(draws) < _TURNS:
        return ""
    told = ", then ".join(f"{each.count} of {each.of}" for each in draws)
    said = (
        f"Questions were drawn {len(draws)} times in turn, each time after what had "
        f"been found before was mended: {told} were wrong in substance."
    )
    return f"{said} {_aim_said(draws[-1], trust.aim)}" if trust.aim else said


def _aim_said(last: Rate, aim: float) -> str:
    """Say where the last rate and its range lie; one on both sides settles nothing."""
    (low, high), most = last.interval, aim / 100
    at = "below" if last.share < most else "not below"
    lies = "below" if high < most else "above" if low >= most else ""
    return (
        f"The aim is fewer than {aim:g} in 100. "
        f"The last rate, {percent(last.share)}, is {at} it; its range, "
        f"{percent(low)} to {percent(high)}, lies {lies or 'on both sides of'} it."
    )


def _title(trust: Trust) -> str:
    """Return the finding where the last rates bear it out, else what is drawn."""
    claims, questions = latest(trust, "claims"), latest(trust, "questions")
    if claims and questions and questions[1].share > claims[1].share:
        return TITLE
    return "How often what was read again was wrong in substance"


def rates_picture(trust: Trust) -> Picture:
    """Draw how often each unit was wrong in substance, the last time it was read."""
    found = [(unit, *last) for unit in UNITS if (last := latest(trust, unit))]
    rows = [_row(*each) for each in found]
    most = max((row.high or 0 for row in rows), default=0)

    def draw(canvas: Canvas) -> None:
        domain = (0.0, float(5 * (most // 5 + 1)))
        draw_intervals(canvas, rows, domain=domain, unit="per cent wrong in substance")

    return picture(
        draw,
        [
            {"unit": unit, "stage": stage, "n": rate.of, "wrong": rate.count}
            for unit, stage, rate in found
        ],
        title=_title(trust),
        subtitle="Wrong in substance, per cent of what was read, with 95% intervals",
        source="readings by strangers to the sheets, before what they found was mended",
        said=[
            f"{row.label}: {percent(rate.share)}"
            for row, (*_, rate) in zip(rows, found, strict=True)
        ],
    )


def _row(unit: str, stage: str, rate: Rate) -> IntervalRow:
    low, high = (100 * end for end in rate.interval)
    colour, shape = _LOOKS[unit]
    label = f"{_plural(unit).capitalize()}, {STAGES[stage]}"
    note = f"{rate.count} of {rate.of}"
    look = Look(label, colour, shape)
    return IntervalRow(label, note, look, low, high, 100 * rate.share)


def _counts(trust: Trust) -> nodes.table:
    """Return the same rates as a table, with the debatable ones beside them."""
    head = ("read", "when", "how many", "wrong in substance", "debatable")
    rows = []
    for unit in UNITS:
        for stage, words in STAGES.items():
            wrong = trust.rate(unit, stage, "substantive")
            debatable = trust.rate(unit, stage, "debatable")
            if wrong and debatable:
                both = (
                    f"{each.count}: {rate_words(each)}" for each in (wrong, debatable)
                )
                rows.append((_plural(unit), words, str(wrong.of), *both))
    return table(head, rows)


def _kinds(trust: Trust) -> nodes.table:
    """Return how things were wrong, the commonest first, each with an example."""
    found: dict[str, list[Slip]] = {}
    for _reading, slip in trust.slips("substantive"):
        for kind in slip.kind:
            found.setdefault(kind, []).append(slip)
    order = sorted(found, key=lambda kind: (-len(found[kind]), kind))
    rows = [
        (f"{kind}: {trust.kinds[kind]}", str(len(found[kind])), *_example(found[kind]))
        for kind in order
    ]
    return table(("what was wrong", "how often", "for example, before", "after"), rows)


def _example(slips: list[Slip]) -> tuple[str, str]:
    """Return the first error that is of one kind alone, else the first."""
    shown = next((slip for slip in slips if len(slip.kind) == 1), slips[0])
    return f"{shown.id}: {shown.was}", shown.now


def _planted(trust: Trust) -> nodes.table:
    head = ("what was planted", "when", "how many", "refused", "not noticed", "to note")
    rows = []
    for each in trust.planted:
        counts = (each.tried, each.refused, each.tried - each.refused)
        rows.append(
            (each.what, STAGES[each.stage], *map("{:,}".format, counts), each.note)
        )
    return table(head, rows)


def _others(trust: Trust) -> nodes.bullet_list:
    made = nodes.bullet_list()
    for each in trust.others:
        rate = f"{each.rate} ({each.interval})" if each.interval else each.rate
        note = f"{each.note} " if each.note else ""
        said = f"{each.what}: {rate}, {each.of}. {note}{each.authors} ({each.year}): "
        line = nodes.paragraph("", said)
        line += nodes.reference("", each.title, refuri=each.url)
        line += nodes.Text(f". {each.where}.")
        made += nodes.list_item("", line)
    return made


def passages_said(answers: tuple[Answer, ...]) -> str:
    """Say how many answers hang on one passage, of those that rest on several."""
    rest = [answer for answer in answers if len(answer.claims) >= _FEW]
    hanging = [len(pivotal(answer)) for answer in rest]
    firm = hanging.count(0)
    any_one = sum(map(eq, hanging, (len(answer.claims) for answer in rest)))
    return (
        f"Of {len(answers)} questions, {len(rest)} rest on three passages or more. "
        f"Of these, {firm} come out the same whichever one passage is withdrawn, "
        f"{any_one} change with any, and {len(rest) - firm - any_one} with some. "
        f"The other {len(answers) - len(rest)} rest on one or two passages, and have "
        "less to compare, or nothing, without either."
    )


def _states(trust: Trust | None, domain: SourcebookDomain) -> dict[str, ChapterState]:
    """Return when each chapter was last read through, and what changed since."""
    records, version = load_records(domain.root), sourcebook.__version__
    return chapter_states(domain.answers, records, trust, version=version)


def _chapters(trust: Trust, domain: SourcebookDomain) -> Listing:
    states = _states(trust, domain)
    since = next((state.since for state in states.values()), "")
    heads = columns(
        "chapter | last read through = time | questions = number "
        f"| {f'as in {since}' if since else 'as released'} = number "
        "| otherwise = number | new = number"
    )
    rows = tuple(
        (
            PageLink(state.chapter, question_page(state.chapter)),
            state.read or "not yet",
            str(state.questions),
            str(state.questions - state.new - state.otherwise),
            str(state.otherwise),
            str(state.new),
        )
        for state in states.values()
    )
    return Listing("Chapters: last read through, and what changed", heads, rows)


def _errors(trust: Trust, domain: SourcebookDomain) -> Listing:
    """Return what was wrong in substance, with a link to where it was."""
    heads = columns("where | what was wrong = facets | before | after | read = facet")
    places = dict(_named(domain))
    rows = tuple(
        (
            places.get(each.id, each.id),
            each.kind,
            each.was,
            each.now,
            STAGES[read.stage],
        )
        for read, each in trust.slips("substantive")
    )
    return Listing("Every error of substance", heads, rows)


def _named(domain: SourcebookDomain) -> Iterator[tuple[str, PageLink]]:
    for claim in domain.corpus.claims:
        for name in claim.names:
            yield name, PageLink(name, register_page(claim.id), claim_anchor(claim.id))
    for answer in domain.answers:
        anchor = question_anchor(answer.question.id)
        for name in answer.names:
            yield name, PageLink(name, question_page(answer.chapter), anchor)


def _html(html: str) -> nodes.raw:
    return nodes.raw("", html, format="html")


PARTS: dict[str, Callable[[Trust, SourcebookDomain], list[Node]]] = {
    "answer": lambda trust, _: [_html(short_box(map(escape, answer_sentences(trust))))],
    "draws": lambda trust, _: [
        nodes.paragraph("", s) for s in [draws_said(trust)] if s
    ],
    "chart": lambda trust, _: [_html(rates_picture(trust).html()), _counts(trust)],
    "kinds": lambda trust, _: [_kinds(trust)],
    "planted": lambda trust, _: [_planted(trust)],
    "others": lambda trust, _: [_others(trust)],
    "passages": lambda _, at: [nodes.paragraph("", passages_said(at.answers))],
    "chapters": lambda trust, at: [listing_table(_chapters(trust, at))],
    "errors": lambda trust, at: [listing_table(_errors(trust, at))],
}


def _shown(domain: SourcebookDomain, part: str) -> list[Node]:
    """Return a part, or say that nobody has read this book again yet."""
    domain.use(EVERYTHING)
    trust = load_trust(domain.root)
    if trust is None or not trust.readings:
        said = "Nobody strange to this book has read it again yet."
        return [nodes.paragraph("", said)] if part == "answer" else []
    return PARTS[part](trust, domain)


_LINES = "sourcebook_read_through"  # on the environment, from build to build


def lines(env: BuildEnvironment) -> dict[str, str]:
    """Return, by its page, the line under a chapter: when it was last read through."""
    domain = get_domain(env)

    def make() -> dict[str, str]:
        states = _states(load_trust(domain.root), domain)
        return {question_page(name): state.words for name, state in states.items()}

    return kept(
        domain.root / KEPT / "read-through.pickle",
        lambda: ([], make()),  # the files of both are of what people write
        told=f"{sourcebook.__version__} {domain.state}",
        rooms=("coding", "comparing", "prose"),
    )


def _moved_lines(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the chapters whose line is another than before: they are written anew."""
    before, now = getattr(env, _LINES, {}), lines(env)
    setattr(env, _LINES, now)
    moved = (page for page in now if now[page] != before.get(page))
    return [page for page in moved if page in env.found_docs]


def _add_line(page: WrittenPage) -> None:
    """Give a page's template its line, "" for a page that is no chapter."""
    known = getattr(page.app.env, _LINES, {})
    page.context["sb_read_through"] = known.get(page.name, "")


def setup(app: Sphinx) -> None:
    """Register the directive, and the lines under chapters, with Sphinx."""
    app.add_directive("trust", printing(_shown, takes=1, among=PARTS))
    app.connect("env-updated", _moved_lines)
    on_each_page(app, _add_line)

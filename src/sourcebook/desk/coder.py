"""Widgets to go through a document sentence by sentence and code it.

Shown only where a kernel answers to a person. Anywhere else, in a build as in a test,
there is a notice and no word of any source: the texts are not published. No ``Output``
widget and no ``interact``: both can hang a run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

import ipywidgets

from sourcebook.coding.census import OPEN
from sourcebook.coding.schema import WAIVER_REASONS
from sourcebook.desk.claim_drafts import Draft, find_drafts, which_of
from sourcebook.desk.claim_form import ClaimForm
from sourcebook.desk.coding_desk import Desk
from sourcebook.desk.coding_progress import Progress, Saved
from sourcebook.errors import SourcebookError
from sourcebook.views.figure import is_live
from sourcebook.views.fragment import Fragment, escape, table_rows

NOTICE = (
    "Nothing to see here without a kernel: open this notebook in JupyterLab and run "
    "the cell, and the document stands in its place."
)
NAMING = frozenset({"inside", "repeats"})  # reasons that name a claim
_NAME = re.compile(r"[a-z]{4,}|\d+")
_ROLE = re.compile(r' role="[a-z]+"')
_WIDE = {"width": "min(100%, 46rem)"}


def notice() -> Fragment:
    """Return what is shown where no kernel answers."""
    return Fragment(f"<p>{escape(NOTICE)}</p>", NOTICE)


def code(desk: Desk, *, live: bool | None = None) -> Fragment | ipywidgets.VBox:
    """Return the widgets to code a source with, or a notice where nobody can use them.

    ``live`` says whether a kernel answers; without it, the kernel is asked.
    """
    return Coder(desk).box if (is_live() if live is None else live) else notice()


def attempt(act: Callable[[], None], status: ipywidgets.HTML) -> None:
    """Do something for the person; an error of ours becomes the status."""
    try:
        act()
    except SourcebookError as error:
        status.value = (
            f'<pre role="alert" style="white-space: pre-wrap">{escape(error)}</pre>'
        )


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that can be edited: a claim by ``name``, or one that is to be new."""

    label: str
    fields: Mapping[str, Any]
    name: str = ""
    draft: str = ""  # the id of the sheet's draft that it is made from


class Coder:
    """One source at a time, one sentence at a time."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.number = desk, 0
        self.offers: list[Offer] = []
        self.source = ipywidgets.Dropdown(options=desk.sources, description="source")
        self.status = ipywidgets.HTML()
        self.outcome = ipywidgets.HTML()  # the same once more, beside the buttons
        self.view = ipywidgets.HTML()
        self.jump = ipywidgets.BoundedIntText(min=1, description="sentence")
        self.draft = ipywidgets.Dropdown(description="edit", layout=_WIDE)
        self.reason = ipywidgets.Dropdown(
            options=[
                (f"{name} – {what}", name) for name, what in WAIVER_REASONS.items()
            ],
            description="reason",
            layout=_WIDE,
        )
        self.named = ipywidgets.Dropdown(description="claim", layout=_WIDE)
        self.why = ipywidgets.Text(description="note", layout=_WIDE)
        self.form_box = ipywidgets.VBox()
        self.box = ipywidgets.VBox()
        self._wire()
        if desk.sources:
            self._try(lambda: self.open(desk.sources[0]))
        else:
            self.say("There is no sheet yet. Begin with: sourcebook add FILE --key KEY")

    def _wire(self) -> None:
        steps: Mapping[str, Callable[[], None]] = {
            "Previous": lambda: self.go(self.number - 1),
            "Next": lambda: self.go(self.number + 1),
            "Next gap": self.next_gap,
            "Read again": lambda: self.open(self.source.value, at=self.number),
        }
        buttons = [self._button(name, act) for name, act in steps.items()]
        self.source.observe(
            lambda change: self._try(lambda: self.open(change["new"])), names="value"
        )
        self.jump.observe(
            lambda change: self._try(lambda: self.go(change["new"] - 1)), names="value"
        )
        self.status.observe(self._repeat, names="value")
        self.draft.observe(lambda _: self._fill(), names="index")
        self.reason.observe(lambda _: self._name(), names="value")
        self.box.children = [
            ipywidgets.HBox(
                [self.source, self.jump, *buttons], layout={"flex_flow": "row wrap"}
            ),
            self.status,
            self.view,
            ipywidgets.HTML("<h4>Code it</h4>"),
            self.draft,
            self.form_box,
            self._button("Save the claim", self.save),
            self.outcome,
            ipywidgets.HTML("<h4>Or set the sentence aside</h4>"),
            self.reason,
            self.named,
            self.why,
            self._button("Set aside", self.waive),
        ]

    def _button(self, name: str, act: Callable[[], None]) -> ipywidgets.Button:
        button = ipywidgets.Button(description=name)
        button.on_click(lambda _: self._try(act))
        return button

    def _try(self, act: Callable[[], None]) -> None:
        """Do something for the person; whatever is wrong is said, and nothing lost."""
        attempt(act, self.status)

    def _repeat(self, change: Mapping[str, str]) -> None:
        """Show the status where the eye is; without a role, so it is read out once."""
        self.outcome.value = _ROLE.sub("", change["new"], count=1)

    def say(self, text: str) -> None:
        """Show one line above the sentence; a screen reader reads it out."""
        self.status.value = f'<p role="status">{escape(text)}</p>'

    def open(self, citekey: str, *, at: int = 0) -> None:
        """Read a source and show one of its sentences."""
        self._take(self.desk.open(citekey))
        self.say(self._left())
        self.go(at)

    def _take(self, progress: Progress) -> None:
        self.progress = progress
        self.form = ClaimForm(self.progress, self.desk.root)
        self.form_box.children = [self.form.box]
        self.jump.max = max(len(self.progress.sentences), 1)
        self.named.options = sorted(
            c.claim.id.partition("/")[2] for c in self.progress.placed
        )

    def _left(self) -> str:
        left, total = len(self.progress.gaps()), len(self.progress.sentences)
        return f"{left} of {total} sentences have something left to do."

    def go(self, number: int) -> None:
        """Show the sentence of this number, or the nearest that there is."""
        self.number = min(max(number, 0), len(self.progress.sentences) - 1)
        self.jump.value = self.number + 1
        self.view.value = sentence_html(self.progress, self.number) + faults_html(
            self.progress
        )
        self._propose()
        self._name()

    def next_gap(self) -> None:
        """Show the next sentence with a gap, beginning again after the last."""
        gaps = self.progress.gaps()
        if not gaps:
            self.say("No gap is left: everything is coded or set aside.")
        else:
            self.say(self._left())
            self.go(min(gaps, key=lambda gap: (gap <= self.number, gap)))

    def _propose(self) -> None:
        """Offer what can be edited here: drafts, claims, and a new one."""
        here, number = self.progress, self.number
        offers = list(_drafts(here, number))
        offers += [
            Offer(f"unfinished: {each.id}", each.fields, name=each.id)
            for each in here.drafted(number)
            if each.id and not each.draft
        ]
        entries = {entry.id: entry for entry in here.sheet.claims}
        for placed in here.coded(number):
            name = placed.claim.id.partition("/")[2]
            fields = entries[name].model_dump(mode="json", exclude_defaults=True)
            offers.append(Offer(f"claim: {name}", fields, name=name))
        blank = {"id": new_id(here.text(number), here), **passage(here, number)}
        self.offers = [*offers, Offer("a new claim", blank)]
        self.draft.options = [(each.label, at) for at, each in enumerate(self.offers)]
        self.draft.index = 0
        self._fill()

    def _fill(self) -> None:
        if self.draft.index is not None:
            offer = self.offers[self.draft.index]
            self.form.fill(offer.fields, fixed=bool(offer.name))

    def _name(self) -> None:
        self.named.layout.display = None if self.reason.value in NAMING else "none"

    def save(self) -> None:
        """Write the claim of the form into the sheet."""
        offer, fields = self.offers[self.draft.index or 0], self.form.value()
        if offer.name:
            saved = self.desk.change_claim(self.progress, offer.name, fields)
        else:
            saved = self.desk.add_claim(self.progress, fields, draft=offer.draft)
        self._after(saved, f"Saved {fields.get('id', offer.name)}.")

    def waive(self) -> None:
        """Set the sentence aside in the sheet."""
        reason = str(self.reason.value)
        if reason in NAMING:
            reason = f"{reason}:{self.named.value or ''}"
        fields = waiver(self.progress, self.number, reason, note=self.why.value.strip())
        drafts = [d.id for d in self.progress.drafted(self.number) if d.draft]
        saved = self.desk.waive(self.progress, fields, drafts=drafts)
        self._after(saved, "Set aside.")
        self.why.value = ""

    def _after(self, saved: Saved, what: str) -> None:
        self._take(saved.progress)
        meanwhile = " The file had been changed meanwhile; both changes are in it."
        self.say(f"{what}{meanwhile if saved.moved else ''} {self._left()}")
        self.go(self.number)


def _drafts(progress: Progress, number: int) -> Iterator[Offer]:
    """Yield the sheet's own drafts of a sentence, then proposals for the rest of it."""
    held = []
    for each in progress.drafted(number):
        if each.draft:
            words = str(each.fields.get("quote", ""))
            if each.start >= 0:  # a stray holds nothing of the first sentence
                held.append(range(each.start, each.start + len(words)))
            fields = each.fields | {"id": new_id(words, progress)}
            yield Offer(f"draft: {words[:60]}", fields, draft=each.id)
    wanted = [item for item in progress.found(number) if item.state in OPEN]
    made, _ = find_drafts(
        progress.document, progress.sheet, progress.codebook, items=wanted
    )
    for draft in made:
        if not draft.is_bare and not any(draft.start in span for span in held):
            fields = filled(draft, progress)
            yield Offer(f"proposal: {str(fields['quote'])[:60]}", fields)


def filled(draft: Draft, progress: Progress) -> dict[str, object]:
    """Return what a draft says of its claim, and of blanks what leaves no choice."""
    fields: dict[str, object] = {name: value for name, value in draft.fields if value}
    for name, (only, *more) in draft.likely.items():
        # A count may be of anything: its measure has to be judged.
        counted = name == "measure" and not progress.codebook.measures[only].unit
        if not more and not counted:
            fields[name] = only
    return fields | {"id": new_id(str(fields["quote"]), progress)}


def new_id(words: str, progress: Progress) -> str:
    """Return an id from the first telling words of a quote that no claim has yet."""
    base = "-".join(_NAME.findall(words.casefold())[:3]) or "claim"
    used = {each.claim.id.partition("/")[2] for each in progress.placed}
    used |= {each.id for each in progress.unfinished}
    tries = (base if number == 1 else f"{base}-{number}" for number in count(1))
    return next(name for name in tries if name not in used)


def waiver(
    progress: Progress, number: int, reason: str, *, note: str = ""
) -> dict[str, object]:
    """Return the entry that sets a sentence aside."""
    noted = {"note": note} if note else {}
    return {**passage(progress, number), "reason": reason, **noted}


def passage(progress: Progress, number: int) -> dict[str, object]:
    """Return a sentence as an entry quotes it, with nth where it repeats."""
    words, start = progress.text(number), progress.sentences[number].start
    nth = which_of(words, start, progress.document, clause=False)
    return {"quote": words, **({"nth": nth} if nth else {})}


FAULTS_SHOWN = 5
_BEFORE_AND_AFTER = 1  # sentences of context on either side
_SIGNS = {"coded": "✓ coded", "waived": "– set aside", "gap": "! open"}


def sentence_html(progress: Progress, number: int) -> str:
    """Return one sentence with those around it, and tables of what is known of it."""
    line = progress.document.line_at(progress.sentences[number].start)
    state = _SIGNS[progress.state(number)]
    head = (
        f"<p><strong>Sentence {number + 1} of {len(progress.sentences)}</strong>, "
        f"line {line}: {state}</p>"
    )
    return f"<div>{head}{_around(progress, number)}{_known(progress, number)}</div>"


def _around(progress: Progress, number: int) -> str:
    first = max(number - _BEFORE_AND_AFTER, 0)
    last = min(number + _BEFORE_AND_AFTER + 1, len(progress.sentences))
    parts = []
    for each in range(first, last):
        words = escape(progress.text(each))
        parts.append(
            f"<mark>{words}</mark>" if each == number else f"<span>{words}</span>"
        )
    return f'<blockquote dir="auto">{" ".join(parts)}</blockquote>'


def _known(progress: Progress, number: int) -> str:
    rows = [
        (item.kind, item.text, f"{_SIGNS[item.state]} {', '.join(item.by)}")
        for item in progress.found(number)
    ]
    rows += [
        ("claim", each.claim.exact, f"{each.claim.kind} {each.claim.id}")
        for each in progress.coded(number)
    ]
    rows += [
        (
            "waiver",
            progress.document.text[each.start : each.end],
            f"{each.reason} {each.note}",
        )
        for each in progress.waived(number)
    ]
    rows += [
        ("draft" if each.draft else "unfinished", each.id, each.fault)
        for each in progress.drafted(number)
    ]
    if not rows:
        return "<p>The readers found no number, date or quotation in it.</p>"
    body = table_rows((kind, words, what.strip()) for kind, words, what in rows)
    head = "<tr><th>found</th><th>words</th><th>what became of it</th></tr>"
    return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"


def faults_html(progress: Progress) -> str:
    """Return the faults of the sheet that are there already, or ""."""
    if not progress.faults:
        return ""
    shown = "".join(
        f'<li style="white-space: pre-wrap">{escape(fault)}</li>'
        for fault in progress.faults[:FAULTS_SHOWN]
    )
    more = len(progress.faults) - FAULTS_SHOWN
    rest = f"<p>and {more} more</p>" if more > 0 else ""
    return f"<p>Faults of the sheet:</p><ul>{shown}</ul>{rest}"

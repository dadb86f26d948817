"""The shape of the hand-made files: sheets and the codebook.

These models say what a field may hold; whether a quotation stands in its source is
for `sourcebook.coding.claims` to find out. Unknown fields are refused.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    RootModel,
    field_validator,
    model_validator,
)

from sourcebook.errors import SourcebookError
from sourcebook.reading.dates import bounds

RECORD = "record"  # a fact from outside stands where a claim has its document's citekey
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
ClaimId = Annotated[
    str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$")
]
Words = Annotated[str, Field(min_length=1)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Kind = Literal[
    "quantity", "event", "status", "stance", "argument", "forecast", "recommendation",
    "method",
]  # fmt: skip
Status = Literal["A", "E", "F", "P", "T"]
CueKind = Literal["type", "concept", "topic"]
Genre = Literal[
    "Report", "ScholarlyArticle", "ReportageNewsArticle", "OpinionNewsArticle",
    "AdvertiserContentArticle", "PressRelease", "Speech",
]  # fmt: skip
Settled = Literal["", "kept", "dropped", "corrected"]
# How a source is marked in charts, in the order in which they are dealt out.
Shape = Literal["circle", "square", "diamond", "triangle-up", "cross", "triangle-down"]
STATUSES = {"A": "actual", "E": "estimate", "F": "forecast", "P": "provisional",
            "T": "target"}  # fmt: skip
# Fields that one kind of claim alone has: the kind cannot be changed under them.
KIND_OF = {
    "figure": "quantity",
    "measure": "quantity",
    "of": "quantity",
    "where": "quantity",
    "type": "event",
    "actors": "event",
    "place": "event",
    "sign": "stance",
}
WAIVER_REASONS = {
    "citation": "a reference to another work",
    "label": "a name or number that only points at something",
    "page-furniture": "not part of the text: datelines, page heads, credits",
    "transition": "carries the reader on and states nothing",
    "background": "general knowledge the document only recalls",
    "inside": "already within the claim named after the colon, and no more than it",
    "repeats": "says again what the claim named after the colon says",
}

# What a doubtful place of a file is called, and what each word means.
DOUBTS = {
    "raised": "a figure set above the line, behind a figure: a note's mark, or a power",
    "deleted": "words deleted with changes tracked, and left out",
    "inserted": "words inserted with changes tracked, and taken in",
    "struck": "words struck through, and left out",
    "hidden": "words hidden from who reads the file, and left out",
    "equation": "an equation, written out on one line",
    "picture": "a picture with a figure in its description, left out",
    "hyphen": "a word parted at the end of a line",
    "digits": "digits parted by blanks: one number, or several",
    "run": "a thousand characters and more without a blank: no reader reads them",
    "strange": "characters that stand for no letter",
    "layout": "a page, a table or a box whose words may not stand in their order",
}


def _dated(value: str) -> str:
    """Pass on a date that can be read, or no date at all."""
    try:
        if value:
            bounds(value)
    except SourcebookError as error:
        raise ValueError(str(error).split("\n")[0]) from None
    return value


Dated = Annotated[str, AfterValidator(_dated)]  # EDTF, or ""


class Strict(BaseModel):
    """A record of a hand-made file: frozen, and closed to unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Issued(Strict):
    """When the document was issued (EDTF), and on what proof."""

    date: Annotated[Words, AfterValidator(_dated)]
    quote: str = ""
    inferred: str = ""

    @model_validator(mode="after")
    def _proved(self) -> Issued:
        if not (self.quote or self.inferred):
            raise ValueError("a date needs a quote that proves it, or inferred: why")
        return self


class Sponsor(Strict):
    """Who promotes or pays for the document, with the passage that says so."""

    name: Words
    quote: Words


class Extent(Strict):
    """How much of the document the file holds."""

    state: Literal["whole", "fragment", "damaged"]
    missing: str = ""


class Coverage(Strict):
    """How much of the document the sheet codes."""

    state: Literal["complete", "partial"]
    only: str = ""

    @model_validator(mode="after")
    def _said(self) -> Coverage:
        if self.state == "partial" and not self.only:
            raise ValueError("state: partial needs `only:`, which says what is coded")
        if self.state == "complete" and self.only:
            raise ValueError("state: complete takes no `only:`; remove that line")
        return self


class Speaker(Strict):
    """One voice of the document other than its author."""

    name: Words
    named: bool
    quote: Words  # where the document introduces the voice
    may_be: tuple[Slug, ...] = ()  # other speakers that may be the same person


class DraftEntry(Strict):
    """A passage found and not coded yet: a claim with blanks. Nothing rests on it."""

    id: Slug
    kind: Kind | Literal[""] = ""
    topic: str = ""
    quote: Words
    nth: Annotated[int, Field(ge=1)] | None = None
    figure: str = ""
    measure: str = ""
    of: str = ""
    where: str = ""
    when: str = ""
    status: Status = "A"
    voice: str = "author"
    origin: str = ""
    actor: str = ""
    target: str = ""
    concept: str = ""
    sign: Literal[-1, 0, 1] | None = None
    type: str = ""
    actors: tuple[str, ...] = ()
    place: str = ""
    key: bool = False
    note: str = ""


class ClaimEntry(DraftEntry):
    """One claim, as the sheet writes it: a draft with its blanks filled in."""

    kind: Kind
    topic: Slug
    voice: Words = "author"
    alone: str = ""  # of a key claim: why no other document can be set beside it
    term: bool = False  # the one word that is quoted is what the claim is about
    inferred: dict[str, Words] = {}  # field to why it holds though its passage is mute
    formerly: tuple[Slug, ...] = ()  # ids it took over; links to them lead here

    @model_validator(mode="after")
    def _complete(self) -> ClaimEntry:
        needs = {
            "quantity": ("measure", "where", "when"),
            "event": ("type", "when"),
            "stance": ("actor", "target", "concept", "sign"),
        }.get(self.kind, ())
        missing = [name for name in needs if getattr(self, name) in ("", None)]
        # A place that must be given is made up where the document names none: the dead
        # of a crash were once put down to their airline's country.
        if missing == ["where"] and self.note:
            missing = []
        if missing:
            hint = ", or a note on why no place is given" if "where" in missing else ""
            raise ValueError(f"kind: {self.kind} needs {', '.join(missing)}{hint}")
        if self.alone and not self.key:
            raise ValueError("only key: true takes alone; remove that line")
        for name, kind in KIND_OF.items():
            if self.kind != kind and getattr(self, name) not in ("", None, ()):
                raise ValueError(f"only kind: {kind} takes {name}; correct one of both")
        return self


class WaiverEntry(Strict):
    """A passage read and set aside, with the reason.

    With ``to``, the passage runs from ``quote`` to the nearest ``to`` after it.
    """

    quote: str = ""
    to: str = ""
    nth: Annotated[int, Field(ge=1)] | None = None
    span: tuple[int, int] | None = None
    reason: Words
    note: str = ""

    @model_validator(mode="after")
    def _place_and_reason(self) -> WaiverEntry:
        if bool(self.quote) == bool(self.span) or (self.to and not self.quote):
            raise ValueError("give either a quote (and to) or a span")
        reason, _, claim = self.reason.partition(":")
        if reason not in WAIVER_REASONS:
            known = ", ".join(sorted(WAIVER_REASONS))
            raise ValueError(f"unknown reason {reason!r}; known: {known}")
        if (reason in {"repeats", "inside"}) != bool(claim):
            raise ValueError(
                "`repeats:` and `inside:` name a claim; no other reason does"
            )
        return self


class Absence(Strict):
    """Something the document does not say, with the terms that were searched for."""

    id: Slug
    what: Words
    terms: Annotated[tuple[Words, ...], Field(min_length=1)]
    note: str = ""


class Original(Strict):
    """What the text was taken from: a page, a PDF, a Word file, kept beside it."""

    file: Words
    sha256: Sha256
    extracted_with: Words


class DoubtfulPlace(Strict):
    """A place of the file whose text is doubtful: its words there, and in the text."""

    at: Words
    words: Words  # of the file; a long stretch is cut
    text: str = ""  # what stands for them in the text; "" where they are left out
    near: str = ""
    settled: Settled = ""  # "" as its group is
    to: str = ""  # what a corrected place reads
    why: str = ""


class Doubt(Strict):
    """The doubtful places of one kind, and what a person made of them."""

    what: str
    settled: Settled = ""
    why: str = ""
    places: Annotated[tuple[DoubtfulPlace, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _known(self) -> Doubt:
        if self.what not in DOUBTS:
            raise ValueError(f"unknown {self.what!r}; known: {', '.join(DOUBTS)}")
        if self.settled == "corrected":
            raise ValueError("a correction is made place by place, as settled and to")
        for place in self.places:
            if (place.settled == "corrected") != bool(place.to):
                raise ValueError(
                    "settled: corrected needs `to:`, and nothing else does"
                )
        return self


class Sheet(Strict):
    """Everything a person says about one source: what it is and what it claims."""

    file: Words
    sha256: Sha256
    short: str = ""  # what our prose calls it: "policy brief", and then "the brief"
    title: str = ""  # as printed; none where the file has none
    about: str = ""  # in one sentence of ours
    original: Original | None = None
    doubts: tuple[Doubt, ...] = ()  # places of the file that its text may have wrong
    issued: Issued
    genre: Genre
    colour: str = Field(default="", pattern=r"^(#[0-9A-Fa-f]{6})?$")  # in every chart
    shape: Shape | None = None
    sponsor: Sponsor | None = None
    extent: Extent
    coverage: Coverage
    not_stated: tuple[str, ...] = ()
    speakers: dict[Slug, Speaker] = {}
    aliases: dict[str, tuple[str, ...]] = {}
    claims: tuple[ClaimEntry, ...] = ()
    drafts: tuple[DraftEntry, ...] = ()
    waivers: tuple[WaiverEntry, ...] = ()
    absences: tuple[Absence, ...] = ()

    @field_validator("claims", "drafts", "waivers", "absences", mode="before")
    @classmethod
    def _empty(cls, value: Any) -> Any:  # noqa: ANN401 - whatever the file holds
        """Take a list with nothing under its name as a list of nothing."""
        return () if value is None else value

    @model_validator(mode="after")
    def _no_drafts_left(self) -> Sheet:
        if self.coverage.state == "complete" and self.drafts:
            raise ValueError(
                f"a complete sheet has no drafts, and this one has {len(self.drafts)}: "
                "delete those that are coded or set aside"
            )
        return self


class Measure(Strict):
    """What a quantity measures, and the unit it must come in."""

    label: Words
    unit: str
    definition: Words
    counts: tuple[Words, ...] = ()  # nouns and units, one of which stands by its figure


class KindTest(Strict):
    """How a coder tells whether a passage is of a kind."""

    test: Words
    passes: dict[ClaimId, Words]  # claims of the kind, each with why it is one
    fails: dict[ClaimId, Words]  # claims that are near and of another kind


class Codebook(Strict):
    """The vocabulary every sheet codes with.

    ``cues`` are words that go with a code, one of which its passage must have.
    ``sides`` groups actors and voices, to count whose claims are compared. ``parties``
    are those whose own account a page of the public record may be.
    """

    topics: dict[Slug, Words]
    measures: dict[Slug, Measure]
    denominators: tuple[Words, ...]
    places: tuple[Words, ...]
    concepts: dict[Slug, Words]
    event_types: dict[Slug, Words]
    tests: dict[Kind, KindTest] = {}
    cues: dict[CueKind, dict[Slug, tuple[Words, ...]]] = {}
    sides: dict[Words, tuple[Words, ...]] = {}
    parties: tuple[Slug, ...] = ()


class ActorEntry(Strict):
    """An actor of the shared table: who it is, and the other words that name it."""

    who: str = ""  # one neutral sentence, from the documents or plainly known
    kind: Literal["state", "institution", "organisation", "person", "group", "region"]
    aliases: tuple[Words, ...] = ()


class Actors(RootModel[dict[str, ActorEntry]]):
    """Who is who in all documents, by the name the book uses."""

"""The shape of the record: facts from public pages, outside the documents.

A fact is ours in words and somebody else's in substance, so it names the page it was
read on, what kind of page that is, and who else says so. The models refuse what no
reader could weigh: a fact that rests on one page and does not say so, figures that
differ and are not all given, and one party's word alone set against a document.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from sourcebook.coding.schema import (
    RECORD,
    ClaimId,
    Dated,
    Slug,
    Status,
    Strict,
    Words,
)
from sourcebook.comparing.question_files import ConditionEntry
from sourcebook.reading.dates import bounds

PageKind = Literal["primary", "official-in-press", "press", "encyclopaedia"]
Bearing = Literal[
    "", "bears-out", "corrects", "dates", "completes", "contradicts", "leaves-open"
]
# How a fact from outside bears on the claims it is set beside.
BEARING_WORDS = {
    "contradicts": "Contradicts",
    "corrects": "Corrects",
    "dates": "Dates",
    "bears-out": "Bears out",
    "completes": "Completes",
    "leaves-open": "Leaves open",
}
_AGAINST = frozenset({"corrects", "contradicts"})
_ADDRESS = re.compile(r"https?://[^\s<>\"]+\.[^\s<>\"]+")


def _address(value: str) -> str:
    """Pass on an address on the web. It is never fetched here."""
    if not _ADDRESS.fullmatch(value):
        raise ValueError(
            f"{value!r} is no address that begins with http:// or https://"
        )
    return value


Address = Annotated[str, AfterValidator(_address)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]
Country = Annotated[str, Field(pattern=r"^([a-z]{2}|int)$")]


class Page(Strict):
    """A further page that gives the fact, and what of it it gives."""

    publisher: Words
    title: str = ""  # "" where the copy that was read shows none
    url: Address
    date: Dated = ""
    country: Country
    kind: PageKind = "press"
    says: Words


class PublisherFigure(Strict):
    """What one publisher gives, where publishers differ."""

    publisher: Words
    says: Words


class Fact(Strict):
    """One fact from outside the documents, in our words.

    ``value`` and ``unit`` are read together, as a passage of a document would be, so
    ``about 30`` keeps its word. With a ``measure``, ``of`` and ``where`` are the
    codebook's words; else they say in any words what is counted and whose it is.
    ``party`` is set where the page is a party's own account.
    """

    id: Slug
    formerly: tuple[Slug, ...] = ()  # ids it took over; links to them lead here
    matter: Words
    chapter: Slug
    fact: Words
    value: str = ""
    unit: str = ""
    measure: str = ""
    of: str = ""
    where: str = ""
    when: Annotated[Dated, Field(min_length=1)]
    status: Status
    type: str = ""
    concept: str = ""
    publisher: Words
    title: str = ""
    date: Dated = ""
    url: Address
    kind: PageKind
    party: Slug | Literal[""] = ""  # one of the codebook's
    country: Country
    second: tuple[Page, ...] = ()
    agree: bool
    figures: tuple[PublisherFigure, ...] = ()
    caveat: str = ""
    one_page: bool = False
    looked_up: Day
    claims: tuple[ClaimId, ...] = ()
    bears: Bearing = ""

    @property
    def id_in_book(self) -> str:
        """The fact's name beside claims, which are called ``<citekey>/<id>``."""
        return f"{RECORD}/{self.id}"

    @property
    def printed(self) -> str:
        """Its value with its unit, as a sentence would have them; "" without one."""
        return f"{self.value}{'' if self.unit == '%' else ' '}{self.unit}".strip()

    @property
    def names(self) -> tuple[str, ...]:
        """Every id it goes by: its own, then those it took over."""
        return (self.id, *self.formerly)

    @property
    def pages(self) -> tuple[Fact | Page, ...]:
        """Its pages: the one it was read on, then the others."""
        return (self, *self.second)

    @property
    def countries(self) -> frozenset[str]:
        """The countries whose outlets give the fact; each is one witness."""
        # Outlets of one country often repeat one ministry or one agency.
        return frozenset(page.country for page in self.pages)

    @property
    def primary(self) -> bool:
        """Whether one of its pages is by those who did or counted the thing."""
        return "primary" in {page.kind for page in self.pages}

    @property
    def firm(self) -> bool:
        """Whether a primary page bears it, or an official quoted in two countries."""
        official = self.kind == "official-in-press" and len(self.countries) > 1
        return self.primary or official

    @model_validator(mode="after")
    def _rests_on_enough(self) -> Fact:
        enough = self.primary or len(self.countries) > 1
        if not enough and not self.one_page:
            raise ValueError(
                "rests on pages of one country, none of them primary: add another "
                "page, or say one_page: true"
            )
        if enough and self.one_page:
            raise ValueError("has more than one witness: remove one_page")
        return self

    @model_validator(mode="after")
    def _gives_all_figures(self) -> Fact:
        if self.agree and self.figures:
            raise ValueError("agree: true takes no figures: remove them, or say false")
        if not self.agree and len(self.figures) < 2:
            raise ValueError("agree: false needs figures, what each publisher gives")
        return self

    @model_validator(mode="after")
    def _rests_on_pages_that_can_be(self) -> Fact:
        if len({page.url for page in self.pages}) < len(self.pages):
            raise ValueError("a page stands there twice, and is no witness of itself")
        for page in self.pages:
            if page.date and bounds(page.date)[0].isoformat() > self.looked_up:
                raise ValueError(
                    f"{page.publisher}: a page of {page.date}, and looked up before "
                    f"that, on {self.looked_up}: correct one of both"
                )
            if page.kind == "primary" and "quoted by" in page.publisher:
                raise ValueError(
                    f"{page.publisher}: what another quotes is not primary, but "
                    "official-in-press"
                )
        return self

    @model_validator(mode="after")
    def _no_party_decides(self) -> Fact:
        alone = self.party and len(self.countries) == 1
        if alone and self.bears in _AGAINST:
            raise ValueError(
                f"{self.bears} on the account of one party alone: add a page of "
                "another country, or say leaves-open"
            )
        if self.bears and not self.claims:
            raise ValueError(f"{self.bears} what? name the claims, or remove bears")
        return self


class ShareEntry(Strict):
    """A share worked out from two facts, with what it rests on.

    ``per_m3`` is the heat of a cubic metre in megajoules, where the part is a volume
    and the whole is in terajoules. ``gives`` is the share in per cent, as printed; it
    is worked out again whenever the record is read.
    """

    id: Slug
    kind: Literal["share"]
    part: Slug
    whole: Slug
    per_m3: Annotated[str, Field(pattern=r"^(\d+(\.\d+)?)?$")] = ""
    gives: Annotated[str, Field(pattern=r"^\d+\.\d+$")]
    of: Words
    when: Annotated[Dated, Field(min_length=1)]
    claims: tuple[ClaimId, ...] = ()
    conditions: Annotated[tuple[ConditionEntry, ...], Field(min_length=1)]


class NotFound(Strict):
    """Something that was looked for and not found, where, and on which day."""

    what: Words
    where: Words
    day: Day


class RecordFile(Strict):
    """One file of the record: the facts on some matters."""

    title: Words
    facts: tuple[Fact, ...]
    bridges: tuple[ShareEntry, ...] = ()
    not_found: tuple[NotFound, ...] = ()

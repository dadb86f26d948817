"""Ids that were ever published never vanish: they lead on, or say why they are gone.

The records of the releases are the list to hold them against. Whatever takes the place
of a claim, a question or a fact names its id under ``formerly``, and links to the old
id lead there. What nothing replaces stands in ``book/withdrawn.yml`` with the reason,
and its old place on the pages says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from sourcebook.coding.schema import ClaimId, Slug, Strict, Words
from sourcebook.coding.sheets import Loaded, check_model, load_yaml
from sourcebook.comparing.release_changes import CLAIM, FACT, QUESTION
from sourcebook.errors import Fault, SourcebookError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from sourcebook.coding.claims import Claim
    from sourcebook.comparing.public_record import Record as Outside
    from sourcebook.comparing.questions import Answer
    from sourcebook.comparing.release_changes import Name, Record

FILE = "book/withdrawn.yml"
_LEAD_ON = (
    "name the id under `formerly:` of what took its place, or give it a line in "
    f"{FILE} with the reason"
)


class Withdrawn(Strict):
    """What was published and is withdrawn, each with the reason, by its id."""

    claims: dict[ClaimId, Words] = Field(default_factory=dict)
    questions: dict[ClaimId, Words] = Field(default_factory=dict)
    facts: dict[Slug, Words] = Field(default_factory=dict)

    def reasons(self) -> dict[Name, str]:
        """Return the reason for each name that is withdrawn."""
        return {
            (what, name): why
            for what, names in (
                (CLAIM, self.claims),
                (QUESTION, self.questions),
                (FACT, self.facts),
            )
            for name, why in names.items()
        }


def load_withdrawn(root: Path) -> tuple[Withdrawn, Loaded | None]:
    """Return what is withdrawn, and the file that says so. Raises `SheetError`."""
    path = root / FILE
    if not path.is_file():
        return Withdrawn(), None
    loaded = load_yaml(path, shown=FILE)
    return check_model(loaded, Withdrawn), loaded


def led_on(
    claims: Iterable[Claim], answers: Iterable[Answer], record: Outside
) -> dict[Name, str]:
    """Return every name there is or was, and the id it goes by now."""
    found = {(CLAIM, name): claim.id for claim in claims for name in claim.names}
    found |= {(QUESTION, name): each.id for each in answers for name in each.names}
    found |= {(FACT, name): each.id for each in record.facts for name in each.names}
    return found


def check_published(
    records: Iterable[Record], known: Mapping[Name, str], root: Path
) -> None:
    """Raise `SourcebookError` with every published id that is gone without a word.

    ``known`` are the names as `led_on` returns them.
    """
    withdrawn, loaded = load_withdrawn(root)
    reasons = withdrawn.reasons()
    published = {name: each.version for each in records for name in each.items}
    faults = [
        Fault(
            _home(name),
            f"{' '.join(name)}: published in {version}, and gone",
            fix=_LEAD_ON,
        )
        for name, version in sorted(published.items())
        if name not in known and name not in reasons
    ]
    faults += _idle(reasons, known, published, loaded)
    if faults:
        said = "\n".join(f"{each.fault}\n  fix: {each.fix}" for each in faults)
        raise SourcebookError(said, faults=faults)


def _home(name: Name) -> str:
    """Return the file that an id belongs to."""
    what, where = name[0], name[1].partition("/")[0]
    homes = {CLAIM: f"seeds/{where}.yml", QUESTION: f"book/questions/{where}.yml"}
    return homes.get(what, "book/record")


def _idle(
    reasons: Mapping[Name, str],
    known: Mapping[Name, str],
    published: Mapping[Name, str],
    loaded: Loaded | None,
) -> Iterator[Fault]:
    """Yield a fault for each line that withdraws what is there, or never was."""
    for what, name in reasons:
        here = (f"{what}s", name)
        if (what, name) in known and loaded:
            said = f"{name} is withdrawn, and there is such a {what}"
            yield loaded.fault(said, here, fix="remove one of the two")
        elif (what, name) not in published and loaded:
            said = f"{name} was never published"
            yield loaded.fault(said, here, fix="correct the id, or remove the line")

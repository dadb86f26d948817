"""Which claims no question sets beside another document, by source and by who acts.

A main claim of a source stands in a question with another document, or says why none
can be set beside it (``alone``). The others are counted, so that nobody's case is left
out unnoticed: who counts to which side is said in the codebook (``sides``).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from sourcebook.coding.claims import Claim
from sourcebook.coding.corpus import Corpus
from sourcebook.coding.sheets import load_sheet
from sourcebook.comparing.questions import Answer
from sourcebook.errors import Fault, SourcebookError

AUTHOR, OTHERS = "its author", "others"


def compared(answers: Iterable[Answer]) -> frozenset[str]:
    """Return the claims that a question sets beside another document."""
    return frozenset(
        claim.id
        for answer in answers
        if len(answer.sources) > 1
        for claim in answer.claims
    )


def check_key_claims(corpus: Corpus, answers: Iterable[Answer]) -> None:
    """Raise `SourcebookError` with every main claim that nothing is set beside."""
    used = compared(answers)
    faults = [
        _fault(corpus.root, claim)
        for claim in corpus.claims
        if claim.key and not claim.alone and claim.id not in used
    ]
    if faults:
        said = "\n".join(f"{each.fault}\n  fix: {each.fix}" for each in faults)
        raise SourcebookError(said, faults=faults)


def _fault(root: Path, claim: Claim) -> Fault:
    sheet, loaded = load_sheet(root / "seeds" / f"{claim.source}.yml")
    own = claim.id.partition("/")[2]
    number = [entry.id for entry in sheet.claims].index(own)
    said = f"{claim.id}: a key claim that no question sets beside another document"
    fix = "ask a question with it, or give it `alone:` and the reason"
    return loaded.fault(said, ("claims", number, "key"), fix=fix)


def usage(corpus: Corpus, answers: Iterable[Answer]) -> list[tuple[str, str, int, int]]:
    """Return a row for each source and side, in order.

    A row has the citekey, the side that acts in the claims, else their author, else
    others; how many there are, and how many of them are compared.
    """
    used = compared(answers)
    sides = {who: side for side, all_ in corpus.codebook.sides.items() for who in all_}
    claims: Counter[tuple[str, str]] = Counter()
    beside: Counter[tuple[str, str]] = Counter()
    for claim in corpus.claims:
        key = claim.source, _who(claim, sides)
        claims[key] += 1
        beside[key] += claim.id in used
    return [(*key, claims[key], beside[key]) for key in sorted(claims)]


def usage_line(corpus: Corpus, answers: Iterable[Answer]) -> str:
    """Say in one line how many claims of each side are compared."""
    found: dict[str, tuple[int, int]] = {}
    for _, who, claims, beside in usage(corpus, answers):
        all_, used = found.get(who, (0, 0))
        found[who] = all_ + claims, used + beside
    parts = [f"{who} {used} of {all_}" for who, (all_, used) in sorted(found.items())]
    said = ", ".join(parts) or "nothing, for nothing is coded yet"
    return f"compared with another document: {said}"


def _who(claim: Claim, sides: Mapping[str, str]) -> str:
    if claim.actor in sides or claim.voice in sides:
        return sides.get(claim.actor) or sides[claim.voice]
    return AUTHOR if claim.voice == "author" else OTHERS

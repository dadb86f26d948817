"""How long a practised coder's hands take for the same claims, both ways: a model.

Nobody was timed. Claims are taken out of a sheet and made again by the desk's own
widgets. What a coder does for that is counted, and what it takes to write the same
entries as YAML. Actions become seconds by the keystroke-level model (Card, Moran and
Newell 1980). The desk's form is gone through by keyboard, and the editor completes
names of fields and words of the codebook. Reading the document, deciding beyond one
thought a field, and a note, as long either way, are in neither. The desk's proposal of
an id is taken; in YAML the id is typed.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import ipywidgets

from sourcebook.coding.book_files import find_root
from sourcebook.coding.sheets import load_sheet
from sourcebook.desk.coder import Coder
from sourcebook.desk.coding_desk import Desk
from sourcebook.errors import SourcebookError

Actions = Counter[str]
# Seconds: a key, pointing, a mouse button pressed or let go, a thought, hand to mouse.
SECONDS = {"K": 0.2, "P": 1.1, "B": 0.1, "M": 1.35, "H": 0.4}
CLICK = Actions(P=1, B=2)
REACH = Actions(H=1) + CLICK  # with the hand still on the keys
FROM_TEXT = Actions(H=1, P=2, B=2, K=2)  # words marked by drawing over them, and copied
CHORD = Actions(K=2)  # pastes, or goes to the other window
BEGUN = 3  # letters after which a word of a list is the only one, or nearly
CHOSEN = ipywidgets.Dropdown, ipywidgets.Combobox  # fields with words to choose from
WRITTEN = frozenset({"note"})  # in words of one's own


def seconds(done: Actions) -> float:
    """Return what actions take."""
    return sum(SECONDS[each] * times for each, times in done.items())


def typed(words: object) -> Actions:
    """Return the actions that write words."""
    return Actions(K=len(str(words)))


def begun(word: object) -> Actions:
    """Return the actions that begin a word, and the key that has it completed."""
    return Actions(K=min(len(str(word)), BEGUN) + 1)


def as_yaml(entry: dict[str, Any], controls: dict[str, Any]) -> Actions:
    """Return the actions that write an entry into a sheet, beside the document."""
    listed = {n for n, each in controls.items() if isinstance(each, CHOSEN)}
    done = REACH + Actions(H=1, K=2)  # to its place, and "- "
    for name in entry.keys() - WRITTEN:
        value = entry[name]
        done += Actions(M=1, K=3) + begun(name)  # ": " and a new line
        if name == "quote":
            done += CHORD + FROM_TEXT + CHORD + CHORD + Actions(H=1, K=2)
        elif isinstance(value, list):
            done += typed(", ".join(map(str, value))) + Actions(K=2)
        else:
            done += begun(value) if name in listed else typed(value)
    return done


def at_desk(coder: Coder, start: int, entry: dict[str, Any]) -> Actions:
    """Make the claim that begins there at the desk; return the actions for it."""
    ends = (each.end for each in coder.progress.sentences)
    coder.go(next(n for n, end in enumerate(ends) if start < end))
    done = Actions(REACH)  # "Next gap", or the number of the sentence
    tried = []
    for at in (n for n, offer in enumerate(coder.offers) if not offer.name):
        coder.draft.index = at
        tried.append((seconds(_filled(coder, entry)), at))
    coder.draft.index = min(tried)[1]
    if coder.draft.index:
        done += Actions(M=1) + CLICK + CLICK
    done += _filled(coder, entry)
    coder.form.fill(entry, fixed=False)
    coder.save()
    if "Saved" not in coder.status.value:
        raise SourcebookError(f"the desk did not save:\n{coder.status.value}")
    return done


def _filled(coder: Coder, entry: dict[str, Any]) -> Actions:
    """Return the actions that make of the form, as it is filled, this entry."""
    offered, controls = coder.form.value(), coder.form.fields
    shown = [n for n, each in controls.items() if each.layout.display != "none"]
    other = [
        n for n in shown if n not in {"id", *WRITTEN} and entry.get(n) != offered.get(n)
    ]
    done = Actions(M=len(entry.keys() - WRITTEN))  # each is looked at, whoever gave it
    if not other:
        return done + CLICK  # "Save the claim"
    done += CLICK + Actions(H=1, K=len(shown) - shown.index(other[0]) + 1)  # Tab, Space
    for name in other:
        control, value = controls[name], entry.get(name, "")
        if name == "quote":
            done += FROM_TEXT + REACH + Actions(H=1, K=2) + CHORD
        elif isinstance(control, CHOSEN):
            done += begun(value)
        elif isinstance(control, ipywidgets.Checkbox):
            done += Actions(K=1)
        else:
            words = "; ".join(value) if isinstance(value, list) else value
            done += typed(words)
    return done


def main(root: Path, source: str, count: int) -> dict[str, Actions]:
    """Make claims of a sheet again, and put it back; return the actions of both ways.

    Raises `SourcebookError` where the claims do not come out as they were.
    """
    path = root / "seeds" / f"{source}.yml"
    before, (sheet, _) = path.read_text(encoding="utf-8"), load_sheet(path)
    asked = [c for c in sheet.claims if not (c.inferred or c.formerly or c.term)]
    starts = {p.claim.id: p.start for p in Desk(root).open(source).placed}
    text = before
    for each in asked[:count]:  # of those that the desk has a field for all of
        text = re.sub(
            rf"  - id: {each.id}(?![\w-]).*\n(?:    .*\n|\n(?=    ))+", "", text
        )
    path.write_text(text, encoding="utf-8")
    done = {"yaml": Actions(), "desk": Actions()}
    try:
        coder = Coder(Desk(root))
        coder.open(source)
        for each in asked[:count]:
            entry = each.model_dump(mode="json", exclude_defaults=True)
            done["desk"] += at_desk(coder, starts[f"{source}/{each.id}"], entry)
            done["yaml"] += as_yaml(entry, coder.form.fields)
        again = load_sheet(path)[0].claims
    finally:
        path.write_text(before, encoding="utf-8")
    if sorted(map(repr, again)) != sorted(map(repr, sheet.claims)):
        raise SourcebookError("the claims are not those that were taken out")
    return done


if __name__ == "__main__":
    source, count = sys.argv[1:]
    sys.stdout.write(json.dumps(main(find_root(), source, int(count))))

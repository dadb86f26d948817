"""A form for one claim, with the codebook's words as choices.

Only the fields that the chosen kind may have are shown. What the form gives back are
the fields of a sheet's entry, empty ones left out; whether they make a claim is for
the loader of sheets to say.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, get_args

import ipywidgets

from sourcebook.coding.schema import KIND_OF, STATUSES, ClaimEntry, Kind
from sourcebook.coding.sheets import load_kinds
from sourcebook.desk.coding_progress import Progress

_UNASKED = {"term", "inferred", "formerly"}  # which a claim keeps as it has them
SIGNS = [("−1 against", -1), ("0 neither", 0), ("+1 in favour", 1)]
_WIDE = {"width": "min(100%, 46rem)"}
_STYLE = {"description_width": "5rem"}
_DEFAULTS = {"status": "A", "voice": "author"}  # which a sheet leaves out


class ClaimForm:
    """The widgets of one claim; ``box`` is what is shown."""

    def __init__(self, progress: Progress, root: Path) -> None:
        choices = _choices(progress, root)
        self.fields = {
            name: _control(name, choices) for name in ClaimEntry.model_fields
        }
        self.box = ipywidgets.VBox(list(self.fields.values()))
        self._unasked: dict[str, Any] = {}
        self.fields["kind"].observe(lambda _: self._arrange(), names="value")
        self._arrange()

    def fill(self, given: Mapping[str, Any], *, fixed: bool) -> None:
        """Show these fields and empty all others; a ``fixed`` claim keeps its id.

        What the form asks for in no kind, such as its former ids, a claim keeps.
        """
        self._unasked = {n: given[n] for n in given if n in _UNASKED}
        for name, control in self.fields.items():
            value = given.get(name, "")
            if isinstance(control, ipywidgets.Dropdown):
                _choose(control, "" if value is None else value)
            elif isinstance(control, ipywidgets.Checkbox):
                control.value = bool(value)
            elif isinstance(value, list | tuple):
                control.value = "; ".join(str(each) for each in value)
            else:
                control.value = "" if value is None else str(value)
        for name, default in {"kind": "argument", **_DEFAULTS}.items():
            if name not in given:
                self.fields[name].value = default
        self.fields["id"].disabled = fixed

    def value(self) -> dict[str, object]:
        """Return the entry as filled in; what the kind does not have is left out."""
        shown = _shown(str(self.fields["kind"].value))
        entry: dict[str, object] = {}
        for name in filter(shown.__contains__, ClaimEntry.model_fields):
            given = self._given(name)
            # Nought is a sign, and would be left out as an empty field is.
            empty = given in ("", [], None, False) and not (
                name == "sign" and given == 0
            )
            if not empty and given != _DEFAULTS.get(name):
                entry[name] = given
        return entry | self._unasked

    def _given(self, name: str) -> object:
        value = self.fields[name].value
        if isinstance(value, str):
            value = value.strip()
        if name == "actors":
            return [part.strip() for part in value.split(";") if part.strip()]
        if name == "nth":
            return int(value) if value.isdigit() else value
        return value

    def _arrange(self) -> None:
        shown = _shown(str(self.fields["kind"].value))
        for name, control in self.fields.items():
            control.layout.display = None if name in shown else "none"


def _shown(kind: str) -> set[str]:
    """Return the fields that a claim of some kind may have, and the form asks for."""
    fields = ClaimEntry.model_fields.keys() - _UNASKED
    return {name for name in fields if KIND_OF.get(name, kind) == kind}


def _choices(progress: Progress, root: Path) -> dict[str, list[tuple[str, Any]]]:
    """Return what each field may be, as (label, value)."""
    book, sheet = progress.codebook, progress.sheet
    meanings: dict[str, Mapping[str, str]] = {
        "topic": book.topics,
        "measure": {name: each.label for name, each in book.measures.items()},
        "concept": book.concepts,
        "type": book.event_types,
    }
    found: dict[str, list[tuple[str, Any]]] = {
        name: [(f"{word} – {what}", word) for word, what in words.items()]
        for name, words in meanings.items()
    }
    found["of"] = _same(book.denominators)
    found["where"] = _same(book.places)
    found["kind"] = _same(get_args(Kind))
    found["status"] = [(f"{code} {words}", code) for code, words in STATUSES.items()]
    found["sign"] = list(SIGNS)
    voices = {key: speaker.name for key, speaker in sheet.speakers.items()}
    found["voice"] = [
        ("author", "author"),
        *((f"{v} ({k})", k) for k, v in voices.items()),
    ]
    names = {*load_kinds(root), *sheet.aliases}
    found["actor"] = found["target"] = _same(sorted(names))
    return found


def _same(words: Iterable[str]) -> list[tuple[str, Any]]:
    return [(word, word) for word in words]


def _control(name: str, choices: Mapping[str, list[tuple[str, Any]]]) -> Any:  # noqa: ANN401
    label = {"description": name, "layout": dict(_WIDE), "style": dict(_STYLE)}
    if name in {"actor", "target"}:
        names = [word for word, _ in choices[name]]
        return ipywidgets.Combobox(options=names, ensure_option=False, **label)
    if name in choices:
        needed = name in {"kind", "status", "voice"}
        options = [*([] if needed else [("", "")]), *choices[name]]
        return ipywidgets.Dropdown(options=options, **label)
    if name == "key":
        return ipywidgets.Checkbox(
            description="key: one of the source's main claims", indent=False
        )
    if name in {"quote", "note"}:
        return ipywidgets.Textarea(rows=3 if name == "quote" else 2, **label)
    hint = {
        "nth": "which one, where the quote stands several times",
        "actors": "several, with ; between them",
        "alone": "of a key claim: why no other document can be set beside it",
        "when": "EDTF, such as 2022-04; the time the claim is about",
    }
    return ipywidgets.Text(placeholder=hint.get(name, ""), **label)


def _choose(control: ipywidgets.Dropdown, value: object) -> None:
    """Choose a value; one that is not on the list is added, and so stays visible."""
    known = [option[1] for option in control.options]
    if value not in known:
        control.options = [*control.options, (f"{value} – not in the codebook", value)]
    control.value = value

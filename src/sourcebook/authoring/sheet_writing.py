"""A sheet as YAML, its drafts with blanks and hints, and how to go on in its comments.

Every word that came from a document or a person is written as a quoted string, so that
no text can be taken for YAML, and nothing is folded.
"""

from __future__ import annotations

import textwrap
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING

import yaml

from sourcebook.coding.schema import DOUBTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sourcebook.authoring.claim_drafts import Draft
    from sourcebook.coding.schema import Doubt, Sheet

_WIDE = 10**9  # a width that folds nothing
_COMMENT = 84


def quoted(words: str) -> str:
    r"""Return words as a YAML string on one line, whatever they hold.

    >>> print(quoted('He said "no: # &x"'))
    "He said \"no: # &x\""
    """
    text: str = yaml.safe_dump(
        words, default_style='"', allow_unicode=True, width=_WIDE
    )
    return text.removesuffix("\n")


def sheet_text(
    sheet: Sheet, drafts: Iterable[Draft], *, title: str, said: Iterable[str]
) -> str:
    """Return the text of a new sheet."""
    issued = [f"  date: {quoted(sheet.issued.date)}"]
    if sheet.issued.quote:
        issued.append(f"  quote: {quoted(sheet.issued.quote)}")
    if sheet.issued.inferred:
        issued.append(f"  inferred: {quoted(sheet.issued.inferred)}")
    original = []
    if sheet.original:
        original = [
            "original:",
            f"  file: {sheet.original.file}",
            f"  sha256: {quoted(sheet.original.sha256)}",
            f"  extracted_with: {quoted(sheet.original.extracted_with)}",
        ]
    return Template(template("sheet.yml")).substitute(
        about=comment([f"Sheet of {title}", *said]),
        file=sheet.file,
        sha256=quoted(sheet.sha256),
        original="".join(f"{line}\n" for line in original) + doubts_text(sheet.doubts),
        issued="\n".join(issued),
        genre=sheet.genre,
        drafts="\n".join(map(_draft, drafts)) or "  []",
    )


def doubts_text(doubts: Iterable[Doubt]) -> str:
    """Return the part of a sheet on doubtful places, "" where there are none."""
    lines = []
    for doubt in doubts:
        lines += [
            f"  - what: {doubt.what}  # {DOUBTS[doubt.what]}",
            f"    settled: {quoted(doubt.settled)}  # kept or dropped, for all of them",
            f"    why: {quoted(doubt.why)}",
            "    places:",
        ]
        for place in doubt.places:
            given = {name: value for name, value in place if value or name == "text"}
            fields = ", ".join(
                f"{name}: {quoted(value)}" for name, value in given.items()
            )
            lines.append(f"      - {{{fields}}}")
    if not lines:
        return ""
    about = "# to settle: places of the file that its text may have wrong"
    return "\n".join([f"doubts:  {about}", *lines, ""])


def comment(lines: Iterable[str]) -> str:
    """Return lines as comments, so that nothing in them can be read as YAML."""
    return "\n".join(
        f"# {part}"
        for line in lines
        for part in textwrap.wrap(
            " ".join(_plain(line).split()), _COMMENT, break_on_hyphens=False
        )
    )


def _plain(words: str) -> str:
    """Return words without what YAML does not print."""
    return "".join(c if c.isprintable() else " " for c in words)


def _draft(draft: Draft) -> str:
    lines = []
    for name, value in draft.fields:
        hint = draft.hints.get(name, "")
        written = quoted(value) if isinstance(value, str) else str(value)
        if isinstance(value, tuple):
            written = f"[{', '.join(map(quoted, value))}]"
        if name in {"id", "kind"} and value:
            written = str(value)
        hint = f"line {draft.line} of the text" if name == "id" else hint
        lines.append(f"{name}: {written}{f'  # {_plain(hint)}' if hint else ''}")
    return textwrap.indent("\n".join(lines), "    ").replace("    ", "  - ", 1)


def template(name: str) -> str:
    """Return a file of templates."""
    return (files("sourcebook.authoring") / "templates" / name).read_text(
        encoding="utf-8"
    )

"""The first sheet of a new source, as YAML, and the pages that begin from templates.

Drafts have blanks and hints, and comments say how to go on. Every word that came from a
document or a person is written as a quoted string, so that no text can be taken for
YAML, and nothing is folded. A title is somebody else's words too: it comes out as a
heading and nothing more. Where a heading may not hold it (a figure that nothing
verifies, words in quotation marks), the source's short name stands instead.

A sheet gathers doubtful places of a file by kind. When the text is taken anew, what was
settled holds for the place that is the same: of the same kind, with the same words, and
as manieth.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING

from sourcebook.authoring.proposed_names import Name, shown
from sourcebook.coding.schema import DOUBTS, Doubt, DoubtfulPlace, Original, Sheet
from sourcebook.coding.source_looks import short_name
from sourcebook.desk.sheet_edits import double_quoted as quoted
from sourcebook.prose.running_prose import bare_numbers, printed_dates

if TYPE_CHECKING:
    from sourcebook.authoring.marked import Decided
    from sourcebook.authoring.marked import Doubt as Found
    from sourcebook.desk.claim_drafts import Draft

_COMMENT = 84
_ISSUED = ("date", "quote", "inferred")  # fields of a date of issue


def sheet_text(
    sheet: Sheet,
    drafts: Iterable[Draft],
    *,
    title: str,
    said: Iterable[str],
    names: Iterable[Name] = (),
) -> str:
    """Return the text of a new sheet; ``names`` are those that no table has."""
    said_of = ((name, getattr(sheet.issued, name)) for name in _ISSUED)
    issued = [f"  {name}: {quoted(words)}" for name, words in said_of if words]
    return filled(
        "sheet.yml",
        about=comment([f"Sheet of {title}", *said]),
        file=file_text(sheet.file, sheet.sha256, sheet.original, sheet.doubts),
        issued="\n".join(issued),
        genre=sheet.genre,
        names=names_text(names),
        drafts=drafts_text(drafts) or "  []",
    )


def file_text(
    file: str, sha256: str, original: Original | None, doubts: Iterable[Doubt]
) -> str:
    """Return the lines of a sheet on its file."""
    lines = [f"file: {file}", f"sha256: {quoted(sha256)}"]
    if original:
        lines += [
            "original:",
            f"  file: {original.file}",
            f"  sha256: {quoted(original.sha256)}",
            f"  extracted_with: {quoted(original.extracted_with)}",
        ]
    return "".join(f"{line}\n" for line in lines) + doubts_text(doubts)


def drafts_text(drafts: Iterable[Draft]) -> str:
    """Return drafts as they stand in a sheet."""
    return "\n".join(map(_draft, drafts))


def names_text(names: Iterable[Name]) -> str:
    """Return the comment of a sheet on names, "" where there are none."""
    listed = [f"{shown(name)[:-1]}, line {name.lines[0]})" for name in names]
    if not listed:
        return ""
    about = (
        "Names that seeds/actors.yml does not have, the commonest first. Those that "
        "matter go there, with their kind, or under aliases, if they are other words "
        "for an actor in this document alone."
    )
    return f"{comment([about, '; '.join(listed)])}\n"


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


def filled(template: str, **words: str) -> str:
    """Return a file of templates with words in the places that it names."""
    path = files("sourcebook.authoring") / "templates" / template
    return Template(path.read_text(encoding="utf-8")).substitute(words)


_MARKS = re.compile(r"([!-/:-@\[-`{-~])")
_PLAIN = set(" '(),-./:;")
_QUOTES = re.compile('[“”"«»„]')


def in_markdown(words: str) -> str:
    r"""Return words as Markdown that shows them, and does nothing else.

    >>> in_markdown("A *bold* <script> & {claim}`x`, 2/3")
    'A \\*bold\\* \\<script\\> \\& \\{claim\\}\\`x\\`, 2/3'
    """
    one_line = " ".join(words.split())
    return "".join(
        f"\\{c}" if _MARKS.match(c) and c not in _PLAIN else c for c in one_line
    )


def heading(key: str, title: str, *, issued: str = "") -> str:
    """Return the title as a heading, or the short name where that must stand for it."""
    escaped = in_markdown(title)
    allowed = printed_dates(issued) | printed_dates(key)
    if _QUOTES.search(title) or bare_numbers(f"# {escaped}\n", allow=allowed):
        return in_markdown(short_name(key))
    return escaped


def heading_told(key: str, title: str, *, issued: str = "") -> tuple[str, ...]:
    """Return what there is to say where the heading is not the title."""
    head = heading(key, title, issued=issued)
    if head == in_markdown(title):
        return ()
    why = "a heading holds no figure and no quotation that nothing verifies"
    return (f"its page is headed {short_name(key)!r}: {why}",)


def source_page(key: str, title: str, *, issued: str) -> str:
    """Return the text pair of a source's notebook."""
    return filled("source.md", key=key, heading=heading(key, title, issued=issued))


def register_page(key: str) -> str:
    """Return the page that lists a source's claims."""
    return filled("register.md", key=key, name=in_markdown(short_name(key)))


def register_link(key: str) -> str:
    """Return the line that leads to that page from the page of all claims."""
    return f"* [Claims of {in_markdown(short_name(key))}](claims/{key}.md)"


def chapter_page(key: str, title: str) -> str:
    """Return the text pair of a chapter's notebook."""
    return filled("chapter.md", key=key, heading=heading(key, title))


_Key = tuple[str, str, int]


def gathered(found: Iterable[Found], *, before: Iterable[Doubt] = ()) -> list[Doubt]:
    """Return doubtful places by kind, with what was settled ``before`` of the same."""
    settled = {key: place for key, _, place in _keyed(before)}
    groups = {each.what: {"settled": each.settled, "why": each.why} for each in before}
    places: dict[str, list[DoubtfulPlace]] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for each in found:
        seen[each.what, each.words] += 1
        old = settled.get((each.what, each.words, seen[each.what, each.words]))
        held = {} if old is None else old.model_dump(include={"settled", "to", "why"})
        fields = {"at": each.at, "words": each.words, "text": each.text}
        place = DoubtfulPlace(**fields, near=each.near, **held)
        places.setdefault(each.what, []).append(place)
    return [
        Doubt(what=what, places=tuple(places[what]), **groups.get(what, {}))
        for what in DOUBTS
        if what in places
    ]


def decided_in(doubts: Iterable[Doubt]) -> Decided:
    """Return what a sheet decides of doubtful places."""
    decided: dict[_Key, str | None] = {}
    for key, doubt, place in _keyed(doubts):
        settled = place.settled or doubt.settled
        if settled:
            decided[key] = {"kept": None, "dropped": ""}.get(settled, place.to)
    return decided


def told_doubts(doubts: Iterable[Doubt]) -> Iterator[str]:
    """Say of each kind how many places there are, and where the first is."""
    for doubt in doubts:
        first = doubt.places[0]
        yield (
            f"{len(doubt.places)} × {doubt.what} ({DOUBTS[doubt.what]}); the first: "
            f"{first.words!r}, {first.at}"
        )


def _keyed(doubts: Iterable[Doubt]) -> Iterator[tuple[_Key, Doubt, DoubtfulPlace]]:
    seen: Counter[tuple[str, str]] = Counter()
    for doubt in doubts:
        for place in doubt.places:
            seen[doubt.what, place.words] += 1
            yield (
                (doubt.what, place.words, seen[doubt.what, place.words]),
                doubt,
                place,
            )

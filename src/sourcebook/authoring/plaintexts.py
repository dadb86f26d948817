"""Text files as they are: what Markdown says by signs, and what a page's end parts.

A Markdown file stays as it is typed; its comments, its struck words and its raised
figures get the marks of `marked`, and each row of a table stands by itself. In a text
with form feeds, as programs write that turn PDFs into text, the head and the foot that
all pages share are left out.
"""

import re
from collections import Counter
from collections.abc import Collection
from itertools import takewhile
from typing import Final

from sourcebook.authoring.marked import (
    DELETED,
    END,
    INSERTED,
    LEFT,
    LOWERED,
    PLACE,
    RAISED,
    STRUCK,
    mark,
)

_FENCE: Final = re.compile(r"(?m)^(?:```|~~~)")
_STRUCK: Final = re.compile(r"~~(?=\S)(.{1,400}?)(?<=\S)~~", re.DOTALL)
_TAGS: Final = {"sup": RAISED, "sub": LOWERED, "del": DELETED, "ins": INSERTED,
                "s": STRUCK, "strike": STRUCK}  # fmt: skip
_PAIR: Final = re.compile(rf"(?is)<({'|'.join(_TAGS)})>(.{{1,400}}?)</\1>")
_BREAK: Final = re.compile(r"(?i)<br\s*/?>")
_TAG: Final = re.compile(r"(?i)</?[a-z][a-z0-9-]*(?:\s[^<>\n]{0,300})?/?>")
_CARET: Final = re.compile(r"(?<=[\w.,;:!?)\]])\^(-?\d{1,3})\^")
_ROW: Final = re.compile(r"[ \t]*\|.*\|[ \t]*")
_RULED: Final = re.compile(
    r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*"
)
_HEAD_LINES: Final = (
    4  # so far from the edge of a page its head and foot are looked for
)
_FEWEST_HEADS: Final = 3  # on fewer pages a line is only said twice
_HEAD: Final = 90  # characters
_NUMBER: Final = re.compile(r"(?<![\d.,-])\d{1,5}(?![\d-]|[.,]\d)")


def mark_markdown(text: str) -> tuple[str, list[str]]:
    """Return a Markdown text with our marks for its own, and what was done.

    >>> mark_markdown("A<br>port")[1], mark_markdown("A<br>port <i-x>of</i-x> salt")[1]
    (['took 1 tag of HTML out'], ['took 3 tags of HTML out'])
    """
    said: list[str] = []
    if _FENCE.search(text):  # code is shown as it is
        return text, said
    text = _without_comments(text)
    text = _STRUCK.sub(lambda found: mark(STRUCK, found[1]), text)
    text = _PAIR.sub(lambda found: mark(_TAGS[found[1].lower()], found[2]), text)
    text = _CARET.sub(lambda found: mark(RAISED, found[1]), text)
    text, breaks = _BREAK.subn("\n", text)
    text, tags = _TAG.subn("", text)
    if took := breaks + tags:
        said.append(f"took {took} tag{'s' * (took != 1)} of HTML out")
    text, tables = _part_rows(text)
    if tables:
        said.append(f"laid {tables} table{'s' * (tables != 1)} out, one line a row")
    return text, said


def _without_comments(text: str) -> str:
    """Return a text with a mark in the place of each comment that is closed."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        if (end := text.find("-->", start)) < 0:
            break
        kept += [text[at:start], mark(LEFT, "left out a comment")]
        at = end + len("-->")
    return "".join([*kept, text[at:]])


def _part_rows(text: str) -> tuple[str, int]:
    """Return a text with a blank line around each row of a table, and their number."""
    lines = text.split("\n")
    tables = 0
    out: list[str] = []
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else ""
        if _RULED.fullmatch(line) and "|" in line and "|" in before:
            tables += 1
            continue
        above = out[-1] if out else ""
        if line.strip() and above.strip() and any(map(_ROW.fullmatch, (line, above))):
            out.append("")
        out.append(line)
    return ("\n".join(out), tables) if tables else (text, 0)


def part_pages(text: str) -> tuple[str, list[str]]:
    """Return a text with form feeds page by page, each with its place."""
    pages = text.split("\f")
    if len(pages) < _FEWEST_HEADS:
        return text, []
    lined, heads = without_heads([page.split("\n") for page in pages])
    said = [f"left out what stands on every page: {'; '.join(heads)}"] if heads else []
    return "\n\n".join(
        f"{PLACE}page {number}{END}" + "\n".join(lines).strip("\n")
        for number, lines in enumerate(lined, 1)
        if any(line.strip() for line in lines)
    ) + "\n", [f"parted {len(pages)} pages at form feeds", *said]


def without_heads(pages: list[list[str]]) -> tuple[list[list[str]], list[str]]:
    """Take out page numbers and what the pages repeat at their head or foot.

    Returns the pages, and the lines left out, each once, with # for the page number.
    """
    edges = [_edges(lines, number) for number, lines in enumerate(pages)]
    seen: Counter[tuple[str, int | None]] = Counter()
    for found in edges:
        seen.update(
            list(
                dict.fromkeys(
                    k for keys in found.values() for k in sorted(keys, key=str)
                )
            )
        )
    # Left and right pages may have heads of their own.
    least = max(_FEWEST_HEADS, sum(map(bool, edges)) * 2 // 5)
    heads = {key for key, count in seen.items() if count >= least}
    if len(pages) == 2:  # what both say, and a number in it counts them
        heads = {key for key, count in seen.items() if count == 2 and _counts(key)}
    kept: list[list[str]] = []
    met: set[tuple[str, int | None]] = set()
    for lines, found in zip(pages, edges, strict=True):
        told = {at: keys for at, words in found.items() if (keys := heads & words)}
        # Under a title stands what heads a table, which goes on over the next pages.
        under = {at for at, keys in told.items() if not keys & met} - _outer(
            lines, told
        )
        met |= {key for keys in told.values() for key in keys}
        kept.append([line for at, line in enumerate(lines)
                     if at not in told or at in under])  # fmt: skip
    return kept, list(dict.fromkeys(words for words, step in seen
                                    if (words, step) in heads))  # fmt: skip


def _outer(lines: list[str], told: Collection[int]) -> set[int]:
    """Return which lines stand at the edge of a page, with none but such beyond."""
    full = [at for at, line in enumerate(lines) if line.strip()]
    return {*takewhile(told.__contains__, full),
            *takewhile(told.__contains__, reversed(full))}  # fmt: skip


def _counts(key: tuple[str, int | None]) -> bool:
    return key[1] is not None and len(re.findall(r"[^\W\d_]{3}", key[0])) > 1


def _edges(lines: list[str], number: int) -> dict[int, set[tuple[str, int | None]]]:
    """Return the lines at the edges of a page by their place, ready to be compared.

    A line is itself, or what is around one of its numbers where that counts the pages:
    a figure in a table does not grow by one from page to page. A head may have been
    taken for the row of a table on one page and not on another.
    """
    full = [at for at, line in enumerate(lines) if line.strip()]
    found: dict[int, set[tuple[str, int | None]]] = {}
    for at in {*full[:_HEAD_LINES], *full[-_HEAD_LINES:]}:
        line = " ".join(lines[at].replace("|", " ").split())
        found[at] = {(line, None)} if re.search(r"[^\W\d_]", line) else set()
        for each in _NUMBER.finditer(line):
            words = f"{line[: each.start()]}#{line[each.end() :]}"
            found[at].add((words, int(each[0]) - number))
            outer = at in (full[0], full[-1]) and words[:1] + words[-1:] != "##"
            if outer and "#" in words[:1] + words[-1:] and len(line) < _HEAD:
                found[at].add(("# title", int(each[0]) - number))
    return found

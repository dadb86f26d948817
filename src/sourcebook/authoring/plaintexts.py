"""Text files as they are: what Markdown says by signs, and what a page's end parts.

Signs of Markdown that are no words get the marks of `marked`, or go; each row of a
table stands by itself; code stays as it is typed. In a text with form feeds, or with
lines that count its pages, the head and the foot that all pages share are left out.
"""

import html
import re
from collections import Counter
from collections.abc import Callable, Collection
from itertools import groupby, pairwise, takewhile
from typing import Final

from sourcebook.authoring import marked
from sourcebook.authoring.levelling import without_nothing
from sourcebook.authoring.marked import mark

# Code between fences, which is shown as it is.
_FENCED: Final = re.compile(r"(?ms)(^(```|~~~).*?^\2[`~]*[ \t]*$)")
_QUOTED: Final = re.compile(r"[ \t]{0,3}>(?:[ \t]?>)*[ \t]?")
_PAIR: Final = rf"(?is)<({'|'.join(marked.BY_TAG)})>(.{{1,400}}?)</\1>"
_ROW: Final = re.compile(r"[ \t]*\|.*\|[ \t]*")
_RULED: Final = re.compile(
    r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*"
)
_HEAD_LINES: Final = (
    4  # so far from the edge of a page its head and foot are looked for
)
_SHORTEST: Final = 15  # lines of a page that is told by its number
_FEWEST_HEADS: Final = 3  # on fewer pages a line is only said twice
_HEAD: Final = 90  # characters
_NUMBER: Final = re.compile(r"(?<![\d.,-])\d{1,5}(?![\d-]|[.,]\d)")


def mark_markdown(text: str) -> tuple[str, list[str]]:
    """Return a Markdown text with our marks for its own, and what was done.

    >>> mark_markdown("A<br>port")[1], mark_markdown("A<br>port <i-x>of</i-x> salt")[1]
    (['took 1 tag of HTML out'], ['took 3 tags of HTML out'])
    """
    counts: Counter[str] = Counter()
    pieces = _FENCED.split(text)
    for at in range(0, len(pieces), 3):
        pieces[at] = _marked(pieces[at], counts)
    said = [what.format(n, "s" * (n != 1)) for what, n in counts.items() if n and what]
    return "".join(piece for at, piece in enumerate(pieces) if at % 3 != 2), said


def _marked(text: str, counts: Counter[str]) -> str:
    """Return Markdown without code in it with our marks, and count what was done."""
    text = _without_comments(text)
    text, unquoted = _without_quoting(text, fewest=1)
    counts[_UNQUOTED] += unquoted
    for what, pattern, new in _SIGNS:
        text, count = re.subn(pattern, new, text)
        counts[what] += count
    text, tables = _part_rows(text)
    counts["laid {} table{} out, one line a row"] += tables
    return text


def _reference(found: re.Match[str]) -> str:
    """Return what a reference to a character stands for, itself if for nothing."""
    return without_nothing(html.unescape(found[0]))[0]


_TARGET: Final = r"\((?:[^()\s]|\([^()\s]*\))*(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?\)"
_TOOK: Final = "took {} tag{} of HTML out"
_UNQUOTED: Final = "took the sign of {} quoted line{} out"
_APART: Final = "took {} sign{} of what is set apart out"
_TARGETS: Final = "took {} target{} of links out"


def _around(kind: str, words: str = r"\1") -> str:
    return f"{kind}{words}{marked.END}"


# What is counted, the sign, and what stands for it; in this order.
_SIGNS: Final[tuple[tuple[str, str, str | Callable[[re.Match[str]], str]], ...]] = (
    ("", r"(?s)~~(?=\S)(.{1,400}?)(?<=\S)~~", _around(marked.STRUCK)),
    ("", _PAIR, lambda found: mark(marked.BY_TAG[found[1].lower()], found[2])),
    ("", r"(?<=[\w.,;:!?)\]])\^(-?\d{1,3})\^", _around(marked.RAISED)),
    ("", r"(?<=\w)~(\d{1,3})~", _around(marked.LOWERED)),
    ("", rf"!\[([^\[\]\n]{{0,400}})\]{_TARGET}", _around(marked.PICTURE)),
    # Of those that reading knows no end of, and those that stand apart.
    (_TARGETS, rf"\[([^\[\]\n]{{1,400}})\](?!\([^()\s]*\)){_TARGET}", r"\1"),
    (_TARGETS, (r"(?m)^ {0,3}\[(?!\^)[^\[\]\n]{1,100}\]:[ \t]+[^\s/.#]*[/.#]\S*"
                r"(?:[ \t]+[\"'(][^\n]*[\"')])?[ \t]*(?:\n|\Z)"), ""),
    ("", r"\[(?=[^]\n]{0,400}?[a-z]{2})([^\[\]\n]{1,400})\]\[[^\[\]\n]{0,99}\]", r"\1"),
    ("", r"(?m)^\[\^(\d{1,3})\]:[ \t]*", r"\1. "),
    ("", r"(?m)^\[\^([\w-]{1,40})\]:", r"[\1]"),
    ("", r"(?<=\S)\[\^(\d{1,3})\]", _around(marked.NOTED)),
    ("", r"(?<=\S)\[\^([\w-]{1,40})\]", _around(marked.NOTED, r"[\1]")),
    (_APART, r"(?m)^[ \t]*:{3,}.*(?:\n|\Z)", ""),
    (_APART, r"(?<=[])}`\w\ufdef]) ?\{(?:[.#:][A-Za-z]|[\w-]{1,40}=)[^{}\n]*\}", ""),
    ("", r"\$\$[ \t\n]{0,9}([^$]{1,999}?)[ \t\n]{0,9}\$\$", _around(marked.EQUATION)),
    ("", r"(?<![\w$\\])\$(?=\S[^$\n]{0,200}?[\\^_=])([^$\n]{1,400})(?<=\S)\$(?!\w)",
     _around(marked.EQUATION)),
    ("", r"\\(?=[$%&~|{}().!>+-])", ""),
    ("marked {} underlined heading{} with #",
     r"(?m)(?:\A|(?<=\n\n))([^\n|#>]*[^\n|.,;:!?\s])[ \t]*\n(=|-){3,}[ \t]*$",
     lambda found: f"{'#' if found[2] == '=' else '##'} {found[1].strip()}"),
    ("", r"\\\n", "\n"),
    (_TOOK, r"(?i)<br\s*/?>", "\n"),
    (_TOOK, r"(?i)</?[a-z][a-z0-9-]*(?:\s[^<>\n]{0,300})?/?>", ""),
    ("", r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]{2,31});", _reference),
)  # fmt: skip


def _without_quoting(text: str, *, fewest: int) -> tuple[str, int]:
    """Take ">" from before the lines of quotations of some lines; return how many.

    Within a sentence it would be read as "more than".
    """
    out: list[str] = []
    took = 0
    for quoted, group in groupby(text.split("\n"), lambda line: _QUOTED.match(line)
                                 is not None):  # fmt: skip
        lines = list(group)
        if quoted and len(lines) >= fewest:
            took += len(lines)
            lines = [_QUOTED.sub("", line, count=1) for line in lines]
            if out and out[-1].strip():
                out.append("")
        out += lines
    return "\n".join(out), took


def _without_comments(text: str) -> str:
    """Return a text with a mark in the place of each comment that is closed."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) != -1:
        if (end := text.find("-->", start)) == -1:
            break
        kept += [text[at:start], mark(marked.LEFT, "left out a comment")]
        at = end + len("-->")
    return "".join([*kept, text[at:]])


def _part_rows(text: str) -> tuple[str, int]:
    """Return a text, each row of its tables by itself and with edges, and how many."""
    lines = text.split("\n")
    tables, inside = 0, False
    out: list[str] = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if inside and _RULED.fullmatch(line) and "|" in line:
            continue
        if "|" in line and "|" in after and _RULED.fullmatch(after):
            tables, inside = tables + 1, True
        inside = inside and "|" in line
        above = out[-1] if out else ""
        cells = line.strip().removeprefix("|").removesuffix("|").strip()
        row = f"| {cells} |" if inside else line
        if line.strip() and above.strip() and any(map(_ROW.fullmatch, (row, above))):
            out.append("")
        out.append(row)
    return ("\n".join(out), tables) if tables else (text, 0)


def part_plain(text: str) -> tuple[str, list[str]]:
    """Return a plain text without signs of quotation, page by page, and what was done.

    Pages end at form feeds, or where a line counts them.
    """
    text, unquoted = _without_quoting(text, fewest=2)
    said = [_UNQUOTED.format(unquoted, "s" * (unquoted != 1))] if unquoted else []
    at = "form feeds"
    if "\f" not in text and (counted := _counting(text.split("\n"))):
        lines = text.split("\n")
        for number in counted:
            lines[number] = f"\f{lines[number]}"
        text, at = "\n".join(lines), "the lines that count them"
    pages = text.split("\f")
    if at != "form feeds" and not pages[0].strip():
        del pages[0]
    if len(pages) < _FEWEST_HEADS:
        return text, said
    lined, heads = without_heads([page.split("\n") for page in pages])
    told = [f"left out what stands on every page: {'; '.join(heads)}"] if heads else []
    return "\n\n".join(
        f"{marked.PLACE}page {number}{marked.END}" + "\n".join(lines).strip("\n")
        for number, lines in enumerate(lined, 1)
        if any(line.strip() for line in lines)
    ) + "\n", [*said, f"parted {len(pages)} pages at {at}", *told]


def _counting(lines: list[str]) -> list[int]:
    """Return where lines stand that count pages: alike but for a number, one by one.

    Left and right pages may have lines of their own. All pages but the last have the
    same number of lines, and chapters have not.
    """
    found: dict[str, list[tuple[int, int]]] = {}
    for at, line in enumerate(lines):
        for number in _NUMBER.finditer(line) if len(line) < _HEAD else ():
            key = " ".join(f"{line[: number.start()]}#{line[number.end() :]}".split())
            found.setdefault(key, []).append((at, int(number[0])))
    counted: set[int] = set()
    for places in found.values():
        *steps, last = [b[0] - a[0] for a, b in pairwise(places)] or [0]
        by = {b[1] - a[1] for a, b in pairwise(places)}
        if len(steps) < _FEWEST_HEADS - 1 or by not in ({1}, {2}):
            continue
        usual = sorted(steps)[len(steps) // 2]
        most = usual // 10 + 1
        alike = all(abs(step - usual) <= most for step in steps)
        if usual >= _SHORTEST and alike and last <= usual + most:
            counted |= {at for at, _ in places}
    return sorted(counted)


def without_heads(pages: list[list[str]]) -> tuple[list[list[str]], list[str]]:
    """Take out page numbers and what the pages repeat at their head or foot.

    Returns the pages, and the lines left out, each once, with # for the page number.
    """
    edges = [_edges(lines, number) for number, lines in enumerate(pages)]
    seen: Counter[tuple[str, int | None]] = Counter()
    for found in edges:
        every = (key for keys in found.values() for key in sorted(keys, key=str))
        seen.update(list(dict.fromkeys(every)))
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

"""The pages a new source or chapter begins with, made from templates.

A title is somebody else's words: whatever it holds, it comes out as a heading and
nothing more. Where a heading may not hold it (a figure that nothing verifies, words in
quotation marks), the source's short name stands instead.
"""

from __future__ import annotations

import re
from string import Template

from sourcebook.authoring.sheet_writing import template
from sourcebook.coding.source_looks import short_name
from sourcebook.prose.running_prose import bare_numbers, printed_dates

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
    head = heading(key, title, issued=issued)
    return Template(template("source.md")).substitute(key=key, heading=head)


def register_page(key: str) -> str:
    """Return the page that lists a source's claims."""
    return Template(template("register.md")).substitute(
        key=key, name=in_markdown(short_name(key))
    )


def register_link(key: str) -> str:
    """Return the line that leads to that page from the page of all claims."""
    return f"* [Claims of {in_markdown(short_name(key))}](claims/{key}.md)"


def chapter_page(key: str, title: str) -> str:
    """Return the text pair of a chapter's notebook."""
    return Template(template("chapter.md")).substitute(
        key=key, heading=heading(key, title)
    )

"""A fragment: a piece of HTML together with the same thing in plain words.

The one place where text from a source becomes markup. Everything that goes in is
escaped, because a source may hold anything; markup is only what this room writes.

A text of ours about a question may hold the marks of a page, ``{claim}``, ``{fact}``,
``{holds}`` and ``{question}``; they are held to the same rules
(`sourcebook.prose.proofreading`), and become links here.
"""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sourcebook.coding.book_files import (
    RECORD_PAGE,
    claim_anchor,
    fact_anchor,
    question_anchor,
    register_page,
)
from sourcebook.coding.schema import RECORD
from sourcebook.comparing.statements import read_query

ROOT = "../../"  # the top of the site, seen from a notebook


@dataclass(frozen=True, slots=True, repr=False)
class Fragment:
    """What a notebook shows: ``html`` for a page, ``text`` where there is no page."""

    html: str
    text: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        """Return the plain words, so that a terminal shows them too."""
        return self.text


Line = tuple[str, str | Fragment]  # what is stated, and what it is: text, or markup


def escape(value: object) -> str:
    """Return a value as text that is safe in HTML, in attributes as well.

    >>> escape('<b title="x">')
    '&lt;b title=&quot;x&quot;&gt;'
    """
    return html.escape(str(value), quote=True)


def address(claim_id: str) -> str:
    """Return the address of a claim's entry, or of a fact's from outside.

    >>> address("bbc-2025/gas-share")
    '../../book/claims/bbc-2025.html#claim-bbc-2025-gas-share'
    >>> address("record/mandate-2016")
    '../../notebooks/synthesis/record.html#fact-mandate-2016'
    """
    source, _, name = claim_id.partition("/")
    if source == RECORD:
        return f"{ROOT}{RECORD_PAGE}.html#{fact_anchor(name)}"
    return f"{ROOT}{register_page(claim_id)}.html#{claim_anchor(claim_id)}"


_APOSTROPHE = re.compile(r"(“[^”]*”)|(?<=\w)'(?=\w)|(?<=s)'(?=\s)")


def typographic(words: str) -> str:
    """Return words of ours with the apostrophe that pages print.

    What stands in quotation marks is a source's, and stays as the source has it.

    >>> print(typographic("Baku's “EU's role”"))
    Baku’s “EU's role”
    """
    return _APOSTROPHE.sub(lambda found: found[1] or "’", words)


def printed(value: object) -> str:
    """Return words of ours as text that is safe in HTML, as pages print it."""
    return escape(typographic(str(value)))


def facts_html(facts: Iterable[Line]) -> str:
    """Return facts as a table of names and values; one without a value is left out."""
    # A table, for it keeps its lines without the book's styles, as in JupyterLab.
    rows = table_rows((name, value) for name, value in facts if value)
    return f'<table class="sb-facts"><tbody>{rows}</tbody></table>' if rows else ""


def table_rows(rows: Iterable[Sequence[object]]) -> str:
    """Return rows of a table as HTML; the first cell of each is its head."""
    return "".join(
        f'<tr><th scope="row">{printed(head)}</th>{"".join(map(_cell, cells))}</tr>'
        for head, *cells in rows
    )


def short_box(sentences: Iterable[str], facts: str = "") -> str:
    """Return the box that opens a page; sentences and facts are HTML already."""
    lines = "".join(f"<li>{each}</li>" for each in sentences)
    below = f'<p class="sb-short-facts">{facts}</p>' if facts else ""
    return (
        '<div class="sb-short"><p class="sb-head"><strong>In short</strong></p>'
        f"<ul>{lines}</ul>{below}</div>"
    )


def linked(to: str, words: str, more: str = "", *, look: str = "") -> Fragment:
    """Return words as a link, and more words behind it."""
    named = f' class="{look}"' if look else ""
    link = f'<a{named} href="{escape(to)}">{printed(words)}</a>'
    return Fragment(f"{link}{printed(more)}", f"{words}{more}")


def folded(anchor: str, *, asks: str, reply: str, badge: str, body: str) -> str:
    """Return a card as a line with a fold, which a script of the site closes."""
    return (
        f'<details class="sb-card sb-answer sb-fold" open id="{escape(anchor)}">'
        f'<summary><span class="sb-asks">{printed(asks)}</span> '
        f'<span class="sb-reply">{printed(reply)}</span> '
        f'<span class="sb-badge">{escape(badge)}</span></summary>{body}</details>'
    )


def joined(parts: Iterable[Fragment]) -> Fragment:
    """Return fragments one below the other as one."""
    parts = tuple(parts)
    words = "\n".join(part.text for part in parts)
    return Fragment("".join(part.html for part in parts), words)


def facts_text(facts: Iterable[Line]) -> str:
    """Return the same facts as lines of plain text."""
    return "\n".join(f"  {name}: {value}" for name, value in facts if value)


def _cell(value: object) -> str:
    return f"<td>{value.html if isinstance(value, Fragment) else printed(value)}</td>"


_MARK = re.compile(
    r"\{(?P<role>claim|fact|holds|question)\}`(?P<words>[^`<]+?)\s*<(?P<target>[^`<>]+)>`"
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a text: words, and where they are a mark, its role and target."""

    words: str
    role: str = ""
    target: str = ""


def segments(text: str) -> tuple[Segment, ...]:
    """Return a text in stretches of plain words and marks.

    >>> [s.target for s in segments("It is {claim}`4.3% <bbc-2025/gas-share>`.")]
    ['', 'bbc-2025/gas-share', '']
    """
    found, at = [], 0
    for match in _MARK.finditer(text):
        found.append(Segment(text[at : match.start()]))
        found.append(Segment(match["words"], match["role"], match["target"]))
        at = match.end()
    found.append(Segment(text[at:]))
    return tuple(segment for segment in found if segment.words)


def plain_words(text: str) -> str:
    """Return a text as it reads, without what its marks point to."""
    return "".join(segment.words for segment in segments(text))


def linked_words(text: str) -> Fragment:
    """Return a text with its marks as links, and a statement's with its tip."""
    return Fragment("".join(map(_html, segments(text))), plain_words(text))


def _html(segment: Segment) -> str:
    words = segment.words
    match segment.role:
        case "claim":
            return linked(address(segment.target), words, look="sb-claim").html
        case "fact":
            to = address(f"{RECORD}/{segment.target}")
            return linked(to, words, look="sb-fact").html
        case "holds":
            tip = escape(f"Computed from the sheets: {read_query(segment.target)}")
            return f'<abbr class="sb-holds" title="{tip}">{printed(words)}</abbr>'
        case "question":
            chapter, _, question = segment.target.partition("/")
            return linked(f"{chapter}.html#{question_anchor(question)}", words).html
    return printed(words)

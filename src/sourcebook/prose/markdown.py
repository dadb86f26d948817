"""What a reader of a Markdown page sees as our own running words, and where they stand.

The page is parsed, not searched: headings, paragraphs, list items, table cells, link
texts, alternative texts, footnotes, admonitions and the text inside HTML count as
words of ours; so does mathematics. Left out are code, targets and addresses, comments,
front matter, block quotations, and roles whose words are verified or computed.
Of code, the words that a picture prints or says are read: they state findings, so they
are held to the same rules.

A directive or a role that is not known here is taken for prose: what cannot be
recognised is read, never skipped.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

GAP = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands where something was left out
QUOTED = re.compile(r"“[^“”]*(?:“[^“”]*”[^“”]*)*”")  # and quoted in turn


def gap(match: re.Match[str]) -> str:
    """Return a gap as long as the words that are left out, to keep their places."""
    return GAP * len(match[0])


# Roles whose words the build verifies or computes, or that hold code.
_SILENT_ROLES = frozenset("claim fact holds data eval code file kbd eq".split())
_SILENT_FAMILIES = ("cite", "footcite", "glue")
# Roles that point somewhere: only a text written before <the target> is prose.
_POINTERS = frozenset({"ref", "doc", "any", "term", "download", "numref", "question"})

# Directives whose body is code, data, an address or somebody else's words.
_SILENT_DIRECTIVES = frozenset(
    "bibliography claim-register code code-block code-cell contents epigraph eval glue "
    "highlights image include literalinclude mermaid pull-quote sourcecode "
    "tableofcontents toctree".split()
)
# Directives whose first line is an address or a layout, not a title.
_NO_TITLE = frozenset({"figure", "figure-md", "grid", "grid-item", "tab-set"})
_PROSE_OPTIONS = frozenset({"alt", "caption", "title"})

_MARKS = " *_`{}[]<>"  # what may stand between two texts of a block
_DIRECTIVE = re.compile(r"\{([^}\s]+)\}\s*(.*)")
_OPTION = re.compile(r":?(?P<name>[\w-]+):(?:\s+(?P<value>.*))?")
_EXPLICIT = re.compile(r"(?s)(.+?)\s*<([^<]*)>")
_SILENT_TAGS = frozenset({"blockquote", "code", "pre", "q", "script", "style"})


@cache
def _parser() -> MarkdownIt:
    """Return what parses a page; it is loaded for pages that were not read before."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - slow, and mostly not needed
    from mdit_py_plugins import (  # noqa: PLC0415 - likewise
        colon_fence,
        footnote,
        front_matter,
        myst_blocks,
        myst_role,
        substitution,
    )

    return (
        MarkdownIt("commonmark")
        .enable("table")
        .use(front_matter.front_matter_plugin)
        .use(myst_blocks.myst_block_plugin)
        .use(myst_role.myst_role_plugin)
        .use(footnote.footnote_plugin)
        .use(colon_fence.colon_fence_plugin)
        .use(substitution.substitution_plugin)
        # Escapes and entities stay apart from the text around them, so that each can be
        # found again in the source.
        .disable(["footnote_inline", "footnote_tail", "text_join"])
    )


@dataclass(frozen=True, slots=True)
class Role:
    """A role as it stands in a stretch: ``{name}`words <target>```."""

    name: str
    words: str  # "" where only a target is given
    target: str
    at: int  # offset in the stretch
    place: tuple[int, int]  # line and column, from 1


@dataclass(frozen=True, slots=True)
class Stretch:
    """The visible words of one block, each character with its place in the page."""

    text: str  # GAP stands for what was left out
    places: tuple[tuple[int, int], ...]  # line and column of each character, from 1
    roles: tuple[Role, ...] = ()


@lru_cache(maxsize=4096)  # a process that stays is asked for the same texts again
def read_prose(markdown: str) -> tuple[Stretch, ...]:
    r"""Return every stretch of running words, in the order of the page.

    >>> [stretch.text for stretch in read_prose("# Gas\n\nSee `x = 5` and *us*.")]
    ['Gas', 'See ￼ and us.']
    """
    return tuple(_Page(markdown).stretches(markdown, 0))


class _Page:
    """One page being read; remembers how far each of its lines has been used."""

    def __init__(self, markdown: str) -> None:
        self.lines = markdown.split("\n")
        self.used: dict[int, int] = {}

    def stretches(self, part: str, base: int) -> Iterator[Stretch]:
        """Yield the stretches of a part of the page that begins on line ``base``."""
        quoted = 0
        for token in _parser().parse(part, {}):
            quoted += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
            if quoted:
                continue
            first = base + (token.map[0] if token.map else 0)
            if token.type == "inline":
                yield _flatten(token, self.place(token.content, first))
            elif token.type in {"fence", "colon_fence"}:
                yield from self.directive(token, first)
            elif token.type == "html_block":
                yield from _TextOfHtml(token.content, first).found

    def directive(self, token: Token, first: int) -> Iterator[Stretch]:
        """Yield what a directive shows as prose: title, some options, body."""
        match = _DIRECTIVE.fullmatch(token.info.strip())
        if match is None:
            if token.type == "colon_fence":  # a plain box around Markdown
                yield from self.stretches(token.content, first + 1)
            return
        name, title = match.groups()
        if name == "code-cell":
            for at, words in picture_words(token.content):
                yield from self.stretches(words, first + at)
        if name in _SILENT_DIRECTIVES or name.startswith(_SILENT_FAMILIES):
            return
        if title and name not in _NO_TITLE:
            yield from self.stretches(title, first)
        body = token.content.split("\n")
        options = _options(body)
        for number, line in enumerate(body[:options]):
            option = _OPTION.fullmatch(line.strip())
            if option and option["name"] in _PROSE_OPTIONS and option["value"]:
                yield from self.stretches(option["value"], first + 1 + number)
        yield from self.stretches("\n".join(body[options:]), first + 1 + options)

    def place(self, content: str, first: int) -> list[tuple[int, int]]:
        """Return line and column, from 1, of each character of a block's source."""
        places = []
        for number, line in enumerate(content.split("\n"), first):
            raw = self.lines[number] if number < len(self.lines) else ""
            at = max(raw.find(line, self.used.get(number, 0)), 0)
            self.used[number] = at + len(line)
            places += [(number + 1, at + 1 + i) for i in range(len(line) + 1)]
        return places


def _options(body: list[str]) -> int:
    """Return how many lines at the head of a directive's body are options."""
    if body and body[0].strip() == "---":
        ends = [i for i, line in enumerate(body[1:], 1) if line.strip() == "---"]
        return ends[0] + 1 if ends else 0
    return next(
        (i for i, line in enumerate(body) if not re.match(r"\s*:[\w-]+:", line)),
        len(body),
    )


class _Writer:
    """Collects visible characters while a cursor follows the block's source."""

    def __init__(self, source: str, places: list[tuple[int, int]]) -> None:
        self.source, self.places, self.cursor = source, places, 0
        self.text: list[str] = []
        self.at: list[tuple[int, int]] = []
        self.roles: list[Role] = []

    def find(self, words: str) -> int:
        """Move the cursor behind the next ``words``; return where they begin."""
        plain = self.source.find(words, self.cursor)
        if plain >= 0 and not self.source[self.cursor : plain].strip(_MARKS):
            self.cursor = plain + len(words)
            return plain  # as nearly always: no pattern need be made
        pattern = r"\s+".join(map(re.escape, words.split(" ")))
        match = re.compile(pattern).search(self.source, self.cursor)
        if match is None:  # the parser rewrote it: keep the last known place
            return self.cursor
        self.cursor = match.end()
        return match.start()

    def write(self, text: str, *, printed: str | None = None) -> None:
        """Add ``text``, which the source may have ``printed`` in another way."""
        start = self.find(text if printed is None else printed)
        for i, char in enumerate(text):
            offset = start if printed is not None else start + i
            self.text.append(char)
            self.at.append(self.places[min(offset, len(self.places) - 1)])


def _flatten(block: Token, places: list[tuple[int, int]]) -> Stretch:
    writer = _Writer(block.content, places)
    _write_children(writer, block.children or [])
    return Stretch("".join(writer.text), tuple(writer.at), tuple(writer.roles))


def _write_children(writer: _Writer, children: list[Token]) -> None:
    bare_address = False
    for token in children:
        match token.type:
            case "text" if bare_address:
                writer.write(GAP, printed=token.content)
            case "text":
                writer.write(token.content)
            case "text_special":
                writer.write(token.content, printed=token.markup)
            case "softbreak" | "hardbreak":
                writer.write(" ", printed="\n")
            case "image":
                _write_children(writer, token.children or [])
            case "link_open" | "link_close":
                bare_address = token.type == "link_open" and token.markup == "autolink"
            case "code_inline" | "footnote_ref" | "substitution_inline":
                writer.write(GAP, printed=token.content)
            case "myst_role":
                _write_role(writer, token)
            case _:  # marks of emphasis and HTML tags: nothing to read
                pass


def _write_role(writer: _Writer, token: Token) -> None:
    name, words = token.meta["name"].lower(), token.content
    explicit = _EXPLICIT.fullmatch(words)
    said, target = explicit.groups() if explicit else ("", words)
    at = len(writer.text)
    silent = name in _SILENT_ROLES or name.startswith(_SILENT_FAMILIES)
    if silent or (name in _POINTERS and not explicit):
        writer.write(GAP, printed=words)
    else:
        writer.write(said or words)
    writer.roles.append(Role(name, said, target, at, writer.at[at]))


class _TextOfHtml(HTMLParser):
    """Collects the text between tags, without code, scripts and quotations."""

    def __init__(self, html: str, first: int) -> None:
        super().__init__()
        self.first, self.silent = first, 0
        self.found: list[Stretch] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, _: object) -> None:
        """Count how deep we are in what is not read."""
        self.silent += tag in _SILENT_TAGS

    def handle_endtag(self, tag: str) -> None:
        """Come up again."""
        self.silent = max(0, self.silent - (tag in _SILENT_TAGS))

    def handle_data(self, data: str) -> None:
        """Keep a text with its places."""
        if self.silent or not data.strip():
            return
        line, column = self.getpos()
        places = []
        for char in data:
            places.append((self.first + line, column + 1))
            line, column = (line + 1, 0) if char == "\n" else (line, column + 1)
        self.found.append(Stretch(data, tuple(places)))


_WORDS = frozenset({"title", "subtitle", "description", "finding"})
_CELL_OPTION = ":"  # begins a line of the cell's options
COMPUTED = "`…`"  # stands in an f-string for what is worked out


def picture_words(cell: str) -> Iterator[tuple[int, str]]:
    """Yield line (from 1) and words of each text that a cell gives to a picture.

    A text may be given by a name that the cell sets, or stand in another text by its
    name.

    >>> list(picture_words('sb.parts(x, title="A share")'))
    [(1, 'A share')]
    """
    lines = cell.split("\n")
    code = "\n".join("" if line.startswith(_CELL_OPTION) else line for line in lines)
    try:
        nodes = list(ast.walk(ast.parse(code)))
    # Whoever runs code that does not parse will be told.
    except (SyntaxError, ValueError):
        return
    given = [n.value for n in nodes if isinstance(n, ast.keyword) and n.arg in _WORDS]
    texts = [pair for n in nodes if isinstance(n, ast.Assign) for pair in _set(n)]
    names: set[str] = set()
    for value in given:  # which grows: a text by name may hold another by name
        new = set(_named(value)) - names
        names |= new
        given += [text for name, text in texts if name in new]
    for value in given:
        if words := _written(value):
            yield value.lineno, words


def _set(node: ast.Assign) -> Iterator[tuple[str, ast.expr]]:
    """Yield each name that an assignment sets, with what it is set to."""
    for target in node.targets:
        match target, node.value:
            case ast.Name(id=name), value:
                yield name, value
            case ast.Tuple(elts=names), ast.Tuple(elts=values):
                for to, value in zip(names, values, strict=False):
                    if isinstance(to, ast.Name):
                        yield to.id, value


def _named(value: ast.expr) -> Iterator[str]:
    """Yield the names that stand for a text, or for a part of it."""
    match value:
        case ast.Name(id=name):
            yield name
        case ast.JoinedStr(values=parts):
            for part in parts:
                if isinstance(part, ast.FormattedValue):
                    yield from _named(part.value)
        case ast.BinOp(left=left, right=right) | ast.IfExp(body=left, orelse=right):
            yield from _named(left)
            yield from _named(right)


def _written(value: ast.expr) -> str:
    """Return a text as it is written, with a gap for each part that is computed."""
    match value:
        case ast.Constant(value=str(words)):
            return words
        case ast.JoinedStr(values=parts):
            return "".join(_written(part) or COMPUTED for part in parts)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _written(left) + _written(right)
        case ast.IfExp(body=left, orelse=right):
            return f"{_written(left)} {_written(right)}".strip()
    return ""

"""The page of the interface: each name a notebook may use, what it does, an example.

Examples are not written for the page: they are calls that a notebook of the book makes,
which run whenever the notebooks do, or else the example in a function's docstring.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from docutils import nodes
from docutils.nodes import Node

from sourcebook.api import NAMES, find
from sourcebook.site.domain import SourcebookDomain
from sourcebook.views.answers import ChapterView
from sourcebook.views.chart_frame import ChartWords

ALIAS = "sb"  # what notebooks call the package
ALIAS_OF = {"sb.Practice.begin": "sb.Practice"}  # begun by a method of its own
LONGEST = 900  # characters of an example
_CELL = re.compile(r"^```\{code-cell\}.*?\n(.*?)^```", re.MULTILINE | re.DOTALL)
# What charts take alike is one type in the code, and spelt out for a reader.
_WORDS = re.compile(rf"\*\*\w+: '?Unpack\[{ChartWords.__name__}\]'?")
_SPELT = ", ".join(
    f"{name}: str" + ("" if name in ChartWords.__required_keys__ else " = ''")
    for name in ChartWords.__annotations__
)
_QUOTED = re.compile(r"(: |-> )'([^']+)'")
_CODE = re.compile(r"``?([^`]+)``?")


def show_api(domain: SourcebookDomain, _: str) -> list[Node]:
    """A section for the package, and one for what a chapter offers."""
    for path in _texts(domain.root):
        domain.env.note_dependency(str(path))
    used = examples(domain.root)
    methods = {
        f"chapter.{name}": held
        for name, held in vars(ChapterView).items()
        if inspect.isfunction(held) and not name.startswith("_")
    }
    package = _section("On the package", dict(public(used)), used)
    return [package, _section("On a chapter", methods, used)]


def _section(
    title: str, names: Mapping[str, Any], used: Mapping[str, str]
) -> nodes.section:
    section = nodes.section("", nodes.title("", title), ids=[nodes.make_id(title)])
    for name in sorted(names):
        section += _entry(name, names[name], used.get(name, ""))
    return section


def _entry(name: str, held: object, call: str) -> nodes.section:
    entry = nodes.section("", nodes.title("", "", nodes.literal("", name)))
    entry["ids"].append(nodes.make_id(f"api-{name}"))
    said, _, example = (inspect.getdoc(held) or "").partition(">>>")
    entry += nodes.literal_block("", f"{name}{signature(held)}", language="python")
    entry += [_paragraph(each) for each in said.strip().split("\n\n") if each]
    if call or example:
        kind = "python" if call else "pycon"
        entry += nodes.literal_block("", call or f">>>{example}", language=kind)
    return entry


def _paragraph(text: str) -> nodes.paragraph:
    """Return a docstring's paragraph, its code set as code."""
    paragraph = nodes.paragraph()
    for number, part in enumerate(_CODE.split(" ".join(text.split()))):
        paragraph += nodes.literal("", part) if number % 2 else nodes.Text(part)
    return paragraph


def public(used: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    """Yield the names on the package; of a module those that a notebook calls."""
    for name in NAMES:
        held, shown = find(name), f"{ALIAS}.{name}"
        if isinstance(held, ModuleType):
            inner = ((f"{shown}.{each}", what) for each, what in vars(held).items())
            yield from ((each, what) for each, what in inner if each in used)
        elif callable(held):
            yield shown, held


def signature(held: object) -> str:
    """Return how something is called, its types as they are written.

    >>> signature(signature)
    '(held: object) -> str'
    """
    try:
        said = str(inspect.signature(held))  # type: ignore[arg-type]  # it is callable
    except (TypeError, ValueError):
        return "()"
    named = "" if "*" in said.partition("**")[0] else "*, "
    return _QUOTED.sub(r"\1\2", _WORDS.sub(named + _SPELT, said))


def _texts(root: Path) -> list[Path]:
    return sorted(root.glob("notebooks/text/*/*.md"))


@cache
def examples(root: Path) -> dict[str, str]:
    """Return for each dotted name the shortest call that a notebook makes of it."""
    found: dict[str, str] = {}
    for path in _texts(root):
        for cell in _CELL.findall(path.read_text(encoding="utf-8")):
            for name, code in _calls(cell):
                best = found.get(name)
                if len(code) <= LONGEST and (best is None or len(code) < len(best)):
                    found[name] = code
    return found


def _calls(cell: str) -> Iterator[tuple[str, str]]:
    """Yield name and statement of each call on the package or on a chapter."""
    code = "\n".join("" if ln.startswith(":") else ln for ln in cell.split("\n"))
    try:
        body = ast.parse(code).body
    except SyntaxError:
        return
    for statement in body:
        said = ast.get_source_segment(code, statement) or ""
        for node in ast.walk(statement):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func)
                if name.startswith((f"{ALIAS}.", "chapter.")):
                    yield ALIAS_OF.get(name, name), said

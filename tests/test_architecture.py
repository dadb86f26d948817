"""The house is as its map says: names are there once, paths exist, nothing circles."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src"
MAP = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
MODULES = {
    ".".join(path.relative_to(SRC).with_suffix("").parts).removesuffix(
        ".__init__"
    ): path
    for path in sorted(SRC.rglob("*.py"))
}


def test_a_file_name_says_one_thing_in_the_whole_tree():
    names = Counter(path.name for path in MODULES.values())
    del names["__init__.py"]
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"`((?:src|tests|book)/[^`<]*)`", MAP)))
)
def test_the_map_names_what_is_there(path):
    assert (ROOT / path).exists()


@pytest.mark.parametrize(
    "room", sorted(each.name for each in SRC.glob("sourcebook/*/"))
)
def test_every_room_is_on_the_map(room):
    if room != "__pycache__":
        assert re.search(rf"^   {room}/ ", MAP, re.MULTILINE)


def imported(name: str) -> set[str]:
    """Our modules that a module imports: at once, later, or for its types alone."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= inner & set(MODULES) or {node.module}
    return found & set(MODULES) - {name}


# It imports a reader when a file of its kind comes in; each gives what it defines.
ASKS_WHEN_NEEDED = {"sourcebook.authoring.text_extraction"}


def test_nothing_runs_in_circles():
    left = {name: imported(name) for name in MODULES}
    # A package looks its parts up, and each of them is in it.
    left = {
        name: seen
        for name, seen in left.items()
        if "__init__" not in str(MODULES[name])
    }
    left = {name: seen & set(left) for name, seen in left.items()}
    for name in ASKS_WHEN_NEEDED:
        left[name] -= {each for each in left[name] if name in imported(each)}
    while free := [name for name, seen in left.items() if not seen]:
        for name in free:
            del left[name]
        for seen in left.values():
            seen -= set(free)
    assert left == {}

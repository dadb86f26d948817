"""The house is as its map says: names are there once, paths exist, nothing circles."""

from __future__ import annotations

import ast
import re
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src"
MAP = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
MODULES = {
    ".".join(path.relative_to(SRC).with_suffix("").parts).removesuffix(
        ".__init__"
    ): path
    for path in sorted(SRC.rglob("*.py"))
}
HOOKS = yaml.safe_load((ROOT / "tests/private_hooks.yml").read_text(encoding="utf-8"))
# What no public name is for: the linter's mark of it, and what is put into Python.
PRIVATE = re.compile(
    r"SLF001|\bbuiltins\.\w+ = |audithook\("
    r"|\bsys\.modules(\.setdefault|\.update|\[.*\] =)"
)
THEMES = ("sphinx_book_theme", "pydata_sphinx_theme", "sphinx.themes")


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


def test_every_hook_into_another_library_is_there_and_has_its_test():
    for hook in HOOKS:
        place, (file, _, test) = ROOT / hook["where"], hook["test"].partition("::")
        if place.is_dir():
            assert all((place / name).is_file() for name in hook["code"].split())
        else:
            assert hook["code"] in place.read_text(encoding="utf-8")
        assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8")
        assert hook["why"]
        assert hook["guard"]


def test_no_hook_is_left_off_the_list():
    for path in MODULES.values():
        listed = [hook["code"] for hook in HOOKS if ROOT / hook["where"] == path]
        for line in path.read_text(encoding="utf-8").splitlines():
            if PRIVATE.search(line):
                assert any(code in line for code in listed), line


def test_every_template_in_the_place_of_a_themes_is_listed():
    listed = {
        n for h in HOOKS if h["where"] == "book/_templates" for n in h["code"].split()
    }
    folders = [Path(next(iter(import_module(name).__path__))) for name in THEMES]
    theirs = {path.name for folder in folders for path in folder.rglob("*.html")}
    assert {
        path.name for path in ROOT.glob("book/_templates/*.html")
    } & theirs == listed

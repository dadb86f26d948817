"""Write a book of nothing but pages, to measure what rendering alone takes.

``python tests/bench/pages.py FOLDER 300`` writes 300 pages with the settings, templates
and extensions of this repository's own book, and one source of a few words. Nothing is
executed. With ``--plain`` the settings leave out what makes our own pages quicker, so
that the site is the same and the work is the theme's own. Build either with
``jupyter-book build FOLDER``.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
QUICK = ("sourcebook.site.theme",)
FOLDERS = 10  # folders the pages are spread over, each a part of the contents
COPIED = ("book/_static", "book/_templates", "CITATION.cff", "CHANGELOG.md")
TEXT = "Sales rose to 14 tons in 2021.\n"
CODEBOOK = {
    "topics": {"sales": "What was sold"},
    "measures": {},
    "denominators": [],
    "places": [],
    "concepts": {},
    "event_types": {},
}
WORDS = (
    "sales gas pipeline partner report border claim source energy trade talks treaty "
    "visit council contract winter price supply transit station company minister "
    "region promise figure measure passage reader chapter evidence number"
).split()


def page(number: int) -> str:
    """Return one page: sections with prose, a list, a table and a block of code."""
    parts = [f"# Page {number}: {_words(number, 3)}\n"]
    for section in range(6):
        seed = number * 100 + section
        parts += [
            f"## {_words(seed, 3).capitalize()} {_letters(seed)}\n",
            *(f"{_words(seed + turn, 60).capitalize()}.\n" for turn in range(4)),
            "\n".join(f"* {_words(seed + turn, 8)}" for turn in range(5)) + "\n",
        ]
    code = "\n".join(f"{word} = '{word}'.upper()" for word in _words(number, 6).split())
    return "\n".join([*parts, f"```python\n{code}\n```\n"])


def _words(seed: int, count: int) -> str:
    """Return words picked by their number: the same each time, and not all the same."""
    picked = (
        WORDS[(seed * 7 + turn * turn + turn * seed) % 30] for turn in range(count)
    )
    return " ".join(picked)


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def write_book(folder: Path, pages: int, *, plain: bool = False) -> None:
    """Write a book of ``pages`` pages into an empty or missing folder."""
    for name in COPIED:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copyfile(source, target)
    names = [f"part{n % FOLDERS}/page{n}" for n in range(pages)]
    for number, name in enumerate(["first", *names]):
        path = folder / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(number), encoding="utf-8")
    _write(folder / "_toc.yml", _contents(names))
    _write(folder / "_config.yml", _settings(plain=plain))
    _write_source(folder / "seeds")


def _contents(names: list[str]) -> dict[str, object]:
    parts = [
        {"caption": f"Part {n}", "chapters": [{"file": f} for f in names[n::FOLDERS]]}
        for n in range(FOLDERS)
    ]
    return {
        "format": "jb-book",
        "root": "first",
        "parts": [p for p in parts if p["chapters"]],
    }


def _settings(*, plain: bool) -> dict[str, object]:
    """Return the book's own settings without execution; plain without our shortcuts."""
    settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    settings["execute"] = {"execute_notebooks": "off"}
    ours = settings["sphinx"]["extra_extensions"]
    if plain:
        settings["sphinx"]["extra_extensions"] = [e for e in ours if e not in QUICK]
    return settings


def _write_source(seeds: Path) -> None:
    seeds.mkdir()
    (seeds / "acme.txt").write_text(TEXT, encoding="utf-8")
    (seeds / "references.bib").write_text(
        "@misc{acme-2021, title = {Sales}, author = {{Acme}}, year = {2021}}\n"
    )
    _write(seeds / "codebook.yml", CODEBOOK)
    _write(seeds / "second-coding.yml", {})
    _write(seeds / "actors.yml", {"Acme": {"kind": "organisation"}})
    sheet = {
        "file": "acme.txt",
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "issued": {"date": "2021", "quote": "2021"},
        "genre": "Report",
        "extent": {"state": "whole"},
        "coverage": {"state": "partial", "only": "nothing of it"},
        "claims": [],
    }
    _write(seeds / "acme-2021.yml", sheet)


def _write(path: Path, data: object) -> None:
    path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("pages", type=int)
    parser.add_argument("--plain", action="store_true")
    given = parser.parse_args()
    write_book(given.folder, given.pages, plain=given.plain)

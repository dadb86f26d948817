"""The files a build begins with: contents, settings, and how the book is cited.

Jupyter Book passes over a setting that it does not know, and a page that is not there
comes out as a warning of many lines; so their shape is checked here, and that what they
name is there. What is set for Sphinx and the theme is theirs to check, but for files
and for settings of our own.
"""

import importlib.util
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field
from sphinx_external_toc.parsing import MalformedError, parse_toc_data

from sourcebook.coding.plain_yaml import Where
from sourcebook.coding.schema import Strict, Words
from sourcebook.coding.sheets import Loaded, check_model, load_yaml, nearest
from sourcebook.data.citation import about_book
from sourcebook.errors import Fault, SheetError, SourcebookError
from sourcebook.running.execution_record import NOTEBOOK, OUTPUT, Limits

CONTENTS, SETTINGS = "_toc.yml", "_config.yml"
_ENDINGS = (".md", ".ipynb")
_OURS = "sourcebook_"  # how our own settings begin
_SET = {NOTEBOOK, OUTPUT} | {
    f"{_OURS}{name}" for name in ("allowed_numbers", "chapters", "editions", "url")
}
# Registers, answers and lists lead to the pages of each source and each chapter.
_LED_TO = (
    ("notebooks/sources", "seeds"),
    ("book/claims", "seeds"),
    ("notebooks/synthesis", "book/questions"),
)
_Anything = dict[str, Any]


class _Running(Strict):
    execute_notebooks: Literal["auto", "force", "cache", "inline", "off", False] = "off"
    cache: str = ""
    exclude_patterns: tuple[Words, ...] = ()
    timeout: Annotated[float, Field(gt=0)] = 120
    run_in_temp: bool = False
    allow_errors: bool = False
    stderr_output: str = "show"


class _Sphinx(Strict):
    recursive_update: bool = False
    extra_extensions: tuple[Words, ...] = ()
    local_extensions: _Anything = Field(default_factory=dict)
    config: _Anything = Field(default_factory=dict)


class _Settings(Strict):
    """What Jupyter Book 1 takes, and no more."""

    title: Words
    author: str = ""
    copyright: str = Field("", coerce_numbers_to_str=True)
    logo: str = ""
    exclude_patterns: tuple[Words, ...] = ()
    only_build_toc_files: bool = False
    bibtex_bibfiles: tuple[Words, ...] = ()
    execute: _Running = _Running()
    sphinx: _Sphinx = _Sphinx()
    parse: _Anything = Field(default_factory=dict)
    html: _Anything = Field(default_factory=dict)
    latex: _Anything = Field(default_factory=dict)
    launch_buttons: _Anything = Field(default_factory=dict)
    repository: _Anything = Field(default_factory=dict)
    comments_config: _Anything = Field(default_factory=dict)


def setting_errors(root: Path) -> Iterator[SourcebookError]:
    """Yield one error for each of these files that is at fault.

    A folder without settings is no book that could be built, such as a copy to try
    things out in: there is nothing to check.
    """
    checks = (_check_contents, _check_settings, about_book)
    for check in checks if (root / SETTINGS).is_file() else ():
        try:
            check(root)
        except SourcebookError as error:
            yield error


def _check_contents(root: Path) -> None:
    loaded = load_yaml(root / CONTENTS, shown=CONTENTS)
    try:
        parse_toc_data(loaded.data)
    except (MalformedError, AttributeError, TypeError, ValueError) as error:
        what, _, at = str(error).partition(" @ '")
        at, _, why = at.partition("'")
        where = tuple(int(k) if k.isdigit() else k for k in at.split("/") if k)
        said = f"{what}{why}"
        fix = "write it as the contents of Jupyter Book are written"
        raise SheetError(loaded.path, [loaded.fault(said, where, fix=fix)]) from None
    faults, seen = list[Fault](), set[Path]()
    for name, where in _pages(loaded.data, ()):
        page = root / name
        if page.suffix in _ENDINGS:
            page = page.with_suffix("")
        if ".." in page.parts or not _is_there(page):
            here = (p for end in _ENDINGS for p in root.glob(f"[bn]*/**/*{end}"))
            known = {p.relative_to(root).with_suffix("").as_posix() for p in here}
            fix = "correct the name, or take the line out"
            said = f"no page {name!r}{nearest(name, known)}"
            faults.append(loaded.fault(said, where, fix=fix))
        elif page in seen:
            said = f"{name!r} stands in the contents already"
            faults.append(loaded.fault(said, where, fix="take one of the two out"))
        seen.add(page)
    for folder, of in () if any(_pages(loaded.data, (), "glob")) else _LED_TO:
        for file in sorted((root / of).glob("*.yml")):
            page = root / folder / file.stem
            if page not in seen and _is_there(page):
                said = f"no line for {folder}/{file.stem}, which other pages lead to"
                fix = f"add `- file: {folder}/{file.stem}`, or `sourcebook remove` it"
                faults.append(loaded.fault(said, (), fix=fix))
    loaded.refuse(faults)


def _is_there(page: Path) -> bool:
    return any(page.with_name(f"{page.name}{end}").is_file() for end in _ENDINGS)


def _pages(
    node: object, where: Where, named: str = "file"
) -> Iterator[tuple[str, Where]]:
    """Yield each page with its place in the data, from the first to the last."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == named or (key == "root" and named == "file" and not where):
                yield value, (*where, key)
            elif key not in {"options", "defaults", "meta"}:
                yield from _pages(value, (*where, key), named)
    elif isinstance(node, list):
        for number, each in enumerate(node):
            yield from _pages(each, (*where, number), named)


def _check_settings(root: Path) -> None:
    loaded = load_yaml(root / SETTINGS, shown=SETTINGS)
    settings = check_model(loaded, _Settings)
    loaded.refuse([*_missing(root, loaded, settings), *_unknown(loaded, settings)])
    Limits.of(root)


def _missing(root: Path, loaded: Loaded, settings: _Settings) -> Iterator[Fault]:
    """Yield a fault for each file, folder and module that is named and not there."""
    config, at = settings.sphinx.config, ("sphinx", "config")
    fix = "correct the name, or put it there"
    named: list[tuple[str, Where, tuple[Path, ...]]] = [
        (name, ("bibtex_bibfiles", number), (root,))
        for number, name in enumerate(settings.bibtex_bibfiles)
    ]
    named += [(settings.logo, ("logo",), (root,))] if settings.logo else []
    folders = tuple(root / each for each in _texts(config, "html_static_path").values())
    for key, homes in {
        "html_static_path": (root,), "templates_path": (root,), "html_favicon": (root,),
        "html_css_files": folders, "html_js_files": folders,
    }.items():  # fmt: skip
        for number, name in _texts(config, key).items():
            place = (*at, key) if number < 0 else (*at, key, number)
            named += [] if "://" in name else [(name, place, homes)]
    for name, where, homes in named:
        if not any((home / name).exists() for home in homes):
            yield loaded.fault(f"no file or folder {name!r}", where, fix=fix)
    for number, name in enumerate(settings.sphinx.extra_extensions):
        with suppress(ImportError, ValueError):
            if importlib.util.find_spec(name) is not None:
                continue
        where = ("sphinx", "extra_extensions", number)
        yield loaded.fault(f"no extension {name!r}", where, fix="correct its name")


def _texts(config: _Anything, key: str) -> dict[int, str]:
    """Return the texts that a setting has, by their numbers; one alone has -1."""
    given = config.get(key) or ()
    listed = enumerate(given) if isinstance(given, list) else [(-1, given)]
    return {number: each for number, each in listed if isinstance(each, str)}


def _unknown(loaded: Loaded, settings: _Settings) -> Iterator[Fault]:
    for key in settings.sphinx.config:
        if key.startswith(_OURS) and key not in _SET:
            said = f"unknown setting {key!r}{nearest(key, _SET)}"
            where = ("sphinx", "config", key)
            yield loaded.fault(said, where, fix="correct its name, or take it out")

"""A new collection of documents, which builds, tests and publishes as it is.

It holds pages, an empty codebook, and one example in our own words. What draws pages
(styles, scripts, templates) and what pins libraries is that of the collection from
which it is begun; the engine comes along as a wheel, since no registry has it. All of
it is made beside the new folder and put there in one step, or not at all.
"""

import datetime as dt
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import sourcebook
from sourcebook.authoring.add import run_or_write
from sourcebook.authoring.json_schemas import FILES, schema_text
from sourcebook.authoring.sheet_writing import in_markdown, register_page
from sourcebook.data.citation import short_slug
from sourcebook.errors import SourcebookError

EXAMPLE = "example-2024"
_TEMPLATES = Path(__file__).parent / "collection"
_COPIED = ("book/_static", "book/_templates", "requirements.lock")
_PAIR = f"notebooks/text/sources/{EXAMPLE}.md"
_PLACES = {  # what does not lie where its template does
    "gitignore": ".gitignore",
    "workflow.yml": ".github/workflows/book.yml",
    "text/example.md": _PAIR,
    "test_site.txt": "tests/test_site.py",
    "seeds/example.yml": f"seeds/{EXAMPLE}.yml",
}
_NAME = re.compile(r"\$(title|quoted|heading|author|slug|today|sha256|example)\b")
# The hook of its build backend, which the lock pins: no pip and no network is needed.
_PACK = "import sys; from setuptools.build_meta import build_wheel as b; b(sys.argv[1])"
_PACKED = ("pyproject.toml", "LICENSE", "LICENSE-CONTENT", "src")  # what a wheel is of
_OWN = re.compile(r"(?m)^(title|author|copyright):.*$")  # settings of each book


def begin(folder: Path, *, title: str, author: str, like: Path) -> tuple[str, ...]:
    """Make a collection in a new folder; return what there is to say.

    ``like`` is the collection that it looks like. Raises `SourcebookError`.
    """
    folder = folder.resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        said = f"{folder}: is there already, and nothing is overwritten"
        raise SourcebookError(said, fix="name a new folder, or empty that one")
    title, author = " ".join(title.split()), " ".join(author.split())
    for name, words in {"title": title, "author": author}.items():
        if not (words and words.isprintable()):
            said = f"{words!r} is no {name}"
            raise SourcebookError(said, fix=f"give one with --{name}")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=folder.parent) as beside:
            made = Path(beside) / "collection"
            _fill(made, title=title, author=author, like=like)
            made.replace(folder)
    except OSError as error:
        fix = "nothing was made; make room, or name a folder that you may write"
        raise SourcebookError(f"{folder}: {error.strerror}", fix=fix) from error
    return tuple(run_or_write(folder / _PAIR))


def _fill(made: Path, *, title: str, author: str, like: Path) -> None:
    for name, text in _texts(_words(title, author)):
        _put(made / name, text)
    for name in FILES:
        _put(made / name, schema_text(name))
    _put(made / "book" / "claims" / f"{EXAMPLE}.md", register_page(EXAMPLE))
    settings = (like / "_config.yml").read_text(encoding="utf-8")
    _put(made / "_config.yml", _settings(settings, title=title, author=author))
    for name in _COPIED:
        _copy(like / name, made / name)
    _bring_engine(made / "vendor", like)


def _copy(there: Path, here: Path) -> None:
    if there.is_dir():
        unpacked = shutil.ignore_patterns("__pycache__", "*.egg-info")
        shutil.copytree(there, here, ignore=unpacked)
    else:
        shutil.copyfile(there, here)


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _words(title: str, author: str) -> dict[str, str]:
    """Return what stands in templates for each name."""
    document = _TEMPLATES / "seeds" / "000_example.txt"
    return {
        "title": title,
        "quoted": json.dumps(title, ensure_ascii=False),  # which is YAML as well
        "heading": in_markdown(title),
        "author": json.dumps(author, ensure_ascii=False),
        "slug": short_slug(title),
        "today": dt.datetime.now(dt.UTC).date().isoformat(),
        "sha256": hashlib.sha256(document.read_bytes()).hexdigest(),
        "example": EXAMPLE,
    }


def _texts(words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield place and text of every file that is made from a template."""
    for path in sorted(_TEMPLATES.rglob("*")):
        name = path.relative_to(_TEMPLATES).as_posix()
        if path.is_file() and path.suffix != ".pyc":
            text = path.read_text(encoding="utf-8")
            yield _PLACES.get(name, name), _NAME.sub(lambda at: words[at[1]], text)


def _settings(config: str, *, title: str, author: str) -> str:
    """Return a configuration for another book: with its own names."""
    own = {"title": title, "author": author, "copyright": author}
    said = {name: json.dumps(words, ensure_ascii=False) for name, words in own.items()}
    return _OWN.sub(lambda line: f"{line[1]}: {said[line[1]]}", config)


def _bring_engine(vendor: Path, like: Path) -> None:
    """Put the engine into a folder, as a wheel. Raises `SourcebookError`."""
    vendor.mkdir(parents=True)
    if wheels := sorted((like / "vendor").glob("sourcebook-*.whl")):
        shutil.copyfile(wheels[-1], vendor / wheels[-1].name)
        return
    source = Path(sourcebook.__file__).parents[2]
    if not (source / "pyproject.toml").is_file():
        said = "the engine is neither in vendor/ nor in a folder it can be packed from"
        fix = "put its wheel into vendor/ of the collection at hand"
        raise SourcebookError(said, fix=fix)
    with tempfile.TemporaryDirectory() as beside:  # packing leaves its tools' traces
        for name in _PACKED:
            _copy(source / name, Path(beside) / name)
        done = subprocess.run(  # noqa: S603 - our own arguments
            [sys.executable, "-c", _PACK, str(vendor.resolve())],
            check=False,
            capture_output=True,
            text=True,
            cwd=beside,
        )
    if done.returncode:
        said = f"the engine cannot be packed: {done.stderr.strip()[-400:]}"
        raise SourcebookError(said, fix="make env, which brings what packs it")

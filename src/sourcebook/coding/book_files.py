"""The files of a book: where they are, what they hold, and how they are written.

Below that, where things stand in the built site: shared by pages, links and exports.

Nothing here imports more than the standard library: whoever asks whether anything has
changed, and mostly is told no, loads it first.
"""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from sourcebook.errors import SheetError, SourcebookError, printable

HELD = ("seeds", "book", "notebooks")  # and what lies at the top
_NEEDED = {False: os.R_OK, True: os.R_OK | os.X_OK}  # of a file, of a folder
_FILES = ("_toc.yml", "_config.yml", "CITATION.cff", "seeds/references.bib")
# Of names: what steers a terminal, turns or parts letters unseen, or is not UTF-8.
_UNSHOWN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def find_root(start: Path | None = None) -> Path:
    """Return the book's folder: the nearest upwards with ``seeds`` and ``_toc.yml``.

    Raises `SourcebookError` when there is none.
    """
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / "seeds").is_dir() and os.path.lexists(folder / "_toc.yml"):
            return folder
    raise SourcebookError(
        f"{start}: not inside a book (no folder with seeds/ and _toc.yml above it)\n"
        "  fix: change into the folder of a book, or pass its path: sourcebook --root; "
        "from there `sourcebook init FOLDER --title TITLE` begins another"
    )


def refuse_unreadable(root: Path) -> None:
    """Raise `SourcebookError` for what is no file where one belongs, or is not ours."""
    # Whoever opened a pipe would wait for ever, and a folder that cannot be read looks
    # empty: both are looked for before anything is opened. Hidden names are an editor's
    # own.
    below = (os.walk(root / folder) for folder in (*HELD, "_build/.sourcebook"))
    found = {Path(here, name) for walk in below for here, folders, names in walk
             for name in folders + names} | {*root.iterdir()}  # fmt: skip
    seen = [path for path in sorted(found) if not path.name.startswith(".")]
    closed = [path for path in seen if os.access(path, os.F_OK)
              and not os.access(path, _NEEDED[path.is_dir()])]  # fmt: skip
    _refuse(closed, root, "not for us to read", "make it yours (chmod, chown)")
    odd = [path for path in seen if not (path.is_file() or path.is_dir())]
    said = "no file, but a link to nowhere, a pipe, a socket or a device"
    _refuse(odd, root, said, "put the file itself there")
    unseen = [path for path in seen if _UNSHOWN.search(path.name)]
    _refuse(unseen, root, "a name that cannot be shown or is not UTF-8", "rename it")
    folders = [path for path in map(root.joinpath, _FILES) if path.is_dir()]
    _refuse(folders, root, "a folder", "put the file itself there")


def _refuse(paths: list[Path], root: Path, said: str, fix: str) -> None:
    named = [printable(path.relative_to(root).as_posix()) for path in paths]
    if named:
        told = "\n".join(f"{name}: {said}" for name in named)
        raise SourcebookError(f"{told}\n  fix: {fix}")


def put(path: Path, content: bytes) -> bool:
    """Put ``content`` at ``path`` in one step or not at all; say whether it is new.

    Its folder is made; what was there stays whole until then, also on a full disk.
    """
    # One that is the same keeps its time: by that, others see whether it is another.
    if path.is_file() and path.read_bytes() == content:
        return False
    part = path.with_name(f".{path.name}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:  # a full disk: half a file is in nobody's way
        with suppress(OSError):
            part.unlink()
        error.filename = error.filename or str(path)  # which a full disk does not say
        raise
    return True


def file_text(path: Path, shown: str) -> str:
    """Return a file's text. Raises `SheetError` where it is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        fault = f"not UTF-8 at byte {error.start}\n  fix: save it as UTF-8"
        raise SheetError(shown, [fault]) from None


def digest(parts: Iterable[str]) -> str:
    """Return one SHA-256 of some texts.

    >>> digest(["ab", "c"]) == digest(["a", "bc"])
    False
    """
    return sha256("\0".join(parts).encode()).hexdigest()


def contents(files: Iterable[Path], *, below: Path | None = None) -> Iterator[str]:
    """Yield name and SHA-256 of each file that is there; its path ``below`` a folder.

    By bytes and not by time: a checkout gives every file the time it was made.
    """
    for path in files:
        if path.is_file():
            yield path.relative_to(below).as_posix() if below else path.name
            yield sha256(path.read_bytes()).hexdigest()


REGISTER = "book/claims"  # the folder with one page of claims for each source
CHAPTERS = "notebooks/synthesis"  # the folder with one page for each set of questions
RECORD_PAGE = f"{CHAPTERS}/record"  # the page that shows every fact from outside
BADGES = "book/how-to-read.html#badges"  # what each badge of an answer means
DATA = "data"  # the folder of downloads, at the root of the site
DOWNLOADS = tuple(
    "absences.json annotations.jsonld census.json claims.csv claims.json "
    "claims.jsonld codebook.csv codebook.json codings.csv codings.json "
    "corrections.csv corrections.json datapackage.json differences.csv "
    "differences.json manifest.json questions.csv questions.json record.csv "
    "record.json references.bib relations.csv relations.json second.csv second.json "
    "sources.csl.json sources.csv trust.json waivers.json".split()
)


def slug(words: str) -> str:
    """Return words as a part of an address.

    >>> slug("Georgia's place, 2025")
    'georgia-s-place-2025'
    """
    return "-".join(re.findall(r"[a-z0-9]+", words.lower()))


def register_page(name: str) -> str:
    """Return the page that lists a claim, or all claims of a source.

    >>> register_page("acme-2021/sales-in-may"), register_page("acme-2021")
    ('book/claims/acme-2021', 'book/claims/acme-2021')
    """
    return f"{REGISTER}/{name.partition('/')[0]}"


def claim_anchor(name: str) -> str:
    """Return the HTML id of a claim's entry in the register.

    >>> claim_anchor("acme-2021/sales-in-may")
    'claim-acme-2021-sales-in-may'
    """
    return f"claim-{name.replace('/', '-')}"


def question_page(chapter: str) -> str:
    """Return the page that answers the questions of a chapter.

    >>> question_page("gas")
    'notebooks/synthesis/gas'
    """
    return f"{CHAPTERS}/{chapter}"


def question_anchor(question: str) -> str:
    """Return the HTML id of a question's card on its chapter's page.

    >>> question_anchor("share-of-eu-gas")
    'question-share-of-eu-gas'
    """
    return f"question-{question}"


def fact_anchor(fact: str) -> str:
    """Return the HTML id of a fact's entry on the page of the record.

    >>> fact_anchor("mandate-2016")
    'fact-mandate-2016'
    """
    return f"fact-{fact}"

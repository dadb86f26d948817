"""Files written all together or not at all.

Everything is first written beside its place, under another name; only then is each
file put in its place in one step. A new file never goes over another, and a file that
is edited must still be as it was read. Whatever goes wrong, Ctrl-C included, every file
and folder is put back as it was.

One more line of the book's contents goes after the last one of its kind, in the same
hand. What comes out must read as the old contents and one more entry, or nothing is
done.
"""

import fcntl
import json
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import TracebackType
from typing import IO, Any, Self

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from sourcebook.errors import SourcebookError

TOC = "_toc.yml"
BEGUN = "_build/.sourcebook/begun"  # notes of what is being written, each locked
_BESIDE, _PLACING = b"0", b"1"  # how far it is: the first byte of a note
_SPARE = 8_000_000  # bytes that undoing may take, where memory is what is short
_FIRST = {  # below which page the first one of a folder stands
    "notebooks/sources": "book/sources",
    "notebooks/synthesis": "book/questions",
    "book/claims": "book/claims",
}


def with_page(contents: str, page: str) -> str:
    """Return the contents with a page after the last of its folder.

    Raises `SourcebookError` where the page is there, or no page of its folder is.
    """
    folder = page.rpartition("/")[0]
    pages = list(_pages(_read(contents)))
    if page in [name for name, _, _ in pages]:
        raise SourcebookError(
            f"{TOC}: {page} is in the contents already\n  fix: choose another key"
        )
    beside = [
        (line, column)
        for name, line, column in pages
        if name.rpartition("/")[0] == folder
    ] or [(line, column) for name, line, column in pages if name == _FIRST.get(folder)]
    if not beside:
        raise SourcebookError(
            f"{TOC}: no list with a page of {folder}/ to stand beside\n"
            f"  fix: add a part with `- file: {folder}/…` for a page that is there"
        )
    line, column = max(beside)
    lines = contents.splitlines(keepends=True)
    last = lines[line]
    if last[:column].strip() != "-":
        raise SourcebookError(
            f"{TOC}: line {line + 1} is not a line of its own for one page\n"
            "  fix: write one page a line, as `- file: …`"
        )
    if not last.endswith("\n"):
        lines[line] += "\n"
    lines.insert(line + 1, f"{last[:column]}file: {page}\n")
    after = "".join(lines)
    if _without(_read(after), page) != _read(contents):
        raise SourcebookError(
            f"{TOC}: {page} cannot be put below line {line + 1}\n"
            "  fix: write one page a line, without sections below the last one"
        )
    return after


def _read(contents: str) -> Any:  # noqa: ANN401 - plain data of any shape
    try:
        return YAML().load(contents)
    except YAMLError as error:
        raise SourcebookError(
            f"{TOC}: {' '.join(str(error).split())}\n  fix: mend it first"
        ) from None


def _without(node: Any, page: str) -> Any:  # noqa: ANN401
    """Return contents without the entry of a page that has nothing but its file."""
    if isinstance(node, dict):
        return {key: _without(value, page) for key, value in node.items()}
    if isinstance(node, list):
        return [_without(item, page) for item in node if item != {"file": page}]
    return node


def _pages(node: Any) -> Iterator[tuple[str, int, int]]:  # noqa: ANN401
    """Yield each page with the line and the column of its `file:`, both from 0."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in {"file", "root"} and isinstance(value, str):
                line, column = node.lc.key(key)  # type: ignore[attr-defined]
                yield value, line, column
            else:
                yield from _pages(value)
    elif isinstance(node, list):
        for item in node:
            yield from _pages(item)


def with_register(page: str, link: str) -> str:
    """Return the page of all claims with one more link, below the last of its kind."""
    lines = page.splitlines(keepends=True)
    links = [n for n, line in enumerate(lines) if line.startswith("* [Claims of ")]
    if not links:
        return f"{page.rstrip()}\n\n{link}\n"
    if not lines[links[-1]].endswith("\n"):
        lines[links[-1]] += "\n"
    lines.insert(links[-1] + 1, f"{link}\n")
    return "".join(lines)


class Changes:
    """What is to be written in a folder, as a context: kept when it ends without error.

    ``create`` and ``edit`` only note; ``write`` does it. ``expect`` names a file that
    somebody else will make in the meantime, and that must go if all is undone.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._new: dict[Path, bytes] = {}
        self._made: dict[Path, str] = {}  # digests of what is new
        self._edited: dict[Path, tuple[bytes, bytes]] = {}
        self._expected: list[Path] = []
        self._moved: dict[Path, Path | None] = {}  # to where; None for what goes
        self._held: dict[Path, bytes] = {}
        self._folders: list[Path] = []
        self._placed: list[Path] = []
        self._replaced: list[Path] = []
        self._spare: bytes | bytearray = b""
        self._note: IO[bytes] | None = None

    def create(self, path: Path, data: str | bytes) -> None:
        """Note a new file. Raises `SourcebookError` where there is one already."""
        self._refuse_there(path, "key")
        self._new[path] = data.encode() if isinstance(data, str) else data
        self._made[path] = _digest(self._new[path])

    def edit(self, path: Path, before: bytes, after: str) -> None:
        """Note a file's new content, and what it must hold until then."""
        if path in self._moved.values():
            self._edited[path] = (before, after.encode())
            return
        writable = os.access(path, os.W_OK) and path.stat().st_mode & 0o222
        if path.is_symlink() or not path.is_file() or not writable:
            raise SourcebookError(
                f"{self.shown(path)}: cannot be written\n"
                "  fix: make it a plain file that you may write"
            )
        self._edited[path] = (before, after.encode())

    def expect(self, path: Path) -> None:
        """Name a file that is made by others while this goes on."""
        self._refuse_there(path, "key")
        self._expected.append(path)

    def remove(self, path: Path) -> None:
        """Note that a file is to go."""
        self._moved[path] = None

    def move(self, path: Path, to: Path) -> None:
        """Note that a file is to lie elsewhere; edits of it name where it then lies."""
        self._refuse_there(to, "name")
        self._moved[path] = to

    def _refuse_there(self, path: Path, what: str) -> None:
        if os.path.lexists(path):
            raise SourcebookError(
                f"{self.shown(path)}: exists already, and nothing is overwritten\n"
                f"  fix: choose another {what}, or remove the file if it is left over"
            )

    def hold(self, path: Path) -> None:
        """Keep a file that others write meanwhile, to be put back if all is undone."""
        before = {to: path for path, to in self._moved.items() if to}.get(path, path)
        if before.is_file():
            self._held[path] = before.read_bytes()

    @property
    def touched(self) -> set[Path]:
        """The files that will be written, and are not gone."""
        moved = filter(None, self._moved.values())
        return {*self._made, *self._edited, *self._held, *moved}

    def shown(self, path: Path) -> str:
        """Return a path as it is told: from the top of the book."""
        inside = path.is_relative_to(self.root)
        return (path.relative_to(self.root) if inside else path).as_posix()

    @property
    def told(self) -> tuple[str, ...]:
        """What was written, a line each, the new files first."""
        made = [f"wrote  {self.shown(path)}" for path in self._new]
        made += [f"wrote  {self.shown(p)}" for p in self._expected if p.is_file()]
        for path, to in self._moved.items():
            where = f" to {self.shown(to)}" if to else ""
            made.append(f"{'moved' if to else 'removed'} {self.shown(path)}{where}")
        return (*made, *(f"edited {self.shown(path)}" for path in self._edited))

    def write(self) -> None:
        """Write everything. Raises `SourcebookError` when the disk refuses."""
        longest = max(map(len, self._new.values()), default=0)
        self._spare = bytearray(longest + _SPARE)
        try:
            self._begin()
            for path, to in self._moved.items():
                path.rename(_before(path))
                if to:
                    self._make_folder(to.parent)
                    to.write_bytes(_before(path).read_bytes())
            for path, data in self._new.items():
                self._make_folder(path.parent)
                _beside(path).write_bytes(data)
            for path in self._expected:
                self._make_folder(path.parent)
            for path, (before, after) in self._edited.items():
                for copy, data in ((_beside(path), after), (_before(path), before)):
                    copy.write_bytes(data)
                    copy.chmod(path.stat().st_mode & 0o7777)
            self._all_beside()
            for path in self._new:
                self._placed.append(path)
                os.link(_beside(path), path)  # refuses where a file has appeared
                _beside(path).unlink()
            for path, (before, _) in self._edited.items():
                self._replace(path, before)
        except OSError as error:
            raise SourcebookError(
                f"{self._named(error)}: {error.strerror}\n"
                "  fix: nothing was changed; make room or get the right to write there"
            ) from error

    def _named(self, error: OSError) -> str:
        """Return the file that an error of the disk is about, under its own name."""
        name = str(error.filename2 or error.filename or self.root)
        files = {str(_beside(path)): path for path in [*self._new, *self._edited]}
        path = files.get(name, Path(name))
        return str(path) if path == self.root else self.shown(path)

    def _replace(self, path: Path, before: bytes) -> None:
        if path.read_bytes() != before:
            raise SourcebookError(
                f"{self.shown(path)}: was changed meanwhile\n"
                "  fix: nothing was changed here; try again"
            )
        self._replaced.append(path)
        _beside(path).replace(path)

    def _make_folder(self, folder: Path) -> None:
        if not folder.is_dir():
            self._make_folder(folder.parent)
            folder.mkdir()
            self._folders.append(folder)

    def undo(self) -> None:
        """Put everything back as it was."""
        for path in self._replaced:
            if _before(path).is_file():
                _before(path).replace(path)
        self._move_back()
        for path in self._placed:
            if path.is_file() and _digest(path.read_bytes()) == self._made[path]:
                path.unlink()
        for path in self._expected:
            _drop(path)
        for path in [*self._expected, *self._held]:
            _drop(path.with_name(f".{path.name}.part"))
        self._tidy()
        for folder in reversed(self._folders):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()

    def _move_back(self) -> None:
        for path, to in self._moved.items():
            if _before(path).is_file():
                if to:
                    to.unlink(missing_ok=True)
                _before(path).replace(path)
        for path in self._held.keys() - set(self._moved.values()):
            path.write_bytes(self._held[path])

    def _tidy(self) -> None:
        for path in [*self._made, *self._edited, *self._moved]:
            _drop(_beside(path))
            _drop(_before(path))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Undo everything if the context ends with an error."""
        self._spare = b""
        with _undisturbed():
            self._tidy() if kind is None else self.undo()
            self._done()

    def _begin(self) -> None:
        """Note what is begun, for who is killed, where a `_build` is ours to write."""
        places = [*self._made, *self._expected, *filter(None, self._moved.values())]
        folders = {up for path in places for up in path.parents if not up.is_dir()}
        note = {
            "made": {str(path): digest for path, digest in self._made.items()},
            "edited": {
                str(p): _digest(after) for p, (_, after) in self._edited.items()
            },
            "moved": {str(path): str(to or "") for path, to in self._moved.items()},
            "held": {str(p): data.decode("latin-1") for p, data in self._held.items()},
            "expected": [str(path) for path in self._expected],
            "folders": sorted(map(str, folders)),
        }
        with suppress(PermissionError):
            place = self.root / BEGUN
            place.mkdir(parents=True, exist_ok=True)
            self._note = NamedTemporaryFile(dir=place, delete=False)  # noqa: SIM115
            try:
                fcntl.flock(self._note, fcntl.LOCK_EX)
            except OSError:  # a file system without locks: others would take it back
                self._done()
                return
            self._note.write(_BESIDE + json.dumps(note).encode())
            self._note.flush()

    def _all_beside(self) -> None:
        """Note that what was there lies whole beside its place."""
        if self._note:
            os.pwrite(self._note.fileno(), _PLACING, 0)

    def _done(self) -> None:
        if self._note:
            Path(self._note.name).unlink(missing_ok=True)
            self._note.close()
            self._note = None

    def go_on(self, note: dict[str, Any], *, placing: bool) -> None:
        """Take what somebody else began as our own, as far as it is as they left it."""
        self._made = {Path(name): digest for name, digest in note["made"].items()}
        self._edited = {Path(name): (b"", b"") for name in note["edited"]}
        self._moved = {
            Path(p): Path(to) if to else None for p, to in note["moved"].items()
        }
        self._held = {Path(p): d.encode("latin-1") for p, d in note["held"].items()}
        self._expected = [Path(name) for name in note["expected"]]
        self._folders = [Path(name) for name in note["folders"]]
        if placing:
            self._placed = list(self._made)
            after = {Path(name): digest for name, digest in note["edited"].items()}
            there = (path for path in after if path.is_file())
            self._replaced = [p for p in there if _digest(p.read_bytes()) == after[p]]


def take_back(root: Path) -> tuple[str, ...]:
    """Undo what was begun by who was killed, and not edited since; return the files.

    Who is still at it has the note locked.
    """
    told: list[str] = []
    for path in sorted((root / BEGUN).glob("*")):
        changes = Changes(root)
        with suppress(OSError), path.open("r+b") as note:
            fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
            state, begun = note.read(1), note.read()
            with suppress(ValueError, KeyError, TypeError, AttributeError):  # cut off
                changes.go_on(json.loads(begun), placing=state == _PLACING)
            told += map(changes.shown, changes.touched)
            with _undisturbed():
                changes.undo()
            path.unlink()
    return tuple(told)


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _drop(path: Path) -> None:
    """Remove a file where there is one; a disk that is read only is not asked to."""
    if os.path.lexists(path):
        path.unlink()


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")


def _before(path: Path) -> Path:
    return path.with_name(f".{path.name}.old")


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let neither a second Ctrl-C nor SIGTERM stop what is being put back."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ways = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(each, signal.SIG_IGN) for each in ways]
    try:
        yield
    finally:
        list(map(signal.signal, ways, before))

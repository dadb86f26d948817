"""Files written all together or not at all.

Everything is first written beside its place, under another name, and a copy of what
there is; only then is each file put in its place in one step. A new file never goes
over another, and a file that is edited must still be as it was read. Whatever goes
wrong, Ctrl-C included, every file and folder is put back as it was. What a killed
command began, the next one takes back, by the note it left.
"""

import fcntl
import json
import os
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any, Self

from sourcebook.errors import SourcebookError

BEGUN = "_build/.sourcebook/begun"  # notes of what is being written, each locked
_BESIDE, _PLACING = b"0", b"1"  # how far it is: the first byte of a note
_SPARE = 8_000_000  # bytes that undoing may take, where memory is what is short


class Changes:
    """What is to be written in a folder, as a context: kept when it ends without error.

    ``create`` and ``edit`` only note; ``write`` does it. ``expect`` names a file that
    somebody else will make in the meantime, and that must go if all is undone.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._plan: dict[Path, bytes | None] = {}  # what files will hold; None: no file
        self._before: dict[Path, bytes] = {}  # what there is must hold until then
        self._moved: dict[Path, Path | None] = {}  # to where; None for what goes
        self._edited: list[Path] = []
        self._expected: list[Path] = []
        self._digests: dict[Path, str] = {}  # of the plan; "" for no file
        self._others: list[Path] = []  # that others write meanwhile
        self._folders: list[Path] = []
        self._placing = False
        self._spare: bytes | bytearray = b""
        self._note: IO[bytes] | None = None

    def create(self, path: Path, data: str | bytes) -> None:
        """Note a new file. Raises `SourcebookError` where there is one already."""
        self._refuse_there(path, "key")
        self._plan[path] = data.encode() if isinstance(data, str) else data

    def edit(self, path: Path, before: bytes, after: str) -> None:
        """Note a file's new content, and what it must hold until then."""
        if path not in self._moved.values():
            writable = os.access(path, os.W_OK) and path.stat().st_mode & 0o222
            if path.is_symlink() or not path.is_file() or not writable:
                fix = "make it a plain file that you may write"
                raise SourcebookError(f"{self.shown(path)}: cannot be written", fix=fix)
            self._before[path] = before
        self._plan[path] = after.encode()
        self._edited.append(path)

    def expect(self, path: Path) -> None:
        """Name a file that is made by others while this goes on."""
        self._refuse_there(path, "key")
        self._expected.append(path)

    def remove(self, path: Path) -> None:
        """Note that a file is to go."""
        self._before[path] = path.read_bytes()
        self._plan[path] = self._moved[path] = None

    def move(self, path: Path, to: Path) -> None:
        """Note that a file is to lie elsewhere; edits of it name where it then lies."""
        self._refuse_there(to, "name")
        self.remove(path)
        self._plan[to] = self._before[path]
        self._moved[path] = to

    def _refuse_there(self, path: Path, what: str) -> None:
        if os.path.lexists(path):
            said = f"{self.shown(path)}: exists already, and nothing is overwritten"
            fix = f"choose another {what}, or remove the file if it is left over"
            raise SourcebookError(said, fix=fix)

    def hold(self, path: Path) -> None:
        """Keep a file that others write meanwhile, to be put back if all is undone."""
        if path.is_file() or path in self._plan:
            self._others.append(path)

    @property
    def touched(self) -> set[Path]:
        """The files that are to be written here."""
        return {path for path, data in self._plan.items() if data is not None}

    def shown(self, path: Path) -> str:
        """Return a path as it is told: from the top of the book."""
        inside = path.is_relative_to(self.root)
        return (path.relative_to(self.root) if inside else path).as_posix()

    @property
    def told(self) -> tuple[str, ...]:
        """What was written, a line each, the new files first."""
        old = {*self._before, *self._moved.values()}
        new = [*(path for path in self._plan if path not in old), *self._expected]
        made = [f"wrote  {self.shown(path)}" for path in new if path.is_file()]
        for path, to in self._moved.items():
            where = f" to {self.shown(to)}" if to else ""
            made.append(f"{'moved' if to else 'removed'} {self.shown(path)}{where}")
        return (*made, *(f"edited {self.shown(path)}" for path in self._edited))

    def write(self) -> None:
        """Write everything. Raises `SourcebookError` when the disk refuses."""
        longest = max((len(data) for data in self._plan.values() if data), default=0)
        self._spare = bytearray(longest + _SPARE)
        self._others += self._expected
        self._digests = dict.fromkeys(self._others, "")
        self._digests |= {
            p: "" if d is None else _digest(d) for p, d in self._plan.items()
        }
        above = {up for path in self._digests for up in path.parents}
        self._folders = sorted(folder for folder in above if not folder.is_dir())
        try:
            self._begin()
            self._lay_beside()
            for path, data in self._plan.items():
                self._place(path, gone=data is None)
        except OSError as error:
            said = f"{self._named(error)}: {error.strerror}"
            fix = "nothing was changed; make room or get the right to write there"
            raise SourcebookError(said, fix=fix) from error

    def _lay_beside(self) -> None:
        """Put what is to be, and what there is, beside its place; note that it is."""
        for folder in self._folders:
            folder.mkdir()
        for path in filter(Path.is_file, self._digests):
            shutil.copy2(path, _old(path))
        for path, data in self._plan.items():
            if data is not None:
                _new(path).write_bytes(data)
            if path in self._before and data is not None:
                shutil.copymode(path, _new(path))
        self._placing = True
        if self._note:
            os.pwrite(self._note.fileno(), _PLACING, 0)

    def _place(self, path: Path, *, gone: bool) -> None:
        if path in self._before and path.read_bytes() != self._before[path]:
            fix = "nothing was changed here; try again"
            raise SourcebookError(f"{self.shown(path)}: was changed meanwhile", fix=fix)
        if gone:
            path.unlink()
        elif path in self._before:
            _new(path).replace(path)
        else:
            os.link(_new(path), path)  # refuses where a file has appeared
            _new(path).unlink()

    def _named(self, error: OSError) -> str:
        """Return the file that an error of the disk is about, under its own name."""
        name = str(error.filename2 or error.filename or self.root)
        path = {str(_new(path)): path for path in self._plan}.get(name, Path(name))
        return str(path) if path == self.root else self.shown(path)

    def undo(self) -> None:
        """Put everything back as it was, but for what was edited since."""
        for path, digest in self._digests.items() if self._placing else ():
            now = _digest(path.read_bytes()) if path.is_file() else ""
            if now != digest and path not in self._others:
                continue
            if _old(path).is_file():
                _old(path).replace(path)
            else:
                _drop(path)
        for path in self._others:
            _drop(path.with_name(f".{path.name}.part"))
        self._tidy()
        for folder in reversed(self._folders):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()

    def _tidy(self) -> None:
        for path in self._digests:
            _drop(_new(path))
            _drop(_old(path))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Undo everything if the context ends with an error."""
        self._spare = b""
        with _undisturbed():
            self._tidy() if kind is None else self.undo()
            self._done()

    def _begin(self) -> None:
        """Note what is begun, for who is killed, where a `_build` is ours to write."""
        note = {  # from the top of the book, which may be moved or copied
            "files": {self.shown(path): said for path, said in self._digests.items()},
            "others": [*map(self.shown, self._others)],
            "folders": [*map(self.shown, self._folders)],
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

    def _done(self) -> None:
        if self._note:
            Path(self._note.name).unlink(missing_ok=True)
            self._note.close()
            self._note = None

    def go_on(self, note: dict[str, Any], *, placing: bool) -> list[str]:
        """Take what somebody else began as our own; return the files they wrote."""
        self._digests = {self._inside(name): d for name, d in note["files"].items()}
        self._others = [*map(self._inside, note["others"])]
        self._folders = [*map(self._inside, note["folders"])]
        self._placing = placing
        made = {path for path, digest in self._digests.items() if digest}
        return sorted(map(self.shown, made | {*self._others}))

    def _inside(self, name: str) -> Path:
        """Return a file of this book. Raises `ValueError` for any other."""
        path = self.root / name
        if not path.parent.resolve().is_relative_to(self.root.resolve()):
            raise ValueError(name)
        return path


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
                told += changes.go_on(json.loads(begun), placing=state == _PLACING)
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


def _new(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")


def _old(path: Path) -> Path:
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

"""Files are written all together or not at all, and never over another."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from sourcebook.authoring import file_changes
from sourcebook.authoring.file_changes import (
    BEGUN,
    Changes,
    take_back,
)
from sourcebook.commands.command_line import main
from sourcebook.errors import SourcebookError


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "list").write_bytes(b"old\r\n")
    (tmp_path / "list").chmod(0o640)
    return tmp_path


def _change(folder, changes):
    changes.create(folder / "new" / "deep" / "a", "A")
    changes.create(folder / "b", b"B")
    changes.edit(folder / "list", b"old\r\n", "new\n")


def _try(folder, *, expected=None, before=lambda: None, then=lambda: None):
    """Write, with something that happens before it or after it."""
    with Changes(folder) as changes:
        if expected:
            changes.expect(expected)
        _change(folder, changes)
        before()
        changes.write()
        then()
    return changes


def test_everything_is_written_and_nothing_left_beside(folder, tree):
    changes = _try(folder)
    assert tree(folder) == {
        "b": b"B", "list": b"new\n", "new": b"", "new/deep": b"", "new/deep/a": b"A",
    }  # fmt: skip
    assert (folder / "list").stat().st_mode & 0o777 == 0o640
    assert changes.told == ("wrote  new/deep/a", "wrote  b", "edited list")


@pytest.mark.parametrize("error", [SourcebookError("no"), KeyboardInterrupt()])
def test_what_goes_wrong_later_undoes_all(folder, tree, error):
    before = tree(folder)

    def then():
        (folder / "made").write_text("by others")
        raise error

    with pytest.raises(type(error)):
        _try(folder, expected=folder / "made", then=then)
    assert tree(folder) == before
    assert (folder / "list").stat().st_mode & 0o777 == 0o640


def test_a_new_folder_into_which_others_wrote_stays(folder, tree):
    def then():
        (folder / "new/theirs").write_text("by others")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _try(folder, then=then)
    assert tree(folder) == {"list": b"old\r\n", "new": b"", "new/theirs": b"by others"}


@pytest.mark.parametrize("name", ["write_bytes", "link", "replace", "unlink", "mkdir"])
@pytest.mark.parametrize("stop", [OSError(28, "No space left"), KeyboardInterrupt()])
def test_a_disk_that_refuses_at_any_step_leaves_all_as_it_was(
    folder, tree, monkeypatch, name, stop
):
    before = tree(folder)
    home = os if name == "link" else Path
    real, calls = getattr(home, name), []
    for fatal in range(1, 12):
        calls.clear()

        def refuse(*arguments, fatal=fatal, **options):
            calls.append(arguments)
            if len(calls) == fatal:
                raise stop
            return real(*arguments, **options)

        monkeypatch.setattr(home, name, refuse)
        kind = SourcebookError if isinstance(stop, OSError) else KeyboardInterrupt
        try:
            # Once all is written, what is left to tidy up does not fail.
            _try(folder, then=lambda: calls.extend([()] * 99))
        except kind:
            monkeypatch.undo()
            assert tree(folder) == before
        else:
            assert fatal > 1
            return


_KILLED = """
import os, pathlib, sys
from sourcebook.authoring.file_changes import Changes
root, home, name, fatal = pathlib.Path(sys.argv[1]), *sys.argv[2:]
if home:
    where = os if home == "os" else pathlib.Path
    real, calls = getattr(where, name), []
    def end(*arguments, **options):
        calls.append(arguments)
        if len(calls) == int(fatal):
            os.kill(os.getpid(), 9)
        return real(*arguments, **options)
    setattr(where, name, end)
with Changes(root) as changes:
    changes.create(root / "new" / "deep" / "a", "A")
    changes.edit(root / "list", b"old\\r\\n", "new\\n")
    changes.move(root / "here", root / "there" / "it")
    changes.remove(root / "gone")
    changes.expect(root / "made")
    changes.hold(root / "theirs")
    changes.write()
    (root / "made").write_text("by others")
    (root / "theirs").write_text("by others")
    if not home:
        os.kill(os.getpid(), 9)
"""


def _killed(folder, *where) -> int:
    command = [sys.executable, "-c", _KILLED, str(folder), *(where or ("", "", "0"))]
    return subprocess.run(command, check=False).returncode


@pytest.mark.parametrize(
    "where",
    [
        pytest.param(("os", "link", "1"), id="before-a-new-file"),
        pytest.param(("path", "unlink", "4"), id="before-the-last-is-gone"),
        pytest.param(("os", "pwrite", "1"), id="before-all-lies-beside"),
        pytest.param(("path", "replace", "1"), id="before-an-edit"),
        pytest.param((), id="before-the-end"),
    ],
)
def test_what_was_begun_by_who_was_killed_is_taken_back(folder, tree, where):
    for name in ("here", "gone", "theirs"):
        (folder / name).write_text(name)
    before = tree(folder)
    assert _killed(folder, *where) == -signal.SIGKILL
    assert tree(folder) != before
    told = take_back(folder)
    assert tree(folder) == before
    assert {"list", "new/deep/a", "there/it"} <= set(told)
    assert not [*(folder / BEGUN).iterdir()]
    assert take_back(folder) == ()


def test_the_next_command_takes_back_what_was_begun(folder):
    for name in ("here", "gone", "theirs", "_toc.yml"):
        (folder / name).write_text(name)
    (folder / "seeds").mkdir()
    _killed(folder)
    done = CliRunner().invoke(main, ["--root", str(folder), "sign"])
    assert "list: as it was before a change that was killed\n" in done.stderr
    assert (folder / "list").read_bytes() == b"old\r\n"


def test_what_was_edited_since_stays(folder):
    for name in ("here", "gone", "theirs"):
        (folder / name).write_text(name)
    _killed(folder)
    (folder / "list").write_text("ours")
    (folder / "new/deep/a").write_text("ours")
    take_back(folder)
    assert (folder / "list").read_text() == "ours"
    assert (folder / "new/deep/a").read_text() == "ours"


def test_who_is_still_at_it_is_left_alone(folder):
    with Changes(folder) as changes:
        _change(folder, changes)
        changes.write()
        assert take_back(folder) == ()
    assert (folder / "list").read_text() == "new\n"
    assert not [*(folder / BEGUN).iterdir()]


@pytest.mark.parametrize("note", ["", "0", "1{}", "1[]", "0null", '1{"made": 3}'])
def test_a_note_that_says_nothing_is_dropped(folder, note):
    (folder / BEGUN).mkdir(parents=True)
    (folder / BEGUN / "x").write_text(note)
    assert take_back(folder) == ()
    assert not [*(folder / BEGUN).iterdir()]


@pytest.mark.parametrize("part", ["files", "others", "folders"])
@pytest.mark.parametrize("way", ["outright", "upwards", "by a link"])
def test_a_note_of_others_reaches_no_file_outside_the_book(folder, part, way):
    """A book may come from others, and its ``_build`` with it."""
    book, theirs = folder / "book", folder / "theirs" / "list"
    (book / BEGUN).mkdir(parents=True)
    theirs.parent.mkdir()
    (book / "link").symlink_to(theirs.parent)
    names = {"outright": str(theirs), "upwards": "../theirs/list"}
    name = names.get(way, "link/list")
    note = {"files": {}, "others": [], "folders": []}
    digest = hashlib.sha256(b"old").hexdigest()
    note[part] = {name: digest} if part == "files" else [name]
    theirs.mkdir() if part == "folders" else theirs.write_bytes(b"old")
    (theirs.with_name(".list.part")).touch()
    (book / BEGUN / "x").write_text(f"1{json.dumps(note)}")
    assert take_back(book) == ()
    assert {each.name for each in theirs.parent.iterdir()} == {"list", ".list.part"}


def test_a_book_that_was_moved_takes_back_its_own(folder, tree):
    for name in ("here", "gone", "theirs"):
        (folder / name).write_text(name)
    before = tree(folder)
    _killed(folder)
    copy = shutil.copytree(folder, folder.with_name("copy"))
    begun = tree(folder)
    assert take_back(copy)
    assert (tree(copy), tree(folder)) == (before, begun)


def test_a_disk_that_is_only_read_is_told_as_such(folder, monkeypatch):
    """It refuses even to remove what is not there."""

    def refuse(path, *_, **__):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    for name in ("write_bytes", "unlink", "mkdir"):
        monkeypatch.setattr(Path, name, refuse)
    with pytest.raises(SourcebookError, match="nothing was changed") as caught:
        _try(folder, expected=folder / "made")
    assert str(caught.value).startswith(f"{BEGUN}: Read-only file system")


def test_a_file_that_appears_meanwhile_is_not_overwritten(folder, tree):
    with pytest.raises(SourcebookError, match="b: File exists"):
        _try(folder, before=lambda: (folder / "b").write_bytes(b"theirs"))
    assert tree(folder) == {"b": b"theirs", "list": b"old\r\n"}


def test_a_list_that_is_changed_meanwhile_is_left_alone(folder, tree):
    with pytest.raises(SourcebookError, match="list: was changed"):
        _try(folder, before=lambda: (folder / "list").write_bytes(b"theirs"))
    assert tree(folder) == {"list": b"theirs"}


def test_what_is_there_or_cannot_be_written_is_refused_at_once(folder):
    changes = Changes(folder)
    (folder / "loose").symlink_to("nowhere")
    for name in ("list", "loose"):
        with pytest.raises(SourcebookError, match="exists already"):
            changes.create(folder / name, "")
        with pytest.raises(SourcebookError, match="exists already"):
            changes.expect(folder / name)
    (folder / "list").chmod(0o440)
    with pytest.raises(SourcebookError, match="list: cannot be written"):
        changes.edit(folder / "list", b"", "")


def test_a_second_interrupt_does_not_stop_the_undoing(folder, tree, monkeypatch):
    before = tree(folder)
    undo = Changes.undo

    def interrupted(changes):
        os.kill(os.getpid(), signal.SIGINT)
        undo(changes)

    monkeypatch.setattr(Changes, "undo", interrupted)
    with pytest.raises(ZeroDivisionError):
        _try(folder, then=lambda: 1 / 0)
    assert tree(folder) == before


def test_where_memory_runs_out_all_is_as_it_was(folder, tree):
    before = tree(folder)
    program = (
        "import resource, sys\nfrom pathlib import Path\n"
        "from sourcebook.authoring.file_changes import Changes\n"
        "root, held = Path(sys.argv[1]), []\n"
        "with Changes(root) as changes:\n"
        "    changes.create(root / 'new', b'x' * 1_000_000)\n"
        "    changes.edit(root / 'list', (root / 'list').read_bytes(), 'other')\n"
        "    changes.write()\n"
        "    pages = int(Path('/proc/self/statm').read_text().split()[0])\n"
        "    most = pages * resource.getpagesize() + 4_000_000\n"
        "    resource.setrlimit(resource.RLIMIT_AS, (most, most))\n"
        "    while True:\n"
        "        held.append(bytearray(10_000))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, folder], capture_output=True, check=False
    )
    assert b"MemoryError" in done.stderr
    assert tree(folder) == before


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_what_is_being_put_back_is_not_stopped(folder, monkeypatch, how):
    def dropped(path):
        signal.raise_signal(how)
        path.unlink(missing_ok=True)

    monkeypatch.setattr(file_changes, "_drop", dropped)
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    for name in ("here", "gone", "theirs"):
        (folder / name).write_text(name)
    changes = Changes(folder)
    _change(folder, changes)
    changes.write()
    changes.__exit__(KeyError, KeyError(), None)
    assert signal.signal(signal.SIGTERM, before) is signal.default_int_handler
    assert (folder / "list").read_bytes() == b"old\r\n"

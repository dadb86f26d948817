"""No edit of a notebook is lost, whichever half of the pair somebody has worked in."""

from __future__ import annotations

import errno
import json
import os
import subprocess

import nbformat
import pytest

from sourcebook.errors import SourcebookError
from sourcebook.running.text_pairs import (
    COPIES,
    RUN,
    WRITTEN,
    from_text,
    is_edited,
    note_written,
    notebook_of,
    out_of_step,
    settle_halves,
)

TEXT = """---
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

# Sales

They rose.

```{code-cell}
:tags: [hide-input]

1 + 1
```
"""


@pytest.fixture
def pair(tmp_path):
    """A pair in step, as a run has left it."""
    path = tmp_path / "notebooks" / "text" / "sources" / "acme.md"
    path.parent.mkdir(parents=True)
    path.write_text(TEXT, encoding="utf-8")
    notebook = notebook_of(path)
    notebook.parent.mkdir()
    data = nbformat.writes(from_text(path)).encode()
    notebook.write_bytes(data)
    note_written(tmp_path, "notebooks/sources/acme.ipynb", data)
    return path


def _edit(path, old, new):
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), "utf-8")


def _cells(path):
    return [
        "".join(cell["source"])
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
    ]


def test_an_edited_text_is_written_without_a_question(pair, tmp_path):
    _edit(pair, "They rose.", "They fell.")
    assert not is_edited(tmp_path, pair)
    assert settle_halves(tmp_path, [pair]) == []
    (fault,) = out_of_step(tmp_path)
    assert fault.fix == RUN


def test_an_edited_notebook_is_not_written_over_unasked(pair, tmp_path):
    _edit(notebook_of(pair), "They rose.", "They fell.")
    before = notebook_of(pair).read_bytes()
    with pytest.raises(SourcebookError, match="edited apart from its text") as caught:
        settle_halves(tmp_path, [pair])
    assert "--from-notebook acme" in str(caught.value)
    assert notebook_of(pair).read_bytes() == before
    (fault,) = out_of_step(tmp_path)
    assert "--from-notebook acme" in str(fault)


def test_its_cells_go_home_into_the_text(pair, tmp_path):
    _edit(notebook_of(pair), "They rose.", "They fell.")
    (copy,) = settle_halves(tmp_path, [pair], half="notebook")
    assert copy.read_text(encoding="utf-8") == TEXT
    assert pair.read_text(encoding="utf-8") == TEXT.replace("They rose.", "They fell.")
    assert out_of_step(tmp_path) == ()


def test_a_disk_that_refuses_leaves_the_text_as_it_was(pair, tmp_path, monkeypatch):
    def refuse(path, data, **_):
        with path.open("w") as file:
            file.write(data[:9])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    _edit(notebook_of(pair), "They rose.", "They fell.")
    monkeypatch.setattr(type(pair), "write_text", refuse)
    with pytest.raises(OSError, match="No space"):
        settle_halves(tmp_path, [pair], half="notebook")
    assert pair.read_text(encoding="utf-8") == TEXT
    assert [path.name for path in pair.parent.iterdir()] == [pair.name]


def test_a_note_that_is_garbage_is_no_note(pair, tmp_path):
    _edit(pair, "They rose.", "They fell.")
    (note,) = (tmp_path / WRITTEN).rglob("*.sha256")
    note.write_bytes(b"\x80\xff")
    assert is_edited(tmp_path, pair)


def test_a_copy_is_kept_of_what_the_text_replaces(pair, tmp_path):
    _edit(notebook_of(pair), "They rose.", "They fell.")
    (copy,) = settle_halves(tmp_path, [pair], half="text")
    assert copy.is_relative_to(tmp_path / COPIES)
    assert any("They fell." in cell for cell in _cells(copy))
    assert pair.read_text(encoding="utf-8") == TEXT


def test_where_both_were_edited_it_is_asked(pair, tmp_path):
    _edit(pair, "# Sales", "# All sales")
    _edit(notebook_of(pair), "They rose.", "They fell.")
    with pytest.raises(SourcebookError, match="edited apart"):
        settle_halves(tmp_path, [pair])


def test_in_a_fresh_clone_the_last_commit_tells(pair, tmp_path):
    (tmp_path / "_toc.yml").touch()
    git = [
        "git",
        "-C",
        str(tmp_path),
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@b.example",
    ]
    for step in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "a"]):
        subprocess.run([*git, *step], check=True)
    for path in (tmp_path / "_build").rglob("*.sha256"):
        path.unlink()
    os.utime(notebook_of(pair))  # a checkout may give it any time
    _edit(pair, "They rose.", "They fell.")
    assert not is_edited(tmp_path, pair)
    _edit(notebook_of(pair), "They rose.", "They stood.")
    assert is_edited(tmp_path, pair)


@pytest.mark.parametrize("younger", ["text", "notebook"])
def test_where_nobody_knows_the_younger_half_was_edited(pair, tmp_path, younger):
    for path in (tmp_path / "_build").rglob("*.sha256"):
        path.unlink()
    _edit(pair, "They rose.", "They fell.")
    os.utime(pair, (100, 100))
    age = 50 if younger == "text" else 200
    os.utime(notebook_of(pair), (age, age))
    assert is_edited(tmp_path, pair) is (younger == "notebook")

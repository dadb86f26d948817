"""What makes a copy plain, and how a note is changed in it."""

from __future__ import annotations

import importlib

import pytest
import yaml
from bench.places import Place, change_note, plain_extensions
from bench.running import run

from sourcebook.errors import SourcebookError

SHEET = """\
claims:
  - id: first
    kind: argument
  - id: second
    kind: status
"""


def test_plain_leaves_out_what_is_there_for_speed_and_nothing_else(root):
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    ours = config["sphinx"]["extra_extensions"]
    plain = plain_extensions(ours)
    assert set(ours) - set(plain) == {
        "sourcebook.site.build_hooks",
        "sourcebook.site.theme",
    }
    assert set(plain) - set(ours) == {"bench.stock"}


def test_every_extension_of_plain_can_be_loaded(root):
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    for name in plain_extensions(config["sphinx"]["extra_extensions"]):
        assert callable(importlib.import_module(name).setup)


def test_runs_inherit_no_switch_of_ours(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCEBOOK_URL", "https://example.org/")
    monkeypatch.setenv("JUPYTER_PATH", "/elsewhere")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    ours, plain = (Place(tmp_path, plain, tmp_path).env for plain in (False, True))
    assert "JUPYTER_PATH" not in ours
    assert not [name for name in ours if name.startswith("SOURCEBOOK_")]
    assert set(plain) - set(ours) == {"WARM_KERNELS"}


def test_a_note_is_added_once_and_then_changed(tmp_path):
    sheet = tmp_path / "acme.yml"
    sheet.write_text(SHEET, encoding="utf-8")
    change_note(sheet, "second", "Measured.")
    once = yaml.safe_load(sheet.read_text(encoding="utf-8"))
    change_note(sheet, "second", "Measured, again.")
    twice = yaml.safe_load(sheet.read_text(encoding="utf-8"))
    assert once["claims"][1]["note"] == "Measured."
    assert twice["claims"][1] == once["claims"][1] | {"note": "Measured, again."}
    assert twice["claims"][0] == {"id": "first", "kind": "argument"}


def test_a_claim_that_is_not_there_is_said(tmp_path):
    sheet = tmp_path / "acme.yml"
    sheet.write_text(SHEET, encoding="utf-8")
    with pytest.raises(LookupError, match="no claim third"):
        change_note(sheet, "third", "Measured.")


def test_a_command_that_fails_gives_no_time(tmp_path):
    command = ["python", "-c", "import sys; print('why'); sys.exit(3)"]
    with pytest.raises(SourcebookError, match="why"):
        run(command, cwd=tmp_path, env={})


@pytest.mark.slow
def test_memory_is_watched_process_by_process(tmp_path):
    worker = "import time; held = bytearray(150_000_000); time.sleep(1.5)"
    code = (
        "import subprocess, sys\nheld = bytearray(60_000_000)\n"
        f"subprocess.run([sys.executable, '-c', {worker!r}])\n"
    )
    program = tmp_path / "sourcebook"
    program.write_text(code, encoding="utf-8")
    ran = run(["python", str(program)], cwd=tmp_path, env={}, watch=True)
    assert 60 < ran.memory["parent"] < 150 < ran.memory["worker"]
    assert ran.memory["together"] > ran.memory["worker"] + 50
    assert ran.seconds > 1.5

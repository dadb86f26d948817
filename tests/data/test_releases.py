"""A release is put on record once; only one that is not published is made again."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from made_up_book import cut_in_two

import sourcebook
from sourcebook.authoring import file_changes
from sourcebook.checking import book_check
from sourcebook.checking.signed_texts import SIGNED, unsigned
from sourcebook.coding.corpus import load_corpus
from sourcebook.commands.command_line import main
from sourcebook.comparing import corrections
from sourcebook.comparing.release_changes import load_records
from sourcebook.data import releases
from sourcebook.data.releases import (
    day_of,
    set_aside,
    write_record,
    write_release,
)
from sourcebook.errors import SourcebookError

RELATIONS = {("gas/share", "one/a", "two/b"): "not-comparable(of)"}
SHARED = ("codebook.yml", "actors.yml")
ITEMS = {("claim", "one/a"): {"quote": "14 tons"}}


def test_what_is_written_reads_back(tmp_path):
    table, lines = write_record(RELATIONS, ITEMS, tmp_path, version="0.2.0")
    assert table.read_text(encoding="utf-8-sig") == (
        "question,a,b,relation\ngas/share,one/a,two/b,not-comparable(of)\n"
    )
    assert lines.name == "0.2.0.jsonl"
    (record,) = load_records(tmp_path)
    assert record.version == "0.2.0"
    assert (record.relations, record.items) == (RELATIONS, ITEMS)


def test_a_record_is_not_overwritten(tmp_path):
    paths = write_record(RELATIONS, ITEMS, tmp_path, version="0.2.0")
    before = [path.read_bytes() for path in paths]
    with pytest.raises(SourcebookError, match="on record"):
        write_record({}, {}, tmp_path, version="0.2.0")
    assert [path.read_bytes() for path in paths] == before


@pytest.mark.parametrize("fault", [None, SourcebookError("it does not hold together")])
def test_a_book_is_checked_without_the_record_that_is_made_again(fault, tmp_path):
    """No name of it is held to, and its reasons are not those of no release."""
    write_record(RELATIONS, ITEMS, tmp_path, version="0.2.0")
    *_, reasons = releases.record_files(tmp_path, "0.2.0")
    reasons.parent.mkdir()
    reasons.write_text("why,what,ids\nSo,claim,one/a\n", encoding="utf-8")
    with suppress(SourcebookError), set_aside(tmp_path, "0.2.0"):
        assert load_records(tmp_path) == ()
        corrections.check_reasons((), {}, tmp_path)
        if fault:
            raise fault
    assert load_records(tmp_path)[0].items == ITEMS
    assert reasons.is_file()


def test_a_name_that_is_no_version_writes_nothing(tmp_path):
    with pytest.raises(SourcebookError, match="not a version"):
        write_record(RELATIONS, ITEMS, tmp_path, version="next")
    assert list(tmp_path.iterdir()) == []


def test_a_sheet_cut_in_two_is_put_on_record_the_same(root, tmp_path):
    def released(folder):
        written = write_release(load_corpus(folder), (), version="9.0.0")
        return [path.read_bytes() for path in written]

    for name in ("whole", "cut"):
        (tmp_path / name / "seeds").mkdir(parents=True)
        for part in (*SHARED, "bbc-2025.yml", "002_c6e903471105ff21.txt"):
            shutil.copy(root / "seeds" / part, tmp_path / name / "seeds")
    cut_in_two(tmp_path / "cut/seeds/bbc-2025.yml", "gas-share")
    assert released(tmp_path / "cut") == released(tmp_path / "whole")


def test_the_next_release_has_the_reasons_of_what_changed_beside_it(
    monkeypatch, tmp_path
):
    items = {("claim", "one/a"): {"quote": "14 tons"}}
    write_record(RELATIONS, items, tmp_path, version="0.1.0")
    text = "# Changelog\n\n## [0.1.0] – 2026-02-03\n"
    (tmp_path / "CHANGELOG.md").write_text(text, encoding="utf-8")
    (tmp_path / corrections.REASONS).mkdir()
    now = {("claim", "one/b"): {"quote": "15 tons"}}
    moved = {("gas/share", "one/b", "two/b"): "agrees"}
    asked = {}
    for module in (releases.published, corrections):
        monkeypatch.setattr(module, "present_items", lambda *_: now)
        monkeypatch.setattr(module, "present_relations", lambda _: moved)
    for module in (releases, corrections):
        monkeypatch.setattr(module, "led_on", lambda *_: {("claim", "one/a"): "one/b"})
    monkeypatch.setattr(releases, "load_record", lambda _: None)
    monkeypatch.setattr(releases, "load_trust", lambda _: None)
    monkeypatch.setattr(
        releases, "reasons", lambda *_, **told: asked.update(told) or ()
    )
    corpus = SimpleNamespace(root=tmp_path, claims=())
    *_, path = write_release(corpus, (), version="0.2.0")
    assert asked["only"] == {
        ("claim", "one/a"), ("claim", "one/b"), ("question", "gas/share")
    }  # fmt: skip
    assert path.read_text("utf-8-sig").splitlines() == ["why,what,ids"]


def test_a_release_has_the_day_that_the_changelog_gives_it(tmp_path):
    text = "# Changelog\n\n## [0.2.0] – 2026-02-03\n\n- More.\n"
    (tmp_path / "CHANGELOG.md").write_text(text, encoding="utf-8")
    assert str(day_of(tmp_path, "0.2.0")) == "2026-02-03"
    assert day_of(tmp_path, "0.1.0") is None
    assert day_of(tmp_path / "none", "0.2.0") is None


def test_the_command_writes_the_version_at_hand_and_again_only_when_told(
    monkeypatch, tmp_path
):
    """What is written is for the tests of what writes it."""

    def write(_corpus, _answers, *, version):
        return write_record(RELATIONS, ITEMS, tmp_path, version=version)

    files = releases.record_files(tmp_path, sourcebook.__version__)
    table, items, reasons = files
    lying = []  # files of this version's record while the book is looked at

    def look(_):
        lying.append([path.is_file() for path in files])
        return SimpleNamespace(held=lambda: (None, ()))

    monkeypatch.setattr(book_check, "look", look)
    monkeypatch.setattr(releases, "write_release", write)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "_toc.yml").touch()
    (tmp_path / SIGNED).parent.mkdir(parents=True)
    (tmp_path / SIGNED).touch()
    arguments = ["--root", str(tmp_path), "release"]
    first = CliRunner().invoke(main, arguments)
    assert first.exit_code == 0, first.output
    assert f"{sourcebook.__version__}.csv" in first.output
    assert unsigned(tmp_path) == ()
    second = CliRunner().invoke(main, arguments)
    assert second.exit_code == 1
    assert "fix: open the next version" in second.output
    assert lying == [[False, False, False], [True, True, False]]
    for path in (table, items):
        path.unlink()
        assert CliRunner().invoke(main, [*arguments, "--again"]).exit_code == 0
        assert path.is_file()
    reasons.parent.mkdir(parents=True, exist_ok=True)
    reasons.write_text("added to", encoding="utf-8")
    assert CliRunner().invoke(main, [*arguments, "--again"]).exit_code == 0
    assert reasons.read_text(encoding="utf-8") == "added to"
    assert not any(map(any, lying[2:]))


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_record_made_again_is_never_lost(how, tmp_path):
    """Neither what it says nor its reasons, wherever that ends."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "_toc.yml").touch()
    files = releases.record_files(tmp_path, sourcebook.__version__)
    files[-1].parent.mkdir(parents=True)
    for path in files:
        path.write_text(path.name, encoding="utf-8")
    program = (
        "import os, sys; from types import SimpleNamespace; "
        "from sourcebook.checking import book_check; "
        "from sourcebook.commands.command_line import main; "
        "from sourcebook.data import releases; "
        "book_check.look = lambda _: SimpleNamespace(held=lambda: (None, ())); "
        f"releases.write_release = lambda *_, **__: os.kill(os.getpid(), {how}); "
        "main()"
    )
    command = [sys.executable, "-c", program, "--root", str(tmp_path)]
    ended = subprocess.run([*command, "release", "--again"], check=False)
    assert ended.returncode == (-9 if how == signal.SIGKILL else 1)
    file_changes.take_back(tmp_path)
    assert [path.read_text(encoding="utf-8") for path in files] == [
        path.name for path in files
    ]

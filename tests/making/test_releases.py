"""A release is put on record once, and never again."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from click.testing import CliRunner

import sourcebook
from sourcebook.comparing.questions import Answer
from sourcebook.comparing.relations import Verdict
from sourcebook.comparing.releases import load_records, present_relations
from sourcebook.errors import SourcebookError
from sourcebook.making import build
from sourcebook.making.command import main
from sourcebook.making.releases import write_record


@pytest.fixture
def answers():
    a, b = SimpleNamespace(id="one/a"), SimpleNamespace(id="two/b")
    verdict = Verdict("not-comparable", "of", None, None, None, "so")
    question = SimpleNamespace(id="share")
    return (Answer("gas", question, (a, b), ((a, b, verdict),)),)


def test_what_is_written_reads_back(answers, tmp_path):
    path = write_record(answers, tmp_path, version="0.2.0")
    assert path.read_text(encoding="utf-8-sig") == (
        "question,a,b,relation\ngas/share,one/a,two/b,not-comparable(of)\n"
    )
    (record,) = load_records(tmp_path)
    assert record.version == "0.2.0"
    assert record.relations == present_relations(answers)


def test_a_record_is_not_overwritten(answers, tmp_path):
    path = write_record(answers, tmp_path, version="0.2.0")
    before = path.read_bytes()
    with pytest.raises(SourcebookError, match="on record"):
        write_record((), tmp_path, version="0.2.0")
    assert path.read_bytes() == before


def test_a_name_that_is_no_version_writes_nothing(answers, tmp_path):
    with pytest.raises(SourcebookError, match="not a version"):
        write_record(answers, tmp_path, version="next")
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_the_version_at_hand_once(monkeypatch, answers, tmp_path):
    monkeypatch.setattr(build, "check", lambda _: (None, answers))
    (tmp_path / "seeds").mkdir()
    (tmp_path / "_toc.yml").touch()
    arguments = ["--root", str(tmp_path), "release"]
    first = CliRunner().invoke(main, arguments)
    assert first.exit_code == 0, first.output
    assert f"{sourcebook.__version__}.csv" in first.output
    second = CliRunner().invoke(main, arguments)
    assert second.exit_code == 1
    assert "fix: open the next version" in second.output

"""A chapter begins with all its files, or nothing is changed at all."""

from __future__ import annotations

import shutil

import pytest
import yaml
from click.testing import CliRunner

from sourcebook.authoring import add
from sourcebook.commands.command_line import main
from sourcebook.comparing.question_files import load_chapter
from sourcebook.comparing.questions import answer_chapter
from sourcebook.errors import SourcebookError
from sourcebook.running.text_pairs import out_of_step

SHARES = "valiyev-yagubova-2022/gas-share,bbc-2025/gas-share"
TARGET = "valiyev-yagubova-2022/gas-target"
WORDS = "bbc-2025/not-biggest,anonymous-2025/critical-player"


@pytest.fixture(autouse=True)
def no_kernel(monkeypatch):
    """Write notebooks without running them; a slow test runs them."""

    def fail(_pairs):
        raise SourcebookError("not here")

    monkeypatch.setattr(add, "run_notebooks", fail)


@pytest.fixture
def copy(root, tmp_path):
    """Return the book's sheets, questions and contents, and no more."""
    for name in ("seeds", "book/questions"):
        shutil.copytree(root / name, tmp_path / "book" / name)
    shutil.copy(root / "_toc.yml", tmp_path / "book")
    return tmp_path / "book"


def _new(book, key, *arguments):
    given = ["--root", book, "new", key, *arguments]
    return CliRunner().invoke(main, [str(a) for a in given])


def test_a_chapter_without_a_question_waits_for_one(book):
    done = _new(book, "trade", "--title", 'Trade: "all" of it')
    assert done.exit_code == 0, done.output
    assert "wrote  book/questions/trade.yml\n" in done.output
    assert "next:  write its questions in book/questions/trade.yml" in done.output
    toc = yaml.safe_load((book / "_toc.yml").read_text(encoding="utf-8"))
    assert toc["parts"][1]["chapters"][-1] == {"file": "notebooks/synthesis/trade"}
    assert out_of_step(book) == ()
    path = book / "book/questions/trade.yml"
    with pytest.raises(SourcebookError, match="no question yet @ questions"):
        load_chapter(path)
    text = (
        path.read_text(encoding="utf-8").replace("#  -", "  -").replace("#    ", "    ")
    )
    text = text.replace("questions: []\n", "")
    head, title = text.split("title: ")
    sample = head.index("  - id:")
    path.write_text(f"title: {title}questions:\n{head[sample:]}", encoding="utf-8")
    chapter, _ = load_chapter(path)
    assert chapter.title == 'Trade: "all" of it'
    assert chapter.questions[0].declares[0].relation == "supports"


def test_a_first_question_is_compared_and_left_open(copy, corpus):
    asks = "Which amount goes with which share?"
    claims = f"bbc-2025/gas-share,{TARGET}"
    done = _new(
        copy, "amounts", "--title", "Amounts", "--asks", asks, "--claims", claims
    )
    assert done.exit_code == 0, done.output
    (answer,) = answer_chapter(copy / "book/questions/amounts.yml", corpus)
    assert answer.question.id == "which-amount-goes-with-which-share"
    assert answer.question.adjudication == "open"
    assert answer.question.expected() == ("not-comparable(measure)",)


@pytest.mark.parametrize(
    ("key", "arguments", "fault"),
    [
        ("gas", ["--title", "Gas"], "there is a chapter of this key already"),
        ("bbc-2025", ["--title", "It"], "there is a source of this key already"),
        ("../gas", ["--title", "Gas"], "is no key for a chapter"),
        ("Gas", ["--title", "Gas"], "such as gas"),
        ("x", ["--title", " "], "a chapter needs a title"),
        ("x", ["--title", "X", "--asks", "Why?"], "a question needs its claims"),
        ("x", ["--title", "X", "--claims", SHARES], "claims need a question"),
        ("x", ["--title", "X", "--asks", "So", "--claims", SHARES], "does not ask"),
        (
            "x",
            ["--title", "X", "--asks", "?", "--claims", TARGET],
            "two claims or more",
        ),
        ("x", ["--title", "X", "--asks", "?", "--claims", "a/b,c/d"], "no claim 'a/b'"),
        (
            "x",
            ["--title", "X", "--asks", "?", "--claims", WORDS],
            "declare the relation",
        ),
        ("x", ["--title", "X", "--asks", "?", "--claims", SHARES], "asks what"),
    ],
    ids=[
        *"taken source dots caps title asks claims".split(),
        *"statement one unknown words twice".split(),
    ],
)
def test_what_cannot_be_begun_is_refused_and_nothing_changed(
    copy, tree, key, arguments, fault
):
    before = tree(copy)
    done = _new(copy, key, *arguments)
    assert done.exit_code == 1, done.output
    assert fault in done.output
    assert "fix: " in done.output
    assert "Traceback" not in done.output
    assert tree(copy) == before


def test_a_notebook_left_over_is_not_overwritten(copy, tree):
    (copy / "notebooks/text/synthesis").mkdir(parents=True)
    (copy / "notebooks/text/synthesis/x.md").write_text("theirs")
    before = tree(copy)
    done = _new(copy, "x", "--title", "X")
    assert done.exit_code == 1
    assert "notebooks/text/synthesis/x.md: exists already" in done.output
    assert tree(copy) == before

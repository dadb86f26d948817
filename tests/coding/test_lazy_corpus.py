"""A corpus reads a source when something asks for it, and opens nothing else."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from sourcebook.coding.corpus import load_corpus
from sourcebook.comparing.questions import answer_all, answer_chapter
from sourcebook.errors import SourcebookError

OPENED: list[str] = []  # an audit hook stays for good, so there is one, and one list


def _note(event: str, args: tuple[object, ...]) -> None:
    if event == "open" and isinstance(args[0], str | os.PathLike):
        OPENED.append(os.fspath(args[0]))


sys.addaudithook(_note)


@pytest.fixture
def opened(root):
    """Return a function that gives the files of the book opened since last asked."""

    def since() -> set[str]:
        paths = {Path(os.fsdecode(path)) for path in OPENED}
        OPENED.clear()
        paths = {path for path in paths if root in path.parents and path.exists()}
        names = {path.relative_to(root).as_posix() for path in paths}
        own = ("_build/", "src/")  # sources kept from before, and the code they hang on
        return {name for name in names if not name.startswith(own)}

    since()
    return since


SHARED = {"seeds/codebook.yml", "seeds/actors.yml"}
REPORT = {"seeds/bbc-2025.yml", "seeds/002_c6e903471105ff21.txt"}


def test_a_claim_opens_its_own_source_and_once(root, opened):
    corpus = load_corpus(root)
    assert opened() == {"seeds/codebook.yml"}
    claim = corpus.claim("bbc-2025/gas-share")
    assert opened() == {"seeds/actors.yml"} | REPORT
    assert corpus.claim("bbc-2025/gas-share") is claim
    assert "van-gils-2017" in corpus.sources
    assert len(corpus.sources) == 5
    assert opened() == set()


def test_a_chapter_opens_its_questions_and_the_sources_they_name(tmp_path, opened):
    path = tmp_path / "two.yml"
    path.write_text(TWO, encoding="utf-8")
    root = Path(__file__).resolve().parents[2]
    (answer,) = answer_chapter(path, load_corpus(root))
    assert answer.sources == ("valiyev-yagubova-2022", "bbc-2025")
    brief = {"seeds/valiyev-yagubova-2022.yml", "seeds/000_4fd19ad99e483c22.txt"}
    assert opened() == SHARED | REPORT | brief


TWO = """title: Two
questions:
  - id: share
    asks: What share?
    claims: [valiyev-yagubova-2022/gas-share, bbc-2025/gas-share]
    expect: not-comparable(of)
    adjudication: both-stand
    cause: denominator
    why: A test.
    settles: Nothing.
"""


@pytest.mark.parametrize("name", ["codebook", "../seeds/bbc-2025", "a/b", "", "none"])
def test_what_is_no_source_is_none(root, name):
    sources = load_corpus(root).sources
    assert name not in sources
    assert sources.get(name) is None


def test_an_unknown_claim_names_the_nearest_of_all(root):
    with pytest.raises(SourcebookError, match="did you mean 'bbc-2025/gas-share'"):
        load_corpus(root).claim("bbc-2025/gas-shares")


@pytest.fixture
def broken(tmp_path, root):
    """Return a copy of the book in which two sheets do not fit their files."""
    for folder in ("seeds", "book/questions"):
        shutil.copytree(root / folder, tmp_path / folder)
    for name in ("000_4fd19ad99e483c22.txt", "002_c6e903471105ff21.txt"):
        with (tmp_path / "seeds" / name).open("a", encoding="utf-8") as file:
            file.write("More.\n")
    return tmp_path


def test_all_faults_are_said_at_once_where_all_is_asked_for(broken):
    for ask in (lambda c: c.claims, lambda c: c.read(), answer_all):
        with pytest.raises(SourcebookError) as caught:
            ask(load_corpus(broken))
        assert str(caught.value).count("is not the pinned file") == 2


def test_a_faulty_sheet_is_said_once_in_a_chapter_and_not_in_others(broken):
    with pytest.raises(SourcebookError) as caught:
        answer_chapter(broken / "book/questions/gas.yml", load_corpus(broken))
    assert str(caught.value).count("is not the pinned file") == 2
    sound = load_corpus(broken).sources["anonymous-2025"]
    assert sound.claims()

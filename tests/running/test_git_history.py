"""Dates come from the book's own history, or from none."""

from __future__ import annotations

import subprocess

import pytest

from sourcebook.data.citation import commit_time
from sourcebook.errors import SourcebookError
from sourcebook.running.git_history import asked, unheard

RELEASED = "1750334400"  # noon of the day that is named
EARLY = "978307200"  # 2001-01-01


@pytest.fixture
def book(tmp_path, monkeypatch):
    """A book in a folder of a repository that is older than it."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("GIT_COMMITTER_DATE", f"{EARLY} +0000")
    folder = tmp_path / "outer" / "book"
    folder.mkdir(parents=True)
    (folder / "_toc.yml").touch()
    (folder / "CITATION.cff").write_text("date-released: '2025-06-19'", "utf-8")
    git(folder.parent, "init", "-q")
    git(folder.parent, "commit", "-q", "--allow-empty", "-m", "around it")
    return folder


def git(folder, *words):
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", "-C", folder, *who, *words], check=True)


def test_a_repository_around_the_book_gives_it_no_date(book):
    assert asked(book, "rev-parse", "HEAD") == ""
    assert commit_time(book) == RELEASED


@pytest.mark.parametrize("where", [".", ".."], ids=["its own", "one it belongs to"])
def test_the_repository_that_holds_the_book_gives_it_its_date(book, where):
    folder = (book / where).resolve()
    if where == ".":
        git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "the book")
    assert commit_time(book) == EARLY


def test_through_a_link_and_in_a_shallow_clone_the_date_is_the_same(book, tmp_path):
    git(book, "init", "-q")
    git(book, "add", ".")
    git(book, "commit", "-q", "-m", "one")
    git(book, "commit", "-q", "--allow-empty", "-m", "two")
    (tmp_path / "link").symlink_to(book)
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{book}", "shallow")
    for folder in ("link", "shallow"):
        assert commit_time(tmp_path / folder) == EARLY


def test_without_git_the_day_of_release_is_taken(book, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert commit_time(book) == RELEASED
    assert unheard(book) == ""


def test_a_folder_that_git_does_not_trust_is_named(book, monkeypatch):
    git(book, "init", "-q")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert "belongs to somebody else" in unheard(book)
    assert f"safe.directory '{book}'" in unheard(book)


def test_a_history_that_git_cannot_read_is_named(book):
    git(book, "init", "-q")
    assert unheard(book) == ""
    (book / ".git" / "HEAD").unlink()
    assert unheard(book).startswith(f"{book / '.git'}: git cannot read it (fatal: not")
    assert "dates are those of CITATION.cff\n  fix: make it yours" in unheard(book)


def test_what_was_committed_in_another_encoding_is_read_as_far_as_it_can_be(book):
    (book / "page.md").write_bytes(b"Caf\xe9s")
    git(book, "add", ".")
    git(book, "commit", "-q", "-m", "the book")
    assert asked(book, "show", "HEAD:./page.md") == "Caf\ufffds"


def test_a_git_that_is_no_program_is_none(book, monkeypatch, tmp_path):
    (tmp_path / "git").write_text("no program", encoding="utf-8")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert asked(book, "rev-parse", "HEAD") == ""


@pytest.mark.parametrize("given", ["yesterday", "-1", "1e9", "٣", "9" * 12])
def test_a_date_from_outside_is_a_number_of_seconds(book, monkeypatch, given):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    with pytest.raises(SourcebookError, match=r"no number of seconds since 1970\n  f"):
        commit_time(book)

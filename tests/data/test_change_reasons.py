"""The reason for a change is what its commit says, and is kept where git is not."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from types import SimpleNamespace

import pytest
from made_up_book import cut_in_two

from sourcebook.comparing.corrections import REASONS
from sourcebook.data.releases import kept, reasons

SHEET = "claims:\n  - id: sales\n    quote: {quote}\n  - id: other\n    quote: it\n"
NAME = ("claim", "acme-2021/sales")
SINCE = date(2026, 1, 1)


@pytest.fixture
def book(tmp_path):
    """Return a book under git, with one commit before the day and several after it."""
    git(tmp_path, "init", "-q", day="2025-12-31")
    (tmp_path / "_toc.yml").write_text("root: index\n", encoding="utf-8")
    commit(tmp_path, "one", "As it was released", day="2026-01-01")
    return tmp_path


def git(folder, *words, day):
    when = {f"GIT_{who}_DATE": f"{day}T12:00:00Z" for who in ("AUTHOR", "COMMITTER")}
    name = ["-c", "user.name=Ada Example", "-c", "user.email=ada@example.org"]
    subprocess.run(
        ["git", *name, *words], cwd=folder, check=True, env=os.environ | when
    )


def commit(folder, quote, subject, *, day="2026-01-02"):
    path = folder / "seeds" / "acme-2021.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(SHEET.format(quote=quote), encoding="utf-8")
    git(folder, "add", "-A", day=day)
    git(folder, "commit", "-qm", subject, day=day)


def whys(book, trust=None, only=(NAME,)):
    return [row["why"] for row in reasons(book, trust, since=SINCE, only=only)]


def test_commits_before_the_day_are_no_reasons(book):
    commit(book, "two", "A hedge is kept")
    assert whys(book) == ["A hedge is kept"]


def test_a_commit_is_a_reason_only_for_the_entries_it_changed(book):
    commit(book, "two", "A hedge is kept")
    assert whys(book, only=[("claim", "acme-2021/other")]) == []


def test_a_further_file_of_a_sheet_has_claims_of_the_same_source(book):
    more = SHEET.format(quote="three").replace("sales", "more")
    (book / "seeds" / "acme-2021.part-2.yml").write_text(more, encoding="utf-8")
    commit(book, "one", "A claim more")
    assert whys(book, only=[("claim", "acme-2021/more")]) == ["A claim more"]


@pytest.mark.parametrize("changes", [False, True], ids=["moved", "moved and changed"])
def test_a_sheet_cut_in_two_is_no_reason_for_what_only_moved(book, changes):
    part = cut_in_two(book / "seeds" / "acme-2021.yml", "sales")
    if changes:
        part.write_text(part.read_text("utf-8").replace("one", "two"), "utf-8")
    git(book, "add", "-A", day="2026-01-02")
    git(book, "commit", "-qm", "The sheet goes on", day="2026-01-02")
    assert whys(book) == ["The sheet goes on"] * changes
    assert whys(book, only=[("claim", "acme-2021/other")]) == []


@pytest.mark.parametrize("was", ["claims: {", "claims: [14, {quote: it}]", "claims:"])
def test_files_that_are_no_sheet_and_entries_that_are_no_claim_are_passed(book, was):
    (book / "seeds" / "acme-2021.txt").write_text("one", encoding="utf-8")
    path = book / "seeds" / "bob-2022.yml"
    path.write_text(was, encoding="utf-8")
    commit(book, "two", "A hedge is kept")
    assert whys(book) == ["A hedge is kept"]
    path.write_text(SHEET.format(quote="more"), encoding="utf-8")
    commit(book, "two", "Bob can be read")
    assert whys(book, only=[("claim", "bob-2022/sales")]) == ["Bob can be read"]


def test_only_the_latest_few_are_kept_in_their_order(book):
    for number in "23456":
        commit(book, number, f"Change {number}", day=f"2026-01-0{number}")
    assert whys(book) == ["Change 4", "Change 5", "Change 6"]


def test_what_a_reading_found_comes_first(book):
    commit(book, "two", "A hedge is kept")
    slip = SimpleNamespace(unit="claims", id=NAME[1], kind=("lost hedge", "unclear"))
    old, new = (
        SimpleNamespace(errors=(slip,), date=d) for d in ("2026-01-01", "2026-01-02")
    )
    assert whys(book, SimpleNamespace(readings=(old,))) == ["A hedge is kept"]
    assert whys(book, SimpleNamespace(readings=(new,))) == [
        "A reading by a stranger found: lost hedge, unclear",
        "A hedge is kept",
    ]


def test_without_git_there_are_none(tmp_path):
    assert whys(tmp_path) == []


def test_what_a_table_had_before_stays(tmp_path):
    folder = tmp_path / REASONS
    folder.mkdir(parents=True)
    table = "why,what,ids\nSame,claim,a/b a/c\nMine,question,gas/q\n"
    (folder / "0.2.0.csv").write_text(table, encoding="utf-8")
    rows = [{"why": "Same", "what": "claim", "ids": "a/d"}]
    assert kept(tmp_path, "0.2.0", rows) == [
        {"why": "Same", "what": "claim", "ids": "a/b a/c a/d"},
        {"why": "Mine", "what": "question", "ids": "gas/q"},
    ]

"""Pages are read again when anything they rest on has changed."""

from __future__ import annotations

import pytest

from sourcebook.making.cache import input_digest


@pytest.fixture
def book(tmp_path):
    for name in (
        "src/sourcebook/reading/text.py",
        "seeds/a.txt",
        "seeds/a.yml",
        "book/questions/gas.yml",
        "requirements.lock",
        "README.md",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


@pytest.mark.parametrize(
    "name",
    [
        "src/sourcebook/reading/text.py",
        "seeds/a.txt",
        "seeds/a.yml",
        "book/questions/gas.yml",
        "requirements.lock",
    ],
)
def test_a_changed_input_counts(book, name):
    before = input_digest(book)
    (book / name).write_text("changed")
    assert input_digest(book) != before


def test_a_renamed_input_counts_and_a_readme_does_not(book):
    before = input_digest(book)
    (book / "README.md").write_text("changed")
    assert input_digest(book) == before
    (book / "seeds/a.txt").rename(book / "seeds/b.txt")
    assert input_digest(book) != before

"""Old outputs are dropped when anything they depend on has changed."""

from __future__ import annotations

import pytest

from sourcebook.making.cache import drop_stale, input_digest


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
def test_a_changed_input_empties_the_cache(book, name):
    cache = book / "cache"
    assert drop_stale(cache, input_digest(book))
    (cache / "executed").write_text("old")
    assert not drop_stale(cache, input_digest(book))
    assert (cache / "executed").exists()
    (book / name).write_text("changed")
    assert drop_stale(cache, input_digest(book))
    assert not (cache / "executed").exists()


def test_a_renamed_input_counts_and_a_readme_does_not(book):
    before = input_digest(book)
    (book / "README.md").write_text("changed")
    assert input_digest(book) == before
    (book / "seeds/a.txt").rename(book / "seeds/b.txt")
    assert input_digest(book) != before

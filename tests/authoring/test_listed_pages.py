"""One line more in the contents, and every other byte as it was."""

from __future__ import annotations

import pytest
import yaml

from sourcebook.authoring.add import with_page, with_register
from sourcebook.errors import SourcebookError


def test_a_line_goes_below_the_last_of_its_kind(root):
    before = (root / "_toc.yml").read_text(encoding="utf-8")
    after = with_page(before, "notebooks/sources/doe-2024")
    new = "      - file: notebooks/sources/doe-2024\n"
    assert after.replace(new, "") == before
    head, _, rest = after.partition(new)
    assert head.endswith("notebooks/sources/brussels-times-2025\n")
    assert rest.startswith("  - caption: What they say to each other\n")
    sections = with_page(before, "book/claims/doe-2024")
    assert "          - file: book/claims/doe-2024\n      - file: book/ev" in sections
    (part,) = [
        p for p in yaml.safe_load(after)["parts"] if "each source" in p["caption"]
    ]
    assert part["chapters"][-1] == {"file": "notebooks/sources/doe-2024"}


def test_comments_and_a_missing_last_line_end_are_kept():
    before = "root: i\nchapters:\n# ours\n- file: a/x  # first\n\n-   file: a/y # last"
    assert with_page(before, "a/z") == f"{before}\n-   file: a/z\n"


@pytest.mark.parametrize(
    ("contents", "fault"),
    [
        ("root: i\nchapters:\n- file: a/z\n", "a/z is in the contents already"),
        ("root: i\nchapters:\n- file: b/x\n", "no list with a page of a/"),
        ("root: i\nchapters: [file: a/x]\n", "line 2 is not a line of its own"),
        ("root: i\nchapters:\n- title: X\n  file: a/x\n", "not a line of its own"),
        ("root: i\nchapters:\n- file: a/x\n  sections:\n  - file: b/y\n", "cannot be"),
        ("root: i\nchapters:\n\t- file: a/x\n", "fix: mend it first"),
        ("", "no list"),
    ],
    ids="there no-list flow titled sections tab empty".split(),
)
def test_contents_that_cannot_take_the_line_are_refused(contents, fault):
    with pytest.raises(SourcebookError, match=f"(?s)_toc.yml: .*{fault}"):
        with_page(contents, "a/z")


def test_the_page_of_all_claims_gets_a_link():
    page = "# All\n\n* [Claims of A](claims/a.md)\n\nMore.\n"
    link = "* [Claims of B](claims/b.md)"
    assert with_register(page, link) == page.replace(".md)\n", f".md)\n{link}\n")
    assert with_register("# All\n", link) == f"# All\n\n{link}\n"
    assert with_register("* [Claims of a](a.md)", link) == (
        f"* [Claims of a](a.md)\n{link}\n"
    )

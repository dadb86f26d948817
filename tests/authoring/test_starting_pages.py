"""A title is somebody else's words: a heading, and nothing more."""

from __future__ import annotations

import jupytext
import pytest

from sourcebook.authoring.starting_pages import (
    chapter_page,
    heading,
    heading_told,
    in_markdown,
    register_page,
    source_page,
)
from sourcebook.prose.markdown import read_prose

HOSTILE = [
    "<script>alert(1)</script>",
    "*A* _b_ `c` [d](javascript:x) ![e](f)",
    "{claim}`x <a/b>` {{ y }} $z$ ^1^ ~2~",
    "A\n# B\n```{code-cell}\nimport os\n```",
    "% a | b \\ c & d #",
    "+++ :::{note} (x)= ---",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_whatever_a_title_holds_it_is_one_heading_of_those_words(title):
    for page in (
        source_page("acme-2021", title, issued="2021"), chapter_page("acme", title),
    ):  # fmt: skip
        notebook = jupytext.reads(page, fmt="md:myst")
        first = notebook.cells[0].source.splitlines()[0]
        assert first.startswith("# ")
        said = "".join(stretch.text for stretch in read_prose(f"{first}\n"))
        assert said in {" ".join(title.split()), "Acme 2021", "Acme"}
        codes = [c for c in notebook.cells if c.cell_type == "code"]
        assert not [c for c in codes if "import os" in c.source]


def test_a_heading_holds_no_figure_that_nothing_verifies_and_no_quotation():
    assert heading("acme-2021", "Tons in 2021", issued="2021-05") == "Tons in 2021"
    assert heading("acme-2021", "May 2021: tons", issued="2021-05") == "May 2021: tons"
    assert heading("acme-2021", "Strategy 2030", issued="2021-05") == "Acme 2021"
    assert heading("acme-2021", "On “tons”", issued="2021-05") == "Acme 2021"
    (told,) = heading_told("acme-2021", "Strategy 2030", issued="2021-05")
    assert told.startswith("its page is headed 'Acme 2021': ")
    assert heading_told("acme-2021", "Tons & more", issued="2021-05") == ()


def test_plain_words_stay_as_they_are():
    words = "Sales of Tons: a report (draft), part A-B / C; D's"
    assert in_markdown(words) == words


def test_the_register_names_the_source_by_its_key():
    page = register_page("acme-2021")
    assert page.startswith("# Claims of Acme 2021\n")
    assert "```{claim-register} acme-2021\n```" in page

"""A plain text pair is split as jupytext splits it; any other is left to jupytext."""

from __future__ import annotations

import pytest

from sourcebook.running.text_pairs import (
    from_text,
    out_of_step,
    plain_cells,
    text_pairs,
)

HEAD = "---\nkernelspec:\n  name: python3\n  display_name: Python 3\n---\n\n"
CODE = "```{code-cell}\n1 + 1\n```\n"
PLAIN = {
    "nothing": "",
    "prose": "# A title\n\nWords,\nand more.\n",
    "no header": f"# A title\n\n{CODE}",
    "code first": f"{CODE}\nWords.\n",
    "code twice": f"{CODE}{CODE}",
    "code in words": f"Words.\n{CODE}Words.\n",
    "tags": "```{code-cell}\n:tags: [hide-input, remove-cell]\n\n1 + 1\n\n\n2\n```\n",
    "tags unsorted": "```{code-cell}\n:tags: [remove-cell, hide-input]\n1\n```\n",
    "no tags": "```{code-cell}\n:tags: []\n1\n```\n",
    "empty": "```{code-cell}\n```\n",
    "blank first": "```{code-cell}\n\n\n1\n```\n",
    "quotes": '```{code-cell}\ns = """\n---\n:a: b\n"""\n```\n',
    "a list": f"* one\n* two\n  still\n\n{CODE}",
    "spaces": f"\n\n  Words.  \n\n\n{CODE}\n\nWords.   \n\n",
}
UNUSUAL = {
    "a break": f"Words.\n\n+++\n\nOther words.\n{CODE}",
    "a language": "```{code-cell} python\n1\n```\n",
    "a longer fence": "````{code-cell}\n'''\n```\n'''\n````\n",
    "a fence in a list": "* one\n\n  ```{code-cell}\n  1\n  ```\n",
    "another fence": f"```{{note}}\nWords.\n```\n{CODE}",
    "tildes": f"~~~\n{CODE}~~~\n",
    "a comment": f"<!--\n{CODE}-->\n",
    "indented": f"    Words.\n\n{CODE}",
    "other options": "```{code-cell}\n:name: a\n\n1\n```\n",
    "options in YAML": "```{code-cell}\n---\ntags: [a]\n---\n1\n```\n",
    "never closed": "Words.\n\n```{code-cell}\n1\n",
}


def by_jupytext(folder, text):
    pair = folder / "pair.md"
    pair.write_text(text, encoding="utf-8")
    return [
        (cell.cell_type, cell.source, sorted(cell.metadata.get("tags", ())))
        for cell in from_text(pair).cells
    ]


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_text_has_the_cells_that_jupytext_finds(tmp_path, name):
    text = PLAIN[name] if name == "no header" else HEAD + PLAIN[name]
    assert plain_cells(text) == by_jupytext(tmp_path, text)


@pytest.mark.parametrize("name", UNUSUAL)
def test_what_is_not_plain_is_left_to_jupytext(name):
    assert plain_cells(HEAD + UNUSUAL[name]) is None


def test_every_pair_of_the_book_is_plain(root):
    texts = {pair.stem: pair.read_text(encoding="utf-8") for pair in text_pairs(root)}
    assert [name for name, text in texts.items() if plain_cells(text) is None] == []


NO_NOTEBOOKS = (
    "{", "", "null", "7", "[1]", "NaN", "{}", "[" * 100_000, '{"nbformat": 4}',
    '{"nbformat": 4, "cells": 1}',
    '{"nbformat": 4, "metadata": {}, "cells": [{}]}', '{"nbformat": 3, "cells": []}',
)  # fmt: skip
WHOLE = '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}'


@pytest.mark.parametrize(
    "data",
    [*(text.encode() for text in NO_NOTEBOOKS), WHOLE.encode("utf-16"), b"\xff"],
    ids=lambda data: repr(data[:50]),
)
def test_what_is_no_notebook_is_not_in_step(tmp_path, data):
    for folder, name, text in (
        ("notebooks/text/sources", "acme.md", HEAD.encode()),
        ("notebooks/sources", "acme.ipynb", data),
    ):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / name).write_bytes(text)
    said = str(*out_of_step(tmp_path))
    assert said.startswith("notebooks/sources/acme.ipynb: cannot be compared: ")

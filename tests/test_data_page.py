"""The examples on the data page run, one after the other, on the files."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from sourcebook.coding.book_files import DOWNLOADS
from sourcebook.comparing.questions import answer_all
from sourcebook.data.export import write_exports

PAGE = Path(__file__).parent.parent / "book" / "data.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def shown(corpus, tmp_path_factory):
    """What the last line of each example shows, in their order."""
    folder = tmp_path_factory.mktemp("data")
    write_exports(corpus, answer_all(corpus), folder)
    names, results = {}, []
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for example in EXAMPLES:
            results.append(_run(example, names))
    return results


def _run(example, names):
    *first, last = ast.parse(example).body
    if not isinstance(last, ast.Expr):
        first, last = [*first, last], ast.parse("'only made names'").body[0]
    exec(compile(ast.Module(first, []), PAGE.name, "exec"), names)  # noqa: S102
    return eval(compile(ast.Expression(last.value), PAGE.name, "eval"), names)  # noqa: S307


def test_every_example_shows_something(shown):
    assert [
        example for example, r in zip(EXAMPLES, shown, strict=True) if not len(r)
    ] == []


def test_the_examples_show_what_the_page_says(shown, corpus):
    shares, relations = shown[1:3]
    sources = shown[7]
    assert {"EU gas demand", "EU natural gas imports"} <= set(shares.of)
    assert shares.value_low.notna().all()
    assert relations.sum() > 0
    assert list(sources.index) == sorted(corpus.sources)
    assert shown[8].to_numpy().sum() > 60  # facts on firm ground
    assert shown[9].sum() == len(corpus.claims)
    assert shown[10]["0.2.0", "claim", "quote"] > 0
    assert {"beginning", "mended"} <= set(shown[11].stage)
    census = shown[12]
    assert (census.total == census.coded + census.waived).all()


def test_every_download_has_an_example_or_is_a_form_of_one_that_has():
    used = set(re.findall(r'"([\w.]+\.\w+)"', "".join(EXAMPLES)))
    tables = "claims codebook codings corrections differences questions record".split()
    tables += ["relations", "second"]
    other = {"references.bib", *(f"{name}.json" for name in tables)}
    assert used == set(DOWNLOADS) - other
    linked = re.findall(r"\{data\}`([^`]+)`", TEXT)
    assert sorted(linked) == sorted(DOWNLOADS)

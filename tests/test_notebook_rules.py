"""The house rules for notebooks: one rule, one test, one plain message."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from statistics import median
from types import SimpleNamespace

import nbformat
import pytest

from sourcebook.running.text_pairs import out_of_step

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*/*.ipynb"))
TAGS = {"hide-input", "hide-output", "remove-input", "live"}
MOST_LINES, MEDIAN_LINES, WORDS_PER_LINE = 15, 3, 8
# A picture brings its title, labels and alternative text: lines of words, not of code.
WORDS_ALONE = re.compile(r"""\s*(?:(?:\w+=)?f?"[^"]*"[:,]?\s*)*[)\]}]*,?""")

each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def _cells(path, kind):
    notebook = nbformat.read(path, as_version=4)
    return [cell for cell in notebook.cells if cell.cell_type == kind]


def _length(cell, but=re.compile(r"\s*")):
    """Count lines of code; empty ones are for the eye."""
    return sum(1 for line in cell.source.splitlines() if not but.fullmatch(line))


def test_there_are_notebooks_of_every_kind():
    assert {path.parent.name for path in NOTEBOOKS} == {
        "coding",
        "explore",
        "sources",
        "synthesis",
        "tutorial",
    }


def test_notebooks_and_text_pairs_are_in_sync(root):
    assert out_of_step(root) == ()


@each
def test_tags_are_known(path):
    cells = nbformat.read(path, as_version=4).cells
    used = {tag for cell in cells for tag in cell.metadata.get("tags", ())}
    assert used <= TAGS


@each
def test_one_title_and_it_comes_first(path):
    lines = [
        line for cell in _cells(path, "markdown") for line in cell.source.split("\n")
    ]
    titles = [line for line in lines if line.startswith("# ")]
    assert titles == lines[:1]


@each
def test_code_cells_are_short(path):
    cells = _cells(path, "code")
    assert max(_length(cell) for cell in cells) <= MOST_LINES
    assert median(_length(cell, WORDS_ALONE) for cell in cells) <= MEDIAN_LINES


@each
def test_no_shell_no_network_no_absolute_path(path):
    bad = re.compile(r"^\s*[!%]|https?://|urlopen|['\"]/[a-z]+/", re.MULTILINE)
    assert [m[0] for c in _cells(path, "code") for m in bad.finditer(c.source)] == []


@each
def test_the_book_is_one_import(path):
    code = "\n".join(cell.source for cell in _cells(path, "code"))
    deeper = re.compile(r"^\s*(?:from|import) +sourcebook(?! as sb$).*", re.MULTILINE)
    assert deeper.findall(code) == []


@each
def test_prose_outweighs_code(path):
    words = sum(len(cell.source.split()) for cell in _cells(path, "markdown"))
    lines = sum(_length(cell) for cell in _cells(path, "code"))
    assert words >= WORDS_PER_LINE * lines


@each
def test_every_code_cell_ran_without_error_and_in_order(path):
    cells = _cells(path, "code")
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    kinds = {output.output_type for cell in cells for output in cell.outputs}
    assert kinds <= {"execute_result", "display_data", "stream"}


@each
def test_nothing_in_it_differs_from_run_to_run(path):
    # A public page's own address may hold such a number; it stays the same.
    text = re.sub(r"https?://[^\s\"<>]+", "", path.read_text(encoding="utf-8"))
    for pattern in (
        r"0x[0-9a-f]{6,}",
        r"\b[0-9a-f]{32}\b",
        r"\d\d:\d\d:\d\d",
        r"altair-viz",
    ):
        assert not re.search(pattern, text), pattern
    assert "model_id" not in text


SOURCES = sorted((Path(__file__).parent.parent / "notebooks/text/sources").glob("*.md"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_section_with_a_key_claim_is_passed_over(path, corpus):
    """The prose links a key claim of each section of the document that has one."""
    linked = set(re.findall(r"`[^`<]+<([^>]+)>`", path.read_text(encoding="utf-8")))
    keys = [claim for claim in corpus.sources[path.stem].claims() if claim.key]
    told = {claim.section for claim in keys if claim.id in linked}
    assert [claim.id for claim in keys if claim.section not in told] == []


def test_of_all_that_is_run_the_longest_notebooks_come_first(root):
    at = root / "notebooks" / "conftest.py"
    spec = importlib.util.spec_from_file_location("notebooks_conftest", at)
    conftest = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(conftest)
    other, notebooks = root / "requirements.lock", root / "notebooks"
    desk, gas = notebooks / "coding/desk.ipynb", notebooks / "synthesis/gas.ipynb"
    items = [SimpleNamespace(path=path) for path in (other, desk, desk, gas, other)]
    first, last = items[0], items[-1]
    conftest.pytest_collection_modifyitems(items)
    assert [item.path for item in items] == [gas, desk, desk, other, other]
    assert items[-2] is first
    assert items[-1] is last

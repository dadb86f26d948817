"""A book of a few bytes, to run notebooks in."""

from __future__ import annotations

import nbformat
import pytest

from sourcebook.running.text_pairs import KERNEL
from warm_kernels import warm_kernels


class Book:
    """A folder with seeds, questions and notebooks."""

    def __init__(self, root):
        self.root = root
        for folder in ("seeds", "book/questions", "notebooks/sources"):
            (root / folder).mkdir(parents=True)
        (root / "_toc.yml").write_text("format: jb-book\nroot: page\n")
        (root / "seeds" / "a.yml").write_text("a\n")
        (root / "seeds" / "b.yml").write_text("b\n")

    def write(self, name, *codes):
        """Write a notebook; return its name as the store has it."""
        cells = [
            nbformat.v4.new_markdown_cell(f"# {name}", id="title"),
            *(
                nbformat.v4.new_code_cell(code, id=f"cell-{n}")
                for n, code in enumerate(codes)
            ),
        ]
        notebook = nbformat.v4.new_notebook(
            cells=cells, metadata={"kernelspec": KERNEL}
        )
        path = f"notebooks/sources/{name}.ipynb"
        nbformat.write(notebook, self.root / path)
        return path


@pytest.fixture
def book(tmp_path):
    return Book(tmp_path)


@pytest.fixture(scope="module")
def made_book(tmp_path_factory):
    """A book for all tests of a file."""
    return Book(tmp_path_factory.mktemp("made"))


@pytest.fixture(autouse=True, scope="session")
def _warm():
    with warm_kernels():
        yield

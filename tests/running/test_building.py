"""Plain ``jupyter-book build`` runs what is stale, and nothing else."""

from __future__ import annotations

import subprocess
import sys

import pytest
import yaml

from sourcebook.running.execution_store import reasons

EXTENSION = """\
from sourcebook.site import build_hooks

def setup(app):
    app.connect("config-inited", build_hooks.keep_to_contents, priority=950)
    app.connect("env-get-outdated", build_hooks._execute)
"""
# As `jupyter-book` is, but for 38 grammars of addresses, which take seconds to load.
PROGRAM = "import sourcebook.running; from jupyter_book.cli.main import main; main()"
READ = "print('It says', open('../../seeds/{}.yml').read())"


@pytest.fixture
def build(book):
    """Return a function that builds the book; it returns exit code and output."""
    config = yaml.safe_load("""
        exclude_patterns: [_build]
        execute: {execute_notebooks: cache, timeout: 20}
        sphinx:
          recursive_update: true
          local_extensions: {runs: .}
    """)
    (book.root / "_config.yml").write_text(yaml.safe_dump(config))
    (book.root / "runs.py").write_text(EXTENSION)
    (book.root / "page.md").write_text("# A page\n")
    (book.root / "README.md").write_text("Not a page, and {no-such}`role`.\n")
    files = "".join(f"- file: notebooks/sources/{name}\n" for name in ("one", "two"))
    toc = f"format: jb-book\nroot: page\nchapters:\n{files}"
    (book.root / "_toc.yml").write_text(toc)

    def build():
        command = [sys.executable, "-c", PROGRAM, "build", book.root, "-W"]
        command.append("--keep-going")
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    return build


def _page(book, name):
    path = book.root / "_build/html/notebooks/sources" / f"{name}.html"
    return path.read_text(encoding="utf-8")


@pytest.fixture
def book(book, tmp_path):
    """Return a book in a folder whose name is a pattern that its neighbour fits."""
    (tmp_path / "book 1").mkdir()
    (tmp_path / "book 1" / "other.md").write_text("# Not of this book\n")
    return type(book)(tmp_path / "book [1]*")


@pytest.mark.slow
def test_a_build_runs_what_is_stale_and_reads_those_pages_again(book, build):
    one = book.write("one", READ.format("a"))
    two = book.write("two", READ.format("b"), "1 / 0")
    code, said = build()
    assert code != 0
    assert f"{two}: cell 2 raised ZeroDivisionError" in said
    assert reasons(book.root) == {one: "", two: "never run"}
    book.write("two", READ.format("b"))
    code, said = build()
    assert code == 0, said
    assert "It says a" in _page(book, "one")
    assert "It says b" in _page(book, "two")
    (book.root / "seeds/a.yml").write_text("another thing")
    code, said = build()
    assert code == 0, said
    assert "0 added, 1 changed, 0 removed" in said
    assert "It says another thing" in _page(book, "one")
    assert not (book.root / "_build/html/README.html").exists()

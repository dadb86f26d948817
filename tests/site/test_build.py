"""A book is built from what holds together, and from nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
import yaml

from sourcebook.checking.book_check import look
from sourcebook.errors import SourcebookError
from sourcebook.site import build


@pytest.fixture
def tiny(root, tmp_path):
    """Return a function that builds a book of one notebook with the book's settings."""
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    config["bibtex_bibfiles"] = ["none.bib"]
    config["sphinx"]["extra_extensions"] = []  # ours need a whole book
    config["sphinx"]["config"] |= {"html_static_path": [], "html_css_files": []}
    config["sphinx"]["config"]["html_js_files"] = []
    whole_book = {"html_favicon", "templates_path", "html_theme_options"}
    ours = {
        name for name in config["sphinx"]["config"] if name.startswith("sourcebook_")
    }
    for name in whole_book | ours:
        del config["sphinx"]["config"][name]
    (tmp_path / "_config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (tmp_path / "none.bib").touch()
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: page\n")

    def run(code):
        cells = [
            nbformat.v4.new_markdown_cell("# A page", id="a"),
            nbformat.v4.new_code_cell(code, id="b"),
        ]
        notebook = nbformat.v4.new_notebook(cells=cells)
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
        nbformat.write(notebook, tmp_path / "page.ipynb")
        program = Path(sys.executable).parent / "jupyter-book"
        command = [str(program), "build", str(tmp_path), "-W", "--keep-going"]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return run


@pytest.mark.slow
def test_a_failing_notebook_fails_the_build_and_shows_where(tiny):
    done = tiny("1 / 0")
    assert done.returncode != 0
    assert "ZeroDivisionError" in done.stdout + done.stderr
    sound = tiny("6 * 7")
    assert sound.returncode == 0, sound.stdout + sound.stderr


def test_a_fault_stops_the_build_before_it_begins(root, monkeypatch):
    def refuse(_root):
        raise SourcebookError("seeds/acme.yml: 1 fault")

    monkeypatch.setattr(build, "look", refuse)
    monkeypatch.setattr(build, "_run", lambda *_: pytest.fail("built"))
    with pytest.raises(SourcebookError, match="1 fault"):
        build.build_book(root)


def test_a_decline_that_does_not_hold_is_a_fault(root, tmp_path, monkeypatch):
    path = tmp_path / "declined.yml"
    pair = "[valiyev-yagubova-2022/gas-share, bbc-2025/gas-share]"
    path.write_text(f"- pair: {pair}\n  reason: another matter\n", encoding="utf-8")
    monkeypatch.setattr("sourcebook.comparing.suggested_pairs.FILE", str(path))
    with pytest.raises(SourcebookError, match="a question asks about it"):
        look(root).held()


def test_a_warning_of_jupyter_book_is_an_error(tmp_path, monkeypatch):
    """And readers keep the site they have, whatever was written meanwhile."""
    page = tmp_path / "_build/html/index.html"
    page.parent.mkdir(parents=True)
    page.write_text("good", encoding="utf-8")

    def write_and_warn(_command, env):
        made = Path(env["SOURCEBOOK_INTO"]) / "index.html"
        made.parent.mkdir(parents=True)
        made.write_text("half", encoding="utf-8")
        return 1

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")
    monkeypatch.setattr(build, "look", lambda _: SimpleNamespace(held=list))
    monkeypatch.setattr(build, "_run", write_and_warn)
    with pytest.raises(SourcebookError, match="first WARNING or ERROR"):
        build.build_book(tmp_path)
    assert page.read_text(encoding="utf-8") == "good"


def test_a_large_library_is_loaded_when_something_is_asked_of_it():
    """Until then any number of modules may import it."""
    program = (
        "import sys; from sourcebook.site.build_process import _Later; "
        "sys.modules['fractions'] = _Later('fractions'); "
        "import fractions; import fractions as again; "
        "print('Fraction' in vars(fractions)); print(again.Fraction(1, 2)); "
        "from fractions import Fraction; print(Fraction is again.Fraction)"
    )
    command = [sys.executable, "-c", program]
    said = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    assert said.stdout.split() == ["False", "1/2", "True"]


def test_what_reads_notebooks_does_without_the_grammars_of_addresses():
    program = (
        "import sys, sourcebook.running.notebooks; "
        "print(sys.modules['rfc3987_syntax'], 'jsonschema' in sys.modules)"
    )
    command = [sys.executable, "-c", program]
    said = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    assert said.stdout.split() == ["None", "True"]

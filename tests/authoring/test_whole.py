"""From a document to a page of a book that was just begun, with kernels."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from sourcebook.coding.corpus import read
from sourcebook.commands.command_line import main

pytestmark = pytest.mark.slow
# Documents of every kind become the same words and sheets: `test_add` sees to that.
KINDS = (".txt", ".html")
HOSTILE = "<script>alert()</script> & *more*"
COMMON = ("--issued", "2024-05-03", "--genre", "Report", "--author", HOSTILE)
MEASURE = """measures:
  share: {label: share, unit: percent, definition: A part of a whole}
"""
DRAFT = re.compile(r"  - id: draft-\d+ .*?(?=\n  - id:|\n\nwaivers)", re.DOTALL)
BLANKS = {
    'topic: ""': "topic: example",
    'measure: ""': "measure: share",
    'where: ""': "where: EU",
    'when: ""': 'when: "2024"',
    "id: draft-": "id: share-",
}
# Where the port lies is not said: so a reason is needed.
INFERRED = """
    inferred:
      where: "EU: the port is taken to be there"
"""
MARKUP = """
  - id: markup
    kind: argument
    topic: example
    quote: "He said <script>alert(2)</script> 3 times"
"""
CONF = """
extensions = ["myst_nb", "sphinxcontrib.bibtex", "sourcebook.site.roles"]
bibtex_bibfiles = ["seeds/references.bib"]
nb_execution_mode = "off"
html_theme = "basic"
root_doc = "book/contents"
include_patterns = ["book/contents.md", "book/claims/acton-*", "book/bibliography.md",
    "notebooks/sources/acton-*"]
"""
CONTENTS = """# All

```{toctree}
:glob:
claims/acton-*
../notebooks/sources/acton-*
bibliography
```
"""


@pytest.fixture(scope="module")
def book(begun, tmp_path_factory):
    """Return a book that was just begun, with the words that these documents need."""
    folder = shutil.copytree(begun, tmp_path_factory.mktemp("whole") / "book")
    codebook = folder / "seeds/codebook.yml"
    text = codebook.read_text(encoding="utf-8").replace("places: []", "places: [EU]")
    codebook.write_text(text.replace("measures:\n", MEASURE), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def sourcebook(book):
    """Return a runner of the command line in the book."""

    def run(*words):
        done = CliRunner().invoke(main, ["--root", str(book), *map(str, words)])
        assert done.exit_code == 0, done.output
        return done.output

    return run


@pytest.fixture(scope="module")
def added(sourcebook, documents, tmp_path_factory):
    """Add a document of words and one that is marked up; return the citekeys."""
    folder, keys = tmp_path_factory.mktemp("documents"), []
    for kind in KINDS:
        path = folder / f"port{kind}"
        path.write_bytes(documents[kind]())
        keys.append(f"acton-{kind[1:]}")
        title = f"Port {kind[1:]} {HOSTILE}"
        sourcebook("add", path, "--key", keys[-1], "--title", title, *COMMON)
    return keys


@pytest.fixture(scope="module")
def completed(book, added):
    """Complete the draft of the share in each sheet, as a person would."""
    for key in added:
        sheet = book / "seeds" / f"{key}.yml"
        text = sheet.read_text(encoding="utf-8")
        drafts = [d[0] for d in DRAFT.finditer(text) if "5% more than" in d[0]]
        done = drafts[0]
        for blank, filled in BLANKS.items():
            done = done.replace(blank, filled)
        name = re.search(r"id: (\S+)", done)[1]
        done = done.replace(name, "share")
        text = text.replace(f"{drafts[0]}\n", "")
        done = f"{done.rstrip()}{INFERRED.rstrip()}\n{MARKUP}"
        text = text.replace("\nclaims:\n", f"\nclaims:\n{done}\n")
        sheet.write_text(text, encoding="utf-8")
    return added


def test_after_adding_and_completing_all_is_sound_and_runs(book, sourcebook, completed):
    said = sourcebook("notebooks", *completed)
    assert f"{len(completed)} changed" in said
    for key in completed:
        claim = read(key, root=book).claim("share")
        assert (claim.figure, claim.measure) == ("5%", "share")
    sourcebook("check")


def test_after_a_new_chapter_with_a_question_all_is_sound_and_runs(
    book, sourcebook, completed
):
    claims = ",".join(f"{key}/share" for key in completed)
    said = sourcebook(
        "new", "ports", "--title", f"Ports {HOSTILE}", "--asks", "How much more?",
        "--claims", claims,
    )  # fmt: skip
    assert "did not run" not in said
    assert "wrote  notebooks/synthesis/ports.ipynb" in said
    notebook = (book / "notebooks/synthesis/ports.ipynb").read_text(encoding="utf-8")
    assert "How much more?" in notebook


def test_what_a_document_holds_is_words_on_every_page(book, completed, tmp_path):
    (tmp_path / "conf.py").write_text(CONF, encoding="utf-8")
    (book / "book/contents.md").write_text(CONTENTS, encoding="utf-8")
    out = tmp_path / "html"
    command = [sys.executable, "-m", "sphinx", "-q", "-c", tmp_path, book, out]
    done = subprocess.run(
        command, cwd=book, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    pages = [*out.glob("book/**/*.html"), *out.glob("notebooks/**/*.html")]
    assert len(pages) == 2 * len(completed) + 2
    for path in pages:
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        scripts = [script.get_text() for script in page.find_all("script")]
        assert not [script for script in scripts if "alert(" in script], path.name
    heads = [
        BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").h1.get_text()
        for path in sorted(out.glob("notebooks/sources/*.html"))
    ]
    assert all(HOSTILE in head for head in heads)
    for key in completed:
        register = (out / f"book/claims/{key}.html").read_text(encoding="utf-8")
        words = BeautifulSoup(register, "html.parser").get_text()
        assert "<script>alert(2)</script> 3 times" in words
    listed = (out / "book/bibliography.html").read_text(encoding="utf-8")
    assert HOSTILE in BeautifulSoup(listed, "html.parser").get_text()

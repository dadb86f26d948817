"""From a document to a page of the book, in a copy of the repository, with kernels."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup

from sourcebook.coding.corpus import read

pytestmark = pytest.mark.slow
# Documents of every kind become the same words and sheets: `test_add` sees to that.
KINDS = (".txt", ".html")
HOSTILE = "<script>alert()</script> & *more*"
COMMON = ("--issued", "2024-05-03", "--genre", "Report", "--author", HOSTILE)
MAIN = "from sourcebook.commands.command_line import main; main(prog_name='sourcebook')"
DRAFT = re.compile(r"  - id: draft-\d+ .*?(?=\n  - id:|\n\nwaivers)", re.DOTALL)
BLANKS = {
    'topic: ""': "topic: gas-share",
    'measure: ""': "measure: share-of-gas",
    'where: ""': "where: EU",
    'when: ""': 'when: "2024"',
    "id: draft-": "id: share-",
}
# A figure of a port, coded as one of gas: so a reason for each field is needed.
INFERRED = """
    inferred:
      topic: "gas-share: for the sake of a measure that the book has"
      measure: "share-of-gas: for the sake of a measure that the book has"
      where: "EU: the port is taken to be there"
"""
MARKUP = """
  - id: markup
    kind: argument
    topic: trade
    quote: "He said <script>alert(2)</script> 3 times"
    inferred: {topic: "trade: for the sake of a topic that the book has"}
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
def copy(root, tmp_path_factory, bring_kept):
    """Return a copy of the repository without what a build leaves behind."""
    ignore = shutil.ignore_patterns(
        "_build", ".venv", ".git", ".uv", "__pycache__", ".*_cache", "tests", "*.lock"
    )
    folder = tmp_path_factory.mktemp("whole") / "book"
    shutil.copytree(root, folder, ignore=ignore)
    bring_kept(folder)
    return folder


@pytest.fixture(scope="module")
def run(copy):
    """Return a runner of Python in the copy, as in a pipe."""

    def run(*arguments):
        done = subprocess.run(
            [sys.executable, *map(str, arguments)],
            cwd=copy,
            env={**os.environ, "PYTHONPATH": str(copy / "src")},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=500,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="module")
def sourcebook(run):
    """Return a runner of the command line in the copy."""
    return lambda *arguments: run("-c", MAIN, *arguments)


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
def completed(copy, added):
    """Complete the draft of the share in each sheet, as a person would."""
    for key in added:
        sheet = copy / "seeds" / f"{key}.yml"
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


def test_after_adding_and_completing_all_is_sound_and_runs(copy, sourcebook, completed):
    said = sourcebook("notebooks", *completed)
    assert f"{len(completed)} changed" in said
    for key in completed:
        claim = read(key, root=copy).claim("share")
        assert (claim.figure, claim.measure) == ("5%", "share-of-gas")
    # Further documents end what the book says of its five, and nothing else.
    done = subprocess.run(
        [sys.executable, "-c", MAIN, "check"],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy / "src")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    faults = [ln for ln in done.stderr.splitlines() if re.match(r"  (?! )(?!fix:)", ln)]
    kinds = ("the words do not say what the sheets hold", "found:", "documents:")
    assert [ln for ln in faults if not ln.strip().startswith(kinds)] == []


def test_after_a_new_chapter_with_a_question_all_is_sound_and_runs(
    copy, sourcebook, completed
):
    claims = ",".join(f"{key}/share" for key in completed)
    said = sourcebook(
        "new", "ports", "--title", f"Ports {HOSTILE}", "--asks", "How much more?",
        "--claims", claims,
    )  # fmt: skip
    assert "did not run" not in said
    assert "wrote  notebooks/synthesis/ports.ipynb" in said
    notebook = (copy / "notebooks/synthesis/ports.ipynb").read_text(encoding="utf-8")
    assert "How much more?" in notebook


def test_what_a_document_holds_is_words_on_every_page(copy, run, completed, tmp_path):
    (tmp_path / "conf.py").write_text(CONF, encoding="utf-8")
    (copy / "book/contents.md").write_text(CONTENTS, encoding="utf-8")
    out = tmp_path / "html"
    run("-m", "sphinx", "-q", "-c", tmp_path, copy, out)
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

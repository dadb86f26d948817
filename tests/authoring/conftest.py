"""A small book to add to, and made-up documents of every kind."""

from __future__ import annotations

import html
import io
from pathlib import Path
from types import SimpleNamespace

import docx
import pytest
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

from sourcebook.authoring.source_metadata import Metadata

TITLE = "A port for Acton"
PARAGRAPHS = """\
The Ministry of Tons opened the port of Acton on 3 May 2024. It cost around \
20 million euros, 5% more than planned.
“We are very glad of it,” said the minister, Jane Doe. By 2030 the port will serve \
up to 40% of the trade of the region, she added.
Critics doubt this. No ship came in the first 14 days, and 12 of 30 cranes stand still.\
""".split("\n")
MARKUP = "He said <script>alert(2)</script> 3 times, and then no more. It rained."
ROWS = [["Year", "Tons"], ["2023", "14 million"]]
BOOK = {
    "_toc.yml": """\
format: jb-book  # kept as it is
root: book/index
parts:
  - caption: What each source says
    chapters:
      - file: notebooks/sources/acme-2021
  - caption: What they say to each other
    chapters:
      - file: notebooks/synthesis/sales
  - caption: Look up
    chapters:
      - file: book/claims
        sections:
          - file: book/claims/acme-2021
""",
    "book/claims.md": "# All\n\n* [Claims of Acme](claims/acme-2021.md)\n",
    "book/questions/sales.yml": "title: Sales\n",
    "seeds/references.bib": (
        "@misc{acme-2021,\n  author = {{Acme}},\n  title = {{Tons}},\n"
        "  year = {2021}\n}\n"
    ),
    "seeds/codebook.yml": """\
topics: {trade: What is sold}
measures: {share: {label: share, unit: percent, definition: A part of a whole}}
denominators: [trade]
places: [Acton]
concepts: {}
event_types: {}
""",
    "seeds/000_00.txt": "Another text.\n",
}
WORDS = Metadata(TITLE, "Doe, Jane; Ministry of Tons", "2024-05-03", "Report")


def read_tree(root: Path) -> dict[str, bytes]:
    """Return every file and folder of a book with its content, `_build` aside.

    A command says there who holds the book; nothing of a book rests on it.
    """
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in sorted(root.rglob("*"))
        if path.relative_to(root).parts[0] != "_build"
    }


def make_text() -> bytes:
    return "\n\n".join([TITLE, *PARAGRAPHS, ""]).encode()


def make_markdown() -> bytes:
    return f"# A port for *Acton*\n\n{PARAGRAPHS[0]}\n".encode()


def make_html(*, more: str = "", around: str = "") -> bytes:
    rows = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS
    )
    words = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    return f"""<!doctype html><html><head><title>Port | Ministry</title>
<meta name="author" content="Ministry of Tons"><style>p {{ color: red }}</style>
<meta property="article:published_time" content="2024-05-03T10:00:00Z"></head><body>
<nav>Home 77%</nav>{around}<main><h1>{TITLE}</h1>{words}
<p>It has a note.<sup><a href="#n1">1</a></sup></p>
<table><caption>Tons sold</caption>{rows}</table><script>alert(3)</script>{more}
<h2>Notes</h2><ol><li id="n1">A note on 9 ships.</li></ol></main>
<footer>Imprint</footer></body></html>""".encode()


def make_docx() -> bytes:
    document = docx.Document()
    document.core_properties.title = TITLE
    document.core_properties.author = "Jane Doe"
    document.add_heading(TITLE, 1)
    for words in PARAGRAPHS:
        document.add_paragraph(words)
    table = document.add_table(2, 2)
    for row, cells in enumerate(ROWS):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def make_pdf(**options) -> bytes:
    out, styles = io.BytesIO(), getSampleStyleSheet()
    story = [Paragraph(TITLE, styles["Title"])]
    story += [Paragraph(words, styles["BodyText"]) for words in PARAGRAPHS]
    story += [Table(ROWS), PageBreak()]
    story += [Paragraph("A second page, with 7 ships on it.", styles["BodyText"])]
    given = {"title": TITLE, "author": "Jane Doe", **options}
    SimpleDocTemplate(out, **given).build(story)
    return out.getvalue()


DOCUMENTS = {
    ".txt": make_text,
    ".md": make_markdown,
    ".html": make_html,
    ".pdf": make_pdf,
    ".docx": make_docx,
}


@pytest.fixture
def book(tmp_path):
    """Return a small book with the lists that a source or a chapter goes into."""
    root = tmp_path / "book"
    for name, text in BOOK.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def file(tmp_path):
    """Return a maker of files to hand in."""

    def make(name, data=b""):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return make


@pytest.fixture
def tree():
    """Return a function from a folder to all that is in it."""
    return read_tree


@pytest.fixture
def made():
    """What makes the documents: one of each kind, and what is known of them."""
    return SimpleNamespace(
        documents=DOCUMENTS, html=make_html, docx=make_docx, pdf=make_pdf, words=WORDS
    )


@pytest.fixture
def port(file):
    """Return the made-up document as a text file."""
    return file("port.txt", make_text())


@pytest.fixture(scope="session")
def documents():
    """Return what makes a document of each kind, with markup among its words."""
    return DOCUMENTS | {
        ".txt": lambda: make_text() + f"\n{MARKUP}\n".encode(),
        ".html": lambda: make_html(more=f"<p>{html.escape(MARKUP)}</p>"),
    }

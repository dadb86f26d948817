"""What a build begins with is checked: that it has its shape, and all it names."""

from __future__ import annotations

import pytest

from sourcebook.checking.book_settings import setting_errors

TOC, CONFIG, CITATION = "_toc.yml", "_config.yml", "CITATION.cff"
FILES = {
    TOC: """\
format: jb-book
root: book/index
parts:
  - caption: Look up
    numbered: true
    chapters:
      - file: book/sales
        title: Sales
        sections:
          - file: notebooks/tons.ipynb
      - url: https://example.org/
""",
    CONFIG: """\
title: Tons
copyright: 2021
bibtex_bibfiles: [seeds/references.bib]
execute:
  timeout: 90
sphinx:
  extra_extensions: [sourcebook.site.roles]
  config:
    language: en
    sourcebook_output_limit: 20
    html_static_path: [book/_static]
    html_css_files: [book.css, "https://example.org/a.css"]
    html_favicon: book/_static/icon.svg
""",
    CITATION: """\
title: Tons
abstract: Of tons.
version: 1.0.0
date-released: 2021-06-01
authors: [{name: Us}]
keywords: [tons]
""",
    "book/index.md": "# Tons\n",
    "book/sales.md": "# Sales\n",
    "notebooks/tons.ipynb": "{}",
    "seeds/references.bib": "",
    "book/_static/book.css": "",
    "book/_static/icon.svg": "",
}


@pytest.fixture
def book(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def _told(root):
    return [
        (fault.file, fault.line, fault.fault, bool(fault.fix))
        for error in setting_errors(root)
        for fault in error.faults
    ]


def test_a_book_that_is_sound_has_no_fault(book):
    assert _told(book) == []
    (book / CONFIG).unlink()  # such a copy is never built
    (book / TOC).unlink()
    assert _told(book) == []


@pytest.mark.parametrize(
    ("page", "of"),
    [
        ("notebooks/sources/acme-2021.ipynb", "seeds/acme-2021.yml"),
        ("book/claims/acme-2021.md", "seeds/acme-2021.yml"),
        ("notebooks/synthesis/sales.ipynb", "book/questions/sales.yml"),
    ],
)
def test_contents_have_the_pages_that_others_lead_to(book, page, of):
    """A build would name the pages that link there, and not the contents."""
    for name in (page, of):
        (book / name).parent.mkdir(parents=True, exist_ok=True)
        (book / name).touch()
    name = page.rpartition(".")[0]
    said = f"no line for {name}, which other pages lead to"
    assert _told(book) == [(TOC, 1, said, True)]
    for line in (f"- file: {name}", "- glob: '*/*/*'"):
        contents = FILES[TOC].replace("- url", f"{line}\n      - url")
        (book / TOC).write_text(contents, encoding="utf-8")
        assert _told(book) == []


@pytest.mark.parametrize(
    ("form", "lists"),
    [
        ("format: jb-book\n", "chapters:"),
        ("format: jb-article\n", "sections:"),
        ("", "entries:"),
        ("", "subtrees:\n- entries:"),
    ],
)
def test_contents_may_have_any_form_of_jupyter_book(book, form, lists):
    text = f"{form}root: book/index\n{lists}\n  - file: book/sales\n  - glob: x*\n"
    (book / TOC).write_text(text, encoding="utf-8")
    assert _told(book) == []


@pytest.mark.parametrize(
    ("name", "was", "now", "told"),
    [
        (TOC, "root: book/index\n", "", (1, "'root' key not found")),
        (TOC, "format: jb-book\n", "", (1, "Unknown keys found: {'parts'}")),
        (TOC, "jb-book", "jb-bok", (1, "not recognised: 'jb-bok'")),
        (
            TOC,
            "book/sales",
            "book/sale",
            (7, "no page 'book/sale'; did you mean 'book/"),
        ),
        (TOC, "book/sales", "../book/sales", (7, "no page '../book/sales'")),
        (TOC, "notebooks/tons.ipynb", "book/sales.md", (10, "in the contents already")),
        (
            TOC,
            "file: book/sales",
            "fiel: book/sales",
            (7, "does not contain one of"),
        ),
        (TOC, "title: Sales", "url: x", (7, "entry contains incompatible keys")),
        (TOC, "sections:", "sectoins:", (7, "Unknown keys found: {'sectoins'}")),
        (
            TOC,
            "chapters:",
            "chapters: []\n    entries:",
            (4, "not a non-empty list"),
        ),
        (TOC, "- caption: Look up\n", "- caption:\n", (0, "")),
        (TOC, "numbered: true", "style: [x]", (4, "style must be one of")),
        (TOC, "root: book/index", "root: [", (4, "")),
        (CONFIG, "title: Tons\n", "", (1, "missing field 'title'")),
        (CONFIG, "title: Tons", "title: Tons\ntitel: x", (2, "unknown field 'titel'")),
        (CONFIG, "title: Tons", "title: [a]", (1, "valid string")),
        (CONFIG, "timeout: 90", "timeout: 0", (5, "greater than 0")),
        (CONFIG, "limit: 20", "limit: -1", (1, "limit: -1 is not a limit")),
        (
            CONFIG,
            "_limit: 20",
            "_limt: 20",
            (10, "did you mean 'sourcebook_output_lim"),
        ),
        (
            CONFIG,
            "site.roles",
            "site.rolls",
            (7, "no extension 'sourcebook.site.rolls'"),
        ),
        (
            CONFIG,
            "references.bib",
            "refs.bib",
            (3, "no file or folder 'seeds/refs.bib'"),
        ),
        (CONFIG, "book.css", "bok.css", (12, "no file or folder 'bok.css'")),
        (
            CONFIG,
            "icon.svg",
            "icon.png",
            (13, "no file or folder 'book/_static/icon.p"),
        ),
        (CONFIG, "title: Tons", "title: Tons\nlogo: l.png", (2, "folder 'l.png'")),
        (CONFIG, "title", "<<<<<<< HEAD\ntitle", (1, "a merge was left undecided")),
        (CITATION, "version: 1.0.0\n", "", (1, "missing field 'version'")),
        (CITATION, "version: 1.0.0", "version: ''", (3, "field 'version' is still bl")),
        (CITATION, "06-01", "06-31", (4, "valid date")),
        (CITATION, "name: Us", "nmae: Us", (5, "an author has a `name`")),
        (CITATION, "keywords: [tons]", "keywords: tons", (6, "no list")),
        (CITATION, "title: Tons", "title: Tons\ntitle: Tins", (2, "repeated key")),
    ],
)
def test_what_is_damaged_is_told_with_its_place(book, name, was, now, told):
    assert was in FILES[name]
    (book / name).write_text(FILES[name].replace(was, now, 1), encoding="utf-8")
    line, said = told
    if not line:
        assert _told(book) == []
        return
    ((file, at, fault, fixed),) = _told(book)
    assert (file or name, at, fixed) == (name, line, True)
    assert said in fault


@pytest.mark.parametrize("name", [TOC, CONFIG, CITATION])
@pytest.mark.parametrize("data", [b"", b"- a\n", b"\xff\xfe", None])
def test_what_is_no_such_file_at_all_is_told_by_its_name(book, name, data):
    (book / name).unlink()
    if data is not None:
        (book / name).write_bytes(data)
    named = [file for file, *_ in _told(book)]
    assert named == ([] if (name, data) == (CONFIG, None) else [name])

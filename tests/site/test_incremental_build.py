"""After a change, what depends on it is read and written again, and nothing else is.

The site is then the same, byte for byte, as one that is built from nothing.
"""

from __future__ import annotations

import hashlib
import shutil
from io import StringIO

import pytest
import yaml
from made_up_book import BIBTEX, CITATION
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sourcebook.coding.corpus import load_corpus
from sourcebook.data.export import export_contents
from sourcebook.errors import SourcebookError
from sourcebook.site import build_hooks as written

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::Warning")]

TEXT = "Sales rose to 14 tons in 2021. Nobody knows why. The talks went on.\n"
CODEBOOK = {
    "topics": {"sales": "What was sold"}, "measures": {}, "denominators": [],
    "places": [], "concepts": {}, "event_types": {},
}  # fmt: skip
CLAIMS = [
    {"id": "why", "kind": "status", "topic": "sales", "quote": "Nobody knows why"},
    {"id": "talks", "kind": "status", "topic": "sales", "quote": "The talks went on"},
]
PAGES = {
    "index": "# Book\n\n```{toctree}\n:glob:\n\nbook/*\nbook/claims/*\n```\n",
    "book/acme": "# Acme\n\n{claim}`Nobody knows <acme-2021/why>`.\n",
    "book/talks": "# Talks\n\n{claim}`They talk <acme-2021/talks>`.\n",
    "book/beta": "# Beta\n\n{claim}`Nobody knows <beta-2022/why>`.\n",
    "book/plain": "# Plain\n\nWords and {term}`Slack`.\n",
    "book/words": "# Words\n\n```{glossary}\nSlack\n  Room to move.\n```\n",
    "book/claims/acme-2021": "# Of Acme\n\n```{claim-register} acme-2021\n```\n",
    "book/claims/beta-2022": "# Of Beta\n\n```{claim-register} beta-2022\n```\n",
    "book/actors": "# Actors\n\n```{actor-index}\n```\n",
}


class Book:
    """A book of two sources in a folder."""

    def __init__(self, folder):
        self.folder = folder
        for name, text in PAGES.items():
            self.write(f"{name}.md", text)
        self.write("_toc.yml", "")
        self.write("seeds/codebook.yml", yaml.safe_dump(CODEBOOK))
        self.write("seeds/actors.yml", "Acme: {kind: organisation}\n")
        self.write("CITATION.cff", CITATION)
        both = BIBTEX + BIBTEX.replace("acme-2021", "beta-2022")
        self.write("seeds/references.bib", both)
        for name in ("acme-2021", "beta-2022"):
            self.write(f"seeds/{name}.txt", TEXT)
            self.code(name, CLAIMS)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def code(self, name, claims):
        sheet = {
            "file": f"{name}.txt",
            "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
            "issued": {"date": "2021", "quote": "2021"}, "genre": "Report",
            "extent": {"state": "whole"},
            "coverage": {"state": "partial", "only": "some"}, "claims": claims,
        }  # fmt: skip
        self.write(f"seeds/{name}.yml", yaml.safe_dump(sheet, sort_keys=False))

    def build(self):
        """Build; return the pages that were read and those that were written."""
        seen = set(), set()
        with patch_docutils(), docutils_namespace():
            out = self.folder / "_build"
            app = Sphinx(
                str(self.folder), None, str(out / "html"), str(out / "trees"), "html",
                status=None, warning=StringIO(), warningiserror=True, keep_going=True,
                confoverrides={
                    "extensions": [
                        "myst_nb", "sourcebook.site.roles",
                        "sourcebook.site.hovercards", "sourcebook.site.claim_indexes",
                        "sourcebook.site.build_hooks",
                    ],
                    "nb_execution_mode": "off", "sourcebook_root": ".",
                    "exclude_patterns": ["_build"],
                },
            )  # fmt: skip
            app.builder.search = False  # as in a book with our own search
            app.connect("source-read", lambda _, page, __: seen[0].add(page))
            app.connect("html-page-context", lambda _, page, *__: seen[1].add(page))
            app.build()
            assert not app._warncount
        return seen

    def files(self):
        site = self.folder / "_build/html"
        return {
            path.relative_to(site).as_posix(): path.read_bytes()
            for path in site.rglob("*")
            if path.is_file()
        }

    def same_as_clean(self):
        """Whether the site is what a build from nothing makes."""
        now = self.files()
        shutil.rmtree(self.folder / "_build")
        self.build()
        clean = self.files()
        return {name for name in now | clean if now.get(name) != clean.get(name)}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A book that was built, and what of it is put back in its place for each test.

    In its place: what Sphinx keeps of a book in another folder is no good to it.
    """
    made = Book(tmp_path_factory.mktemp("built") / "book")
    made.build()
    kept = made.folder.with_name("kept")
    shutil.copytree(made.folder, kept)
    return made, kept


@pytest.fixture
def book(built):
    made, kept = built
    shutil.rmtree(made.folder)
    shutil.copytree(kept, made.folder)
    return made


def noted(name, note):
    return [{**each, "note": note} if each["id"] == name else each for each in CLAIMS]


def test_where_nothing_changed_nothing_is_read(book):
    assert book.build()[0] == set()
    assert book.same_as_clean() == set()


def test_a_note_touches_the_pages_that_show_its_claim(book):
    book.write("book/talks.md", "# Talks\n\n{claim}`They talk <beta-2022/talks>`.\n")
    book.build()
    book.code("acme-2021", noted("why", "A note of ours."))
    read, wrote = book.build()
    assert read == {"book/acme", "book/claims/acme-2021", "book/actors"}
    assert "book/talks" not in wrote
    assert "book/beta" not in wrote
    assert book.same_as_clean() == set()


def test_a_new_word_of_the_glossary_stands_on_the_cards(book):
    book.write("book/words.md", PAGES["book/words"].replace("Room", "Some room"))
    read, wrote = book.build()
    assert read == {"book/words"}
    assert "book/plain" in wrote
    assert "book/beta" not in wrote
    book.write("book/words.md", PAGES["book/words"])
    assert "book/plain" in book.build()[1]  # its card is not the one of before
    assert book.same_as_clean() == set()


def test_a_new_title_stands_beside_every_page(book):
    book.write("book/plain.md", "# New\n\nWords.\n")
    read, wrote = book.build()
    assert read == {"book/plain"}
    assert set(PAGES) <= wrote
    assert book.same_as_clean() == set()


def test_a_claim_that_goes_takes_its_links_with_it(book):
    book.write("book/talks.md", "# Talks\n\nGone.\n")
    book.code("acme-2021", CLAIMS[:1])
    book.build()
    assert book.same_as_clean() == set()


def test_a_source_that_goes_leaves_nothing(book):
    for name in ("seeds/beta-2022.yml", "book/beta.md", "book/claims/beta-2022.md"):
        (book.folder / name).unlink()
    book.build()
    assert not [name for name in book.files() if "beta" in name]
    assert book.same_as_clean() == set()


def test_a_picture_that_is_no_longer_shown_goes(book):
    picture = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    for name in ("one", "two"):
        book.write(f"book/{name}.svg", picture)
    book.write("book/plain.md", "# Plain\n\n![One](one.svg)\n")
    book.build()
    book.write("book/plain.md", "# Plain\n\n![Other](two.svg)\n")
    book.build()
    assert book.same_as_clean() == set()


def test_new_styles_are_named_on_every_page(book):
    book.write("book/_static/page.css", "a {}")
    assert set(PAGES) <= book.build()[1]


def test_new_code_reads_every_page(book, monkeypatch):
    monkeypatch.setattr(written, "code_digest", lambda _: "other code")
    assert book.build()[0] == set(PAGES)


def test_after_an_interrupted_build_the_pages_not_reached_are_written(book):
    before = (book.folder / "_build/trees" / written._NOTE).read_bytes()
    book.code("acme-2021", noted("why", "A note of ours."))
    kept = book.files()
    book.build()  # all is read, and then, as if it had not been written:
    (book.folder / "_build/trees" / written._NOTE).write_bytes(before)
    for name, content in kept.items():
        (book.folder / "_build/html" / name).write_bytes(content)
    read, wrote = book.build()
    assert read == set()
    assert "book/acme" in wrote
    assert book.same_as_clean() == set()


def test_a_sheet_cut_in_two_makes_the_same_pages_and_data(book):
    pages, data = book.files(), export_contents(load_corpus(book.folder), [])
    book.code("acme-2021", CLAIMS[:1])
    more = yaml.safe_dump({"claims": CLAIMS[1:]}, sort_keys=False)
    book.write("seeds/acme-2021.part-2.yml", more)
    book.build()
    assert book.files() == pages
    assert book.same_as_clean() == set()
    assert export_contents(load_corpus(book.folder), []) == data
    book.write("seeds/acme-2021.part-2.yml", more.replace("talks", "why"))
    with pytest.raises(SourcebookError, match=r"\(line 2 of seeds/acme-2021\.part-2"):
        load_corpus(book.folder).read()

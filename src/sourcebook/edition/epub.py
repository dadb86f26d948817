"""The reading edition as one EPUB, by Sphinx's own builder from the same execution.

Sphinx writes the pages and the package; here the pages become strict XHTML and then
those of the reading edition, with one sheet of styles; the addresses in the table of
contents are mended for a root page that lies in a folder, pages with drawings say so,
and the archive carries the date of the last commit and no other. Title, version and
words about the book come from CITATION.cff; its identifier from title and version.
"""

import os
import posixpath
import re
import time
import uuid
import zipfile
from pathlib import Path
from typing import Any

from lxml import etree
from sphinx.application import Sphinx
from sphinx.builders.epub3 import Epub3Builder
from sphinx.config import Config
from sphinx.errors import ExtensionError

from sourcebook.coding.book_files import find_root
from sourcebook.data.citation import about_book, commit_time, load_work, short_slug
from sourcebook.edition.paper import EDITION_CSS, LICENCE, page_order
from sourcebook.edition.reading_edition import (
    NARROW,
    Edition,
    is_kept,
    make_edition,
    one_form,
    passage_note,
)
from sourcebook.edition.xhtml import as_xhtml, body_of, write
from sourcebook.errors import SourcebookError
from sourcebook.site.build import book_builder
from sourcebook.site.domain import get_domain
from sourcebook.site.page_preview import cover_png
from sourcebook.site.publication import clear, swap

EPUB_FOLDER = "_build/epub"
COVER_FILE = "_static/cover.png"
_FIRST = ("mimetype", "META-INF/container.xml", "content.opf")
_ITEM = re.compile(r'(<item [^>]*href="([^"]+\.xhtml)"[^>]*?)( ?/>)')


_ACCESS = (  # what the book asks of its reader, in the words of schema.org
    ("accessMode", "textual"),
    ("accessMode", "visual"),
    ("accessModeSufficient", "textual"),
    ("accessibilityFeature", "alternativeText"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityHazard", "none"),
    (
        "accessibilitySummary",
        "Every chart has a description; nothing moves and nothing runs.",
    ),
)


class BookEpub(Epub3Builder):
    """Sphinx's builder, mended where its output is not what the format asks for."""

    html_tag = (
        '<html xmlns="http://www.w3.org/1999/xhtml" '
        'xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en">'
    )

    edition: Edition

    def write(self, *_: Any, **__: Any) -> None:  # noqa: ANN401
        """Write the pages of the edition, and no others."""
        super().write([name for name in self.env.found_docs if is_kept(name)], ())

    def get_toc(self) -> None:
        """Collect the contents: what is in the edition, as seen from the package."""
        super().get_toc()
        ids = {
            f"{name}.xhtml": {"", *body_of(tree).xpath(".//@id")}
            for name, tree in self.edition.pages.items()
        }
        kept = []
        for node in self.refnodes:
            path, mark, place = node["refuri"].partition("#")
            path = posixpath.normpath(path)
            node["refuri"] = path + mark + place
            if place in ids.get(path, ()):
                kept.append(node)
        made = self.edition.titles.items()
        kept += [
            {"level": 1, "refuri": f"{name}.xhtml", "text": title}
            for name, title in made
            if name in self.edition.pages
        ]
        self.refnodes = kept

    def handle_finish(self) -> None:
        """Make of the pages the reading edition, then let Sphinx write the package."""
        out = Path(str(self.outdir))
        root = find_root(Path(str(self.srcdir)))
        names = [name for name, _, _ in page_order(root)]
        claims = get_domain(self.env).anchors
        self.edition = make_edition(
            {name: self._strict(out / f"{name}.xhtml", name) for name in names},
            lambda anchor: passage_note(claims[anchor]) if anchor in claims else None,
        )
        for page in [*out.rglob("*.xhtml"), *(out / "_static").rglob("*")]:
            if page.is_file() and page.name != EDITION_CSS:
                page.unlink()  # pages left out as well, and what only a site can use
        for name, tree in self.edition.pages.items():
            (out / f"{name}.xhtml").write_bytes(write(tree))
        authors = self.config.epub_author
        (out / COVER_FILE).write_bytes(cover_png(self.config.epub_title, authors))
        super().handle_finish()

    def _strict(self, page: Path, name: str) -> etree._Element:
        """Return a page as strict XHTML; its links to other pages of the book stay."""

        def leads(path: str) -> bool:
            if path.endswith(".css"):
                return path.endswith(f"/{EDITION_CSS}")
            whole = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
            return whole.removesuffix(".xhtml") in self.env.found_docs

        text = page.read_text(encoding="utf-8")
        try:
            return etree.fromstring(as_xhtml(text, name=name, leads=leads))
        except SourcebookError as error:
            raise ExtensionError(str(error), modname="sourcebook") from error

    def toc_metadata(self, level: int, navpoints: list[Any]) -> dict[str, Any]:
        """Name the book in the older table of contents as the package does."""
        known = {"uid": self.config.epub_identifier}
        return super().toc_metadata(level, navpoints) | known

    def build_content(self) -> None:
        """Write the package: which pages hold drawings, and what is the cover."""
        super().build_content()
        package = Path(str(self.outdir)) / "content.opf"
        text = package.read_text(encoding="utf-8")
        facts = "".join(
            f'    <meta property="schema:{name}">{value}</meta>\n'
            for name, value in _ACCESS
        )
        text = text.replace("  </metadata>", f"{facts}  </metadata>")
        cover = f'href="{COVER_FILE}" media-type="image/png"'
        text = text.replace(cover, f'{cover} properties="cover-image"')
        package.write_text(_ITEM.sub(self._described, text), encoding="utf-8")

    def _described(self, item: re.Match[str]) -> str:
        page = Path(str(self.outdir)) / item[2]
        drawn = page.is_file() and b"<svg" in page.read_bytes()
        return f'{item[1]} properties="svg"{item[3]}' if drawn else item[0]

    def build_epub(self) -> None:
        """Write the archive: one order, one date, the kind of file first."""
        out = Path(str(self.outdir))
        root = find_root(Path(str(self.srcdir)))
        seconds = int(commit_time(root))
        stamp = time.gmtime(seconds)[:6]
        names = dict.fromkeys([*_FIRST, "toc.ncx", "nav.xhtml", *sorted(self.files)])
        path = out / f"{book_name(root)}.epub"
        with zipfile.ZipFile(path, "w") as archive:
            for name in names:
                entry = zipfile.ZipInfo(name, stamp)
                entry.create_system, entry.external_attr = 3, 0o644 << 16
                stored = name == "mimetype"
                entry.compress_type = (
                    zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                )
                archive.writestr(entry, _packed(out / name))
        # The file's time says of which state of the book it is.
        os.utime(path, (seconds, seconds))


def _packed(path: Path) -> bytes:
    """Return a file as the archive holds it: a chart in the form for small pages."""
    content = path.read_bytes()
    if path.suffix != ".xhtml" or b"sb-forms" not in content:
        return content
    tree = etree.fromstring(content)
    one_form(tree, NARROW)
    return write(tree)


def book_name(root: Path) -> str:
    """Return what the book's files are called, after its title."""
    return short_slug(load_work(root).title)


def build_epub(root: Path) -> Path:
    """Build the EPUB; return the file. Raises `SourcebookError`."""
    return write_pages(root) / f"{book_name(root)}.epub"


def write_pages(root: Path) -> Path:
    """Write the EPUB and its pages afresh; return their folder.

    Until that went well, the last ones stay: the site names them to its readers.
    """
    # Every build loads this file to know the builder; to check is for whom asks for it.
    from sourcebook.checking.book_check import look  # noqa: PLC0415

    folder, made = root / EPUB_FOLDER, root / f"{EPUB_FOLDER}.next"
    with book_builder(root, "epub", made) as run:
        look(root).held()
        clear(made)
        run()
    swap(made, folder)
    clear(made)
    return folder


def _describe(app: Sphinx, config: Config) -> None:
    """Fill in what the package says about the book."""
    root = find_root(Path(str(app.srcdir)))
    about = about_book(root)
    authors = ", ".join(author["name"] for author in about["authors"])
    name = book_name(root)
    config.epub_title = about["title"]
    config.epub_author = config.epub_publisher = config.epub_contributor = authors
    config.epub_description = " ".join(about["abstract"].split())
    config.epub_copyright = LICENCE
    # The same for every builder: a value that differed would have all pages read again.
    config.version = config.release = str(about["version"])
    said = f"{about['title']} {about['version']}"
    config.epub_identifier = uuid.uuid5(uuid.NAMESPACE_URL, said).urn
    config.epub_cover = (COVER_FILE, "")
    config.epub_basename = name
    config.epub_css_files = [(EDITION_CSS, {})]


def setup(app: Sphinx) -> None:
    """Register the builder and what it says about the book."""
    app.add_builder(BookEpub, override=True)
    app.connect("config-inited", _describe, priority=900)

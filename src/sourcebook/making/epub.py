"""The book as one EPUB, by Sphinx's own builder and from the same execution.

Sphinx writes the pages and the package; here the pages become strict XHTML, the
addresses in the table of contents are mended for a root page that lies in a folder,
pages with drawings say so, and the archive carries the date of the last commit and no
other. Title, version and words about the book come from CITATION.cff.
"""

from __future__ import annotations

import posixpath
import re
import shutil
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from sphinx.builders.epub3 import Epub3Builder
from sphinx.errors import ExtensionError

from sourcebook.coding.root import find_root
from sourcebook.errors import SourcebookError
from sourcebook.making.build import check, commit_time, run_jupyter_book
from sourcebook.making.cff import load_work, short_slug
from sourcebook.making.xhtml import as_xhtml

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

FOLDER = "_build/epub"
STYLE = "epub-book.css"
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

    def get_toc(self) -> None:
        """Collect the contents, with addresses as seen from the package."""
        super().get_toc()
        for node in self.refnodes:
            path, mark, place = node["refuri"].partition("#")
            node["refuri"] = posixpath.normpath(path) + mark + place

    def handle_finish(self) -> None:
        """Make every page strict, then let Sphinx write the package."""
        out = Path(str(self.outdir))
        for page in sorted(out.rglob("*.xhtml")):
            name = page.relative_to(out).as_posix()

            def leads(path: str, folder: Path = page.parent) -> bool:
                return (folder / path).is_file()

            text = page.read_text(encoding="utf-8")
            try:
                page.write_bytes(as_xhtml(text, name=name, leads=leads))
            except SourcebookError as error:
                raise ExtensionError(str(error), modname="sourcebook") from error
        super().handle_finish()

    def build_content(self) -> None:
        """Write the package, and say which pages hold drawings."""
        super().build_content()
        package = Path(str(self.outdir)) / "content.opf"
        text = package.read_text(encoding="utf-8")
        facts = "".join(
            f'    <meta property="schema:{name}">{value}</meta>\n'
            for name, value in _ACCESS
        )
        text = text.replace("  </metadata>", f"{facts}  </metadata>")
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
        with zipfile.ZipFile(out / f"{book_name(root)}.epub", "w") as archive:
            for name in names:
                entry = zipfile.ZipInfo(name, stamp)
                entry.create_system, entry.external_attr = 3, 0o644 << 16
                stored = name == "mimetype"
                entry.compress_type = (
                    zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                )
                archive.writestr(entry, (out / name).read_bytes())


def book_name(root: Path) -> str:
    """Return what the book's files are called, after its title."""
    return short_slug(load_work(root).title)


def build_epub(root: Path) -> Path:
    """Build the book as an EPUB; return the file. Raises `SourcebookError`."""
    write_pages(root)
    return root / FOLDER / f"{book_name(root)}.epub"


def write_pages(root: Path) -> Path:
    """Write the pages of the EPUB afresh; return their folder."""
    check(root)
    folder = root / FOLDER
    if folder.exists():
        shutil.rmtree(folder)
    run_jupyter_book(root, "--builder", "custom", "--custom-builder", "epub")
    return folder


def _describe(app: Sphinx, config: Config) -> None:
    """Fill in what the package says about the book."""
    root = find_root(Path(str(app.srcdir)))
    about: dict[str, Any] = yaml.safe_load(
        (root / "CITATION.cff").read_text(encoding="utf-8")
    )
    authors = ", ".join(author["name"] for author in about["authors"])
    name = book_name(root)
    config.epub_title = about["title"]
    config.epub_author = config.epub_publisher = config.epub_contributor = authors
    config.epub_description = " ".join(about["abstract"].split())
    config.epub_copyright = (
        "Text and data: CC BY 4.0. Passages quoted remain their owners'."
    )
    # The same for every builder: a value that differed would have all pages read again.
    config.version = config.release = str(about["version"])
    config.epub_identifier = f"{name}-{about['version']}"
    config.epub_basename = name
    config.epub_css_files = [*config.html_css_files, (STYLE, {})]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the builder and what it says about the book."""
    app.add_builder(BookEpub, override=True)
    app.connect("config-inited", _describe, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

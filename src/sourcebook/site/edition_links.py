"""The reading edition beside the site, and the links to it where it is there.

A book built alone has neither EPUB nor PDF, and its pages name none. A file of another
commit would say something else than the pages do, so it is not linked either: each
file's time is that of the commit it was made from.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sourcebook.data.citation_file import commit_time

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

FOLDER = "downloads"  # in the site
_FORMS = (("_build/pdf", "pdf", "PDF, for paper"), ("_build/epub", "epub", "EPUB"))
_BUILDER = "html"


def editions(root: Path) -> list[tuple[str, str]]:
    """Return path in the project and words of each edition made from this commit."""
    made = int(commit_time(root))
    return [
        (path.relative_to(root).as_posix(), words)
        for folder, end, words in _FORMS
        for path in sorted((root / folder).glob(f"*.{end}"))
        if int(path.stat().st_mtime) == made
    ]


def links(found: list[tuple[str, str]], up: str) -> str:
    """Return the sentence that links the editions, seen from ``up``; "" for none.

    >>> links([("_build/epub/b.epub", "EPUB")], "")[23:]
    'To read offline: <a href="downloads/b.epub">EPUB</a>.</p>'
    >>> links([], "../")
    ''
    """
    each = [
        f'<a href="{up}{FOLDER}/{path.rpartition("/")[2]}">{words}</a>'
        for path, words in found
    ]
    said = f"To read offline: {' · '.join(each)}."
    return f'<p class="sb-editions">{said}</p>' if each else ""


def _settle(app: Sphinx, config: Config) -> None:
    """Note what is there: when that moves, every page is written again."""
    config.sourcebook_editions = [list(each) for each in editions(Path(app.srcdir))]


def add_links(
    app: Sphinx,
    page: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give a page the sentence that names the editions, where there are any."""
    if doctree is None or app.builder.name != _BUILDER:
        return
    found = [(path, words) for path, words in app.config.sourcebook_editions]
    said = links(found, "../" * page.count("/"))
    # Said once: at the foot of a page, and on the landing page where its words end.
    place = "body" if page == app.config.root_doc else "sb_editions"
    context[place] = context.get(place, "") + said


def _copy(app: Sphinx, failure: Exception | None) -> None:
    if failure is not None or app.builder.name != _BUILDER:
        return
    folder = Path(app.outdir) / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    for path, _ in app.config.sourcebook_editions:
        folder.mkdir(exist_ok=True)
        shutil.copy2(Path(app.srcdir) / path, folder)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx."""
    app.add_config_value("sourcebook_editions", [], "html", [list])
    app.connect("config-inited", _settle)
    app.connect("html-page-context", add_links)
    app.connect("build-finished", _copy)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

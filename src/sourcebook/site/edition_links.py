"""What is read offline, beside the site: the reading edition, and each chapter's file.

A chapter's file is made with the site (`one_file`), and named on the chapter's page.
A book built alone has neither EPUB nor PDF, and its pages name none. A file of another
commit would say something else than the pages do, so it is not linked either: each
file's time is that of the commit it was made from.
"""

import posixpath
import shutil
from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from sourcebook.data.citation import commit_time
from sourcebook.site.one_file import OFFLINE, file_name, is_chapter
from sourcebook.site.page_hooks import WrittenPage, on_each_page, once_built
from sourcebook.views.fragment import escape

_FORMS = (("_build/pdf", "pdf", "PDF, for paper"), ("_build/epub", "epub", "EPUB"))
ONE_FILE = "this chapter in one file"
_LATE = 600  # after the theme's own buttons, before all are named


def editions(root: Path) -> list[tuple[str, str]]:
    """Return path in the project and words of each edition made from this commit."""
    made = int(commit_time(root))
    return [
        (path.relative_to(root).as_posix(), words)
        for folder, end, words in _FORMS
        for path in sorted((root / folder).glob(f"*.{end}"))
        if int(path.stat().st_mtime) == made
    ]


def links(found: Iterable[tuple[str, str]]) -> str:
    """Return the sentence that links files to read offline; "" for none.

    >>> links([("downloads/b.epub", "EPUB")])[23:]
    'To read offline: <a href="downloads/b.epub">EPUB</a>.</p>'
    >>> links([])
    ''
    """
    each = [f'<a href="{href}"{_saved(href)}>{words}</a>' for href, words in found]
    said = f"To read offline: {' · '.join(each)}."
    return f'<p class="sb-editions">{said}</p>' if each else ""


def _saved(href: str) -> str:
    """Have a page saved, not opened: a host may allow no script that stands in one."""
    return " download" if href.endswith(".html") else ""


def _settle(app: Sphinx, config: Config) -> None:
    """Note what is there: when that moves, every page is written again."""
    config.sourcebook_editions = [list(each) for each in editions(Path(app.srcdir))]


def add_links(page: WrittenPage) -> None:
    """Give a page the sentence that names the editions, where there are any."""
    app, up = page.app, "../" * page.name.count("/")
    found = [
        (f"{up}{OFFLINE}/{posixpath.basename(path)}", words)
        for path, words in app.config.sourcebook_editions
    ]
    if is_chapter(page.name):
        found.append((f"{up}{file_name(page.name)}", ONE_FILE))
    # Said once: at the foot of a page, and on the landing page where its words end.
    place = "body" if page.name == app.config.root_doc else "sb_editions"
    more = _chapters(app, up) if place == "body" else ""
    page.context[place] = page.context.get(place, "") + links(found) + more


def _chapters(app: Sphinx, up: str) -> str:
    """Return the list of the chapters, each as one file; "" where there is none."""
    order = app.env.toctree_includes.get(app.config.root_doc, ())
    each = [
        f'<li><a href="{up}{file_name(page)}" download>'
        f"{escape(app.env.titles[page].astext())}</a></li>"
        for page in filter(is_chapter, order)
    ]
    said = "One chapter in one file, to open from a disk or to pass on by e-mail"
    return (
        f'<details class="sb-editions"><summary>{said}</summary>'
        f"<ul>{''.join(each)}</ul></details>"
        if each
        else ""
    )


def add_button(page: WrittenPage) -> None:
    """Put a chapter's file among the downloads that its header offers."""
    if not is_chapter(page.name):
        return
    for group in page.context.get("header_buttons", ()):
        if group["label"] == "download-buttons":
            button = {
                "type": "link",
                "url": f"{'../' * page.name.count('/')}{file_name(page.name)}",
                "text": ".html",
                "tooltip": ONE_FILE,
                "icon": "fas fa-file",
                "label": "download-one-file-button",
            }
            group["buttons"].insert(0, button)


def _copy(app: Sphinx) -> None:
    folder = Path(app.outdir) / OFFLINE
    folder.mkdir(exist_ok=True)
    given = [Path(app.srcdir) / path for path, _ in app.config.sourcebook_editions]
    for path in given:
        shutil.copy2(path, folder)
    kept = {path.name for path in given}
    chapters = filter(is_chapter, app.env.found_docs)
    kept |= {posixpath.basename(file_name(page)) for page in chapters}
    for path in folder.iterdir():
        if path.name not in kept:
            path.unlink()


def setup(app: Sphinx) -> None:
    """Register the extension with Sphinx."""
    app.add_config_value("sourcebook_editions", [], "html", [list])
    app.connect("config-inited", _settle)
    on_each_page(app, add_links)
    on_each_page(app, add_button, priority=_LATE)
    once_built(app, _copy)

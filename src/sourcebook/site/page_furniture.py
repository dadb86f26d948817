"""The Sphinx extension for what stands on every page besides its own words.

Each page gets the day it last changed, how its notebook came out, ways to cite it, and
a description and a preview for those who pass it on. All of it comes from the page,
from git and from ``CITATION.cff``: no clock and no network.

A book does not know where it will be published. What needs a whole address (canonical
links, site map, feed) needs the environment variable ``SOURCEBOOK_URL``; without it a
page names nothing but what lies beside it.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

from sourcebook.data.citation import Citation, Page, cite, load_work
from sourcebook.errors import counted
from sourcebook.site.page_dates import changed
from sourcebook.site.page_hooks import WrittenPage, on_each_page
from sourcebook.site.page_preview import first_words, meta_tags

ADDRESS = "SOURCEBOOK_URL"
_PARTS = "page_dates edition_links one_file page_preview entry_pages feed_and_sitemap"
_EARLY = 100  # before the theme looks which of its parts have something to show


@dataclass(frozen=True, slots=True)
class File:
    """A citation to save: its form, its file's name, and the file as a link."""

    form: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the templates know of a page, as ``sb``."""

    full_title: str
    changed: str
    run: str
    citation: Citation
    files: tuple[File, ...]


def base_address(given: str) -> str:
    """Return where the book is published, with a slash at its end; "" for nowhere.

    >>> base_address("https://example.org/book"), base_address("")
    ('https://example.org/book/', '')
    """
    if not given:
        return ""
    if not given.startswith(("https://", "http://")):
        raise ExtensionError(
            f"{ADDRESS}: {given!r} is not an address\n"
            "  fix: begin with https://, or leave it out"
        )
    return given.rstrip("/") + "/"


def _use_address(app: Sphinx, config: Config) -> None:
    """Settle what every page carries; when it moves, every page is written anew."""
    config.sourcebook_record = str(load_work(Path(app.srcdir)))
    config.sourcebook_url = base_address(config.sourcebook_url)
    if config.sourcebook_url:
        config.html_baseurl = config.sourcebook_url  # the theme's canonical links


def _add_facts(written: WrittenPage) -> None:
    app, name, context = written.app, written.name, written.context
    if name not in app.env.titles:
        return
    work = load_work(Path(app.srcdir))
    title = app.env.titles[name].astext()
    base = app.config.sourcebook_url
    address = f"{base}{app.builder.get_target_uri(name)}" if base else ""
    page = Page(name, title, changed(app.env, name), address)
    citation = cite(work, page)
    context["sb"] = Facts(
        full_title=title if title == work.title else f"{title} – {work.title}",
        changed=page.changed.isoformat() if page.changed else "",
        run=_run_status(app, name, written.doctree),
        citation=citation,
        files=tuple(_files(name, citation)),
    )
    context["metatags"] = context.get("metatags", "") + meta_tags(
        page, work=work, description=first_words(written.doctree), base=base
    )


def _run_status(app: Sphinx, name: str, doctree: nodes.document) -> str:
    """Return how a notebook came out of this build, "" for a page without code."""
    cells = sum(
        box.get("nb_element") == "cell_code" for box in doctree.findall(nodes.container)
    )
    if not cells:
        return ""
    count = counted(cells, "code cell")
    known = getattr(app.env, "nb_metadata", {}).get(name, {})  # MyST-NB keeps it
    if known.get("exec_data", {}).get("succeeded"):
        return f"Executed with this build: {count}, no errors."
    return f"Not executed with this build: {count}, with the outputs saved before."


def _files(name: str, citation: Citation) -> Iterator[File]:
    """Yield each form as a file that needs no server: it is in its own link."""
    stem = name.rpartition("/")[2]
    for form, kind, end, text in (
        ("BibTeX", "application/x-bibtex", "bib", citation.bibtex),
        ("RIS", "application/x-research-info-systems", "ris", citation.ris),
        ("CSL-JSON", "application/vnd.citationstyles.csl+json", "json", citation.csl),
    ):
        yield File(form, f"{stem}.{end}", f"data:{kind};charset=utf-8,{quote(text)}")


def setup(app: Sphinx) -> None:
    """Register the extension with Sphinx."""
    app.add_config_value("sourcebook_url", os.environ.get(ADDRESS, ""), "html", [str])
    app.add_config_value("sourcebook_record", "", "html", [str])
    app.connect("config-inited", _use_address)
    on_each_page(app, _add_facts, priority=_EARLY)
    for part in _PARTS.split():
        app.setup_extension(f"sourcebook.site.{part}")

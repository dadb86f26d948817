"""The Sphinx extension for what stands on every page besides its own words.

Each page gets the day it last changed, how its notebook came out, ways to cite it, and
a description and a preview for those who pass it on. All of it comes from the page,
from git and from ``CITATION.cff``: no clock and no network.

A book does not know where it will be published. What needs a whole address (canonical
links, site map, feed) needs the environment variable ``SOURCEBOOK_URL``; without it a
page names nothing but what lies beside it.

The day comes from the commits of a page's own file and of every file it is made from: a
notebook's text pair, a source's sheet, a chapter's questions; never from the clock or
the files' own dates, so that every copy of a commit says the same. Without git, outside
a repository or in a clone that is too shallow there is none, and nothing else happens.

What proves a page is folded away: the sections named in ``FOLDED``. Every fold is
written open: on paper, in an e-reader and without scripts nothing is hidden;
``folds.js`` closes them as the page opens. A page with code gets one switch for all of
it, and the box that opens a chapter says how long it takes to read.
"""

import os
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import lxml.html
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from sourcebook.coding.book_files import CHAPTERS
from sourcebook.data.citation import Citation, Page, cite, load_work
from sourcebook.errors import counted
from sourcebook.running.git_history import asked
from sourcebook.site.page_hooks import SITE_BUILDER, WrittenPage, on_each_page
from sourcebook.site.page_preview import first_words, meta_tags

ADDRESS = "SOURCEBOOK_URL"
_PARTS = "offline_files page_preview entry_pages"
_EARLY = 100  # before the theme looks which of its parts have something to show


def base_address(given: str) -> str:
    """Return where the book is published, with a slash at its end; "" for nowhere.

    >>> base_address("https://example.org/book"), base_address("")
    ('https://example.org/book/', '')
    """
    if not given:
        return ""
    if not given.startswith(("https://", "http://")):
        said, fix = f"{ADDRESS}: {given!r} is not an address", "begin with https://"
        raise ExtensionError(f"{said}\n  fix: {fix}, or leave it out")
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
    context["sb"] = {
        "full_title": title if title == work.title else f"{title} – {work.title}",
        "changed": page.changed.isoformat() if page.changed else "",
        "run": _run_status(app, name, written.doctree),
        "citation": citation,
        "files": tuple(_files(name, citation)),
    }
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


def _files(name: str, citation: Citation) -> Iterator[dict[str, str]]:
    """Yield each form as a file that needs no server: it is in its own link."""
    stem = name.rpartition("/")[2]
    for form, kind, end, text in (
        ("BibTeX", "application/x-bibtex", "bib", citation.bibtex),
        ("RIS", "application/x-research-info-systems", "ris", citation.ris),
        ("CSL-JSON", "application/vnd.citationstyles.csl+json", "json", citation.csl),
    ):
        href = f"data:{kind};charset=utf-8,{quote(text)}"
        yield {"form": form, "name": f"{stem}.{end}", "href": href}


_LIBRARY = "sphinx_last_updated_by_git"
_AFTER = 900  # the library, which comes in the middle


def changed(env: BuildEnvironment, page: str) -> date | None:
    """Return the day (UTC) a page last changed, None where git cannot say."""
    found = getattr(env, "git_last_updated", {}).get(page)
    if not found or not found[0]:
        return None
    return datetime.fromtimestamp(int(found[0]), UTC).date()


def _leave_pages_alone(_app: Sphinx, config: Config) -> None:
    """Let the library find dates, but not take download buttons off the pages."""
    # Else it removes the link to the source of every file that git does not know.
    config.html_last_updated_fmt = None
    # Where git cannot say, the page goes without; that is no reason to stop.
    config.suppress_warnings = [*config.suppress_warnings, "git"]


def _remember(app: Sphinx, env: BuildEnvironment, _pages: list[str]) -> None:
    """Keep the dates that there are; ask for all of them again after a commit."""
    kept: Any = env
    known: dict[str, Any] = getattr(env, "git_last_updated", {})
    commit = asked(Path(app.srcdir), "rev-parse", "HEAD", "--is-shallow-repository")
    same = commit and commit == getattr(env, "sourcebook_commit", "")
    kept.sourcebook_commit = commit
    kept.sourcebook_dates = dict(known)
    # All of them: a commit changes the date of a page that is not read again, too.
    for page in known if not same else ():
        known[page] = None


def _rewrite(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write every page anew whose date moved."""
    before = getattr(env, "sourcebook_dates", {})
    now = getattr(env, "git_last_updated", {})
    return [page for page in now if page in before and before[page] != now[page]]


def _note_pair(app: Sphinx, page: str, _source: list[str]) -> None:
    """A notebook is also its text pair, which is what people edit."""
    folder, _, name = page.partition("/")
    pair = f"{folder}/text/{name}.md"
    if folder == "notebooks" and (app.srcdir / pair).is_file():
        app.env.note_dependency(str(app.srcdir / pair))


FOLDED = {  # heading: what the fold under it is called
    "Workings": "Show how the answers were worked out",
    "All questions": "Show every question of this chapter",
    "How the file was read": "Show how the file was read",
}
_FOLDERS = (f"{CHAPTERS}/", "notebooks/sources/")  # of pages that are folded
PACE = 230  # words a minute
_CODE = re.compile(r'class="[^"]*\bcell_input\b')
_FACTS = '<p class="sb-short-facts">'
# What a reader does not read as the page opens.
_UNREAD = (
    ".//details/*[not(self::summary)]",
    ".//*[contains(@class, 'cell_input') or contains(@class, 'above-input')]",
    ".//*[self::script or self::template or self::svg or self::style]",
)


def fold_sections(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Wrap the body of each section to be folded; its heading stays."""
    if app.builder.name != SITE_BUILDER or not page.startswith(_FOLDERS):
        return
    for section in list(doctree.findall(nodes.section)):
        title = section.next_node(nodes.title)
        name = FOLDED.get(title.astext()) if title else None
        if name and title is not None and title.parent is section:
            head = f'<details class="sb-fold sb-part" open><summary>{name}</summary>'
            place = section.index(title) + 1
            section.insert(place, nodes.raw("", head, format="html"))
            section.append(nodes.raw("", "</details>", format="html"))


def reading_minutes(body: str) -> int:
    """Return how many minutes a page takes, with everything folded that can be.

    >>> reading_minutes("<p>" + "word " * 460 + "</p><details><p>more</p></details>")
    2
    """
    page = lxml.html.fragment_fromstring(body, create_parent=True)
    for path in _UNREAD:
        for element in page.xpath(path):
            # drop_tree keeps the text that follows, which is read.
            if element.getparent() is not None:
                element.drop_tree()
    return max(1, round(len(page.text_content().split()) / PACE))


def _finish_folds(page: WrittenPage) -> None:
    body, context = page.body, page.context
    if _FACTS in body:
        time = f"{_FACTS}{reading_minutes(body)}-minute read · "
        context["body"] = body = body.replace(_FACTS, time, 1)
    context["sb_code"] = bool(_CODE.search(body))
    if context["sb_code"] or "sb-fold" in body:
        page.app.add_js_file("folds.js", loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register the extension with Sphinx, its parts, and the library of dates."""
    app.add_config_value("sourcebook_url", os.environ.get(ADDRESS, ""), "html", [str])
    app.add_config_value("sourcebook_record", "", "html", [str])
    app.connect("config-inited", _use_address)
    on_each_page(app, _add_facts, priority=_EARLY)
    app.setup_extension(_LIBRARY)
    app.connect("config-inited", _leave_pages_alone, priority=_AFTER)
    app.connect("env-before-read-docs", _remember)
    app.connect("source-read", _note_pair)
    app.connect("env-updated", _rewrite, priority=_AFTER)
    for part in _PARTS.split():
        app.setup_extension(f"sourcebook.site.{part}")
    app.connect("doctree-resolved", fold_sections)
    on_each_page(app, _finish_folds, priority=850)

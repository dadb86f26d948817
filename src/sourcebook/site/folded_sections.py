"""The Sphinx extension that folds what proves a page away below what it says.

* The sections of a page that are named in ``FOLDED`` become folds under their headings.
* Every fold is written open: on paper, in an e-reader and without scripts nothing is
  hidden. ``folds.js`` closes them as the page opens, and opens the one a link leads to.
* A page with code gets one switch for all of it, off until a reader turns it on.
* The box that opens a chapter is told how long the page takes to read.
"""

import re

import lxml.html
from docutils import nodes
from sphinx.application import Sphinx

from sourcebook.coding.book_files import CHAPTERS
from sourcebook.site.page_hooks import SITE_BUILDER, WrittenPage, on_each_page

FOLDED = {  # heading: what the fold under it is called
    "Workings": "Show how the answers were worked out",
    "All questions": "Show every question of this chapter",
    "How the file was read": "Show how the file was read",
}
_FOLDERS = (f"{CHAPTERS}/", "notebooks/sources/")  # of pages that are folded
SCRIPT = "folds.js"
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


def _finish(page: WrittenPage) -> None:
    body, context = page.body, page.context
    if _FACTS in body:
        time = f"{_FACTS}{reading_minutes(body)}-minute read · "
        context["body"] = body = body.replace(_FACTS, time, 1)
    context["sb_code"] = bool(_CODE.search(body))
    if context["sb_code"] or "sb-fold" in body:
        page.app.add_js_file(SCRIPT, loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("doctree-resolved", fold_sections)
    on_each_page(app, _finish, priority=850)

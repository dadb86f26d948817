"""Mends what the theme adds to a page, and brings in our scripts where they have work.

* No line of script stands in a page: what the theme writes there is left out, and
  ``early.js`` does what of it is needed. So a page can forbid any script but the
  book's own files, which `POLICY` does.
* What a page has no use for is not loaded: the icon font, which is most of what the
  theme weighs, live code, the theme's search, buttons to copy where there is no code.
  What is left is deferred: the text does not wait for it.
* Downloads open in the tab, as text; here each is saved, under its own name, and
  every button is called what is written on it.
* The bibliography is marked as a list without being one.

What stands in templates is mended there (``book/_templates``): a page's title printed
twice, the book's title outside every landmark, switches of the contents without a name.
"""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from sourcebook.site.page_hooks import SITE_BUILDER, once_built

POLICY = (
    "script-src 'self'"  # for a page's own tag and for the example of a host's file
)
_LATE = 950  # after the theme's own changes
_TABLE = re.compile(r'class="(sb-table|[^"]*\bdataframe\b)')
_SEARCH = "search.js"
_SAVE = "save.js"
_NEVER = re.compile(
    r"fontawesome|searchtools|language_data|searchindex|sphinx_highlight|doctools"
    r'|thebe|rel="preload"|docsearch:|name="viewport"'
)
_CODE = re.compile(r'class="[^"]*\bhighlight-')
_WHERE = (  # a file, and what a page must hold to need it
    (re.compile(r"copybutton|clipboard|pygments"), _CODE),
    (re.compile(r"mystnb"), re.compile(r'class="[^"]*\bcell')),
    (re.compile(r"togglebutton"), re.compile(r'class="[^"]*\b(toggle|dropdown)\b')),
    (re.compile(r"sphinx-design|design-tabs"), re.compile(r'class="[^"]*\bsd-')),
)
_INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/)[^>]*>.*?</script>", re.DOTALL
)
_FILE = re.compile(
    r"[ \t]*<(?:script\b[^>]*>\s*</script>|link\b[^>]*>|meta\b[^>]*>)\n?"
)
_WAITED = re.compile(r"<script (?![^>]*\bdefer\b)(?=[^>]*\bsrc=)")
_NOTES = re.compile(r"[ \t]*<!--.*?-->\n?", re.DOTALL)
_WORDS = {  # the theme's name of a button: what is written on it
    "download-notebook-button": "Notebook (.ipynb)",
    "download-one-file-button": "This chapter in one file (.html)",
    "download-pdf-button": "Print, or save as PDF",
}
_DEEDS = {"window.print()": "print", "toggleFullScreen()": "fullscreen"}
_LISTS = (' role="list" class="citation-list"', ' class="citation-list"')
_ENTRIES = re.compile(r'(<div class="citation"[^>]*) role="doc-biblioentry"')


def strict(head: str, body: str) -> str:
    """Return a part of a page's head without lines of script and without unused files.

    >>> strict('<script>let a = 1;</script><script src="b.js"></script>', "")
    '<script defer src="b.js"></script>'
    >>> strict('<script src="_static/copybutton.js"></script>', "<p>No code.</p>")
    ''
    """

    def used(found: re.Match[str]) -> str:
        tag = found.group()
        needed = all(need.search(body) for name, need in _WHERE if name.search(tag))
        return tag if needed and not _NEVER.search(tag) else ""

    kept = _FILE.sub(used, _NOTES.sub("", _INLINE.sub("", head)))
    return _WAITED.sub("<script defer ", kept)


def _leave_search(app: Sphinx) -> None:
    """Spare Sphinx the index of its own search: it takes long, and no page asks it."""
    if app.builder.name == SITE_BUILDER:
        app.builder.search = False  # type: ignore[attr-defined]


def _search_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page of our search, which Sphinx makes with its own alone."""
    if app.builder.name == SITE_BUILDER:
        yield "search", {}, "search.html"


def _take_out_search(app: Sphinx) -> None:
    """Take away the scripts of Sphinx's own search, which have nothing to search."""
    for name in ("searchtools.js", "language_data.js"):
        (Path(app.outdir) / "_static" / name).unlink(missing_ok=True)


def _be_strict(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    if "body" in context:
        body = _INLINE.sub("", context["body"]).replace(*_LISTS)
        context["body"] = _ENTRIES.sub(r"\1", body)
    context["sb_policy"] = POLICY
    context["sb_strict"] = partial(strict, body=context.get("body", ""))
    context["header_buttons"] = [
        _named(button, page) for button in context.get("header_buttons", ())
    ]
    app.add_js_file(_SEARCH, loading_method="defer")


def _add_scripts(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Let a page load those of our scripts that it needs."""
    if _TABLE.search(context.get("body", "")):
        app.add_js_file("tables.js", loading_method="defer")
    if context.get("sourcename"):
        app.add_js_file(_SAVE, loading_method="defer")


def _named(button: dict[str, Any], page: str) -> dict[str, Any]:
    """Return a button of the theme called what it does, and its downloads saved."""
    if "buttons" in button:
        inner = [_named(each, page) for each in button["buttons"]]
        return {**button, "buttons": inner}
    label, deed = button.get("label", ""), button.get("javascript", "")
    button = {**button, "sb_do": _DEEDS.get(deed, "")}  # which ``early.js`` knows
    if not label.startswith("download-"):
        return button
    end = button["text"]
    words = "Notebook, executed (.ipynb)" if end == ".ipynb" else f"Source ({end})"
    named = {**button, "text": _WORDS.get(label, words)}
    if button["type"] == "link":
        named["download"] = f"{page.rpartition('/')[2]}{end}"
    return named


def setup(app: Sphinx) -> None:
    """Register the extension with Sphinx, after the theme's own changes."""
    app.connect("builder-inited", _leave_search)
    app.connect("html-collect-pages", _search_page)
    once_built(app, _take_out_search)
    app.connect("html-page-context", _add_scripts)
    app.connect("html-page-context", _be_strict, priority=_LATE)

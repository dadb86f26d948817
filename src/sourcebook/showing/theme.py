"""Mends what the theme adds to a page, and brings in our scripts where they have work.

* The extension for live code declares its settings twice, which is an error in the
  reader's console, and names another host. There is no live code on these pages, so
  its scripts are taken off every one of them.
* Downloads open in the tab, as text; here each is saved, under its own name, and
  every button is called what is written on it.
* The switches of the contents have no name, and the bibliography is marked as a list
  without being one.

What stands in templates is mended there (``book/_templates``): a page's title printed
twice, and the book's title outside every landmark.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

_UNUSED = ("sphinx-thebe", "THEBE_JS_URL")
_LATE = 950  # after the theme's own changes
_SCRIPTS = {  # a script, and what a page must hold to need it
    "tables.js": re.compile(r'class="(sb-table|[^"]*\bdataframe\b)'),
}
_SEARCH = "search.js"
_SAVE = "save.js"
_WORDS = {  # the theme's name of a button: what is written on it
    "download-notebook-button": "Notebook (.ipynb)",
    "download-pdf-button": "Print, or save as PDF",
}
_SWITCH = re.compile(r"(<a [^>]*>(?P<name>[^<]+)</a>\s*<details[^>]*>\s*<summary)>")
_LISTS = (' role="list" class="citation-list"', ' class="citation-list"')
_ENTRIES = re.compile(r'(<div class="citation"[^>]*) role="doc-biblioentry"')


def _drop_unused_scripts(
    _app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    def is_used(script: Any) -> bool:  # noqa: ANN401 - text or Sphinx's own record
        body = getattr(script, "attributes", {}).get("body") or ""
        return not any(name in f"{script} {body}" for name in _UNUSED)

    context["script_files"] = [s for s in context["script_files"] if is_used(s)]


def _add_scripts(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Let a page load those of our scripts that it needs."""
    for name, needed in _SCRIPTS.items():
        if needed.search(context.get("body", "")):
            app.add_js_file(name, loading_method="defer")
    if context.get("sourcename"):
        app.add_js_file(_SAVE, loading_method="defer")
    if page == "search":
        app.add_js_file(_SEARCH, loading_method="defer")


def _mend(
    _app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    context["header_buttons"] = [
        _named(button, page) for button in context.get("header_buttons", ())
    ]
    if "generate_toctree_html" in context:
        context["generate_toctree_html"] = _naming(context["generate_toctree_html"])
    if "body" in context:
        context["body"] = _ENTRIES.sub(r"\1", context["body"].replace(*_LISTS))


def _named(button: dict[str, Any], page: str) -> dict[str, Any]:
    """Return a button of the theme called what it does, and its downloads saved."""
    if "buttons" in button:
        inner = [_named(each, page) for each in button["buttons"]]
        return {**button, "buttons": inner}
    label = button.get("label", "")
    if not label.startswith("download-"):
        return button
    end = button["text"]
    words = "Notebook, executed (.ipynb)" if end == ".ipynb" else f"Source ({end})"
    named = {**button, "text": _WORDS.get(label, words)}
    if button["type"] == "link":
        named["download"] = f"{page.rpartition('/')[2]}{end}"
    return named


def _naming(make: Callable[..., Any]) -> Callable[..., Any]:
    """Return what makes the contents, with a name on each switch."""

    def made(kind: str, **more: object) -> Any:  # noqa: ANN401 - as the theme has it
        found = make(kind=kind, **more)
        return name_switches(str(found)) if kind == "sidebar" else found

    return made


def name_switches(contents: str) -> str:
    """Name each switch after the page whose parts it shows.

    >>> name_switches('<a href="a">Claims</a><details><summary></summary>')
    '<a href="a">Claims</a><details><summary aria-label="Parts of Claims"></summary>'
    """
    return _SWITCH.sub(r'\1 aria-label="Parts of \g<name>">', contents)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx, after the theme's own changes."""
    app.connect("html-page-context", _add_scripts)
    app.connect("html-page-context", _drop_unused_scripts, priority=_LATE)
    app.connect("html-page-context", _mend, priority=_LATE)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

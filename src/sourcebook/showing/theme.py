"""Mends what the theme adds to a page and this book does not use.

The extension for live code declares its settings twice, which is an error in the
reader's console, and names another host. There is no live code on these pages, so its
scripts are taken off every one of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_UNUSED = ("sphinx-thebe", "THEBE_JS_URL")


def _drop_unused_scripts(
    _app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    def is_used(script: Any) -> bool:  # noqa: ANN401 - text or Sphinx's own record
        body = getattr(script, "attributes", {}).get("body") or ""
        return not any(name in f"{script} {body}" for name in _UNUSED)

    context["script_files"] = [s for s in context["script_files"] if is_used(s)]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx, after the theme's own changes."""
    app.connect("html-page-context", _drop_unused_scripts, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

"""What an extension does to each page of a site as it is written, and brings along."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from sourcebook.coding.book_files import put

SITE_BUILDER = "html"  # the builder of the site: downloads and scripts are for it alone


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """A page about to be written: ``context`` is what its template gets."""

    app: Sphinx
    name: str
    context: dict[str, Any]
    doctree: nodes.document

    @property
    def body(self) -> str:
        """The page's own HTML."""
        return str(self.context.get("body", ""))


def on_each_page(
    app: Sphinx, handle: Callable[[WrittenPage], None], *, priority: int = 500
) -> None:
    """Have ``handle`` called with each page of a site that is made from a document."""

    def called(app: Sphinx, *given: Any) -> None:  # noqa: ANN401 - Sphinx's
        name, _, context, doctree = given
        if doctree is not None and app.builder.name == SITE_BUILDER:
            handle(WrittenPage(app, name, context, doctree))

    app.connect("html-page-context", called, priority=priority)


def once_built(
    app: Sphinx, handle: Callable[[Sphinx], None], *, priority: int = 500
) -> None:
    """Have ``handle`` called when a site is written, and nothing went wrong."""

    def called(app: Sphinx, failure: Exception | None) -> None:
        if failure is None and app.builder.name == SITE_BUILDER:
            handle(app)

    app.connect("build-finished", called, priority=priority)


def bring_files(app: Sphinx, folder: str, texts: Mapping[str, str]) -> None:
    """Write files beside the cached pages, from where Sphinx copies them to the site.

    A file that is there with the same text is left as it is.
    """
    home = Path(app.doctreedir) / folder
    home.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        put(home / name, text.encode())
    if str(home) not in app.config.html_static_path:
        app.config.html_static_path.append(str(home))


def make_anew(
    note: Path, wanted: Iterable[tuple[Path, str, Callable[[], bytes]]]
) -> None:
    """Write each file that is not there, or was made from something else before.

    Each is a path, what the file is made from, and what makes it; from what files were
    made is kept in the ``note``.
    """
    known, now = read_note(note), dict[str, str]()
    for path, told, make in wanted:
        now[path.name] = told
        if known.get(path.name) != told or not path.is_file():
            put(path, make())
    put(note, json.dumps(now, sort_keys=True).encode())


def read_note(note: Path) -> dict[str, Any]:
    """Return what was made from what; nothing where that cannot be read."""
    try:
        known = json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}

"""Sources of pages that can be saved from a book opened from a disk.

A browser saves a linked file under its name when a server hands it out. From a disk it
opens the file in the tab instead, and forbids a page to read it. It does let a page
load a script; so beside each source lies the same as a script, which hands the text to
``save.js``. It is loaded when somebody asks for the file, and never otherwise.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_KINDS = frozenset({".ipynb", ".md"})
_FOLDER = "_sources"  # where Sphinx puts them


def as_script(name: str, text: str) -> str:
    r"""Return a file as a call that saves it.

    >>> as_script("a.md", "# A")
    'sourcebookSave("a.md", "# A");\n'
    """
    return f"sourcebookSave({json.dumps(name)}, {json.dumps(text)});\n"


def _pack(app: Sphinx, failure: Exception | None) -> None:
    if failure is not None or app.builder.name != "html":
        return
    for path in sorted((Path(app.outdir) / _FOLDER).rglob("*")):
        if path.suffix in _KINDS:
            script = as_script(path.name, path.read_text(encoding="utf-8"))
            beside = path.with_name(f"{path.name}.js")
            beside.write_text(script, encoding="utf-8", newline="\n")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx."""
    app.connect("build-finished", _pack)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

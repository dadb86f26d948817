"""Projects as files: a new one written whole, and one read.

A file that is there already is never written over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from refi_qda import Archive, ProjectError, read_project
from sourcebook.data.citation_file import commit_time
from sourcebook.data.encoding import put
from sourcebook.data.qda_drafts import as_yaml
from sourcebook.data.qda_export import project_archive
from sourcebook.data.qda_import import Incoming, compare
from sourcebook.errors import SourcebookError

if TYPE_CHECKING:
    from pathlib import Path

    from sourcebook.coding.corpus import Corpus

SUFFIX = ".qdpx"


def write_project(corpus: Corpus, path: Path) -> None:
    """Write the claims of a book as a new project. Raises `SourcebookError`."""
    if path.suffix != SUFFIX:
        raise SourcebookError(
            f"{path.name} does not end in {SUFFIX}\n  fix: give it that ending"
        )
    citation = (corpus.root / "CITATION.cff").read_text(encoding="utf-8")
    title = str(yaml.safe_load(citation)["title"])
    seconds = int(commit_time(corpus.root))
    write_new(path, project_archive(corpus, title=title, seconds=seconds))


def read_drafts(path: Path, corpus: Corpus) -> tuple[Incoming, str]:
    """Return what a project says that the sheets do not, and its drafts as YAML."""
    try:
        project = read_project(Archive(path))
    except ProjectError as error:
        raise SourcebookError(str(error)) from None
    incoming = compare(project, corpus)
    return incoming, as_yaml(incoming, corpus)


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, in a folder that is."""
    if path.exists() or path.is_symlink():
        raise SourcebookError(f"{path} is there already\n  fix: name a new file")
    if not path.parent.is_dir():
        raise SourcebookError(f"no folder {path.parent}\n  fix: make it first")
    put(path, content)

"""REFI-QDA projects as files: written from the book, or read into drafts of claims.

A file that is there already is never written over. Drafts are YAML, to be finished by
hand and put into a sheet: a line without a value is to be filled, and a comment says
what does not fit the codebook. Whatever came from outside stands in quotation marks,
with no character in it that could end a line.
"""

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import yaml

from refi_qda import Archive, ProjectError, read_project
from sourcebook.coding.book_files import put
from sourcebook.coding.corpus import Corpus
from sourcebook.data.citation import commit_time
from sourcebook.data.qda_export import project_archive
from sourcebook.data.qda_import import Draft, Incoming, compare
from sourcebook.errors import SourcebookError


def as_yaml(incoming: Incoming, corpus: Corpus) -> str:
    """Return the drafts and changed notes of every source, or nothing.

    Ids are free in the sheet they are meant for.
    """
    lines: list[str] = []
    for citekey, source in sorted(corpus.sources.items()):
        drafts = [each for each in incoming.drafts if each.source == citekey]
        taken = {claim.id.partition("/")[2] for claim in source.claims()}
        free = (f"draft-{n}" for n in count(1) if f"draft-{n}" not in taken)
        if drafts:
            lines += [f"# For `claims:` in seeds/{citekey}.yml; fill what is empty."]
        for draft in drafts:
            lines += _entry(draft, next(free))
    lines += [
        f"# The note of {claim} reads there: {quoted(note)}"
        for claim, note in incoming.notes
    ]
    return "".join(f"{line}\n" for line in lines)


def _entry(draft: Draft, name: str) -> Iterator[str]:
    yield f"  - id: {name}"
    yield f"    kind: {draft.kind}".rstrip()
    yield f"    topic: {draft.topic}".rstrip()
    yield f"    quote: {quoted(draft.quote)}"
    if draft.nth:
        yield f"    nth: {draft.nth}"
    if draft.note:
        yield f"    note: {quoted(draft.note)}"
    for code in draft.codes:
        yield f"    # coded, and not in the codebook: {quoted(code)}"
    if draft.was:
        yield f"    # moved here from {draft.was}"


def quoted(words: str) -> str:
    r"""Return words as YAML and JSON both write them, on one line.

    >>> print(quoted('the "reset"'))
    "the \"reset\""
    """
    text = json.dumps(words, ensure_ascii=False)
    return "".join(
        each if each.isprintable() else json.dumps(each)[1:-1] for each in text
    )


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

"""One more line in the lists of a book: its contents, and the page of all claims.

A line goes after the last one of its kind, in the same hand. What comes out must read
as the old contents and one more entry, or nothing is done.
"""

from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from sourcebook.errors import SourcebookError

TOC = "_toc.yml"
_FIRST = {  # below which page the first one of a folder stands
    "notebooks/sources": "book/sources",
    "notebooks/synthesis": "book/questions",
    "book/claims": "book/claims",
}


def with_page(contents: str, page: str) -> str:
    """Return the contents with a page after the last of its folder.

    Raises `SourcebookError` where the page is there, or no page of its folder is.
    """
    folder = page.rpartition("/")[0]
    pages = list(_pages(_read(contents)))
    if page in [name for name, _, _ in pages]:
        fix = "choose another key"
        raise SourcebookError(f"{TOC}: {page} is in the contents already", fix=fix)
    beside = [
        (line, column)
        for name, line, column in pages
        if name.rpartition("/")[0] == folder
    ] or [(line, column) for name, line, column in pages if name == _FIRST.get(folder)]
    if not beside:
        said = f"{TOC}: no list with a page of {folder}/ to stand beside"
        fix = f"add a part with `- file: {folder}/…` for a page that is there"
        raise SourcebookError(said, fix=fix)
    line, column = max(beside)
    lines = contents.splitlines(keepends=True)
    last = lines[line]
    if last[:column].strip() != "-":
        said = f"{TOC}: line {line + 1} is not a line of its own for one page"
        raise SourcebookError(said, fix="write one page a line, as `- file: …`")
    if not last.endswith("\n"):
        lines[line] += "\n"
    lines.insert(line + 1, f"{last[:column]}file: {page}\n")
    after = "".join(lines)
    if _without(_read(after), page) != _read(contents):
        said = f"{TOC}: {page} cannot be put below line {line + 1}"
        fix = "write one page a line, without sections below the last one"
        raise SourcebookError(said, fix=fix)
    return after


def _read(contents: str) -> Any:  # noqa: ANN401 - plain data of any shape
    try:
        return YAML().load(contents)
    except YAMLError as error:
        said = f"{TOC}: {' '.join(str(error).split())}"
        raise SourcebookError(said, fix="mend it first") from None


def _without(node: Any, page: str) -> Any:  # noqa: ANN401
    """Return contents without the entry of a page that has nothing but its file."""
    if isinstance(node, dict):
        return {key: _without(value, page) for key, value in node.items()}
    if isinstance(node, list):
        return [_without(item, page) for item in node if item != {"file": page}]
    return node


def _pages(node: Any) -> Iterator[tuple[str, int, int]]:  # noqa: ANN401
    """Yield each page with the line and the column of its `file:`, both from 0."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in {"file", "root"} and isinstance(value, str):
                line, column = node.lc.key(key)  # type: ignore[attr-defined]
                yield value, line, column
            else:
                yield from _pages(value)
    elif isinstance(node, list):
        for item in node:
            yield from _pages(item)


def with_register(page: str, link: str) -> str:
    """Return the page of all claims with one more link, below the last of its kind."""
    lines = page.splitlines(keepends=True)
    links = [n for n, line in enumerate(lines) if line.startswith("* [Claims of ")]
    if not links:
        return f"{page.rstrip()}\n\n{link}\n"
    if not lines[links[-1]].endswith("\n"):
        lines[links[-1]] += "\n"
    lines.insert(links[-1] + 1, f"{link}\n")
    return "".join(lines)

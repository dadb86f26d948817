"""What a Markdown file says of itself before its text, between lines of hyphens.

It is about the text and not of it: its fields are proposals, and it is left out.
"""

from __future__ import annotations

import re

import yaml

_BLOCK = re.compile(r"---[ \t]*\r?\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_BLANK = re.compile(r"\A(?:[ \t]*\r?\n)+")
_MOST = 20_000  # characters; what is longer is a text
# Our names, and what such files say for them, the surest first.
_SELF = {
    "title": ("title",),
    "author": ("author", "authors", "speaker"),
    "issued": ("date", "published_time", "published"),
    "publisher": ("publisher", "publication", "outlet"),
    "url": ("url", "source_url", "permalink", "link"),
}


def part_front_matter(text: str) -> tuple[str, dict[str, str]]:
    r"""Return the text after its front matter, and what that proposes.

    Where there is none, or none that can be read, the text is returned whole.

    >>> part_front_matter("---\ntitle: A port\n---\nIt rained.\n")
    ('It rained.\n', {'title': 'A port'})
    """
    block = _BLOCK.match(text)
    if block is None or block.end() > _MOST:
        return text, {}
    try:
        fields = yaml.load(block[1], Loader=yaml.BaseLoader)  # noqa: S506 - words alone
    except (yaml.YAMLError, RecursionError):
        return text, {}
    if not isinstance(fields, dict):
        return text, {}
    return _BLANK.sub("", text[block.end() :]), _proposals(fields)


def _proposals(fields: dict[object, object]) -> dict[str, str]:
    found = {}
    for name, theirs in _SELF.items():
        for each in theirs:
            value = fields.get(each)
            words = value if isinstance(value, list) else [value]
            if words and all(isinstance(word, str) and word.strip() for word in words):
                found[name] = "; ".join(map(str, words))
                break
    return found

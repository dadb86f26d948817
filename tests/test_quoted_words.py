"""Words in quotation marks are a source's words, exactly; ours are on a short list."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sourcebook.reading.anchor import fold

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("book/**/*.md"), *ROOT.glob("notebooks/text/*/*.md")])
OURS = {
    "The report says",  # how to read: our own formula
    "the brief says {claim}`around 5% <valiyev-yagubova-2022/gas-share>`",  # likewise
    # Gas: a sentence made up to show what the documents do not support.
    "Azerbaijan's share of EU gas fell from about five to about four in a hundred",
}
_CODE = re.compile(r"```.*?```", re.DOTALL)
_QUOTED = re.compile(r"“([^”]+)”|\"([^\"\n]{3,})\"")


def _level(text):
    return " ".join(fold(text).lower().split()).strip(" ,.;")


def _quoted(path):
    text = _CODE.sub("", path.read_text(encoding="utf-8"))
    return [match[1] or match[2] for match in _QUOTED.finditer(text)]


@pytest.mark.parametrize(
    "path", PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_quoted_words_stand_in_a_source(path, corpus):
    texts = [_level(source.document.text) for source in corpus.sources.values()]
    strange = [
        words
        for words in _quoted(path)
        if words not in OURS and not any(_level(words) in text for text in texts)
    ]
    assert strange == []


def test_the_list_of_our_own_words_is_no_longer_than_needed():
    assert {words for path in PAGES for words in _quoted(path)} >= OURS

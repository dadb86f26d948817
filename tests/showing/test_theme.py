"""What the theme leaves to be mended is mended, and nothing else is touched."""

from __future__ import annotations

import pytest

from sourcebook.showing.theme import _mend, _named, name_switches

LINK = {
    "type": "link",
    "url": "../_sources/book/a.md",
    "text": ".md",
    "label": "download-source-button",
}


def test_a_download_is_saved_under_the_name_of_its_page():
    named = _named(LINK, "book/a")
    assert named["download"] == "a.md"
    assert named["text"] == "Source (.md)"


def test_buttons_inside_a_group_are_named_too():
    group = {"type": "group", "label": "download-buttons", "buttons": [LINK]}
    assert _named(group, "book/a")["buttons"][0]["download"] == "a.md"


def test_other_buttons_stay():
    other = {"type": "javascript", "label": "fullscreen-button"}
    assert _named(other, "book/a") == other


def test_each_switch_is_named_after_its_own_page():
    one, two = (
        f'<a href="{name}">{name}</a><details><summary><i></i></summary></details>'
        for name in ("One", "Two")
    )
    named = name_switches(one + two)
    assert named.index('"Parts of One"') < named.index('"Parts of Two"')
    assert named.count("aria-label") == 2


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ('<div role="list" class="citation-list">', '<div class="citation-list">'),
        (
            '<div class="citation" id="a" role="doc-biblioentry">',
            '<div class="citation" id="a">',
        ),
        ('<ul role="list">', '<ul role="list">'),
    ],
)
def test_the_bibliography_claims_no_role_it_does_not_keep(body, left):
    context = {"body": body}
    _mend(None, "book/a", "", context, None)
    assert context["body"] == left

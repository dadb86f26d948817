"""A sheet is plain data, each part with its place, or the first fault with its own."""

from __future__ import annotations

import pytest

from sourcebook.coding import plain_yaml
from sourcebook.coding.plain_yaml import Unread, plain_data

SHEET = """\
a: one
b:
  - 2
  - "3"
  - {c: null}
d: >
  e: x
"""


def test_each_part_has_its_place():
    data, marks = plain_data(SHEET)
    assert data == {"a": "one", "b": [2, "3", {"c": None}], "d": "e: x\n"}
    assert marks == {
        (): (1, 1),
        ("a",): (1, 4),
        ("b",): (3, 3),
        ("b", 0): (3, 5),
        ("b", 1): (4, 5),
        ("b", 2): (5, 5),
        ("b", 2, "c"): (5, 9),
        ("d",): (6, 4),
    }


def test_an_empty_text_has_no_data():
    assert plain_data("# nothing\n") == (None, {})


@pytest.mark.parametrize(
    ("text", "fault", "place"),
    [
        ("a: 1\na: 2", "repeated key 'a'", (2, 1)),
        ("a: 1\n? [b]\n: 2", "a key must be plain text", (2, 3)),
        ("a: &b 1", "anchors and aliases", (1, 4)),
        ("a: !!str 1", "tags are not allowed", (1, 4)),
        ("a: 1\n b: [", "mapping values are not allowed in", (2, 3)),
        ("a: |\n  b\n  c: |\n   d", "`c:` has slipped", (3, 1)),
        ("a: 1\n---\nb: 1", "a second document", (2, 1)),
        ("\n\u202ea: 1", "a character that cannot be seen", (2, 1)),
        ("\n<<<<<<< HEAD\n", plain_yaml.MERGE, (2, 1)),
        ("[" * 22 + "]" * 22, "nested more than 20 deep", (1, 22)),
        (f"a: {'1' * (plain_yaml._DIGITS + 1)}", "a whole number of", (1, 4)),
    ],
)
def test_what_is_not_plain_is_refused_with_its_place(text, fault, place):
    with pytest.raises(Unread) as caught:
        plain_data(text)
    assert fault in str(caught.value)
    assert caught.value.at == place


def test_parts_may_lie_twenty_deep():
    assert str(plain_data("[" * 21 + "]" * 21)[0]) == "[" * 21 + "]" * 21


def test_a_whole_number_may_have_as_many_digits_as_any():
    longest = "1" * plain_yaml._DIGITS
    assert plain_data(longest)[0] == int(longest)

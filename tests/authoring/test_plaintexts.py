"""What Markdown says by signs, and what all pages of a text share."""

from __future__ import annotations

import pytest

from sourcebook.authoring.incoming_file import Incoming
from sourcebook.authoring.plaintexts import without_heads
from sourcebook.authoring.text_extraction import extract
from sourcebook.reading.text import clean

MARKDOWN = """\
# A port

It cost 12.4^3^ tons, CO<sub>2</sub> apart. <!-- 99 ships -->
It has ~~15~~ 21 cranes and a<br>wharf of <del>5</del><ins>6</ins> sides.

| Year | Tons |
|------|:----:|
| 2021 | 8.1 |
| 2022 | 11.4 |
So it rained.
"""


def test_the_signs_of_markdown_are_what_they_stand_for():
    found = extract(Incoming("a.md", ".md", MARKDOWN.encode()))
    assert found.text == (
        "# A port\n\nIt cost 12.4³ tons, CO₂ apart. \nIt has 21 cranes and a\nwharf of "
        "6 sides.\n\n| Year | Tons |\n\n| 2021 | 8.1 |\n\n| 2022 | 11.4 |\n\n"
        "So it rained.\n"
    )
    whats = [doubt.what for doubt in found.doubts]
    assert whats == ["raised", "struck", "deleted", "inserted"]
    assert "1 × left out a comment (line 3)" in found.said
    rows = [s for s in clean(found.text).text.split("\n") if s.startswith("|")]
    assert rows == ["| Year | Tons |", "| 2021 | 8.1 |", "| 2022 | 11.4 |"]


def test_code_in_a_markdown_file_stays_as_it_is_and_what_is_around_it_does_not():
    code = "```\n<b> ~~x~~ &amp;\n> | a | b |\n```\n"
    found = extract(
        Incoming("a.md", ".md", f"{MARKDOWN}\n{code}{MARKDOWN}\n{code}A".encode())
    )
    assert f"rained.\n\n{code}# A port" in found.text
    assert found.text.endswith(f"rained.\n\n{code}A\n")
    assert found.text.count("\n\n| 2021 | 8.1 |\n\n| 2022 | 11.4 |\n\n") == 2


@pytest.mark.parametrize(
    ("typed", "meant", "told"),
    [
        ("> Tons rose.\n> 5 of them fell.", "Tons rose.\n5 of them fell.", "2 quoted"),
        ("> It is 5 > 4 tons.", "It is 5 > 4 tons.", "1 quoted line out"),
        ("Tons rose\n> 5 fell.", "Tons rose\n\n5 fell.", "1 quoted line out"),
        ("A port\n======\n\nIt sold.", "# A port\n\nIt sold.", "underlined heading"),
        ("A port\n---\n\nIt sold.", "## A port\n\nIt sold.", "underlined heading"),
        ("It sold 5&nbsp;% &amp; more.", "It sold 5\xa0% & more.", ""),
        ("In 2022.[^1]\n\n[^1]: A list.", "In 2022.¹\n\n1. A list.", "mark of a note"),
        ("See [it](a_(b)) now.", "See it now.", "1 target of links"),
        ('See [it](a "A port") now.', "See it now.", "1 target of links"),
        ("See [it](a) now.", "See [it](a) now.", ""),
        ("<!-- 1 -->It sold <!-- 2 --> 3 <!-- 4.", "It sold 3 <!-- 4.", "comment"),
        ("It rose.\\\nIt fell.", "It rose.\nIt fell.", ""),
        ("See ![12 ships](a.png) now.", "See now.", ""),
        ("See ![12 ships](a.png){width=50%} now.", "See now.", "1 sign of what is set"),
        ("# A port {#port .wide}\n\nIt sold 5.", "# A port\n\nIt sold 5.", "1 sign"),
        ("::: {.note}\nIt sold 5.\n:::\n\nIt.", "It sold 5.\n\nIt.", "2 signs of"),
        ("It rose.[1][2] So.", "It rose.[1][2] So.", ""),
        ("Set {1, 2} and {x}.", "Set {1, 2} and {x}.", ""),
        ("In 2022[^b] it.\n\n[^b]: A list.", "In 2022[b] it.\n\n[b] A list.", "a note"),
        (
            'See [it][a] now.\n\n[a]: b.html "7"\nEnd.',
            "See it now.\n\nEnd.",
            "1 target of",
        ),
        (
            "A | B\n--|--\n1 | 2\n\nA | B.",
            "| A | B |\n\n| 1 | 2 |\n\nA | B.",
            "1 table",
        ),
        ("It cost \\$5 and $6, or A$7.", "It cost $5 and $6, or A$7.", ""),
    ],
)
def test_a_sign_of_markdown_is_no_part_of_a_sentence(typed, meant, told):
    found = extract(Incoming("a.md", ".md", f"{typed}\n".encode()))
    assert found.text == f"{meant}\n"
    assert told in " ".join(found.said)
    assert [each.words for each in found.doubts] == ["12 ships"] * ("12" in typed)


@pytest.mark.parametrize("typed", ["so $x_1 = 12$ it", "so\n\n$$\nx_1 = 12\n$$\n\nit"])
def test_an_equation_in_markdown_is_doubted(typed):
    found = extract(Incoming("a.md", ".md", f"It is {typed} was.\n".encode()))
    assert "$" not in found.text
    assert [(each.what, each.text) for each in found.doubts] == [
        ("equation", "x_1 = 12")
    ]


def test_signs_of_quotation_are_taken_from_a_text_where_they_stand_on_several_lines():
    """Within a sentence ">" is read as "more than"."""
    typed = "She wrote:\n> Trade rose by\n> 5 percent.\nI doubt it.\n> 5 is more.\n"
    found = extract(Incoming("a.txt", ".txt", typed.encode()))
    assert found.text == (
        "She wrote:\n\nTrade rose by\n5 percent.\nI doubt it.\n> 5 is more.\n"
    )
    assert found.said == ("took the sign of 2 quoted lines out",)


def test_a_text_with_form_feeds_loses_what_stands_on_every_page():
    pages = [
        f"Ministry of Tons, edition of 2026-08-05, {n} / 4\n\n{word} sold {n * 7} "
        f"tons, and no more was\nsold in {word} in that year.\n\n{n}"
        for n, word in enumerate(("Acton", "Beeton", "Ceeton", "Deeton"), 1)
    ]
    found = extract(Incoming("a.txt", ".txt", "\f".join(pages).encode()))
    assert "Ministry" not in found.text
    assert found.text.startswith("Acton sold 7 tons, and no more was\nsold in Acton")
    assert found.text.count("\n\n") == 3
    assert "parted 4 pages at form feeds" in found.said


def _printed(*around):
    """Return a text of five pages of 16 lines, each with these lines around it."""
    head, foot = around
    lines = [f"the crane of day {7 * n} took {3 * n} tons and" for n in range(1, 81)]
    pages = [[head, "", *lines[n : n + 16], "", foot] for n in range(0, 80, 16)]
    titles = ("THE PORT OF ACTON  {}", "{}  THE REVIEW")
    return "\n".join(
        line.format(n, titles[n % 2].format(n))
        for n, page in enumerate(pages * 2, 1)
        for line in page
    )


@pytest.mark.parametrize(
    ("head", "foot", "told"),
    [
        ("PORT NEWS, Page {0}", "", "PORT NEWS, Page #"),
        ("PORT NEWS", "- {0} -", "- # -"),
        ("", "{0}", "#"),
        ("{1}", "", "THE PORT OF ACTON #"),
    ],
)
def test_lines_that_count_the_pages_of_a_plain_text_part_it(head, foot, told):
    """They stood in the middle of a sentence, wherever a page ended."""
    found = extract(Incoming("a.txt", ".txt", _printed(head, foot).encode()))
    words = " ".join(clean(found.text).text.split())
    assert "took 48 tons and the crane of day 119 took 51 tons" in words
    assert told in " ".join(found.said)


def test_chapters_that_are_counted_are_no_pages():
    chapters = [
        f"Article {n}\n\n" + "The port is open.\n" * (16 + n % 3 * 6) for n in range(9)
    ]
    text = "\n".join(chapters)
    assert extract(Incoming("a.txt", ".txt", text.encode())).text == text


def test_heads_and_page_numbers_are_left_out_and_no_figure_is():
    pages = [
        [
            str(n + 12),
            "Series No 9",
            f"{n * 3} tons",
            f"{word} came.",
            "Old 5",
            str(n * 2),
        ]
        for n, word in enumerate(("Acton", "Beeton", "Ceeton"), 1)
    ]
    kept, heads = without_heads(pages)
    assert heads == ["#", "Series No 9", "Old 5"]
    assert kept[1] == ["6 tons", "Beeton came.", "4"]
    assert without_heads(pages[:2]) == (pages[:2], [])


@pytest.mark.parametrize("line", ["Q{0} {1} came.", "{1} came to Q{0}."])
def test_a_number_within_a_word_or_before_a_full_stop_counts_no_pages(line):
    words = "Ann Bob Cas Dan Eve Fay".split()
    pages = [[line.format(n, word), f"{word} left."] for n, word in enumerate(words, 1)]
    assert without_heads(pages) == (pages, [])


def test_on_two_pages_a_line_is_a_foot_where_its_number_counts_them():
    pages = [["It rained.", f"Journal of Tons {n}"] for n in (101, 102)]
    kept, heads = without_heads(pages)
    assert (kept, heads) == ([["It rained."]] * 2, ["Journal of Tons #"])


def test_left_and_right_pages_have_heads_of_their_own():
    pages = [
        ["The port" if n % 2 else "Of Acton", f"{word} came with salt."]
        for n, word in enumerate("Ann Bob Cas Dan Eve Fay Gus Hal".split(), 1)
    ]
    kept, _ = without_heads(pages)
    assert [len(lines) for lines in kept] == [1] * 8


def test_a_head_of_five_digits_goes_also_where_it_was_taken_for_a_row():
    head = "Register of Ports, Vol. 85"
    pages = [
        [f"| {head} | {47698 + page} |" if page % 2 else f"{head} {47698 + page}",
         f"Text of page {'abcdef'[page]} goes on."]
        for page in range(6)
    ]  # fmt: skip
    kept, heads = without_heads(pages)
    assert kept == [[f"Text of page {'abcdef'[page]} goes on."] for page in range(6)]
    assert f"{head} #" in heads


def test_what_heads_a_table_under_a_title_is_left_where_it_stands_first():
    rows = [[f"Ship {letter} | 1{letter}", f"Ship {letter}{letter} | 3"]
            for letter in "abcd"]  # fmt: skip
    pages = [["Harbour | Tons", *page, "", "The Harbour"] for page in rows]
    pages[0].insert(0, "What came to Acton")
    kept, heads = without_heads(pages)
    assert heads == ["Harbour Tons", "The Harbour"]
    assert kept[0] == ["What came to Acton", "Harbour | Tons", *rows[0], ""]
    assert kept[1:] == [[*page, ""] for page in rows[1:]]

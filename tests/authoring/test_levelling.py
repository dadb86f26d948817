"""What is made alike in every text that comes in, and what is doubted or refused."""

from __future__ import annotations

import pytest

from sourcebook.authoring.incoming_file import Incoming
from sourcebook.authoring.levelling import (
    join_parted,
    level,
    told_language,
    told_repeats,
    without_unseen,
)
from sourcebook.authoring.text_extraction import extract
from sourcebook.errors import SourcebookError
from sourcebook.reading.dates import read_dates
from sourcebook.reading.numbers import read_numbers
from sourcebook.reading.text import clean

PROSE = "The harbour of Acton was opened, and so it was used by many ships. " * 4


def _extract(text, kind=".txt"):
    return extract(Incoming(f"a{kind}", kind, text.encode()))


@pytest.mark.parametrize(
    ("printed", "text", "said"),
    [
        ("ﬁfteen oﬃcials", "fifteen officials", "2 × wrote a ligature as its letters"),
        ("𝟓 tons, 𝑥", "5 tons, x", "2 × wrote a letter of a formula as a plain one"),
        ("Mu\u0308ller", "Müller", "1 × set a letter and its accent as one"),
        ("a Na¨ıve M¨uller", "a Naïve Müller", "2 × set an accent on its letter"),
        ("Mu¨ller", "Müller", "1 × set an accent on its letter"),
        ("25 mil\u00ad\nlion", "25 million", "1 × joined a word at a soft hyphen"),
        ("25 mil\u00adlion", "25 million", "dropped what cannot be seen: 1 U+00AD"),
        ("4.\u200b3 percent", "4.3 percent", "dropped what cannot be seen: 1 U+200B"),
        (
            "5\x9610 tons, \x805",
            "5–10 tons, €5",
            "2 × read a control character as the letter that windows-1252 has in",
        ),
        (
            "1\u00ad12 months",
            "1-12 months",
            "1 × wrote a soft hyphen between figures as a hyphen",
        ),
        (
            "| \uf06e tons | 5 |",
            "| • tons | 5 |",
            "1 × wrote a sign of a symbol font as a bullet",
        ),
        (
            "a\n\uf0b7 tons",
            "a\n• tons",
            "1 × wrote a sign of a symbol font as a bullet",
        ),
    ],
)
def test_what_is_certain_is_mended_and_told(printed, text, said):
    levelled, told = level(printed)
    assert levelled == text
    assert len(told) == 1
    assert told[0].startswith(said)
    assert level(text) == (text, [])


def test_a_mended_place_is_named_by_its_line():
    assert level("\nOne.\nTwo ﬁne.\n")[1] == [
        "1 × wrote a ligature as its letters (line 3)"
    ]


def test_what_is_no_sign_of_a_text_is_counted():
    assert level("a\x01b")[1] == ["dropped 1 control character"]
    assert level("a\x01\x02b")[1] == ["dropped 2 control characters"]
    assert without_unseen("\u202ea\u200b") == ("a", "1 U+200B, 1 U+202E")


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("5 mil-\nlion euros", "5 million\neuros"),
        ("25 per-\ncent", "25 percent"),
        ("its mil-\nlion\u00a0euros", "its million\neuros"),
        ("in Sep-\ntember 2020", "in September\n2020"),
        ("the long-\nterm plan", "the long-\nterm plan"),
        ("a non-\ngovernment body", "a non-\ngovernment body"),
        ("a Zorn-\nblat. The Zornblat is", "a Zornblat.\nThe Zornblat is"),
        (
            "a co-\noperation. Our co-operation is",
            "a co-\noperation. Our co-operation is",
        ),
        ("two-\nand three-fold", "two-\nand three-fold"),
        ("Spar-\nund Girokonten", "Spar-\nund Girokonten"),
        ("the EU-\nBaku talks", "the EU-\nBaku talks"),
    ],
)
def test_a_word_parted_at_a_line_end_is_joined_where_it_is_known(printed, text):
    assert join_parted(printed)[0] == text


@pytest.mark.parametrize(("count", "more"), [(1, ""), (6, ""), (7, ", …")])
def test_words_that_were_joined_are_counted_and_the_first_are_shown(count, more):
    words = "million percent harbour winter summer morning evening".split()[:count]
    parted = "".join(f"in {word[:3]}-\n{word[3:]}\n" for word in words)
    shown = ", ".join(words[:6])
    assert join_parted(parted)[1] == [
        f"{count} × joined a word parted at a line's end ({shown}{more})"
    ]
    assert join_parted("the long-\nterm plan") == ("the long-\nterm plan", [])


def test_a_parted_word_that_nothing_knows_is_doubted():
    found = _extract("It is the summa-\nrization of texts.\n")
    assert found.text == "It is the summarization\nof texts.\n"
    (doubt,) = found.doubts
    assert (doubt.what, doubt.words) == ("hyphen", "summa-rization")


def test_figures_that_a_line_end_or_an_unseen_sign_parted_are_read_whole():
    found = _extract(
        "They paid 5 mil-\nlion euros, 25 per\u00adcent of 12.4 bil-\nlion cubic "
        "metres, ﬁve percent, and 4.\u200b3 percent, in Feb\u00ad\nruary 2020.\n"
    )
    text = clean(found.text).text
    assert [f"{m.low.normalize():f} {m.unit}" for m in read_numbers(text)] == [
        "5000000 EUR",
        "25 percent",
        "12400000000 m3",
        "5 percent",
        "4.3 percent",
    ]
    assert [date.edtf for date in read_dates(text)] == ["2020-02"]


@pytest.mark.parametrize(
    ("printed", "doubts"),
    [
        ("Rows of 8 300 12 400 came", ["8 300", "12 400"]),
        ("some 12 300 people came", []),
        ("| 8 300 12 400 | 5 |", []),
        ("call 299 111 222", []),
        ("or +32 2 299 111 222", []),
        ("in 2023 300 people", []),
        ("worth $178 9 million", ["178 9"]),
        ("worth 9 million", []),
        ("Sent 287 242 223 207 208 home", ["287 242 223 207 208"]),
    ],
)
def test_digits_parted_by_blanks_are_doubted_where_no_reader_joins_them(
    printed, doubts
):
    found = _extract(f"{printed}\n")
    assert [(d.what, d.words) for d in found.doubts] == [("digits", d) for d in doubts]


def test_a_text_that_is_not_english_is_read_as_if_it_were_and_said_to_be():
    said = "its words seem not to be English, and are read as if they were"
    french = "les bateaux de la ville sont venus avec du sel et ils restent ici\n" * 20
    english = "the ships of the town came with salt and they stay in the port\n" * 20
    assert said in _extract(french[:450]).said
    assert said not in _extract(english).said
    assert said not in _extract(french[:200]).said


@pytest.mark.parametrize(
    ("known", "other", "told"), [(65, 35, 0), (64, 36, 1), (32, 18, 1), (31, 18, 0)]
)
def test_a_language_is_told_by_fifty_words_of_which_two_thirds_are_known(
    known, other, told
):
    assert len(told_language("ships " * known + "zqx " * other)) == told


def test_a_stretch_that_no_reader_reads_is_said():
    found = _extract(f"It cost 5 tons. {'1–' * 700} It rained.\n")
    assert [doubt.what for doubt in found.doubts] == ["run"]
    assert _extract(f"It cost 5 tons. {'1–' * 400} It rained.\n").doubts == ()


@pytest.mark.parametrize(
    "odd",
    ["wasnâ€™t", "a \ufffd b", "(cid:12)", "Â£ 20", "CafÃ©", "20=C2=A0t", "a=3Db"],
)
def test_what_stands_for_no_letter_is_doubted(odd):
    assert [d.what for d in _extract(f"{PROSE}{odd}\n").doubts] == ["strange"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("\n".join(PROSE.split() * 3), "168 of 168 lines hold one word"),
        (" ".join("".join(PROSE.split())), "words are single letters"),
        (f"{PROSE}{'(cid:9)' * 9}", "63 of 331 characters stand for no letter"),
        (
            "\n".join(f"{PROSE[:30]}     {PROSE[30:60]}" for _ in range(20)),
            "20 of 20 lines hold two columns side by side, the first is line 1",
        ),
    ],
    ids="words letters signs columns".split(),
)
def test_a_text_that_cannot_be_read_well_is_refused(text, fault):
    with pytest.raises(SourcebookError, match=fault) as caught:
        _extract(text)
    assert "\n  fix: " in str(caught.value)


def test_a_stretch_of_two_columns_is_marked():
    rows = "\n".join(f"{PROSE[:30]}     {PROSE[30:60]}" for _ in range(5))
    found = _extract("\n".join([*[PROSE] * 9, rows, "It rained.\n"]))
    assert [(d.what, d.words) for d in found.doubts] == [
        ("layout", "5 lines of two columns")
    ]
    assert found.doubts[0].at == "line 10"


def test_a_sentence_that_a_page_prints_a_second_time_large_is_told():
    text = (
        "“No ship came to the port in its first days.”\n\nIt rained. No ship came to "
        "the\nport in its first days. It rained.\n\n| No ship came in its first days. |"
        "\n\n| No ship came in its first days. |\n"
    )
    found = extract(Incoming("a.txt", ".txt", text.encode()))
    assert found.text == text
    (told,) = found.said
    assert told.startswith("1 × a sentence that stands more than once (No ship came to")


CRANES = [f"It sold {number} of its old cranes." for number in range(4)]


@pytest.mark.parametrize(
    ("sentences", "shown"),
    [
        (["It sold five of its cranes."], ""),
        (["It sold five of its old cranes."], "It sold five of its old cranes."),
        ([f"So it sold {'a' * 46} of its old cranes."],
         f"So it sold {'a' * 46} of"),
        (CRANES[:3], "; ".join(CRANES[:3])),
        (CRANES, f"{'; '.join(CRANES[:3])}; …"),
    ],
)  # fmt: skip
def test_three_sentences_that_stand_more_than_once_are_shown(sentences, shown):
    text = "\n\n".join([*sentences, *sentences, "It rained in the port all day long."])
    told = f"{len(sentences)} × a sentence that stands more than once ({shown})"
    assert told_repeats(text) == ([told] if shown else [])

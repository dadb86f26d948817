"""Words about a claim must say what its passage says; other numbers are reported."""

from __future__ import annotations

import pytest

from sourcebook.coding.claims import Claim, claim_of_kind
from sourcebook.coding.hedges import Quantity
from sourcebook.errors import SourcebookError
from sourcebook.prose.running_prose import Remark, bare_numbers, printed_dates, verify
from sourcebook.reading.numbers import read_numbers
from sourcebook.reading.text import Span

EMPTY = dict.fromkeys(
    "measure of where when status origin actor target concept type place note prefix "
    "suffix section figure".split(),
    "",
)


def make_claim(
    exact: str, *, figure: str = "", sentence: str = "", when: str = ""
) -> Claim:
    mention = next(
        (m for m in read_numbers(exact) if figure and m.text == figure), None
    )
    assert mention or not figure, f"the reader does not find {figure!r}"
    fields = EMPTY | {"when": when, "figure": figure, "sentence": sentence or exact}
    given = dict(
        fields,
        id="acme-2021/sales",
        source="acme-2021",
        file="acme.txt",
        kind="quantity" if figure else "event",
        topic="sales",
        quote=exact,
        exact=exact,
        nth=1,
        voice="author",
        sign=None,
        actors=(),
        key=False,
        span=Span(0, len(exact)),
        paragraph=1,
        quantity=Quantity.from_mention(mention) if mention else None,
    )
    return claim_of_kind(given["kind"], given)


GAS = make_claim(
    "supplies around 5% of the EU’s gas demand",
    figure="around 5%",
    sentence="As a partner, Azerbaijan supplies around 5% of the EU’s gas demand.",
    when="2022-04",
)
SHARE = make_claim("remains a modest 4.3%", figure="4.3%", when="2025")
FALL = make_claim("fell from 41% to around 30%", figure="around 30%", when="2021")
PACT = make_claim("signed by 15 ministers of 3 states")
LIVES = make_claim("with the loss of 38 lives last December", when="2024-12")
TREATY = make_claim("signed in Baku in 2010 by 15 ministers", when="2010")
BEGUN = make_claim("begun in 2010")
ROUND = make_claim("rose to 4.30%", figure="4.30%", when="2025")
LAW = make_claim("takes 5% of it under Article 8", figure="5%")
YEARLY = make_claim(
    "sends 16.2 bcm a year to Europe", figure="16.2 bcm a year", when="2022"
)


@pytest.mark.parametrize(
    ("words", "claim"),
    [
        pytest.param("around 5%", GAS, id="as-printed"),
        pytest.param("about 5 %", GAS, id="another-word-of-the-same-hedge"),
        pytest.param("around five per cent", GAS, id="spelled-out"),
        pytest.param("4.3%", SHARE, id="bare"),
        pytest.param("4.30%", ROUND, id="as-many-digits-as-the-passage"),
        pytest.param("a modest share", SHARE, id="no-figure-is-a-link"),
        pytest.param("“supplies around 5%”", GAS, id="quotation"),
        pytest.param('"the EU\'s gas demand"', GAS, id="quotation-with-straight-marks"),
        pytest.param("around 5% in April 2022", GAS, id="the-same-time"),
        pytest.param("around 5% in 2022", GAS, id="a-time-that-holds-it"),
        pytest.param("“from 41% to around 30%”", FALL, id="quoted-with-other-figures"),
        pytest.param("3 states", PACT, id="one-of-several-figures"),
        pytest.param("38 lives", LIVES, id="figure-of-another-kind-of-claim"),
        pytest.param("signed in 2010", TREATY, id="date-of-an-event"),
        pytest.param("begun in 2010", BEGUN, id="date-of-its-words"),
        pytest.param("signed by 15", TREATY, id="count-in-an-event"),
        pytest.param("16.2 bcm a year", YEARLY, id="rate"),
    ],
)
def test_words_that_say_the_same_pass(words: str, claim: Claim) -> None:
    verify(words, claim)


@pytest.mark.parametrize(
    ("words", "claim", "said"),
    [
        pytest.param("5%", GAS, "keep the hedge (about)", id="hedge-lost"),
        pytest.param("up to 5%", GAS, "keep the hedge (about)", id="hedge-changed"),
        pytest.param("around 4.3%", SHARE, "keep the hedge (bare)", id="hedge-added"),
        pytest.param("4.8%", SHARE, "'4.3%'", id="digit-changed"),
        pytest.param("43%", SHARE, "'4.3%'", id="point-lost"),
        pytest.param("4.3", SHARE, "keep the unit (percent)", id="unit-lost"),
        pytest.param(
            "4.3 percentage points", SHARE, "keep the unit", id="unit-changed"
        ),
        pytest.param("4.30%", SHARE, "no more digits", id="digits-added"),
        pytest.param("4.3% and 5%", SHARE, "got: '5%'", id="one-of-two-wrong"),
        pytest.param("16.2 bcm", YEARLY, "m3 per year", id="rate-lost"),
        pytest.param("4.3% in 2024", SHARE, "got: '2024'", id="another-year"),
        pytest.param("around 5% on 3 April 2022", GAS, "2022-04", id="date-too-narrow"),
        pytest.param(
            "around 5% on 30 April 2022", GAS, "2022-04", id="also-at-its-end"
        ),
        pytest.param("4.3% last month", SHARE, "itself (2025)", id="date-without-now"),
        pytest.param("3 states last month", PACT, "(none is coded)", id="none-either"),
        pytest.param("4.3% in recent years, in 2024", SHARE, "'2024'", id="two-dates"),
        pytest.param("begun in 2011", BEGUN, "a date of “begun in 2010”", id="its-own"),
        pytest.param("“supplies about 5%”", GAS, "quote not found", id="words-changed"),
        pytest.param("“5%”", GAS, "cuts through", id="quotation-drops-the-hedge"),
        pytest.param("“supplies around 5", GAS, "in pairs", id="mark-missing"),
        pytest.param(
            "around 38 lives", LIVES, "keep the hedge", id="hedge-in-an-event"
        ),
        pytest.param("39 lives", LIVES, "'38 lives'", id="count-in-an-event"),
        pytest.param("five lives", LIVES, "'38 lives'", id="spelled-count"),
        pytest.param("C5+1", LIVES, "'C5+1'", id="label-of-something-else"),
        pytest.param("Article 8 takes 7%", LAW, "got: '7%'", id="behind-a-label"),
        pytest.param("x4y", SHARE, "that can be read", id="unreadable"),
    ],
)
def test_words_that_say_something_else_are_refused(
    words: str, claim: Claim, said: str
) -> None:
    with pytest.raises(SourcebookError) as caught:
        verify(words, claim)
    message = str(caught.value)
    assert said in message
    assert "acme-2021/sales" in message
    assert "fix: " in message


def test_a_hedge_before_the_passage_counts() -> None:
    claim = make_claim("38 lives", sentence="It cost around 38 lives.")
    verify("about 38 lives", claim)
    with pytest.raises(SourcebookError, match="hedge"):
        verify("38 lives", claim)


def test_a_quotation_may_not_leave_its_negation_behind() -> None:
    claim = make_claim("The EU does not depend on Azeri gas")
    verify("“does not depend on Azeri gas”", claim)
    with pytest.raises(SourcebookError, match="leaves 'not' behind"):
        verify("“depend on Azeri gas”", claim)


FELL = make_claim("The sale of flour fell in every one of the towns that it visited")


@pytest.mark.parametrize(
    ("words", "passage", "said"),
    [
        pytest.param("did not fall", FELL, "got: 'not'", id="denied"),
        pytest.param("no longer sold", FELL, "got: 'no'", id="denied-by-no"),
        pytest.param("more flour", FELL, "got: 'more'", id="the-other-way"),
        pytest.param("less flour", FELL, "", id="the-same-way"),
        pytest.param("flour was sold", FELL, "", id="no-way-at-all"),
        pytest.param("not “every one of the towns”", FELL, "'not'", id="quoted-apart"),
        pytest.param(
            "did not sell", make_claim("They stopped all sales of flour in the town"),
            "", id="denied-in-other-words",
        ),
        pytest.param(
            "did not sell", make_claim("no flour", sentence="They had no flour."),
            "", id="denied-in-its-sentence",
        ),
        pytest.param(
            "did not sell",
            make_claim("no flour", sentence="They had no flour in the town at all."),
            "", id="denied-in-a-sentence-of-eight-words",
        ),
        pytest.param(
            "did not sell",
            make_claim(
                "all of the flour there went in May", sentence="No more did they have: "
                "all of the flour there went in May.",
            ),
            "'not'", id="eight-words-are-read-by-themselves",
        ),
        pytest.param(
            "buys less", make_claim("It does not buy more than the others in the town"),
            "", id="a-denied-rise",
        ),
        pytest.param(
            "rose", make_claim("At first the price rose, and then it fell again there"),
            "", id="both-ways",
        ),
    ],
)  # fmt: skip
def test_words_do_not_turn_a_passage_round(words, passage, said) -> None:
    if not said:
        verify(words, passage)
        return
    with pytest.raises(SourcebookError, match=said):
        verify(words, passage)


def test_all_faults_of_the_words_are_in_one_message() -> None:
    with pytest.raises(SourcebookError) as caught:
        verify("4.8% in 1999, “a lot”", SHARE)
    assert str(caught.value).count("expected: ") == 3


def texts(markdown: str, *allow: str) -> list[str]:
    return [found.text for found in bare_numbers(markdown, allow=frozenset(allow))]


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        pytest.param("It is 4.3% now.", ["4.3%"], id="paragraph"),
        pytest.param("# The 5 claims", ["5"], id="heading"),
        pytest.param("- one\n- 2 of them", ["2"], id="list-item"),
        pytest.param("| a | b |\n|---|---|\n| x | 7 |", ["7"], id="table-cell"),
        pytest.param("Up to **5** %", ["5"], id="inside-emphasis"),
        pytest.param("a share of\n&#53;%", ["5%"], id="entity"),
        pytest.param("[about 5 of them](page.md)", ["5"], id="link-text"),
        pytest.param("![chart of 5 shares](a.svg)", ["5"], id="alternative-text"),
        pytest.param("x[^n]\n\n[^n]: all 5", ["5"], id="footnote"),
        pytest.param("```{note}\nall 5\n```", ["5"], id="admonition"),
        pytest.param(":::{tip} The 5\nall 6\n:::", ["5", "6"], id="colon-and-title"),
        pytest.param("::::{a}\n:::{b}\nall 5\n:::\n::::", ["5"], id="nested"),
        pytest.param("```{figure} a.svg\n:alt: the 5\n```", ["5"], id="option-alt"),
        pytest.param("<p>all <b>5</b></p>", ["5"], id="html"),
        pytest.param("it is $5 / 16.2 $", ["$5", "16.2"], id="mathematics"),
        pytest.param("{abbr}`EU (27 states)`", ["27"], id="a-role-that-checks-nothing"),
        pytest.param("{doc}`all 5 <page>`", ["5"], id="text-of-a-reference"),
        pytest.param("half, ½ of it", ["½"], id="fraction"),
        pytest.param("the C5+1 format", ["C5+1"], id="inside-a-name"),
        pytest.param("some five per cent of it", ["some five per cent"], id="spelled"),
        pytest.param("an open “ and 5", ["5"], id="quotation-never-closed"),
    ],
)
def test_a_bare_number_is_found(markdown: str, found: list[str]) -> None:
    assert texts(markdown) == found


@pytest.mark.parametrize(
    "markdown",
    [
        pytest.param("says {claim}`around 5% <a/b>`.", id="claim"),
        pytest.param("says {claim}`around\n5% <a/b>`.", id="claim-over-two-lines"),
        pytest.param("{glue:text}`share:.2f` {cite}`a-2021`", id="computed-and-cited"),
        pytest.param("It says “around 5% of\nit”.", id="quotation"),
        pytest.param("“one “5” in another, 6”", id="quotation-in-a-quotation"),
        pytest.param("> it is 5%\n>\n> - and 6", id="block-quotation"),
        pytest.param("`x = 5`", id="code"),
        pytest.param("```python\nx = 5\n```", id="fence"),
        pytest.param("    x = 5", id="indented-code"),
        pytest.param("```{code-cell}\nx = 5\n```", id="code-cell"),
        pytest.param("[there](page-5.md#s2 'x')", id="link-target"),
        pytest.param(
            "<https://x.org/5>, <mailto:a5@x.org>, http://x.org/6", id="addresses"
        ),
        pytest.param("doi 10.1080/21599165.2017.1322957", id="doi"),
        pytest.param("{doc}`chapter-2`", id="reference"),
        pytest.param("<!-- 5 -->\n\nx <!-- 6 --> y", id="comments"),
        pytest.param("% 5 in a comment", id="myst-comment"),
        pytest.param("---\nnumber: 5\n---\n\ntext", id="front-matter"),
        pytest.param("(sec-5)=\n## Gas", id="target"),
        pytest.param("```{image} a5.svg\n:width: 500px\n```", id="options"),
        pytest.param("1. one\n2. two", id="list-numbers"),
        pytest.param("see section 3.2, chapters 2–4 and § 5", id="section-numbers"),
        pytest.param("<pre>5</pre><style>p{margin:5}</style>", id="html-code"),
        pytest.param("the five documents", id="spelled-count"),
    ],
)
def test_what_is_not_our_own_number_passes(markdown: str) -> None:
    assert texts(markdown) == []


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        pytest.param("the brief of 2022, the C5+1", [], id="whole"),
        pytest.param("on 31\nJuly 2025", [], id="over-two-lines"),
        pytest.param("2022% or €2022", ["2022%", "€2022"], id="part-of-a-figure"),
        pytest.param("12022 and 2022.5", ["12022", "2022.5"], id="part-of-a-number"),
        pytest.param("2022 tons", ["2022"], id="with-a-unit"),
        pytest.param("2023", ["2023"], id="another"),
        pytest.param("the 55% plan of 55%", ["55%"], id="part-of-a-name"),
    ],
)
def test_the_allow_list_covers_whole_numbers_only(
    markdown: str, found: list[str]
) -> None:
    allow = "2022", "31 July 2025", "C5+1", "55% plan"
    assert texts(markdown, *allow) == found


def test_a_finding_says_where_it_stands() -> None:
    page = "# Gas\n\n> 5\n\nSee `5`, {claim}`5% <a/b>`,\n`*5*`*5*, 2022 and 6.\n"
    assert bare_numbers(page, allow=frozenset({"2022"})) == (
        Remark(line=6, column=7, text="5"),
        Remark(line=6, column=20, text="6"),
    )


def test_places_are_those_of_the_page_inside_boxes_and_tables() -> None:
    page = "- x\n\n  ```{note}\n  :class: a\n\n  all 5\n  ```\n\n|a|b|\n|-|-|\n|66|6|\n"
    places = [(f.line, f.column, f.text) for f in bare_numbers(page, allow=frozenset())]
    assert places == [(6, 7, "5"), (11, 2, "66"), (11, 5, "6")]


@pytest.mark.parametrize(
    ("edtf", "printed"),
    [
        ("2022-04-29/2022-04-30", "29–30 April 2022"),
        ("2025-07-31", "31 July 2025"),
        ("2016-05", "May 2016"),
        ("2025-07-30/2025-07", "July 2025"),
        ("van-gils-2017", "2017"),
    ],
)
def test_a_date_of_publication_may_be_printed(edtf: str, printed: str) -> None:
    assert texts(f"It came out on {printed}.", *printed_dates(edtf)) == []


def test_a_word_without_end_is_read_but_once():
    """Else a picture that stands in a page as letters takes minutes."""
    assert bare_numbers(200_000 * "k", allow=frozenset()) == ()
    (found,) = bare_numbers("(kk€5k, 6)", allow=frozenset({"6"}))
    assert (found.column, found.text) == (2, "kk€5k")

"""Numbers of running text: every rule by its example, and many unseen sentences."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.reading.numbers import NumberMention, read_numbers
from sourcebook.reading.numbers.number_grammar import RULES
from sourcebook.reading.numbers.number_labels import LABELS, LATE_LABELS, read_labels

SHEET = Path(__file__).with_name("sentences_with_numbers.txt")


def told(mention: NumberMention) -> str:
    """What a mention says, on one line."""
    if mention.role == "label":
        return f"{mention.text} = label"
    value = f"{mention.low:f}"
    if mention.high != mention.low:
        value += f"..{mention.high:f}"
    rate = f"/{mention.per}" if mention.per else ""
    line = f"{mention.text} = {value} {mention.unit or mention.noun}{rate}".rstrip()
    return f"{line} of {mention.of}" if mention.of else line


def sentences() -> list[tuple[str, list[str]]]:
    """The sheet of sentences, each with the lines indented below it."""
    found: list[tuple[str, list[str]]] = []
    for line in SHEET.read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            found[-1][1].append(line.strip())
        elif line and not line.startswith("#"):
            found.append((line, []))
    return found


def only(text: str) -> NumberMention:
    """The one quantity of a text."""
    (mention,) = (each for each in read_numbers(text) if each.role == "quantity")
    return mention


@pytest.mark.parametrize(("sentence", "lines"), sentences(), ids=lambda each: each[:40])
def test_unseen_sentences(sentence: str, lines: list[str]) -> None:
    expected = [] if lines == ["nothing"] else lines
    assert [told(mention) for mention in read_numbers(sentence)] == expected


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_reads_its_own_example(rule) -> None:
    read = [each for each in read_numbers(rule.example) if each.rule == rule.name]
    values = " and ".join(
        f"{round(each.low, 1).normalize():f}"
        + (f"..{each.high.normalize():f}" if each.high != each.low else "")
        for each in read
    )
    unit = read[0].unit or read[0].noun
    rate = f"/{read[0].per}" if read[0].per else ""
    assert f"{values} {unit}{rate}".strip() == rule.reads


@pytest.mark.parametrize("rule", LABELS + LATE_LABELS, ids=lambda rule: rule.name)
def test_every_label_rule_reads_its_own_example(rule) -> None:
    text = rule.example.replace("{", "").replace("}", "")
    start, end = rule.example.index("{"), rule.example.index("}") - 1
    assert (start, end, rule.name) in read_labels(text, late=rule in LATE_LABELS)
    for mention in read_numbers(text):
        assert mention.role == "label" or mention.end <= start or mention.start >= end


def test_a_further_resolution_is_one_only_where_resolutions_are_spoken_of():
    text = "Of 1560 (2004) and 701 (2006) men, resolutions 1559 (2004) and 702 (2006)"
    named = [text[start:end] for start, end, _ in read_labels(text)]
    assert "702" in named
    assert "701" not in named


@pytest.mark.parametrize(
    ("text", "hedge", "span"),
    [
        ("supplies around 5% of", "around", "around 5%"),
        ("Up to 40% of imports", "up to", "Up to 40%"),
        ("not more than 5 seats", "not more than", "not more than 5 seats"),
        ("no fewer than 12 men", "no fewer than", "no fewer than 12 men"),
        ("over a 100 prisoners", "over", "over a 100 prisoners"),
        ("just under half of it", "just under", "just under half"),
        ("30 or more countries", "or more", "30 or more countries"),
        ("a loss of ~€5m", "~", "~€5m"),
        ("at least 20 bcm a year", "at least", "at least 20 bcm a year"),
        ("between 2 and 3 weeks", "between", "between 2 and 3 weeks"),
        ("as much as $4bn", "as much as", "as much as $4bn"),
        ("must never exceed 40 kg", "", "40 kg"),
        ("a row over two islands", "", "two islands"),
        ("they talked about two issues", "", "two issues"),
        ("€2bn over five years", "", "€2bn"),
        ("pay for over five years", "over", "over five years"),
        ("revolve around three ideas", "", "three ideas"),
    ],
)
def test_the_hedge_is_read_and_lies_in_the_span(
    text: str, hedge: str, span: str
) -> None:
    mention = read_numbers(text)[0]
    assert (mention.hedge, mention.text) == (hedge, span)


@pytest.mark.parametrize(
    ("text", "step", "loose"),
    [
        ("4.3%", "0.1", "0.1"),
        ("40%", "1", "10"),
        ("380 tons", "1", "10"),
        ("1,960 soldiers", "1", "10"),
        ("324 bcm", "1000000000", "1000000000"),
        ("5.5 million euros", "100000", "100000"),
        ("20 million tons", "1000000", "10000000"),
        ("two thirds of them", "1", "10"),
        ("three decades", "10", "10"),
        ("ten countries", "1", "1"),
    ],
)
def test_steps_follow_the_last_printed_digit(text: str, step: str, loose: str) -> None:
    mention = only(text)
    assert (mention.step, mention.loose_step) == (Decimal(step), Decimal(loose))


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("5% of the EU’s gas demand and targets", "the EU’s gas demand"),
        ("40% of Bulgarian natural gas imports come", "Bulgarian natural gas imports"),
        ("51% of Azerbaijan’s export is going", "Azerbaijan’s export"),
        ("two thirds of the population described the", "the population"),
        ("44% of Azerbaijani citizens have", "Azerbaijani citizens"),
        (
            "share in EU natural gas imports remains a modest 4.3%",
            "EU natural gas imports",
        ),
        ("its share of the market rose to 12 percent", "the market"),
        ("for Italy and Greece it is 15%", ""),
        ("a 5% stake in BP", "BP"),
        ("70% of wind and solar power", "wind and solar power"),
        ("a third of the members of parliament voted", "the members of parliament"),
        ("12% among young people", "young people"),
        ("half of those polled favour it", "those polled"),
        ("fell 5% in March", ""),
    ],
)
def test_the_denominator_of_a_share(text: str, of: str) -> None:
    assert read_numbers(text)[0].of == of


@pytest.mark.parametrize(
    "text",
    [
        "a recent innocent accent",
        "the G5x model",
        "1,23,4 and 12345678901234567890123",
        "one of the issues, one day, no one",
        "dozens, hundreds of thousands, several hundred people, a few thousand men",
        "mid-twenties, the 1990s, in 2022 and 5 May 2021",
        "both sides and neither party",
        "Two's company, a six-figure sum, on cloud nine, two by two",
    ],
)
def test_nothing_is_read_where_nothing_is_counted(text: str) -> None:
    assert [each.text for each in read_numbers(text) if each.role == "quantity"] == []


def test_a_number_is_never_read_inside_another() -> None:
    assert [each.text for each in read_numbers("rose 14.3% to 114.35")] == [
        "14.3%",
        "114.35",
    ]


def test_a_vote_is_two_counts_and_never_a_range() -> None:
    read = read_numbers("The motion passed by 45 to 12.")
    assert [(each.low, each.high) for each in read] == [(45, 45), (12, 12)]
    assert [each.text for each in read_numbers("a 3-fold rise")] == ["3-fold"]
    seats = only("They won 10 to 20 seats.")
    assert (seats.low, seats.high) == (10, 20)


def test_a_change_is_two_figures_but_a_spread_is_one() -> None:
    change = read_numbers("rose from 10 to 15 percent")
    assert [(each.low, each.unit) for each in change] == [
        (10, "percent"),
        (15, "percent"),
    ]
    spread = only("ranging from 10 to 15 percent")
    assert (spread.low, spread.high) == (10, 15)


@pytest.mark.parametrize(
    "unit",
    [
        "1-",
        "9,",
        "one ",
        "one hundred and ",
        "five-",
        "a of ",
        "1 (2) ",
        "$1–",
        "Aa 1 ",
    ],
)
def test_long_hostile_text_is_read_in_time(unit: str) -> None:
    def took(length: int) -> float:
        text = unit * (length // len(unit))
        begun = time.process_time()
        read_numbers(text)
        return time.process_time() - begun

    took(2_000)  # compiles the patterns
    assert took(40_000) < 8 * took(10_000) + 0.5


@pytest.mark.parametrize("unit", ["1–", "€5–", "$1–", "Abc 1 ", "2010-", "1 (2) "])
def test_a_long_text_of_one_pattern_takes_a_moment(unit: str) -> None:
    read_numbers("about $5 million in 2022")  # compiles the patterns
    begun = time.process_time()
    read_numbers((unit * 50_000)[:50_000])
    assert time.process_time() - begun < 3


@given(
    st.text(alphabet="019.,%-–€$kmbn of to and one five hundred half at\n", max_size=60)
)
def test_mentions_are_exact_sorted_and_apart(text: str) -> None:
    last = 0
    for mention in read_numbers(text):
        assert mention.start >= last
        assert text[mention.start : mention.end] == mention.text
        assert mention.low <= mention.high
        assert 0 < mention.step <= mention.loose_step
        last = mention.end


@given(
    st.decimals(min_value=1, max_value=9999, places=1),
    st.sampled_from(["bcm", "percent", "km", "million euros", "tons"]),
)
def test_a_printed_value_is_read_back(value: Decimal, unit: str) -> None:
    mention = only(f"It came to {value:,} {unit} there.")
    factor = {"bcm": 10**9, "million euros": 10**6}.get(unit, 1)
    assert mention.low == value * factor


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a 30-second film", [("30-second", "second")]),
        ("a thirty-second film", [("thirty-second", "second")]),
        ("in the 2020 second round", [("second", "")]),
        ("at 120 S. Mary, in 9.58 s.", [("120 S", ""), ("9.58 s", "second")]),
        ("some 20- % of it", [("some 20", "")]),
    ],
)
def test_a_second_is_a_time_only_where_it_is_joined_to_its_number(text, read) -> None:
    assert [(each.text, each.unit) for each in read_numbers(text)] == read


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u2009", "\u202f", "\u2003", "  "])
def test_a_blank_of_any_width_joins_a_number_to_its_unit(space) -> None:
    assert [each.unit for each in read_numbers(f"some 4.3{space}per{space}cent")] == [
        "percent"
    ]


def test_a_unit_that_no_table_has_is_said() -> None:
    assert only("a capacity of 14.2 cmol/kg").ground.startswith("doubtful: ")
    assert only("some 14 and/or more").ground == "read"


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Growth slowed to 3.1% from 3.9 in spring.", "3.9"),
        ("Rents rose 9 per cent, pensions 4.", "4"),
        ("The plant needs 640 SWU of fuel.", "640 SWU"),
        ("The wall took 4 years and half that in bricks.", "half"),
        ("A litre of RON 95, please.", "RON 95"),
        ("They gave 40 minute-long speeches.", "40 minute"),
        ("A dose of 5 mg or 10 mg.", "5 mg or 10 mg"),
        ("It saw 14.207 robberies in all.", "14.207 robberies"),
        ("It is 800 more than 2019.", "more than 2019"),
        ("He lost by two hundredths of it.", "two"),
        ("Three in every hundred were dry.", "Three"),
        ("It took 3 hours 25 to go.", "25"),
        ("Stay six days, and then ten.", "ten"),
        ("The third, 44, was let off.", "44"),
        ("A wall of 9 metres, two more than ours.", "two"),
        ("They took two point 4 of it.", "two"),
        ("The low bid was €2.4m and the high 3.3.", "3.3"),
        ("The plot has 4.250 in all.", "4.250"),
        ("The mast is at 140m and sways.", "140m"),
        ("They gave her 12 U of it.", "12 U"),
        ("Weight was 9.2 (1.3) kg at last.", "9.2"),
        ("Nine per cent of cows and 31 of goats.", "31"),
        ("A share of 13C in the lot is known.", "13C"),
        ("A mass of 1.5 × 1019 kg.", "1.5 × 1019 kg"),
        ("Ten monks pray there every day.", "Ten monks"),
        ("Sums are in thousands of euros. Wages were 412.", "412"),
        ("The clock stopped at 3.40.", "3.40"),
        ("Six lodgers stayed, four were over 60.", "over 60"),
        ("The fare is a manat seventy.", "seventy"),
        ("It is an hour and a half of the day.", "an hour and a half"),
        ("It rose from 47 up to 52 tonnes.", "47 up to 52 tonnes"),
        ("The keeper, then 15, saw it sink.", "15"),
        ("We met at 9, she and her sister with me.", "9"),
        ("The dean was 80 when it burnt.", "80"),
        ("I want the 4K one.", "4K"),
        ("The powder of 2 was white.", "2"),
        ("After this OAE 2 began.", "2"),
        ("The fare is a manat and ten gapik.", "ten gapik"),
        ("The port took 3 million crates; in 2021 it had 2.6.", "2.6"),
        ("At dawn it was −14, the coldest in degrees.", "−14"),
        ("The thermometer fell to −14 at dawn.", "−14"),
        ("A bun rose to R 12 there.", "12"),
        ("Sales of the group (£m) 705.0 in all.", "705.0"),
        ("Sales came to SEK 1,204 million (987), they say.", "987"),
        ("It paid $0.47 a share in May and 0.82 a share in June.", "0.82 a share"),
        ("The jobless rate rose two-tenths to 5.1%.", "two-tenths"),
        ("The pass is for 12 or 24 months.", "12 or 24 months"),
        ("The kite hung 2m above it.", "2m"),
        ("A pass is 70 gapiks, or 50 with a card.", "50"),
        ("They won by three-tenths of a point.", "three-tenths"),
    ],
)
def test_a_figure_whose_unit_may_be_another_is_doubtful(text: str, last: str) -> None:
    (found,) = (each for each in read_numbers(text) if each.text == last)
    assert found.ground.startswith("doubtful: ")


@pytest.mark.parametrize(
    "text",
    [
        "It fell by 2.14% to 7,425.81 in May.",
        "Rents rose 9 per cent. Pensions: 4.",
        "It cost £40m, and 12 villages gave.",
        "Some 640 US troops, 9 of them hurt, left.",
        "Nine members of 13 voted.",
        "It rose by 5% (n = 9) at last.",
        "We had cows, 12, and hens, 14.",
        "Points went to New Zealand, 15, and to Fiji, 9.",
        "It killed 9, 12, 15 in turn.",
        "They sold 1.250 kg of it, or 14.207 tonnes.",
        "They paid HK$18bn ($2.3bn).",
        "They paid 10 million Australian dollars ($7 million).",
    ],
)
def test_a_figure_that_counts_for_itself_is_no_doubt(text: str) -> None:
    assert {each.ground for each in read_numbers(text)} == {"read"}


def test_two_ends_behind_one_name_of_a_scale_may_be_a_range() -> None:
    apart = "Lime is spread between pH 6 and 8.", "Lime of pH 6 and of 8 was spread."
    doubts = [[each.ground[:9] for each in read_numbers(text)] for text in apart]
    assert doubts == [["doubtful:"] * 2, ["read"] * 2]


def test_those_as_young_as_so_many_are_of_that_age() -> None:
    _, young = read_numbers("At least 40 people, some as young as 15, were on board.")
    assert (young.low, young.unit) == (15, "year")


def test_what_only_the_second_figure_prints_is_said_to_be_taken_over() -> None:
    assert only("70 to 80,000 pilgrims").ground.startswith("inferred: ")
    change = read_numbers("It goes up by AZN 1.6 bn to 8.4 bn.")
    assert [each.ground[:9] for each in change] == ["read", "inferred:"]


@pytest.mark.parametrize("end", ["\n", "\r", "\t", "\x0b", "\x0c", "\x1e", "\x85"])
def test_what_ends_a_line_or_a_cell_joins_nothing(end) -> None:
    assert [each.unit for each in read_numbers(f"in all 40{end}euros were")] == [""]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Two ferries out of five lay idle.", "40 a share of all, or of so many"),
        ("Two sittings and a half.", "2 it may be a part of what stands behind"),
        ("Rauf, 52, and his wife went.", "52 an age, or a count"),
        ("Frost of 12 degrees below freezing.", "12 so far below zero, or so much"),
        ("It was 12 below in Omsk.", "12 so far below zero, or so much"),
        ("Deaths per 1,000 fell.", "1000 what a rate is of, or a count"),
        (
            "The fee is €21.400.",
            "21.400 a point before decimals, or one that parts thousands",
        ),
    ],
)
def test_what_two_readings_fit_is_told_with_its_doubt(text: str, told: str) -> None:
    (mention,) = read_numbers(text)
    assert f"{mention.low:f} {mention.ground.removeprefix('doubtful: ')}" == told


def test_a_comma_is_in_doubt_where_a_text_writes_decimals_with_commas() -> None:
    text = "Of 1,205 men 7,5 % drive; fuel is at 1,640 euros."
    grounds = [each.ground[:8] for each in read_numbers(text)]
    assert grounds == ["read", "read", "doubtful"]


@pytest.mark.parametrize("text", ["It sold 8\n000 tons.", "It paid € 12\n450 a year."])
def test_digits_that_the_end_of_a_line_may_part_are_doubted(text: str) -> None:
    assert all("end of a line" in each.ground for each in read_numbers(text))
    apart = read_numbers(text.replace("\n", "\n\n"))
    assert not any("line" in each.ground for each in apart)

"""Gates before numbers, and what the numbers then say."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sourcebook.coding.claims import claim_of_kind
from sourcebook.coding.hedges import DEFAULT_SLACK, Quantity
from sourcebook.comparing.relations import compare, meets, slack_to_meet
from sourcebook.errors import SourcebookError
from sourcebook.reading.numbers import read_numbers
from sourcebook.reading.text import Span

TEN = Fraction(1, 10)


def figure(words, *, high=None, unit="percent", per="", loose=None):
    """A figure from its words, hedge first: "around 5", "4.3"."""
    *hedge, digits = words.split()
    step = Fraction(Decimal(1).scaleb(Decimal(digits).as_tuple().exponent))
    return Quantity(
        low=Fraction(digits),
        high=Fraction(high or digits),
        step=step,
        loose_step=Fraction(loose) if loose else step,
        unit=unit,
        per=per,
        hedge=" ".join(hedge),
        noun="",
        text=words,
    )


def claim(quantity, **changes):
    words = dict.fromkeys(
        "quote voice origin actor target concept type place note exact prefix suffix "
        "sentence section figure".split(),
        "",
    )
    given = dict(
        words,
        id="acme-2021/share",
        source="acme-2021",
        file="acme.txt",
        kind="quantity",
        topic="sales",
        nth=1,
        measure="share-of-sales",
        of="all sales",
        where="EU",
        when="2021",
        status="A",
        sign=0,
        actors=(),
        key=False,
        span=Span(0, 1),
        paragraph=1,
        quantity=figure(quantity) if isinstance(quantity, str) else quantity,
    )
    return claim_of_kind((given | changes)["kind"], given | changes)


def both_ways(a, b, **options):
    """The verdict, after checking that the order of the claims does not matter."""
    there, back = compare(a, b, **options), compare(b, a, **options)
    assert (there.relation, there.axis, there.slack) == (
        back.relation,
        back.axis,
        back.slack,
    )
    assert (there.a, there.b) == (back.b, back.a)
    return there


# -------------------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        pytest.param("4.3", "4.3", "agrees", id="same"),
        pytest.param("around 5", "about 5", "agrees", id="same by other words"),
        pytest.param("4.3", "4.30", "refines", id="one digit more"),
        pytest.param("around 5", "5.2", "refines", id="within about"),
        pytest.param("up to 40", "15", "refines", id="within up to"),
        pytest.param("around 5", "around 5.5", "overlaps", id="two abouts"),
        pytest.param("more than 60", "up to 70", "overlaps", id="two bounds"),
        pytest.param("up to 40", "at least 40", "overlaps", id="one value is enough"),
        pytest.param("around 5", "4.3", "contradicts", id="disjoint"),
        pytest.param("up to 40", "more than 40", "contradicts", id="open end"),
        pytest.param("44", "47", "contradicts", id="bare and apart"),
    ],
)
def test_the_relation_of_two_intervals(a, b, relation):
    verdict = both_ways(claim(a), claim(b))
    assert str(verdict) == relation
    assert verdict.axis == ""
    assert (verdict.a, verdict.b) == (figure(a).interval(), figure(b).interval())


@pytest.mark.parametrize(
    ("a", "b"), [("44", "45"), ("4.3", "4.4"), ("0", "1"), ("99", "100")]
)
def test_neighbouring_figures_contradict_though_their_roundings_touch(a, b):
    verdict = both_ways(claim(a), claim(b))
    assert verdict.a.common(verdict.b)
    assert verdict.relation == "contradicts"
    assert verdict.slack is None
    assert "only touch" in verdict.reason


def test_a_value_both_sources_could_mean_is_no_mere_touch():
    assert compare(claim("44"), claim("exactly 44.5")).relation == "refines"
    assert compare(claim("44"), claim("at least 44.5")).relation == "overlaps"


@pytest.mark.parametrize(
    ("one", "two", "relation"),
    [
        ("seven journalists", "seven journalists", "agrees"),
        ("seven journalists", "eight journalists", "contradicts"),
        ("90 carriers", "92 carriers", "depends-on-reading"),
        ("38 lives", "around 40 lives", "refines"),
    ],
)
def test_counts_agree_or_contradict_to_the_last_thing(one, two, relation):
    a, b = (claim(Quantity.from_mention(read_numbers(each)[0])) for each in (one, two))
    assert both_ways(a, b).relation == relation


def test_figures_without_a_last_digit_still_agree_with_themselves():
    whole = replace(figure("5"), step=Fraction(0), loose_step=Fraction(0))
    assert compare(claim(whole), claim(whole)).relation == "agrees"


def test_the_slack_of_the_reading_decides():
    a, b = claim("around 5"), claim("4.3")
    verdicts = [both_ways(a, b, slack=Fraction(n, 100)) for n in (5, 10, 13, 20)]
    assert [str(v) for v in verdicts] == [
        "contradicts",
        "contradicts",
        "overlaps",
        "refines",
    ]
    assert {v.slack for v in verdicts} == {Fraction(13, 100)}
    assert str(verdicts[0].a) == "[4.5, 5.5]"  # by rounding
    assert str(verdicts[3].a) == "[4, 6]"


@pytest.mark.parametrize(
    ("strict", "loose", "relation"),
    [
        pytest.param("40", "10", "depends-on-reading", id="trailing zero"),
        pytest.param("43", "1", "contradicts", id="no trailing zero"),
        pytest.param("exactly 40", "10", "contradicts", id="exact"),
        pytest.param("30", "10", "contradicts", id="too far either way"),
        pytest.param("50", "10", "depends-on-reading", id="shares an edge and more"),
    ],
)
def test_depends_on_reading_means_only_the_strict_readings_contradict(
    strict, loose, relation
):
    a, b = claim(figure(strict, loose=loose)), claim(figure("45"))
    assert both_ways(a, b).relation == relation


def test_loose_readings_that_only_touch_still_contradict():
    a, b = (claim(figure(tens, loose="10")) for tens in ("40", "50"))
    assert both_ways(a, b).relation == "contradicts"


def test_a_loose_reading_does_not_change_figures_that_meet():
    a, b = claim(figure("40", loose="10")), claim("around 41")
    assert both_ways(a, b).relation == "refines"


@pytest.mark.parametrize(
    ("one", "two", "relation"),
    [
        pytest.param("eurostat", "eurostat", "repeats", id="same"),
        pytest.param("eurostat", "socar", "agrees", id="other"),
        pytest.param("eurostat", "", "agrees", id="one unnamed"),
        pytest.param("", "", "agrees", id="none named"),
    ],
)
def test_agreement_by_one_origin_is_repetition(one, two, relation):
    verdict = both_ways(claim("5", origin=one), claim("5", origin=two))
    assert verdict.relation == relation
    ends = "], and both come from eurostat." if relation == "repeats" else "]."
    assert verdict.reason.endswith(ends)


def test_two_figures_without_a_place_are_not_of_one_place():
    verdict = both_ways(claim("5", where=""), claim("5", where=""))
    assert str(verdict) == "not-comparable(where)"
    assert "different places: none named and none named" in verdict.reason


def test_one_origin_does_not_turn_a_contradiction_into_repetition():
    a, b = claim("5", origin="eurostat"), claim("9", origin="eurostat")
    assert compare(a, b).relation == "contradicts"


# ---------------------------------------------------------------------------- gates

GATES = [
    pytest.param(
        {"measure": "share-of-costs"},
        "not-comparable(measure)",
        "The two figures measure different things: share of sales and share of costs.",
        id="measure",
    ),
    pytest.param(
        {"quantity": figure("5", unit="EUR")},
        "not-comparable(unit)",
        "The two figures are in different units: percent and EUR.",
        id="unit",
    ),
    pytest.param(
        {"quantity": figure("5", per="year")},
        "not-comparable(unit)",
        "The two figures are in different units: percent and percent per year.",
        id="rate",
    ),
    pytest.param(
        {"of": "online sales"},
        "not-comparable(of)",
        "The two figures have different denominators: all sales and online sales.",
        id="denominator",
    ),
    pytest.param(
        {"of": ""},
        "not-comparable(of)",
        "The two figures have different denominators: all sales and none named.",
        id="no denominator",
    ),
    pytest.param(
        {"where": "Italy"},
        "not-comparable(where)",
        "The two figures are about different places: EU and Italy.",
        id="where",
    ),
    pytest.param(
        {"when": "2022-01"},
        "different-period",
        "The two figures are about different times: 2021 and 2022-01.",
        id="period",
    ),
    pytest.param(
        {"status": "T"},
        "plan-vs-outcome",
        "Only one of the two figures is an outcome: actual and target.",
        id="status",
    ),
]


@pytest.mark.parametrize(("change", "printed", "reason"), GATES)
def test_a_failed_gate_is_named_before_any_number_is_compared(change, printed, reason):
    a, b = claim("around 5"), replace(claim("around 5"), **change)
    verdict = both_ways(a, b)
    assert str(verdict) == printed
    assert verdict.reason == reason
    assert verdict.slack is None
    assert (verdict.a, verdict.b) == (a.quantity.interval(), b.quantity.interval())


def test_gates_are_passed_in_the_published_order():
    change, seen = {}, []
    for gate in reversed([case.values for case in GATES if case.id != "unit"]):
        change |= gate[0]
        seen.append(str(compare(claim("5"), replace(claim("5"), **change))))
    assert seen == [gate.values[1] for gate in reversed(GATES) if gate.id != "unit"]


FLOW = figure("8", unit="m3", per="year")
AMOUNT = figure("16.2", unit="m3")


def test_a_flow_and_the_amount_of_one_year_are_compared_and_the_step_is_shown():
    verdict = both_ways(claim(FLOW), claim(AMOUNT))
    assert str(verdict) == "contradicts"
    assert verdict.reason.startswith(
        "8: [7.5, 8.5] m3 per year × 1 year (2021) = [7.5, 8.5] m3. 8 ([7.5, 8.5]) and"
    )
    same = both_ways(claim(FLOW), claim(figure("8.1", unit="m3")))
    assert str(same) == "refines"


def test_a_flow_over_several_years_says_what_the_step_rests_on():
    verdict = both_ways(claim(FLOW, when="2020/2023"), claim(AMOUNT))
    assert "× 1 year (2021) = [7.5, 8.5] m3, if it was even over 2020/2023. 8" in (
        verdict.reason
    )


@pytest.mark.parametrize(
    "when", ["2021-06", "2021~", "2021?", "202X", "2021/2022", "2021-XX", "../2021", ""]
)
def test_an_amount_of_no_stated_year_meets_no_flow(when):
    verdict = both_ways(claim(FLOW), claim(AMOUNT, when=when))
    assert str(verdict) == "not-comparable(unit)"


@pytest.mark.parametrize(("unit", "per"), [("m3", "day"), ("t", "year")])
def test_no_other_rate_is_an_amount(unit, per):
    verdict = both_ways(claim(figure("8", unit=unit, per=per)), claim(AMOUNT))
    assert str(verdict) == "not-comparable(unit)"


def test_two_flows_are_compared_without_a_step():
    verdict = both_ways(claim(FLOW), claim(FLOW))
    assert (str(verdict), "× 1 year" in verdict.reason) == ("agrees", False)


def test_a_flow_meets_an_amount_of_its_own_time_and_kind_only():
    late = both_ways(claim(FLOW, when="2027"), claim(AMOUNT))
    plan = both_ways(claim(FLOW, status="T"), claim(AMOUNT))
    assert (late.relation, plan.relation) == ("different-period", "plan-vs-outcome")


@pytest.mark.parametrize(
    ("one", "two", "passes"),
    [
        ("2021", "2021-12", True),
        ("2021-06/2022-06", "2022", True),
        ("2021-12-31", "2021", True),
        ("2021-12-31", "2022-01-01", False),
        ("2022", "2021", False),
    ],
)
def test_times_that_share_a_day_are_comparable(one, two, passes):
    verdict = both_ways(claim("5", when=one), claim("5", when=two))
    assert verdict.relation == ("agrees" if passes else "different-period")


@pytest.mark.parametrize(
    ("one", "two", "passes"),
    [
        *((plan, done, False) for plan in "TF" for done in "AEP"),
        ("T", "F", True),
        ("A", "E", True),
        ("P", "A", True),
    ],
)
def test_plans_are_not_held_against_outcomes(one, two, passes):
    verdict = both_ways(claim("5", status=one), claim("5", status=two))
    assert verdict.relation == ("agrees" if passes else "plan-vs-outcome")
    assert verdict.axis == ("" if passes else "status")


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        pytest.param(
            {"kind": "stance"},
            "acme-2021/share: a claim of kind stance has no figure",
            id="no figure",
        ),
        pytest.param({"when": "soon"}, "'soon'", id="no date"),
    ],
)
def test_what_cannot_be_compared_is_refused(changes, fault):
    sound, faulty = claim("5"), claim("5", **changes)
    for pair in ((sound, faulty), (faulty, sound)):
        with pytest.raises(SourcebookError, match=fault) as caught:
            compare(*pair)
        assert "fix:" in str(caught.value)


# ---------------------------------------------------------------------------- slack


@pytest.mark.parametrize(
    ("a", "b", "slack"),
    [
        pytest.param("around 5", "4.3", Fraction(13, 100), id="down"),
        pytest.param("around 5", "6.3", Fraction(1, 4), id="up"),
        pytest.param("around 4", "around 6", Fraction(1, 5), id="both"),
        pytest.param("around 5", "5.3", Fraction(0), id="rounding is enough"),
        pytest.param("nearly 5", "5.0", Fraction(0), id="nearly at once"),
        pytest.param("nearly 50", "40.0", Fraction(199, 1000), id="nearly"),
        pytest.param("nearly 5", "6", None, id="nearly never reaches up"),
        pytest.param("4", "6", None, id="no about"),
        pytest.param("over 5", "under 5", None, id="never by a hair"),
        pytest.param("around 0", "3", None, id="nothing to stretch"),
        pytest.param("around 90", "over 100", None, id="a share ends at 100"),
        pytest.param("around 5", "60", Fraction(109, 10), id="beyond twice"),
    ],
)
def test_the_slack_at_which_two_figures_meet(a, b, slack):
    assert slack_to_meet(figure(a), figure(b)) == slack
    assert slack_to_meet(figure(b), figure(a)) == slack


def test_an_open_end_is_met_just_above_the_slack():
    a, b = figure("around 50"), figure("under 40")
    k = slack_to_meet(a, b)
    assert k == Fraction(1, 5)
    assert not meets(a, b, slack=k)
    assert meets(a, b, slack=k + Fraction(1, 10**9))
    assert "around read above 20%." in compare(claim(a), claim(b)).reason


def test_the_reason_names_the_hedge_and_the_slack():
    assert compare(claim("around 5"), claim("4.3")).reason == (
        "around 5 ([4.5, 5.5]) and 4.3 ([4.25, 4.35]) share no value; "
        "they would with around read at 13%."
    )


def test_slack_is_not_sought_across_units():
    with pytest.raises(SourcebookError, match="different units: percent and EUR"):
        slack_to_meet(figure("5"), figure("5", unit="EUR"))


digits = st.decimals(-20, 120, places=1).map(str)
hedges = st.sampled_from(
    ["", "exactly ", "around ", "nearly ", "over ", "at least ", "up to ", "under "]
)
units = st.sampled_from(["percent", "t"])


@st.composite
def pairs(draw):
    unit = draw(units)
    made = []
    for _ in range(2):
        number = draw(digits)
        width = draw(st.sampled_from([0, 0, 3]))
        high = str(Decimal(number) + width)
        made.append(figure(draw(hedges) + number, high=high, unit=unit, loose="1"))
    assume(all(q.rule != "nearly" or max(-q.low, q.high) > 0 for q in made))
    return made


@given(pairs())
def test_at_the_slack_figures_meet_and_below_it_they_do_not(pair):
    hair = Fraction(1, 10**9)
    k = slack_to_meet(*pair)
    if k is None:
        assert not any(meets(*pair, slack=Fraction(n, 7)) for n in (1, 7, 700, 7000))
        return
    assert meets(*pair, slack=k + hair)
    if k > hair:
        assert not meets(*pair, slack=k - hair)
    ends = [(q.low_closed, q.high_closed) for q in (p.interval() for p in pair)]
    if k > 0 and all(all(closed) for closed in ends):
        assert meets(*pair, slack=k)


@given(pairs(), st.sampled_from([Fraction(1, 20), TEN, Fraction(1, 5)]))
def test_the_order_of_two_claims_does_not_matter(pair, slack):
    a, b = map(claim, pair)
    verdict = both_ways(a, b, slack=slack)
    met = meets(*pair, slack=slack)
    assert met == (verdict.relation in {"agrees", "refines", "overlaps"})
    if met:
        assert verdict.slack <= slack
    elif verdict.slack is not None:
        assert verdict.slack >= slack


@given(pairs())
def test_a_claim_agrees_with_itself(pair):
    for quantity in pair:
        verdict = compare(claim(quantity), claim(quantity))
        assert (verdict.relation, verdict.slack) == ("agrees", 0)


def test_the_slack_of_a_comparison_is_a_tenth_unless_said():
    a, b = claim("around 50"), claim("exactly 45")
    assert compare(a, b) == compare(a, b, slack=DEFAULT_SLACK)
    assert compare(a, b).relation == "refines"
    assert compare(a, b, slack=TEN - Fraction(1, 100)).relation == "contradicts"

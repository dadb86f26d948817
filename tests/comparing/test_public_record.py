"""A fact of the record that no reader could weigh is refused, with its place."""

from __future__ import annotations

import pytest

from sourcebook.comparing.public_record import figure_of, load_record, record_files
from sourcebook.errors import SourcebookError

FACT = {
    "id": "gas-2021",
    "matter": "gas",
    "chapter": "gas",
    "fact": "In 2021 the EU received 8.1 billion cubic metres.",
    "value": '"8.1"',
    "unit": "bcm",
    "measure": "gas-per-year",
    "where": "EU",
    "when": '"2021"',
    "status": "A",
    "publisher": "A commission",
    "date": '"2022"',
    "url": "https://example.org/gas",
    "kind": "primary",
    "country": "eu",
    "agree": "true",
    "looked_up": '"2026-11-29"',
    "claims": "[bbc-2025/gas-share]",
}
BETWEEN = FACT | {
    "fact": "In 2021 the EU received between 8.1 and 9 billion cubic metres.",
    "value": "between 8.1 and 9",
}
PAGE = (
    "[{publisher: A paper, url: 'https://example.com/a', country: tr, says: the same}]"
)
SHARE = """\
bridges:
  - id: demand
    kind: share
    part: gas-2021
    whole: demand-2021
    per_m3: "38.4"
    gives: "{gives}"
    of: EU gas demand
    when: "2021"
    conditions: [{{text: So much heat, holds: assumed}}]
"""
DEMAND = {
    **FACT,
    "id": "demand-2021",
    "fact": "Demand in the EU was 15,834,900 terajoules in 2021.",
    "value": "15,834,900",
    "unit": "TJ",
    "measure": "",
    "claims": "[]",
}


@pytest.fixture
def record_of(corpus, tmp_path):
    """Load a record of our own with the claims and chapters of the book."""
    (tmp_path / "book/record").mkdir(parents=True)
    (tmp_path / "book/questions").symlink_to(corpus.root / "book/questions")

    def load(*facts, more=""):
        lines = ["title: Facts", "facts:"]
        for fact in facts:
            first, *rest = (f"{k}: {v or repr('')}" for k, v in fact.items())
            lines += [f"  - {first}", *(f"    {line}" for line in rest)]
        text = "\n".join([*lines, more])
        (tmp_path / "book/record/facts.yml").write_text(text, encoding="utf-8")
        ours = type(corpus)(tmp_path, corpus.codebook, corpus.sources)
        return load_record(ours)

    return load


def test_the_records_of_the_book_hold_together(corpus):
    record = load_record(corpus)
    assert len(record.facts) == len({fact.id for fact in record.facts}) > 90
    assert sum(fact.firm for fact in record.facts) * 3 >= len(record.facts) * 2
    assert len(record_files(corpus.root)) > 1


def test_a_book_without_a_record_has_an_empty_one(corpus, tmp_path):
    ours = type(corpus)(tmp_path, corpus.codebook, corpus.sources)
    assert load_record(ours).facts == ()


@pytest.mark.parametrize(
    "change",
    [
        {"value": "about 8100 million", "unit": '"m³"'},
        {"fact": "It took eight billion cubic metres in 2021.", "value": '"8"'},
        {"fact": "Of 2021, 8.1 and more.", "value": '"8.1"'},
        {"when": '"2019"', "caveat": "The year is inferred."},
        {"when": '"2020/2021"', "date": '"2026-01"'},
        {"date": '"2026-11-29"'},
        {
            "when": '"2021-03-04/2021-04"',
            "fact": "It had 8.1 bcm of gas by 4 March 2021.",
        },
        {
            "when": '"2021-03-05"',
            "date": '"2021-03-05"',
            "fact": "The vote of 4 March 2021 was on 8.1 bcm of gas.",
        },
        {"status": "E", "caveat": "It is an estimate."},
        {"status": "F", "second": PAGE.replace("the same", "expected to come")},
    ],
)
def test_what_a_fact_says_in_its_own_words_passes(record_of, change):
    assert record_of(FACT | change).facts


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "press"}, "rests on pages of one country"),
        ({"one_page": "true"}, "more than one witness"),
        ({"agree": "false"}, "agree: false needs figures"),
        (
            {"figures": "[{publisher: a, says: b}, {publisher: c, says: d}]"},
            "agree: true takes no figures",
        ),
        ({"party": "baku", "bears": "corrects"}, "account of one party alone"),
        ({"claims": "[]", "bears": "dates"}, "dates what?"),
        ({"url": "ftp://example.org/gas"}, "no address that begins with http"),
        ({"when": '"last year"'}, "last year"),
        ({"date": '"2022-13"'}, "2022-13"),
        ({"looked_up": '"2026-11"'}, "looked_up"),
        ({"chapter": "gaz"}, "no chapter 'gaz'; did you mean 'gas'"),
        ({"claims": "[bbc-2025/gas-shar]"}, "did you mean 'bbc-2025/gas-share'"),
        ({"measure": "gas-a-year"}, "unknown measure 'gas-a-year'"),
        ({"where": "Europa"}, "unknown where 'Europa'; did you mean 'Europe'"),
        ({"concept": "pact"}, "unknown concept 'pact'"),
        ({"unit": '"%"'}, "is in percent, but measure 'gas-per-year' is in m3"),
        ({"value": ""}, "measure 'gas-per-year' and no value"),
        ({"value": "8.1 and 11.4"}, "figures, not one"),
        ({"value": "Article 5", "unit": "", "measure": ""}, "read as 0 figures"),
        ({"value": '"9.1"'}, "is no figure of the fact's own words"),
        ({"value": '"1 to 8.1"'}, "is no figure of the fact's own words"),
        ({"unit": "tons", "measure": ""}, "is in t, in the fact in m3"),
        (
            {"unit": "tons", "measure": "", "fact": "In 2021 it came to 8.1."},
            "is in t, in the fact in no unit",
        ),
        ({"when": '"2019"'}, "2019 is no time of the fact"),
        (
            {"when": '"2021-03-04"', "fact": "On 3 March 2021 it had 8.1 bcm of gas."},
            "2021-03-04 is no day of the fact: 2021-03-03",
        ),
        (
            {"measure": "deaths", "unit": "deaths", "fact": "In 2021 it had 8.1."},
            "no word of the fact is one that measure 'deaths' counts",
        ),
        ({"status": "T"}, "target, and no word of the fact says so"),
        ({"sources": "[]"}, "sources"),
        ({"date": '"2026-12"'}, "looked up before that, on 2026-11-29"),
        ({"second": PAGE.replace("tr,", "tr, date: '2027',")}, "a page of 2027"),
        ({"second": PAGE.replace("com/a", "org/gas")}, "a page stands there twice"),
        ({"publisher": "A firm (quoted by B)"}, "what another quotes is not primary"),
    ],
)
def test_a_fact_at_fault_is_named_with_its_place(record_of, change, said):
    with pytest.raises(SourcebookError) as caught:
        record_of(FACT | change)
    (fault,) = caught.value.faults
    assert said in str(fault)
    assert fault.file == "book/record/facts.yml"
    assert fault.place.startswith("facts[0]")
    assert fault.fix


@pytest.mark.parametrize(
    ("change", "fix"),
    [
        ({"chapter": "gaz"}, "name a file of book/questions/, or 'documents'"),
        ({"concept": "pact"}, "use a word of seeds/codebook.yml"),
        ({"where": "Europa"}, "use a word of seeds/codebook.yml, or no measure"),
        ({"value": ""}, "use one of seeds/codebook.yml that fits words and value"),
        ({"unit": '"%"'}, "correct its words or its fields"),
    ],
)
def test_how_to_mend_a_fact_is_said_for_the_field_at_fault(record_of, change, fix):
    with pytest.raises(SourcebookError) as caught:
        record_of(FACT | change)
    assert caught.value.faults[0].fix.startswith(fix)


def test_all_faults_of_all_facts_are_said_at_once(record_of):
    with pytest.raises(SourcebookError) as caught:
        record_of(FACT | {"kind": "press"}, FACT | {"chapter": "gaz"}, FACT)
    assert len(caught.value.faults) == 3  # and the third has the second one's name


@pytest.mark.parametrize(
    ("kind", "second", "firm"),
    [
        ("primary", "[]", True),
        ("official-in-press", PAGE, True),
        ("press", PAGE, False),
    ],
)
def test_what_a_fact_rests_on_makes_it_firm(record_of, kind, second, firm):
    (fact,) = record_of(FACT | {"kind": kind, "second": second}).facts
    assert fact.firm is firm


def test_outlets_of_one_country_are_one_witness(record_of):
    second = PAGE.replace("country: tr", "country: eu")
    with pytest.raises(SourcebookError, match="pages of one country"):
        record_of(FACT | {"kind": "press", "second": second})


def test_nothing_is_said_of_a_share_whose_fact_could_not_be_read(record_of):
    more = SHARE.format(gives="1.96")
    with pytest.raises(SourcebookError, match="no fact 'demand-2021'"):
        record_of(FACT, more=more)
    with pytest.raises(SourcebookError) as caught:
        record_of(FACT, DEMAND | {"looked_up": "soon"}, more=more)
    assert [fault.place for fault in caught.value.faults] == ["facts[1].looked_up"]


def test_a_page_is_of_the_same_country_wherever_it_is_named(record_of):
    other = FACT | {"id": "again", "url": "https://example.com/a", "country": "az"}
    with pytest.raises(SourcebookError) as caught:
        record_of(FACT | {"second": PAGE}, other)
    (fault,) = caught.value.faults
    assert fault.place == "facts[1].country"
    assert "is of az here, and of tr elsewhere" in fault.fault


def test_a_value_keeps_the_word_before_it(record_of):
    (fact,) = record_of(FACT | {"value": "about 8.1"}).facts
    assert figure_of(fact).hedge == "about"


def test_a_share_is_worked_out_again(record_of):
    (share,) = record_of(FACT, DEMAND, more=SHARE.format(gives="2.0")).shares
    assert round(float(share.worked.point), 3) == 1.964
    assert share.worked.steps[0].endswith(": 311,040 TJ (terajoules)")
    assert [c.holds for c in share.worked.conditions] == ["assumed"]


@pytest.mark.parametrize(
    ("facts", "gives", "said"),
    [
        ((FACT, DEMAND), "2.1", "gives 2.1 %, but the figures make ≈ 1.964 %"),
        ((FACT, DEMAND), "1.9", "gives 1.9 %"),
        ((BETWEEN, DEMAND), "2.0", "the figures make ≈ 1.964 to ≈ 2.183 %"),
        ((FACT, DEMAND | {"unit": "bcm"}), "2.0", "per_m3 is for a volume"),
        ((FACT,), "2.0", "no fact 'demand-2021'"),
    ],
)
def test_a_share_that_does_not_come_out_is_a_fault(record_of, facts, gives, said):
    with pytest.raises(SourcebookError, match=said):
        record_of(*facts, more=SHARE.format(gives=gives))

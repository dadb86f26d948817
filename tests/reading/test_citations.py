"""Citations and interviews: every one found, told apart, and none made up."""

import re
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.reading.citations import (
    CitationMention,
    interview_faults,
    read_citations,
    read_interviews,
)
from sourcebook.reading.citations.citation_grammar import rules
from sourcebook.reading.citations.citation_reader import read_references
from sourcebook.reading.dates import read_dates
from sourcebook.reading.text import read_document

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "seeds"


def said(mention):
    if isinstance(mention, CitationMention):
        return f"{mention.key} @ {mention.pages}" if mention.pages else mention.key
    return f"{mention.key} {mention.date}".strip()


def all_said(text):
    return "; ".join(said(mention) for mention in read_references(text))


@pytest.fixture(scope="module")
def article():
    return read_document(SEEDS / "001_563311c35fa0e9c9.txt", citekey="van-gils-2017")


@pytest.fixture(scope="module")
def cited(article):
    return read_citations(article.text)


@pytest.fixture(scope="module")
def interviews(article):
    return read_interviews(article.text)


# ------------------------------------------------------------------------- the grammar


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_each_rule_reads_its_own_example(rule):
    assert all_said(rule.example) == rule.answer
    assert rule.name in {mention.rule for mention in read_references(rule.example)}


def test_rules_are_named_once():
    names = [rule.name for rule in rules()]
    assert len(set(names)) == len(names)


STYLES = [
    line.split(" -> ")
    for line in (HERE / "references.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("text", "answer"), STYLES, ids=[text for text, _ in STYLES])
def test_styles_of_reference(text, answer):
    assert all_said(text) == answer
    for mention in read_references(text):
        begin, words = text[max(0, mention.start - 1) :], text[mention.start :]
        assert re.match(r"\W?\b\w", begin) or words[0] in "[(", mention


@pytest.mark.parametrize(
    "text",
    [
        "(May 2014)",
        "(27 September 2020)",
        "(Figure Smith 2010)",
        "(May Smith 2012)",
        "(Baku, May 2014)",
        "(since 2010)",
        "(In 2010, it rose.)",
        "(1994–2004)",
        "(Heydar Aliyev 1993–2003)",
        "(2010)",
        "(2018/19)",
        "(Figure 2010; Table 1999)",
        "(Horizon 2020; Agenda 2030; Euro 2020)",
        "(UN Resolution 884 of 1993)",
        "(EU Directive 2009/28)",
        "(the Second Karabakh War 2020)",
        "(EU gas 2022: 16.2 bcm)",
        "(51% in 2021)",
        "(traded at $5bn in 2010)",
        "the war (2020)",
        "Heydar Aliyev (1993–2003)",
        "in Tbilisi (2003)",
        "the Orange Revolution (2004)",
        "the Treaty of Lisbon (2009)",
        "the Lisbon Treaty (2009)",
        "It rose over time (2010, 5).",
        "It rose over time (2010, 9 million).",
        "On February 22, 2022, he",
        "See the report of 2014.",
        "See August 2008.",
        "(Smith\n2010)",
        "(in an interview with the BBC)",
        "(a television interview)",
        "(the interview was in 2014)",
        "in interviews with representatives from the EU or EU member states,",
        "(the interviewee)",
        "Smith 2010)",
    ],
)
def test_what_is_no_reference(text):
    assert all_said(text) == ""


def test_a_list_shares_its_author_its_prefix_and_its_bracket():
    text = "It is so (see e.g. EC 2001, 2004; Fox 2011; cf. Hen 2012)."
    found = read_citations(text)
    assert [mention.text for mention in found] == [
        "EC 2001",
        "2004",
        "Fox 2011",
        "Hen 2012",
    ]
    assert [mention.authors for mention in found] == [
        ("EC",),
        ("EC",),
        ("Fox",),
        ("Hen",),
    ]
    assert [mention.prefix for mention in found] == ["see e.g."] * 3 + ["cf."]
    assert {text[slice(*mention.bracket)] for mention in found} == {text[9:-1]}


def test_a_work_in_a_work_keeps_both():
    (found,) = read_citations("(Paul in Chiragov et al. 2015, 83)")
    assert (found.authors, found.et_al, found.in_work) == (
        ("Paul",),
        False,
        "Chiragov et al.",
    )
    assert (found.year, found.pages) == ("2015", "83")


def test_a_narrative_citation_says_so_and_takes_in_its_author():
    near, far = read_citations("As Fox (2001: 5) says. Fox was right on it (2001, 7).")
    assert (near.text, near.narrative) == ("Fox (2001: 5)", True)
    assert (far.text, far.narrative, far.authors) == ("2001, 7", True, ("Fox",))


def test_idem_is_the_reference_before_it_of_either_kind():
    work, _, talk, again = read_references(
        "(Fox 2001, 4) (ibid.) (expert 1, 2014) (idem)"
    )
    assert not work.idem
    assert (again.idem, again.key, again.date, again.text) == (
        True,
        talk.key,
        "2014",
        "idem",
    )
    (nobody,) = read_references("(idem)")
    assert (nobody.idem, nobody.key) == (True, "")


# ------------------------------------------------------------------------- the article


@pytest.mark.parametrize(
    ("note", "read"),
    [
        ("Interview 7, March 2015.", "7 2015-03"),
        ("3. Author’s interview with a diplomat, Oslo, May 2021", "diplomat 2021-05"),
        (
            "¹² Interview, senior official, Ministry of Health, 4 May 2021.",
            "senior official 2021-05-04",
        ),
        (
            "Interviews with EU officials 2, May 2014; and 3, June 2014.",
            "EU official 2 2014-05; EU official 3 2014-06",
        ),
        ("Interview with the minister was aired, in May 2014.", ""),
        ("Interview 7 took place in March 2015.", ""),
        ("Interview 7, March 2015, tells of it.", ""),
        ("It ends. Interview 7, March 2015.", ""),
    ],
)
def test_an_interview_that_fills_a_note_is_one(note, read):
    assert all_said(f"Some text.\n{note}\nMore text.") == read
    assert all(each.bracket is None for each in read_references(note))


def test_works_cited_as_counted_by_hand(cited):
    counts = Counter(mention.key for mention in cited)
    assert len(cited) == 70
    assert len(counts) == 54
    assert {key: n for key, n in counts.items() if n > 1} == {
        "Cornell 2011": 4,
        "Edkins 1999": 4,
        "EC 2001": 2,
        "EC 2004": 3,
        "EC 2011": 2,
        "Beichelt in Stewart et al. 2012": 2,
        "Freedom House 2015": 2,
        "Paul in Chiragov et al. 2015": 2,
        "Wetzel 2011": 2,
        "ESI 2012": 2,
        "Diez 2005": 2,
    }


def test_interviews_as_counted_by_hand(interviews):
    assert len(interviews) == 79
    assert sum(mention.idem for mention in interviews) == 3
    assert Counter(mention.kind for mention in interviews) == {
        "EEAS official": 35,
        "expert": 21,
        "Azerbaijani government representative": 12,
        "Member State official": 10,
        "EU": 1,
    }
    assert Counter(mention.key for mention in interviews) == {
        "EEAS official 1": 4,
        "EEAS official 2": 8,
        "EEAS official 3": 1,
        "EEAS official 4": 9,
        "EEAS official 5": 7,
        "EEAS official 6": 5,
        "EEAS official 12": 1,
        "Member State official 1": 6,
        "Member State official 2": 2,
        "Member State official 3": 1,
        "Member State official 7": 1,
        "Azerbaijani government representative 1": 3,
        "Azerbaijani government representative 2": 6,
        "Azerbaijani government representative 3": 3,
        "expert 1": 6,
        "expert 2": 4,
        "expert 3": 10,
        "expert 4": 1,
        "EU": 1,
    }


def test_every_interview_is_dated_and_only_one_to_the_year(interviews):
    assert Counter(len(mention.date) for mention in interviews) == {7: 78, 4: 1}


# In the order of the text: the years that are dates and cite nothing.
REAL_YEARS = [
    "the 2015", "in 1991", "between 1969", "and 1982", "in 2003", "In 2015",
    "since 1991", "in 1997", "since 2010", "after 2010", "In 2016", "September 2015",
    "since 2010", "in 2014", "and 2015", "June 2014", "in 2015", "May 2016",
    "since 2011", "in 1999", "since 2009", "in 2013", "since 2013", "the 1990",
    "in 2001", "October 2013", "May 2014",
]  # fmt: skip
# Likewise, where the word "interview" refers to none in particular.
MERE_WORDS = [
    "based on interviews conducted",
    "issues of interviewee bias",
    "times in interviews with",
    "One Azerbaijani interviewee stated",
    "to specific interviews are",
]


def left_over(text, pattern, mentions):
    covered = {at for mention in mentions for at in range(mention.start, mention.end)}
    found = re.finditer(pattern, text)
    return [match for match in found if match.start() not in covered]


def test_every_year_of_the_article_is_cited_or_a_real_date(article):
    text = article.text
    years = left_over(text, r"(?<!\d)(?:1[5-9]|20)\d\d", read_references(text))
    ends = [text[: year.end()].split()[-2:] for year in years]
    assert [" ".join(words) for words in ends] == REAL_YEARS
    dates = [date for date in read_dates(text) if date.rule != "citation-year"]
    dated = {at for date in dates for at in range(date.start, date.end)}
    assert all(year.start() in dated for year in years)


def test_every_interview_of_the_article_is_a_reference_or_a_mere_word(article):
    text = article.text
    words = left_over(text, r"(?i)interview|\bidem\b|\bibid", read_references(text))
    assert len(words) == len(MERE_WORDS)
    for word, phrase in zip(words, MERE_WORDS, strict=True):
        assert phrase in text[word.start() - 20 : word.end() + 20]


def test_every_bracket_with_a_year_is_a_reference(article):
    text = article.text
    brackets = {match.span() for match in re.finditer(r"\([^()]*\d{4}[^()]*\)", text)}
    assert brackets <= {mention.bracket for mention in read_references(text)}


def test_the_note_that_cites_without_brackets(cited):
    (mention,) = [mention for mention in cited if mention.bracket is None]
    assert mention.text == "Böttger and Falkenhein 2011"
    assert mention.prefix == "see also"


def test_edkins_is_found_outside_the_bracket(cited):
    narrative = [mention for mention in cited if mention.narrative]
    assert [(m.key, m.pages) for m in narrative] == [("Edkins 1999", "2")] * 2


def test_the_other_documents_cite_nothing_this_way():
    for file in sorted(SEEDS.glob("*.txt")):
        if not file.name.startswith("001"):
            assert read_references(read_document(file, citekey="x").text) == ()


def test_the_faults_of_the_article(article, interviews):
    assert interview_faults(interviews, line_at=article.line_at) == (
        (
            "expert 3 has 2 dates: 2014-05 once (line 766), 2014-07 9 times "
            "(lines 204, 214, 267, 808, 829, 837, 841, 851, 865)"
        ),
        (
            "expert 2 has 2 dates: 2014-05 3 times (lines 547, 552, 631), 2014-07 once "
            "(line 657)"
        ),
        "'EU interviews, 2014' (line 1054) has no number",
        "EEAS official 12 is cited (line 621), but not 7–11",
        "Member State official 7 is cited (line 1241), but not 4–6",
    )


# -------------------------------------------------------------------------- the faults


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("(expert interview 1, May 2014; expert interview 1, May 2014)", ""),
        (
            "(expert interview 1, 2014; interview 2, 2014)",
            "'interview 2, 2014' (offset 27) does not say with whom",
        ),
        ("(interview 1, 2014; interview 2, 2014)", ""),
        (
            "(expert interview 1; expert interview 2, 2014)",
            "'expert interview 1' (offset 1) has no date",
        ),
        (
            "(expert interview 1, 2014; expert interview, 2014)",
            "'expert interview, 2014' (offset 27) has no number",
        ),
        (
            "(expert interview 3, 2014)",
            "expert 3 is cited (offset 1), but not 1–2",
        ),
        ("(expert interview 1, May 2014) (idem)", ""),
        (
            "(expert interview 1, 2014) (idem) (expert interview 1, 2015)",
            "expert 1 has 2 dates: 2014 once (offset 1), 2015 once (offset 35)",
        ),
        ("", ""),
    ],
)
def test_what_is_a_fault(text, faults):
    assert "; ".join(interview_faults(read_interviews(text))) == faults


# ------------------------------------------------------------------------- for any text

NAMES = st.sampled_from(["Fox", "Hen", "Ó Tuathail", "van Gils", "World Bank", "EC"])
WHO = st.one_of(
    NAMES, st.tuples(NAMES, NAMES).map(" and ".join), NAMES.map("{} et al.".format)
)
YEARS = st.integers(1900, 2030).map(str)
PAGES = st.one_of(st.just(""), st.integers(1, 999).map(str))


@given(
    st.lists(st.tuples(WHO, YEARS, PAGES), min_size=1, max_size=6),
    st.sampled_from([", ", ": "]),
)
def test_a_printed_list_reads_back(works, mark):
    printed = [
        f"{who} {year}{mark + pages if pages else ''}" for who, year, pages in works
    ]
    text = f"So it is (see {'; '.join(printed)})."
    found = read_citations(text)
    assert [(m.key, m.pages) for m in found] == [(f"{w} {y}", p) for w, y, p in works]
    assert [m.text for m in found] == printed


@given(st.text("()[];,.:’ \nAaFoxvan12094éinterview with see", max_size=200))
def test_any_text_gives_sorted_mentions_of_its_own_words(text):
    found = read_references(text)
    assert [m.start for m in found] == sorted(m.start for m in found)
    for mention in found:
        assert mention.text == text[mention.start : mention.end] != ""
    for one, other in pairwise(found):
        assert one.end <= other.start or (one.start, one.end) == (
            other.start,
            other.end,
        )


@pytest.mark.parametrize(
    "piece",
    [
        "(",
        "((Aa ",
        "Aa, ",
        "Aa and ",
        "(Aa 2010) ",
        "(2010: 5) ",
        "see Aa 2010; ",
        "interview with ",
    ],
)
def test_reading_time_does_not_run_away(piece):
    def took(length):
        text = piece * (length // len(piece))
        start = time.process_time()
        read_references(text)
        read_references(f"({text})")
        return time.process_time() - start

    assert took(40_000) < 8 * took(10_000) + 0.5


def test_the_page_on_the_study_counts_the_interviews_of_a_sentence(corpus, interviews):
    """Its words for how many are freed from the rule, so they are held here."""
    page = HERE.parents[1] / "notebooks/text/sources/van-gils-2017.md"
    people = {mention.key for mention in interviews}
    found = 0
    for line in page.read_text(encoding="utf-8").splitlines():
        for number in re.findall(r"\bciting (two|three) interviews", line):
            ids = re.findall(r"<(van-gils-2017/[^>]+)>", line)
            referred = [people.intersection(corpus.claim(i).references) for i in ids]
            together = set().union(*referred)  # a sentence may link two passages
            counts = {*map(len, referred), len(together)}
            assert {"two": 2, "three": 3}[number] in counts, line
            found += 1
    assert found

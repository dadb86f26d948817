"""Quotations are found between the right marks; apostrophes and strays are not them."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.reading.quotations import read_quotations
from sourcebook.reading.quotations.quotation_marks import pair_marks
from sourcebook.reading.text import clean

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
MARKS = "“”\"‘’'"


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("He said “it is over” and left.", ["it is over"]),
        ('He said "it is over" and left.', ["it is over"]),
        ("He said 'it is over' and left.", ["it is over"]),
        ("It is ‘good’ (69%).", ["good"]),
        ("Azerbaijan’s role, the EU’s and the CSOs’ work.", []),
        ("Azerbaijan's role, the EU's and the CSOs' work.", []),
        ("The EU’s ‘soft’ power", ["soft"]),
        ("the CSOs’ ‘soft’ power", ["soft"]),
        ("of ‘politics’ and ‘the political’.", ["politics", "the political"]),
        ("‘values’ and the CSOs’ capacity", ["values"]),
        ("He praised ‘the CSOs’ capacity’ today.", ["the CSOs’ capacity"]),
        ("‘the EU’s own rules’ apply", ["the EU’s own rules"]),
        ("to Brussels’ aims. As ‘this’", ["this"]),
        ("‘It isn’t ours,’ he said.", ["It isn’t ours,"]),
        ("'It isn't ours,' he said.", ["It isn't ours,"]),
        ("‘othering’.10 In this", ["othering"]),
        ("in the ’90s and ’20s", []),
        ("in the ‘90s and ‘20s", []),
        ("rock ’n’ roll", []),
        ("’tis the CSOs’ turn", []),
        ("a 5'10\" fence", []),
        ("O’Brien and D‘Arcy", []),
        ("“[The EU] is [now] concerned,” he said.", ["[The EU] is [now] concerned,"]),
        ("an “authoritarian (…) character” (Stewart)", ["authoritarian (…) character"]),
        ("“It opened. Now build,” he said.", ["It opened. Now build,"]),
        ("“He said ‘go’ twice.”", ["He said ‘go’ twice.", "go"]),
        ("“He said ‘go’”", ["He said ‘go’", "go"]),
        ("“‘Go,’ he said.”", ["‘Go,’ he said.", "Go,"]),
        ("‘The “Political” of it’", ["The “Political” of it", "Political"]),
        ("\"He said 'go' twice.\"", ["He said 'go' twice.", "go"]),
        ('said—"quoted"—and left', ["quoted"]),
        ("(“DNR”) and (‘LNR’)", ["DNR", "LNR"]),
        ('"one" "two"', ["one", "two"]),
        ('“mixed" marks', ["mixed"]),
        ("“DNR”’s and the ‘LNR’’s claims", ["DNR", "LNR"]),
        ("‘wait—’ he said", ["wait—"]),
        ("“wait—” he said", ["wait—"]),
        ("‘…’ and “!”", ["…", "!"]),
        ("He said ‘‘it is over,’’ and left ‘it’.", ["it is over,", "it"]),
        ("No marks at all.", []),
        ("", []),
    ],
)
def test_what_is_quoted(text, inner):
    found = read_quotations(text)
    assert [q.inner for q in found] == inner
    assert pair_marks(text).strays == ()
    for q in found:
        assert text[q.start : q.end] == q.text
        assert q.text[1:-1] == q.inner


@pytest.mark.parametrize(
    ("text", "strays", "inner"),
    [
        ("He called it “frank and left.", [13], []),
        ("He called it frank” and left.", [18], []),
        ("an ”inverted“ pair", [3, 12], []),
        ("an ’inverted‘ pair", [3, 12], []),
        ("“one. He said “two” then.", [0], ["two"]),
        ("“one ‘two three” four", [5], ["one ‘two three"]),
        ("““““““a””””””", [4, 5, 11, 12], ["“““““a”””", "““““a””", "“““a”", "““a"]),
        ('He said "no', [8], []),
        ("a ' alone", [2], []),
        ("He said “no\nand “yes”", [8], ["yes"]),
        ("He said ‘no\nThe end’s near", [8], []),
    ],
)
def test_marks_without_a_partner_are_strays(text, strays, inner):
    assert list(pair_marks(text).strays) == strays
    assert [q.inner for q in read_quotations(text)] == inner


def test_a_quotation_over_paragraphs_opens_each_of_them():
    text = "He said:\n“One thing.\n“Another ‘small’ thing.\n“The last.” Then he left."
    outer, nested = read_quotations(text)
    assert outer.inner == "One thing.\n“Another ‘small’ thing.\n“The last."
    assert nested.inner == "small"
    assert pair_marks(text).strays == ()


def test_a_quotation_over_paragraphs_may_be_opened_once_and_closed_once():
    text = "It reads: “Dear Sirs,\nwe shut the mine.\nYours.” No ‘more’.\nThen: “Go."
    assert [q.inner for q in read_quotations(text)][:1] == [text[11:46]]
    assert pair_marks(text).strays == (text.rindex("“"),)


def test_a_fragment_in_a_list_of_speech_is_speech():
    text = "It promised “to hear them”, “to learn” and “to act”, not “hot air”."
    assert [q.kind for q in read_quotations(text)] == ["speech"] * 3 + ["term"]


def test_nested_quotations_continue_together():
    text = "“He said: ‘One.\n“‘Two.’ That was all.”"
    assert [q.marks for q in read_quotations(text)] == ["double", "single"]
    assert pair_marks(text).strays == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“The EU has consistently raised its concerns,” he said.", "speech"),
        ("It called for “immediate steps”.", "speech"),
        ("It was a “worrying development,” he said.", "speech"),
        ("They were described as “steady and constructive.”", "speech"),
        ("It is ‘not ours’, he told us.", "speech"),
        ("“It is,” she smiled.", "speech"),
        ("She said “no” twice.", "speech"),
        ("It was, the judge found, “plainly ill-founded”.", "speech"),
        ("The deputy vowed to “restore justice”.", "speech"),
        ("He wrote “Karabakh is Azerbaijan!”", "speech"),
        ("The motion, “We are at war!”, was lost.", "speech"),
        ("The motion, “On the state of the courts”, was lost.", "term"),
        ("an event on “What pipelines leave behind” in Ghent", "term"),
        ("“Yes,” she said.", "speech"),
        ("His view: “Steady and calm.” Then he left.", "speech"),
        ("the recognition of the “DNR”", "term"),
        ("The term ‘cherry picking’ has been mentioned", "term"),
        ("those released were dubbed ‘celebrity political prisoners who wait’", "term"),
        ("a ‘strategic ally’ in the region", "term"),
        ("conclude that ‘differentiation’ could help", "term"),
        ("the “Allied Interaction between the Republic and the Union” of 2022", "term"),
        ("“Between the EU and Russia: Domains of Diversity”", "term"),
        ("each partner states’ ‘opt out’ here", "term"),
        ("an “authoritarian (…) character” of rule", "term"),
    ],
)
def test_speech_is_told_from_terms(text, kind):
    assert [q.kind for q in read_quotations(text)] == [kind]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_every_mark_of_a_source_is_accounted_for(path):
    text = clean(path.read_text(encoding="utf-8")).text
    marks = pair_marks(text)
    ends = [at for pair in marks.pairs for at in (pair.opening, pair.closing)]
    every = sorted([*ends, *marks.apostrophes, *marks.repeats, *marks.strays])
    assert every == [at for at, char in enumerate(text) if char in MARKS]
    assert marks.strays == ()
    assert all(text[at - 1].isalpha() for at in marks.apostrophes)


@pytest.mark.parametrize(
    ("number", "speech", "term"),
    [("000", 0, 6), ("001", 2, 50), ("002", 11, 0), ("003", 2, 0), ("004", 4, 1)],
)
def test_the_quotations_of_the_sources(number, speech, term):
    (path,) = [path for path in SEEDS if path.name.startswith(number)]
    found = read_quotations(clean(path.read_text(encoding="utf-8")).text)
    kinds = [q.kind for q in found]
    assert (kinds.count("speech"), kinds.count("term")) == (speech, term)


@given(st.text(alphabet="a s.,“”\"‘’'\n(—1", max_size=60))
def test_no_mark_is_lost_or_used_twice(text):
    marks = pair_marks(text)
    ends = [at for pair in marks.pairs for at in (pair.opening, pair.closing)]
    every = sorted([*ends, *marks.apostrophes, *marks.repeats, *marks.strays])
    assert every == [at for at, char in enumerate(text) if char in MARKS]
    for pair in marks.pairs:
        assert pair.opening < pair.closing
        for other in marks.pairs:  # nested or apart, never crossed
            inside = pair.opening < other.opening < pair.closing
            assert not inside or other.closing < pair.closing


@pytest.mark.parametrize(
    "part", ["“", "‘", "’ ", "s’ ", '"', "“a\n", "‘s’ ", "“‘", "a’a", '"a\n']
)
def test_reading_takes_time_in_proportion_to_the_text(part):
    once, longer = (_seconds(part * size) for size in (3_000, 12_000))
    assert longer < 12 * once + 0.5


def _seconds(text):
    start = time.process_time()
    read_quotations(text + "”" * (len(text) // 2))
    return time.process_time() - start

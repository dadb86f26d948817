"""A source is read and coded as its sheet says, or every fault is named."""

from __future__ import annotations

import hashlib
import re
import shutil

import pytest

from sourcebook.coding.census import by_section
from sourcebook.coding.corpus import load_corpus, read
from sourcebook.errors import SheetError, SourcebookError

TEXT = (
    "The plant made 12 cars in May 2021, said Ann Lee.\n\n"
    "It will not close. “We are proud,” she said.\n"
)
CLAIMS = """
  - id: cars
    kind: quantity
    topic: output
    quote: "The plant made 12 cars in May 2021"
    measure: cars
    where: plant
    when: "2021-05"
    voice: lee
  - id: stays
    kind: forecast
    topic: output
    quote: "It will not close."
    status: F
  - id: proud
    kind: argument
    topic: output
    quote: "“We are proud,” she said."
    voice: lee
    inferred: {voice: "Ann Lee, whom “she” points back to"}
"""
SHEET = """file: acme.txt
sha256: {sha}
issued: {{date: "2021-06", inferred: "a test"}}
genre: Report
extent: {{state: whole}}
coverage: {{state: {coverage}}}
speakers:
  lee: {{name: Ann Lee, named: true, quote: "said Ann Lee"}}
claims:{claims}
"""
CODEBOOK = """topics: {output: What is made}
measures:
  cars: {label: cars, unit: "", definition: Cars made in a month}
denominators: []
places: [plant]
concepts: {}
event_types: {}
"""


@pytest.fixture
def book(tmp_path):
    """Return a function that writes a one-source book and gives its root."""

    def write(claims=CLAIMS, *, coverage="complete", text=TEXT, extra=""):
        seeds = tmp_path / "seeds"
        seeds.mkdir(exist_ok=True)
        (tmp_path / "_toc.yml").write_text("format: jb-book\n")
        (seeds / "codebook.yml").write_text(CODEBOOK)
        (seeds / "acme.txt").write_text(text, encoding="utf-8")
        sha = hashlib.sha256(text.encode()).hexdigest()
        sheet = SHEET.format(sha=sha, coverage=coverage, claims=claims) + extra
        (seeds / "acme.yml").write_text(sheet, encoding="utf-8")
        return tmp_path

    return write


def _faults(root):
    with pytest.raises(SheetError) as caught:
        read("acme", root=root)
    return "\n".join(map(str, caught.value.faults))


def test_a_complete_sheet_leaves_nothing_out(book):
    source = read("acme", root=book())
    assert [claim.id for claim in source.claims()] == [
        "acme/cars",
        "acme/stays",
        "acme/proud",
    ]
    assert source.claim("cars").quantity.value == 12
    assert source.claim("proud").voice == "lee"
    assert {item.state for item in source.census} == {"coded"}


def test_a_gap_in_a_complete_sheet_is_a_fault(book):
    without_cars = CLAIMS[CLAIMS.index("  - id: stays") :]
    said = _faults(book("\n" + without_cars))
    assert "number neither coded nor waived: '12 cars'" in said
    assert "date neither coded nor waived: 'May 2021'" in said
    assert "sentence neither coded nor waived" in said


def test_a_partial_sheet_counts_what_is_unread(book):
    claims = "\n" + CLAIMS[CLAIMS.index("  - id: stays") :]
    source = read("acme", root=book(claims, coverage="partial, only: the forecast"))
    states = {item.kind: item.state for item in source.census if item.line == 1}
    assert states == {"number": "unread", "date": "unread", "sentence": "unread"}


def test_what_is_read_is_counted_by_section(book):
    text = TEXT.replace("\n\n", "\n\n# What comes\n\n")
    source = read("acme", root=book(text=text, coverage="partial, only: two parts"))
    counted = by_section(reversed(source.census), source.document)
    assert [*counted.itertuples(name=None)] == [
        ("1: before the first heading", 3, 0, 0, 0, 3),
        ("3: What comes", 3, 0, 0, 1, 4),
    ]
    assert [*counted.columns] == ["coded", "waived", "gap", "unread", "total"]


def test_a_waiver_with_a_reason_closes_a_gap(book):
    claims = "\n" + CLAIMS[CLAIMS.index("  - id: stays") :]
    waiver = (
        "waivers:\n"
        '  - {quote: "The plant made 12 cars in May 2021, said Ann Lee.",'
        " reason: background}\n"
    )
    source = read("acme", root=book(claims, extra=waiver))
    assert {item.state for item in source.census} == {"coded", "waived"}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (('"It will not close."', '"close."'), "leaves 'not' behind"),
        (('"It will not close."', '"It will close."'), "quote not found"),
        (('"It will not close."', '"It will"'), "leaves 'not' behind"),
        (('"“We are proud,” she said."', '"proud"'), "quote has only one word"),
        (('she said."', 'she said."\n    term: true'), "but has more than one word"),
        (("12 cars", "13 cars"), "quote not found"),
        (("topic: output", "topic: outputs"), "did you mean 'output'"),
        (("voice: lee", "voice: leee"), "did you mean 'lee'"),
        (("id: stays", "id: cars"), "repeated id 'cars'"),
        (('when: "2021-05"', 'when: "May 2021"'), "2021"),
        (
            ('made 12 cars in May 2021"', 'made 12 cars in May 2021"\n    figure: "3"'),
            "figures read there",
        ),
    ],
    ids=[
        "negation left behind",
        "negation dropped",
        "negation cut off",
        "one word that is no term",
        "a term of several words",
        "digit changed",
        "unknown topic",
        "unknown voice",
        "repeated id",
        "date not EDTF",
        "figure not in quote",
    ],
)
def test_a_fault_in_a_claim_is_named(book, change, fault):
    assert fault in _faults(book(CLAIMS.replace(*change, 1)))


WAIVED = "waivers:\n"
MISSED = '  - {quote: "They were ashamed", reason: background}\n'


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        (
            f"{MISSED}  - {{span: [9, 999], reason: label}}\n",
            ["not found", "span 9–999"],
        ),
        (f"{MISSED}{MISSED.replace('They', 'We all')}", ["'They were", "'We all were"]),
        (
            MISSED.replace("background", "because"),
            ["unknown reason 'because'; known: background, "],
        ),
    ],
    ids=["a span outside", "each quote", "a reason"],
)
def test_all_that_is_wrong_with_what_is_set_aside_is_named(book, extra, said):
    told = _faults(book(extra=f"{WAIVED}{extra}"))
    assert [each for each in said if each not in told] == []


def test_a_figure_has_the_unit_of_its_measure(book):
    root = book()
    codebook = root / "seeds/codebook.yml"
    codebook.write_text(CODEBOOK.replace('unit: ""', "unit: t"), encoding="utf-8")
    assert "'12 cars' is in no unit, but measure 'cars' is in t" in _faults(root)


def test_who_speaks_is_told_with_the_document(book):
    nobody = '  clerk: {name: a clerk, named: false, quote: "she said"}\nclaims:'
    root = book()
    sheet = root / "seeds/acme.yml"
    sheet.write_text(sheet.read_text().replace("claims:", nobody, 1), "utf-8")
    facts = read("acme", root=root).provenance()
    assert facts["speakers"] == ["Ann Lee", "a clerk (not named)"]
    assert (facts["genre"], facts["words"]) == ("Report", len(TEXT.split()))


@pytest.mark.parametrize("other", ["lee", "leo"])
def test_who_a_voice_may_be_is_another_voice_of_the_sheet(book, other):
    root = book()
    sheet = root / "seeds" / "acme.yml"
    said = 'quote: "said Ann Lee"'
    text = sheet.read_text(encoding="utf-8").replace(said, f"{said}, may_be: [{other}]")
    sheet.write_text(text, encoding="utf-8")
    assert f"lee: '{other}' is no other speaker" in _faults(root)


def test_whoever_a_voice_may_not_be_is_told_in_one_order(book):
    root = book()
    sheet = root / "seeds" / "acme.yml"
    said = 'quote: "said Ann Lee"'
    others = f"{said}, may_be: [bo, ed, di, al, cy]"
    sheet.write_text(sheet.read_text("utf-8").replace(said, others), "utf-8")
    assert (
        re.findall(r"'(\w\w)' is no other", _faults(root)) == "al bo cy di ed".split()
    )


def test_a_day_of_issue_that_is_no_date_is_a_fault_of_its_line(book):
    root = book()
    sheet = root / "seeds" / "acme.yml"
    sheet.write_text(sheet.read_text().replace('"2021-06"', '"June 2021"'))
    with pytest.raises(SheetError, match="not a date: 'June 2021'") as caught:
        read("acme", root=root)
    assert [(f.place, f.line) for f in caught.value.faults] == [("issued.date", 3)]


def test_a_changed_file_is_refused(book):
    root = book()
    (root / "seeds" / "acme.txt").write_text(TEXT.replace("12", "13"))
    with pytest.raises(SourcebookError, match="acme"):
        read("acme", root=root)


@pytest.mark.parametrize("term", ["ann lee", "ann le*"])
def test_a_term_that_is_there_is_not_absent(book, term):
    extra = f"absences:\n  - {{id: speaker, what: Who speaks, terms: [{term}]}}\n"
    assert f"'{term}' is in the text" in _faults(book(extra=extra))


def test_a_file_name_may_not_leave_its_folder(book, tmp_path):
    root = book()
    sheet = tmp_path / "seeds" / "acme.yml"
    sheet.write_text(sheet.read_text().replace("file: acme.txt", "file: ../acme.txt"))
    assert "bare file name" in _faults(root)


def test_faults_of_all_sheets_are_said_together(book):
    root = book(CLAIMS.replace("12 cars", "13 cars"))
    shutil.copy(root / "seeds" / "acme.yml", root / "seeds" / "beta.yml")
    with pytest.raises(SourcebookError) as caught:
        load_corpus(root).read()
    assert "seeds/acme.yml" in str(caught.value)
    assert "seeds/beta.yml" in str(caught.value)


def test_an_unknown_source_names_the_nearest(book):
    with pytest.raises(SourcebookError, match="did you mean 'acme'"):
        read("acmee", root=book())


def test_what_has_the_name_of_a_sheet_and_is_none_is_a_fault(book):
    root = book()
    (root / "seeds/other.yml").mkdir()
    (root / "seeds/third.yml").symlink_to("nowhere")
    with pytest.raises(SourcebookError) as caught:
        load_corpus(root).read()
    assert "seeds/other.yml: 1 fault\n  not a file" in str(caught.value)
    assert "seeds/third.yml: 1 fault\n  a link" in str(caught.value)


def test_a_claim_names_the_paragraph_in_which_it_begins(corpus):
    for claim in corpus.claims:
        document = corpus.sources[claim.source].document
        place = document.paragraphs[claim.paragraph - 1]
        start, end = document.raw_span(place.start, place.end)
        assert start <= claim.span.start < end, claim.id

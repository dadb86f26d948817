"""Every number, date and quotation is a draft, or inside one; completed, they bind."""

from __future__ import annotations

import time

import pytest
import yaml

from sourcebook.authoring.sheet_writing import sheet_text
from sourcebook.coding.census import Placed, take_census
from sourcebook.coding.claims import bind
from sourcebook.coding.schema import ClaimEntry, Codebook, Measure, Sheet
from sourcebook.coding.sheets import check_model, load_yaml
from sourcebook.desk.claim_drafts import find_drafts
from sourcebook.reading.actors import read_actors
from sourcebook.reading.text import clean, read_document

FILL = {
    "quantity": {"measure": "m", "where": "w", "when": "2024"},
    "event": {"type": "t", "when": "2024"},
    "": {"kind": "argument"},
}
KINDS = {"number", "date", "quotation"}


def _sheet(**changes):
    fields = {
        "file": "a.txt", "sha256": "0" * 64, "genre": "Report",
        "issued": {"date": "2024-05-03", "inferred": "So it was."},
        "extent": {"state": "whole"},
        "coverage": {"state": "partial", "only": "drafts"},
    }  # fmt: skip
    return Sheet.model_validate(fields | changes)


def _codebook():
    share = {"label": "share", "unit": "percent", "definition": "A part"}
    return Codebook(
        topics={}, measures={"share": share}, denominators=(), places=(), concepts={},
        event_types={},
    )  # fmt: skip


def _find(text, sheet=None):
    return find_drafts(clean(text, citekey="a"), sheet or _sheet(), _codebook())


def _completed(fields):
    """Fill the blanks of a draft as a person would."""
    given = dict(fields)
    for name, value in FILL[given["kind"]].items():
        given[name] = given.get(name) or value
    return {**given, "topic": "t", "voice": given["voice"] or "author"}


@pytest.mark.parametrize("number", range(5))
def test_completed_drafts_leave_no_number_date_or_quotation_out(corpus, number):
    source = sorted(corpus.sources.values(), key=lambda s: s.sheet.file)[number]
    document, sheet = source.document, source.sheet
    drafts, without = find_drafts(document, sheet, corpus.codebook)
    assert without == ()
    placed, bare = [], []
    for draft in drafts:
        if "quote" in draft.hints:
            bare.append((draft.start, draft.end))
            continue
        entry = ClaimEntry.model_validate(_completed(draft.fields))
        claim, anchor = bind(entry, document, sheet)
        assert (anchor.start, anchor.end) == (draft.start, draft.end)
        placed.append(Placed(claim, anchor.start, anchor.end))
    items = take_census(document, placed, (), issued=sheet.issued.date, complete=True)
    left = [i for i in items if i.state == "gap" and i.kind in KINDS]
    assert [i for i in left if (i.start, i.end) not in bare] == []
    assert len(bare) <= 3


def test_a_draft_has_what_can_be_read_and_blanks_for_the_rest():
    (draft,), _ = _find("In 2022, the port had around 5% of trade. It is big.\n")
    assert dict(draft.fields) == {
        "id": "draft-1", "kind": "quantity", "topic": "", "measure": "", "of": "",
        "quote": "In 2022, the port had around 5% of trade", "where": "",
        "when": "2022", "voice": "author",
    }  # fmt: skip
    assert draft.hints == {
        "when": "the one date of its sentence",
        "measure": "in percent: share",
        "of": "reads: trade",
    }


@pytest.mark.parametrize(
    ("counted", "hint"),
    [
        (("trade",), "in percent: share"),
        ((), "in percent: share"),
        (("gas",), "in percent: none in codebook.yml yet that fits"),
    ],
)
def test_only_a_measure_that_counts_what_the_passage_names_is_offered(counted, hint):
    measure = {"label": "share", "unit": "percent", "definition": "A part"}
    codebook = _codebook().model_copy(
        update={"measures": {"share": Measure(**measure, counts=counted)}}
    )
    document = clean("The port had around 5% of trade. It is big.\n", citekey="a")
    (draft,), _ = find_drafts(document, _sheet(), codebook)
    assert draft.hints["measure"] == hint


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("The port had around 5% of gas; trade was dear.", True),
        ("Gas was dear; the port had around 5% of trade.", False),
        ("The port had around 5% of trade; gas was dear.", False),
        ("Of gas the port had 5%, and around 7% of trade.", None),
    ],
)
def test_a_measure_is_offered_for_the_words_of_its_own_passage(text, fits):
    measure = Measure(label="s", unit="percent", definition="A part", counts=("gas",))
    codebook = _codebook().model_copy(update={"measures": {"share": measure}})
    drafts, _ = find_drafts(clean(f"{text}\n", citekey="a"), _sheet(), codebook)
    told = [draft.hints["measure"].endswith("share") for draft in drafts]
    assert told == ([True, False] if fits is None else [fits])


@pytest.mark.parametrize(("count", "more"), [(6, ""), (7, ", …")])
def test_of_many_measures_that_fit_six_are_offered(count, more):
    measure = Measure(label="share", unit="percent", definition="A part")
    codebook = _codebook().model_copy(
        update={"measures": dict.fromkeys("abcdefg"[:count], measure)}
    )
    document = clean("The port had around 5% of trade. It is big.\n", citekey="a")
    (draft,), _ = find_drafts(document, _sheet(), codebook)
    assert draft.hints["measure"] == f"in percent: a, b, c, d, e, f{more}"


@pytest.mark.parametrize(
    "words", ["In May 2021, Acton met Beeton and Actonians", "Acton met Beeton in 2021"]
)
def test_an_event_has_the_actors_that_its_sentence_mentions(words):
    document = clean(f"Cee came. {words}. Cee left.\n")
    mentions = read_actors(
        document.text, {"Acton": ["Actonians"], "Beeton": [], "Cee": []}
    )
    (draft,), _ = find_drafts(document, _sheet(), _codebook(), mentions=mentions)
    assert dict(draft.fields)["actors"] == ("Acton", "Beeton")


def test_what_is_cited_is_no_value_of_a_draft_and_no_time():
    text = (
        "It rose to 14 t¹ [4, 7–9] and doubled (Interview 7, March 2015).\n\n"
        "1 Author’s interview with a diplomat, Oslo, May 2021.\n"
    )
    drafts, _ = _find(text)
    assert [(d["figure"], d["when"]) for d in (dict(x.fields) for x in drafts)] == [
        ("14 t", ""),
        ("doubled", ""),
    ]


def test_a_quote_is_not_cut_within_what_it_cites():
    text = "It sold 5 t [4, 7] (Interview 7, May 2015; Fox 2001, 5), and it rained.\n"
    (draft,), _ = _find(text)
    assert dict(draft.fields)["quote"] == text.partition(", and")[0]


@pytest.mark.parametrize(
    "words", ["It sold 5 tons in May 2021", "It sold 5 tons of it, in May 2021"]
)
def test_a_date_at_the_end_of_a_quote_needs_no_draft_of_its_own(words):
    (draft,) = _find(f"{words}. It rained.\n")[0]
    assert dict(draft.fields)["quote"] == words


@pytest.mark.parametrize(
    ("words", "when"),
    [
        ("In 2019, after a dry spring, it sold 5 tons", "2019"),
        ("On average it sold 5 tons in 2019", "2019"),
        ("Sales fell by 3% in 2019, to 5 tons", "2019"),
        ("Sales, which stood at 3 tons in 2018, rose to 5 tons in 2019", "2019"),
        ("It was closed in 2019, and today it sells 5 tons", ""),
        ("The mill, opened in 2019, sells 5 tons", ""),
        ("The mill shut in 2019 after its owner lost 5 tons", ""),
        ("It sold 5 tons more than in 2019", ""),
        ("It sold 5 tons, or more than in the same month of 2019", ""),
        ("It has sold 5 tons since 2019", ""),
        ("It sells 5 tons; the aim for 2019 was bold", ""),
        ("It wrote in 2019 that the mill had sold 5 tons", ""),
        (f"It sold 5 tons {'of the best tin ' * 30}in 2019", ""),
    ],
)
def test_a_date_that_tells_of_another_thing_is_no_time_of_a_figure(words, when):
    figures = [dict(draft.fields) for draft in _find(f"{words}. It rained.\n")[0]]
    times = [
        each["when"]
        for each in figures
        if each["kind"] == "quantity" and "5 tons" in each.get("figure", each["quote"])
    ]
    assert times == [when]


@pytest.mark.parametrize(
    ("words", "voice"),
    [
        ("The mill sold 5 tons", "author"),
        ("The mill sold 5 tons, the ministry says", ""),
        ("According to its owner, the mill sold 5 tons", ""),
        ("The board calls the mill, which sold 5 tons, “a jewel”", ""),
    ],
)
def test_a_figure_that_somebody_tells_is_not_the_authors_own(words, voice):
    (draft, *_), _ = _find(f"{words}. It rained.\n")
    assert dict(draft.fields)["voice"] == voice
    assert ("says" in draft.hints.get("voice", "")) == (not voice)


def test_an_event_before_or_after_a_date_says_so():
    (draft,), _ = _find("The mill was shut before 2019. It rained.\n")
    assert dict(draft.fields)["when"] == "2019"
    assert draft.hints["when"] == "the passage says before it"


def test_a_quote_does_not_cut_through_a_quotation_of_its_sentence():
    drafts, _ = _find("It has bread “for five days, or six”, he says. It rained.\n")
    assert {dict(draft.fields)["quote"] for draft in drafts} == {
        "It has bread “for five days, or six”"
    }


def test_a_measure_is_offered_for_the_words_by_its_figure_alone():
    measure = Measure(label="mills", unit="", definition="Mills", counts=("mill",))
    codebook = _codebook().model_copy(update={"measures": {"mills": measure}})
    document = clean(
        "It owns 12 mills, and lends out 40 carts. It rained.\n", citekey="a"
    )
    mills, carts = find_drafts(document, _sheet(), codebook)[0]
    assert mills.likely == {"measure": ("mills",)}
    assert carts.likely == {}


def test_a_quote_from_the_first_cell_of_a_row_begins_with_its_words():
    (draft,), _ = _find("| Acton sold 5 tons | of tin |\n")
    assert dict(draft.fields)["quote"] == "Acton sold 5 tons"


def test_several_figures_and_repeats_are_told_apart():
    text = "It sold 5 tons and 15 tons. Then rain. It sold 5 tons and 15 tons. Sun.\n"
    drafts, _ = _find(text)
    assert [
        (d["quote"], d["nth"], d["figure"]) for d in (dict(x.fields) for x in drafts)
    ] == [
        ("It sold 5 tons and 15 tons", 1, "5 tons"),
        ("It sold 5 tons and 15 tons", 1, "15 tons"),
        ("It sold 5 tons and 15 tons", 2, "5 tons"),
        ("It sold 5 tons and 15 tons", 2, "15 tons"),
    ]


def test_speech_leaves_the_voice_open_and_a_negation_is_not_cut_off():
    drafts, _ = _find("“We will not, by 2030, sell 5 tons,” he said. It rained.\n")
    (first, *_) = (dict(draft.fields) for draft in drafts)
    assert first["voice"] == ""
    assert first["quote"].startswith("“We will not")


@pytest.mark.parametrize(
    "text",
    [
        "The “green” port sold 5 tons. It rained.\n",
        "“We will not sell it,” he said. The port sold 5 tons. It rained.\n",
        "The port sold 5 tons. “We will not sell it,” he said. It rained.\n",
    ],
    ids=["a word in marks", "speech before", "speech after"],
)
def test_what_no_one_is_heard_to_say_has_the_author_s_voice(text):
    found = [dict(draft.fields) for draft in _find(text)[0]]
    assert [each["voice"] for each in found if "5 tons" in each["quote"]] == ["author"]


def test_a_quotation_ends_with_its_words():
    drafts, _ = _find(
        "“It rained, and it will,” the minister of rain, Jane Doe, said.\n"
    )
    assert dict(drafts[0].fields)["quote"] == "“It rained, and it will,”"


def test_what_fills_its_paragraph_is_a_draft_to_set_aside():
    (draft,), without = _find("3 May 2024\n\nNothing else.\n")
    assert without == ()
    assert draft.hints["quote"].startswith("no claim can be made of this alone")


def test_each_figure_in_a_row_without_lines_is_a_claim_with_the_row_s_first_word():
    drafts, without = _find("It rained.\n\nI kept the ships 344 75.2 12196\n\nSun.\n")
    assert without == ()
    assert [
        (d["quote"], d.get("figure")) for d in (dict(x.fields) for x in drafts)
    ] == [
        ("I kept the ships 344", None),
        ("I kept the ships 344 75.2", "75.2"),
        ("kept the ships 344 75.2 12196", "12196"),
    ]


HOSTILE = (
    "Title: *x* &a !!python/object # no\n\n"
    "He said “- a: &x [*x]\u2028 {b}: \u0085 #” 3 times \u00a0and 'left' <b>it</b>"
    ' \\ "5 tons" of\ttea. Fine.\n'
)


def test_whatever_a_text_holds_the_sheet_reads_back_as_it_was(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(HOSTILE, encoding="utf-8")
    document = read_document(path, citekey="a")
    original = {"file": "a.pdf", "sha256": "1" * 64, "extracted_with": 'x: # "y"'}
    sheet = _sheet(
        issued={"date": "2024", "inferred": "a: *b # \u2028c"}, original=original
    )
    drafts, _ = find_drafts(document, sheet, _codebook())
    title = "A\nfile: /etc/passwd\u2028x: y\u0085\x07 # &a"
    text = sheet_text(sheet, drafts, title=title, said=["one\ntwo: 3"])
    assert drafts
    (tmp_path / "a.yml").write_text(text, encoding="utf-8")
    again = check_model(load_yaml(tmp_path / "a.yml"), Sheet)
    assert [d.quote for d in again.drafts] == [dict(d.fields)["quote"] for d in drafts]
    assert again.issued == sheet.issued
    assert again.original == sheet.original
    assert again.file == "a.txt"
    assert set(yaml.safe_load(text)) <= set(Sheet.model_fields)
    assert "\t" not in text


def test_a_sheet_without_drafts_is_whole_too(tmp_path):
    text = sheet_text(_sheet(), (), title="A", said=())
    (tmp_path / "a.yml").write_text(text, encoding="utf-8")
    assert check_model(load_yaml(tmp_path / "a.yml"), Sheet).drafts == ()


def test_many_drafts_take_time_in_proportion():
    line = "Page {} has {} tons of salt in 2021 and a sentence of its own."
    text = "\n\n".join(line.format(n, n) for n in range(1500))
    began = time.process_time()
    assert len(_find(text)[0]) == 1500
    assert time.process_time() - began < 5

"""A quotation is bound to its exact passage, or refused with a message that helps."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.reading.anchor import QuoteError, fold, locate, locate_stretch
from sourcebook.reading.text import clean

ACME = clean(
    "Sales rose to 41 in May. Sales fell in June. The firm will not sell by 2027.\n\n"
    "Acme’s share remains around 14.3% of “the market”, or €20bn; see pp. 5–20.\n\n"
    "Anti-Acme rhetoric grew; Acme is far from being the biggest. "
    "Sales fell in July.\n",
    citekey="acme-2021",
)


def test_a_letter_copied_in_two_pieces_is_the_letter_of_the_text():
    assert locate("Mu\u0308ller counted", clean("Here Müller counted them.")).start == 5
    assert locate("Müller counted", clean("Here Mu\u0308ller counted them.")).start == 5


def test_finds_the_passage_and_its_raw_range():
    anchor = locate("around 14.3% of “the market”", ACME)
    assert ACME.raw[anchor.raw.start : anchor.raw.end] == "around 14.3% of “the market”"
    assert anchor.prefix.endswith("share remains ")
    assert anchor.suffix.startswith(", or €20bn")
    assert (anchor.nth, anchor.count) == (1, 1)


@pytest.mark.parametrize(
    "quote",
    ['around 14.3% of "the market"', "Acme's share", "Sales  rose\n to 41"],
    ids=["straight quotation marks", "straight apostrophe", "other white space"],
)
def test_typography_and_white_space_are_levelled(quote):
    assert locate(quote, ACME, clause=False).count == 1


@pytest.mark.parametrize(
    ("quote", "cut"),
    [
        ("Sales rose to 4", "a word"),
        ("4.3% of “the market”", "a word"),
        (".3% of “the market”", "14.3%"),
        ("14.3% of “the market”", "around 14.3%"),
        ("around 14.3", "around 14.3%"),
        ("20bn", "€20bn"),
        ("Acme rhetoric grew", "a joined word"),
        ("ales fell in June", "a word"),
    ],
)
def test_a_quote_may_not_cut_a_word_or_a_figure(quote, cut):
    with pytest.raises(QuoteError, match="cuts through") as caught:
        locate(quote, ACME)
    assert cut in str(caught.value)


@pytest.mark.parametrize("quote", ["Acme grew", "pro"])
def test_a_hyphen_with_nothing_on_its_other_side_joins_no_words(quote):
    text = clean("So (-Acme grew, pro- and anti-Doe) it is.", citekey="x")
    assert locate(quote, text, clause=False).exact == quote


@pytest.mark.parametrize(
    ("quote", "left"),
    [("sell by 2027", "not"), ("being the biggest", "far from")],
)
def test_a_quote_may_not_leave_its_negation_behind(quote, left):
    with pytest.raises(QuoteError, match=left):
        locate(quote, ACME)
    assert locate(quote, ACME, clause=False).exact == quote


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("It sells not only gas to Italy and power to Greece.", "gas to Italy"),
        ("Since the vote in May a new office was opened.", "a new office was opened"),
    ],
    ids=["not only", "May the month"],
)
def test_what_only_looks_like_a_negation_or_a_doubt(text, quote):
    assert locate(quote, clean(text, citekey="x")).count == 1


def test_a_quote_may_not_leave_a_doubt_behind():
    text = clean("Acme may close, apparently by mistake.", citekey="x")
    for quote in ("close", "by mistake"):
        with pytest.raises(QuoteError, match="behind"):
            locate(quote, text)


@pytest.mark.parametrize(
    ("quote", "left"),
    [
        ("Karabakh separatists are still", "not"),
        ("Karabakh separatists", "not"),
        ("the current approach has", "been unsuccessful"),
        ("the current approach", "has"),
        ("Sales", "rose"),
        ("polls find it", "Several"),
        ("called a failure", "often"),
    ],
)
def test_a_quote_may_not_end_before_its_verb_or_begin_after_its_hedge(quote, left):
    text = "Karabakh separatists are still not disarmed, and the current approach has"
    text += " been unsuccessful. Sales rose and costs fell. Several polls find it so."
    text += " It is often called a failure."
    with pytest.raises(QuoteError, match="behind") as caught:
        locate(quote, clean(text, citekey="x"))
    assert left in str(caught.value)
    assert "\n  fix: " in str(caught.value)


@pytest.mark.parametrize(
    "quote", ["Sales rose", "Sales rose and costs fell", "so it is", "what it asks for"]
)
def test_a_quote_may_end_with_its_clause(quote):
    text = "Sales rose and costs fell as it was hoped; so it is, and what it asks for."
    assert locate(quote, clean(text, citekey="x")).count == 1


def test_a_phrase_in_a_sentence_of_ours_has_its_verb_there():
    text = clean("It is not a more equal relationship based on trust.", citekey="x")
    with pytest.raises(QuoteError, match="based"):
        locate("It is not a more equal relationship", text)
    assert locate("It is not a more equal relationship", text, phrase=True).count == 1
    with pytest.raises(QuoteError, match="not"):
        locate("a more equal relationship", text, phrase=True)


def test_a_repeated_quote_needs_its_number():
    with pytest.raises(QuoteError, match="stands 2 times"):
        locate("Sales fell", ACME)
    first, second = (locate("Sales fell", ACME, nth=n) for n in (1, 2))
    assert first.end < second.start
    with pytest.raises(QuoteError, match="nth: 3"):
        locate("Sales fell", ACME, nth=3)


def test_the_message_shows_where_the_nearest_passage_stands():
    with pytest.raises(QuoteError) as caught:
        locate("rose to 14", ACME)
    assert str(caught.value) == (
        "acme-2021: quote not found: 'rose to 14'\n"
        "  closest (line 1): 'Sales rose to 41 in May.'\n"
        "  fix: copy the words from the source; do not retype them"
    )


def test_a_stretch_runs_to_the_nearest_end():
    start, end = locate_stretch("Sales fell in June", "Acme’s share", ACME)
    assert ACME.text[start:end].startswith("Sales fell in June. The firm")
    assert ACME.text[start:end].endswith("Acme’s share")
    with pytest.raises(QuoteError, match="does not stand after"):
        locate_stretch("Acme’s share", "Sales rose", ACME)


def test_an_empty_quote_is_refused():
    with pytest.raises(QuoteError, match="empty"):
        locate(" \n", ACME)


@given(st.text())
def test_folding_keeps_every_place(text):
    assert len(fold(text)) == len(text)


def _mutations(quote: str):
    """Yield the quote with one thing changed that changes what it says."""
    for match in re.finditer(r"\d", quote):
        other = str((int(match[0]) + 1) % 10)
        yield quote[: match.start()] + other + quote[match.end() :]
        yield quote[: match.start()] + quote[match.end() :]
    for found, instead in [
        ("%", " pp"),
        ("%", ""),
        ("billion", "million"),
        ("cubic meters", "tons"),
        ("not ", ""),
        ("not ", "now "),
        ("around ", ""),
        ("around ", "over "),
        ("Up to ", ""),
        ("apparently ", ""),
    ]:
        if found in quote:
            yield quote.replace(found, instead, 1)
    if re.search(r"\d", quote):
        yield re.sub(r"(?<![\d.])(\d)", r"-\1", quote, count=1)
        yield re.sub(r"(?<![\d.])(\d)", r"€\1", quote, count=1)


def test_every_mutation_of_every_coded_quote_is_refused(corpus):
    tried = 0
    for source in corpus.sources.values():
        for claim in source.claims():
            for mutant in _mutations(claim.quote):
                tried += 1
                with pytest.raises(QuoteError):
                    locate(mutant, source.document)
    assert tried > 50


_DENIAL = re.compile(r"(?<=\w )(?:not|never|no|cannot|hardly|unsuccessful)\b(?! only)")
_HEDGE = re.compile(
    r"\b(?:often|Several|some|Most|many|Under|around|relatively) (?=\w)"
)


def test_no_coded_quote_can_be_cut_before_its_denial_or_after_its_hedge(corpus):
    tried = 0
    for source in corpus.sources.values():
        for claim in source.claims():
            cuts = [claim.quote[: m.start() - 1] for m in _DENIAL.finditer(claim.quote)]
            cuts += [claim.quote[m.end() :] for m in _HEDGE.finditer(claim.quote)]
            for cut in filter(_is_whole, cuts):
                tried += 1
                with pytest.raises(QuoteError):
                    locate(cut, source.document)
    assert tried > 100


def _is_whole(quote: str) -> bool:
    """Say whether a quote is more than the end or beginning of a clause."""
    return len(quote.split()) > 1


def test_every_coded_quote_is_found_where_the_raw_file_has_it(corpus):
    for source in corpus.sources.values():
        for claim in source.claims():
            raw = source.document.raw[claim.span.start : claim.span.end]
            kept = [c for c in fold(raw) if not c.isspace()]
            wanted = [c for c in fold(claim.quote) if not c.isspace()]
            marks = iter(kept)
            assert all(c in marks for c in wanted), claim.id

"""Where a sentence ends, and where it only looks as if it did."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.reading.text.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


# Each case is one paragraph, with a | wherever a new sentence begins.
CASES = {
    "plain": "Gas flows.| Oil does not.",
    "question-and-exclamation": "Does it flow?| It does!| Good.",
    "no-stop-at-the-end": "It ended.| And then",
    "decimals": "It fell to 4.3%.| It rose to 16.2 billion.",
    "number-opens": "In that year.| 380 units came.",
    "currency-opens": "It was not enough.| €10 million followed.",
    "eg-ie-cf": "Some (e.g. Russia) know, i.e. Moscow does, cf. Fox 2015.| So be it.",
    "eg-before-capital": "Others, e.g. Russia, know.",
    "hyphen-glued-ie": "At a private -i.e. Behind doors – level.",
    "et-al-year": "As Kotzian et al. 2011 say.",
    "et-al-in-brackets": "So they say (Paul in Kim et al. 2015, 83).| He does.",
    "et-al-at-the-end": "So say Kim et al.| The rest do not.",
    "dotted-initials-inside": "Not in the U.N. General Assembly.",
    "dotted-initials-at-the-end": "It went to the U.N.| The vote failed.",
    "titles": "Dr. Fox met Mr. Wolf, Prof. Hen and Gen. Crow.| St. Ives slept.",
    "initials-of-a-name": "J. R. Fox wrote it.| A. Wolf did not.",
    "single-letter-ends": "It was World War I.| The peace was short.",
    "pages-and-figures": "See pp. 5–20, Fig. 3, Vol. 2 and No. 5.| Then stop.",
    "no-as-a-word": "He said no.| They went.",
    "month": "On Jan. 5 and Sept. 11 it shut.| It reopened.",
    "versus": "It was Baku vs. Moscow.| It ended.",
    "a time of a place": "It aired at 6 a.m. Moscow time.| At 7 a.m. it ended.",
    "a rule by number": "See Reg. No. 17 of it.| The club, est. 1921, thrives.",
    "afternoon": "At 5 p.m. Baku slept, until 7 a.m.| Then it woke.",
    "company": "Acme Inc. Europe sold gas.| It was bought by Wolf Ltd.| It shut.",
    "item-number": "12. A durable end.| Open borders.",
    "item-number-apart": "6 . See the paper.",
    "item-letter": "(a) One thing.| Another.",
    "roman-item": "(iv). Four things.",
    "year-at-the-end": "It ended in 2014.| It began again.",
    "brackets-shelter": "It is so (First. Then second. Third) in Baku.| It ends.",
    "sentence-in-brackets": "It rose.| (It fell. It rose.)| It stayed.",
    "late-stop-after-bracket": "Trust grew among the young. (Figure 5).| Thus it grew.",
    "bracket-opens": "It rose.| (Fox, later Wolf) Ducks came.",
    "two-stops-at-bracket": "It rose.| (It fell.).| It stayed.",
    "dash-ends": "It rose. —",
    "spaced-dots": "It went on . . .| Then it ended.",
    "early-stop-in-bracket": "Trust grew.| (See Figure 5.)| Thus it grew.",
    "ellipsis-inside-brackets": "An “authoritarian (…) Character” came.| It left.",
    "ellipsis-goes-on": "It was… not so.| Well.",
    "ellipsis-ends": "And so on…| Then it ended.",
    "three-dots": "And so on... and on...| Then it ended.",
    "note-of-two": "It fell.4, 5| No one came.| “They left.”6, 7| Nobody saw.",
    "indian-titles": "Smt. Rao met Adv. Mehta and Rt. Hon. Okello.| They left.",
    "abbreviation-in-brackets": "Hon. (Eng.) Otieno and Gen. Weiss (ret.) spoke.",
    "secretary-general": "The Sec. Gen. and the Asst. Sec. of State left.| He stayed.",
    "word-like-a-state": "He led the mass.| Nobody came.",
    "street": "It stands in Acad. Aliyev str. 5.| It is shut.",
    "square-brackets": "“[The EU] is worried,” he said.| So was Baku.",
    "closing-quote-after-stop": "It was “steady and slow.”| During it, he left.",
    "single-quote-before-stop": "They speak of ‘the political’.| It is old.",
    "single-quote-after-stop": "They speak of ‘the end.’| It is old.",
    "comma-then-said": "“It is so,” he says.| “And it stays so.”",
    "quotation-carried-on": "“It opened. Now we build,” he said.| He left.",
    "quotation-introduced": "He said: “It opened. Now we build.”| He left.",
    "quotation-alone": "“It opened.| Now we build.”| He left.",
    "quotation-alone-later": "He left.| “It opened.| Now we build.”| She stayed.",
    "quotation-alone-within": "“It opened.| They said ‘go.’”| He left.",
    "quotation-as-subject": "“It opened. We build.” is his motto.",
    "quotation-unfinished": "“It opened. We build” Fox’s motto reads.",
    "quotation-with-name": "“It opened. We build.”—Fox, in 2014.| So it is.",
    "quotation-cries": "“It opened. We build!” Fox said.| He left.",
    "quotation-asks": "“Why not?” Fox asked.| Nobody knew.",
    "quotation-asks-lower": "“Why not?” asked Fox.",
    "quotation-within": "He called it “bad.” and left.| She stayed.",
    "straight-quotes": 'He said "it opened. Now we build" and left.| She stayed.',
    "straight-quotes-alone": '"It opened."| She stayed.',
    "unclosed-quote": "He said “it opened.| Now we build.",
    "unclosed-bracket": "He left (it opened.| Now we build.",
    "colon-does-not-end": "One thing: Baku is far.| So is Rome.",
    "opens-with-single-quote": "It ends here.| ‘Azerbaijan’ means the government.",
    "glued-stop": "He feared for his safety.|On May 22 he left.",
    "glued-after-acronym": "He went to the EU.|On May 22 he left.",
    "glued-quote": "He feared for it.|“On May 22,” she said, he left.",
    "not-glued-degree": "Her Ph.D thesis won.",
    "not-glued-address": "See www.acme.Com and mail fox@acme.Com today.",
    "not-glued-number": "It rose by 4.3Mt in 2014.",
    "lower-case-follows": "The firm Yahoo! is old.| So is he.",
    "question-inside-goes-on": "The question why? remains.",
    "dash-opens": "It rose.| – It fell.",
    "emoji-opens": "It rose.| 😀 It fell.",
    "no-capitals": "it rose. it fell.",
    "accents": "Il a dit oui.| Élodie non.",
}


@pytest.mark.parametrize("marked", CASES.values(), ids=CASES.keys())
def test_sentences_end_where_a_reader_ends_them(marked):
    expected = [part.strip() for part in marked.split("|")]
    assert sentences(marked.replace("|", "")) == expected


@pytest.mark.parametrize("text", ["", " ", "\n", "\u00a0\t"], ids=repr)
def test_nothing_to_read_gives_no_sentence(text):
    assert split_sentences(text) == ()


@settings(derandomize=True, deadline=None, max_examples=300)
@given(
    st.lists(
        st.sampled_from(
            [
                *"AbzIé.!?…,:;()[]“”‘’\"' -–—15%€\n\t\u00a0\u2028\u0301😀",
                "U.N.",
                "e.g.",
                "Dr.",
                "…”",
                ".” ",
                ". The ",
                "et al. ",
                " said ",
            ]
        ),
        max_size=40,
    ).map("".join)
)
def test_every_word_lies_in_one_sentence(text):
    spans = split_sentences(text)
    assert all(one[1] <= next_[0] for one, next_ in pairwise(spans))
    left = list(text)
    for start, end in spans:
        assert text[start:end] == text[start:end].strip() != ""
        left[start:end] = " " * (end - start)
    assert "".join(left).strip() == ""


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.text(max_size=80))
def test_a_sentence_that_another_follows_ends_in_a_stop(text):
    for start, end in split_sentences(text)[:-1]:
        assert set(text[start:end].rstrip("”’\"'»)]")[-1:]) <= set(".!?…")

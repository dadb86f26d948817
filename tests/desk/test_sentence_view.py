"""A sentence among its neighbours, and the first of a sheet's faults."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from sourcebook.desk.coder import faults_html, sentence_html
from sourcebook.desk.coding_progress import Unfinished, read_progress


@pytest.fixture
def progress(unfinished):
    return read_progress(unfinished.parent.parent, unfinished.stem)


@pytest.mark.parametrize(
    ("number", "head", "around"),
    [
        (0, "Sentence 1 of 8</strong>, line 1: – set aside", [0, 1]),
        (4, "Sentence 5 of 8</strong>, line 3: ✓ coded", [3, 4, 5]),
        (7, "Sentence 8 of 8</strong>, line 5: ! open", [6, 7]),
    ],
)
def test_a_sentence_stands_between_its_neighbours(progress, number, head, around):
    html = sentence_html(progress, number)
    assert head in html
    quoted = re.search("<blockquote.*</blockquote>", html)[0]
    words = " ".join(progress.text(each) for each in around)
    assert unescape(re.sub("<[^>]+>", "", quoted)) == words
    assert f"<mark>{progress.text(number)}</mark>" in html


@pytest.mark.parametrize(("draft", "said"), [(True, "draft"), (False, "unfinished")])
def test_what_is_not_a_claim_yet_is_told_with_what_it_lacks(progress, draft, said):
    start = progress.sentences[2].start
    open_still = Unfinished("tons", {}, "measure is blank", start, draft)
    html = sentence_html(replace(progress, unfinished=(open_still,)), 2)
    cells = f'<th scope="row">{said}</th><td>tons</td><td>measure is blank</td>'
    assert cells in html


@pytest.mark.parametrize(
    ("faults", "shown", "more"), [(0, 0, ""), (5, 5, ""), (6, 5, "1"), (8, 5, "3")]
)
def test_the_first_faults_are_shown_and_the_others_counted(
    progress, faults, shown, more
):
    html = faults_html(replace(progress, faults=("<fault>",) * faults))
    assert html.count("&lt;fault&gt;</li>") == shown
    assert html.partition("</ul>")[2] == (f"<p>and {more} more</p>" if more else "")

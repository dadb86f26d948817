"""What people look up is answered among the first results of the search.

The ids are those of passages wherever one passage holds the answer: questions are put
anew when a chapter is, and passages stay.
"""

from __future__ import annotations

import pytest

from sourcebook.comparing.public_record import load_record
from sourcebook.site.search_index import DATA_SCRIPT, read_index

pytestmark = [pytest.mark.book, pytest.mark.browser]

PHONE = {"width": 390, "height": 800}
FIRST = 3  # results of a group that a reader looks at
LOOKED_UP = {  # what is typed: the ends of the addresses, any of which answers it
    "4.3%": ["claim-bbc-2025-gas-share"],
    "around 5%": ["claim-valiyev-yagubova-2022-gas-share"],
    "Bulgaria gas share": ["claim-bbc-2025-share-bulgaria"],
    "Italy gas": ["claim-bbc-2025-share-italy"],
    "political prisoners": ["claim-van-gils-2017-political-prisoners"],
    "Benjamin Godwin": ["index-benjamin-godwin"],
    "Hungary veto": [
        "claim-anonymous-2025-veto-2024",
        "claim-anonymous-2025-veto-2025",
    ],
    "UN vote Russia": ["claim-valiyev-yagubova-2022-no-vote-against"],
    "EU investment 2 billion euro": ["claim-valiyev-yagubova-2022-eu-allocation"],
    "PCA entered into force": ["claim-van-gils-2017-pca-in-force"],
    "Belgian companies": ["claim-brussels-times-2025-belgian-companies"],
    "exports to the EU share": ["claim-valiyev-yagubova-2022-export-share"],
    "who paid for the article": ["claim-brussels-times-2025-promoted-by"],
    "did the tone change": ["question-change-of-tone"],
    "EU leverage over Azerbaijan": [
        "question-does-the-eu-have-leverage",
        "claim-bbc-2025-little-leverage",
    ],
    "trade turnover Belgium": ["claim-brussels-times-2025-trade"],
    # Figures as they are printed, or as others print them.
    "16.2": ["claim-valiyev-yagubova-2022-gas-target"],
    "5 per cent": ["claim-valiyev-yagubova-2022-gas-share"],
    "€2bn": ["claim-valiyev-yagubova-2022-eu-allocation"],
    "4,3 %": ["claim-bbc-2025-gas-share"],
    # A slip, an accent, a quotation mark, a word begun, a word too many.
    "Bulgeria": ["claim-bbc-2025-share-bulgaria"],
    "Benjámin Gódwin": ["index-benjamin-godwin"],
    "prisoners of conscience relaesed": ["claim-van-gils-2017-prisoners-released"],
    "the EU's “stance” unchanged": ["claim-bbc-2025-stance-unchanged"],
    "middle corr": ["claim-brussels-times-2025-cargo-interest"],
    "Belgian companies zeppelin": ["claim-brussels-times-2025-belgian-companies"],
    # Names of this book, and what a reader would ask.
    "waiver": ["term-Waiver"],
    "positive image of the EU": ["claim-valiyev-yagubova-2022-positive-image"],
    "how many political prisoners?": [
        "question-how-many-prisoners",
        "claim-van-gils-2017-political-prisoners",
    ],
    "Strategic Partnership Agreement 2015": ["claim-van-gils-2017-spa-proposed"],
    # A word of the reader's that is not the documents'.
    "how much gas does Azerbaijan sell to the EU": ["question-share-of-eu-gas"],
    "EUMA": ["claim-anonymous-2025-mission-role"],
    "TANAP": ["claim-valiyev-yagubova-2022-gas-target"],
    "AZAL": ["claim-bbc-2025-plane-crash"],
    "how many countries buy gas": ["claim-brussels-times-2025-gas-european-countries"],
    "propaganda": ["claim-valiyev-yagubova-2022-propagandists"],
    # What public pages have, outside the documents.
    "Eurostat": ["fact-gas-eu-2023-terajoules"],
    "Pashinyan": ["fact-corridor-name-2025"],
    "memorandum 2027": ["fact-memorandum-2022"],
}
LEADS = {  # what is typed: the end of the very first address
    "2.0%": "fact-demand-2021",
    "14 November 2016": "fact-mandate-2016",
    "19 September 2023": "fact-karabakh-2023",
    "8 August 2025": "fact-washington-2025",
    "100,000 Armenians": "fact-karabakh-2023",
    "20 billion cubic metres": "fact-memorandum-2022",
    "126 political prisoners": "fact-prisoners-2025",
    "bribe": "fact-caviar-report-2018",
    "TRIPP": "fact-corridor-name-2025",
    "MoU": "fact-memorandum-2022",
    "Southern Gas Corridor": "claim-bbc-2025-share-in-some-states",
    "Ilham Aliev": "index-ilham-aliyev",
    "who wrote the opinion piece": "anonymous-2025.html",
    "who paid for the article": "brussels-times-2025.html",
    "treaty": "treaty.html",
    "contradictions": "questions.html",
    "where do the documents disagree": "questions.html",
}


# From then on an answer stands there as soon as something is typed.
READ = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  while (!window.sourcebookSearch) await frame();
  await frame();
}"""


def _searching(page):
    """Open the search by its key, and wait until its rows are read."""
    page.keyboard.press("/")
    page.locator("#sb-search input").wait_for()
    page.evaluate(READ)
    return page


@pytest.fixture
def search(visit):
    """Return a function that opens the search on some page."""
    return lambda name="book/method", **options: _searching(visit(name, **options))


@pytest.fixture(scope="module")
def dialog(opening, leave):
    """The search on a page that no test leaves: one question follows another."""
    page = _searching(opening("book/method"))
    yield page
    leave(page)


def first(page):
    """Return the ends of the addresses of the first results of each group."""
    return page.eval_on_selector_all(
        "#sb-search .sb-hits ul",
        "(groups, most) => groups.flatMap(group => [...group.querySelectorAll('a')]"
        ".slice(0, most).map(each => each.href.split(/[#/]/).at(-1)))",
        FIRST,
    )


def ask(page, query):
    page.locator("#sb-search input").fill(query)


def test_what_people_look_up_is_among_the_first_results(dialog):
    missed = {}
    for query, answers in LOOKED_UP.items():
        ask(dialog, query)
        if not set(answers) & set(first(dialog)):
            missed[query] = first(dialog)
    assert missed == {}
    assert (dialog.asked, dialog.said) == ([], [])


def test_who_or_what_is_asked_for_comes_before_all(dialog):
    led = {}
    for query in LEADS:
        ask(dialog, query)
        led[query] = (first(dialog) or [""])[0]
    assert led == LEADS


def test_a_fact_is_told_as_one_from_outside_and_leads_to_its_place(search):
    page = search()
    ask(page, "8 August 2025")
    fact = page.locator("#sb-search a.sb-hit", has_text="initialled")
    assert "United States, Department of State" in fact.inner_text()
    head = page.locator("#sb-search .sb-hits-head").first
    assert head.inner_text() == "Public record (outside the documents)"
    fact.click()
    page.wait_for_url("**/record.html#fact-washington-2025")
    page.locator("#fact-washington-2025").wait_for()


@pytest.mark.parametrize(("query", "not_in"), [("COP29", "29-30"), ("8", "Eight")])
def test_a_figure_is_a_whole_one_and_no_part_of_a_word(dialog, query, not_in):
    ask(dialog, query)
    dialog.locator("#sb-search .sb-search-status", has_text=" ").wait_for()
    marks = dialog.locator("#sb-search mark").all_inner_texts()
    assert {query} >= set(marks)
    assert not any(not_in in mark for mark in marks)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("corruption", "corruption"),
        ("women and prices", "prices"),
        ("resell Russian gas", "resell"),
    ],
)
def test_what_no_document_has_is_an_answer(search, query, words):
    page = search()
    ask(page, query)
    said = page.locator("#sb-search .sb-search-status a")
    assert "in all five documents, and in none of them: " in said.inner_text()
    assert words in said.inner_text()
    said.click()
    page.wait_for_url("**/silences.html#searched-for-and-found-nowhere")
    page.locator("#searched-for-and-found-nowhere").wait_for()


def test_a_passage_has_one_pair_of_quotation_marks(dialog):
    ask(dialog, "not reliant on Azeri gas")
    dialog.locator("#sb-search q.sb-hit-words").first.wait_for()
    words = dialog.locator("#sb-search q.sb-hit-words").all_inner_texts()
    assert any(each.startswith("And while it is not reliant") for each in words)


def test_the_year_of_a_day_is_not_what_was_looked_for(dialog):
    ask(dialog, "19 September 2023")
    dialog.locator("#sb-search .sb-search-status", has_text="found").wait_for()
    assert dialog.locator("#sb-search .sb-search-status a").count() == 0


def test_the_dialog_and_the_page_count_alike(search):
    page = search()
    ask(page, "political prisoners")
    status = page.locator("#sb-search .sb-search-status", has_text="found")
    in_dialog = status.inner_text().partition(" found")[0]
    page.keyboard.press("Enter")
    status = page.locator("main .sb-search-status", has_text="found")
    assert status.inner_text().partition(" found")[0] == in_dialog
    assert page.locator("main a.sb-hit").count() == int(in_dialog)
    # A row with half of what was asked is none: "political", and no prisoners.
    assert page.locator("main a.sb-hit", has_text="Edkins").count() == 0


@pytest.mark.parametrize(
    ("query", "end"),
    [
        ("Azerbaijan", "index-azerbaijan"),
        ("kaja kallas", "index-kaja-kallas"),
        ("Szijjarto", "index-peter-szijjarto"),
        ("the Kremlin", "index-russia"),
        ("Godwin", "index-benjamin-godwin"),
    ],
)
def test_an_actors_name_finds_its_lines(dialog, query, end):
    ask(dialog, query)
    dialog.locator("#sb-search a.sb-hit").first.wait_for()
    assert end in first(dialog)
    if query.lower() in {"azerbaijan", "kaja kallas"}:  # the whole name: before all
        assert first(dialog)[0] == end


def test_an_answer_comes_with_its_badge_and_a_passage_with_its_document(dialog):
    ask(dialog, "4.3%")
    answer = dialog.locator("#sb-search a.sb-hit").first
    assert answer.locator(".sb-badge").inner_text()
    assert "4.3%" in answer.locator("mark").all_inner_texts()
    passage = dialog.locator("#sb-search a.sb-hit", has=dialog.locator("q")).first
    assert "BBC report · July 2025" in passage.inner_text()


def test_the_keyboard_is_enough(search):
    page = search()
    ask(page, "Belgian companies")
    top = page.locator("#sb-search a.sb-hit").first
    end = top.evaluate("link => link.hash")
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url(f"**{end}")
    page.locator(end).wait_for(state="attached")
    page.keyboard.press("Control+k")
    assert page.locator("#sb-search").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#sb-search").is_visible()


def test_enter_leads_to_a_page_of_results_that_can_be_linked_to(search):
    page = search()
    page.locator("#sb-search input").fill("peacekeepers")
    page.keyboard.press("Enter")
    page.locator("main a.sb-hit").first.wait_for()
    assert "search.html?q=peacekeepers" in page.url
    assert page.locator("main a.sb-hit").count() > 10


def test_nothing_found_is_said(search):
    page = search(viewport=PHONE, dark=True)
    ask(page, "qwrtpsdf")
    page.locator("#sb-search", has_text="Nothing found").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_search_looks_through_everything_there_is(site, corpus):
    text = (site / DATA_SCRIPT).read_text("utf-8")
    rows = read_index(text)["rows"]
    ends = {row[5].rpartition("#")[2] for row in rows}
    claims = {f"claim-{claim.id.replace('/', '-')}" for claim in corpus.claims}
    facts = {f"fact-{fact.id}" for fact in load_record(corpus).facts}
    assert claims | facts <= ends
    assert {"index-hungary", "index-leverage", "term-Waiver"} <= ends
    missing = [
        row[5] for row in rows if not (site / row[5].partition("#")[0]).is_file()
    ]
    assert missing == []

"""Listings and the explorer as a reader meets them, from disk, in a real browser."""

from __future__ import annotations

import csv
import re

import pytest

from sourcebook.comparing.questions import answer_all

pytestmark = [pytest.mark.book, pytest.mark.browser]

PHONE = {"width": 390, "height": 800}
LISTINGS = ["book/claims", "book/questions", "book/events", "book/sources"]
EXPLORER = "notebooks/explore/claims"
HEAVIEST = 450_000  # bytes of a page


@pytest.fixture
def listing(visit):
    """Return a function that opens a page and waits until its listing lives."""

    def open_listing(name, **options):
        page = visit(name, **options)
        page.locator(".sb-listing-live").first.wait_for()
        return page

    return open_listing


def column(page, label):
    return page.locator(f"tbody [data-label='{label}']").all_inner_texts()


def sort(page, label, direction):
    head = page.locator("thead th", has_text=label).first
    head.click()
    page.locator(f"thead th[aria-sort={direction}]", has_text=label).wait_for()
    page.wait_for_timeout(100)


def info(page):
    return page.locator(".dt-info").first.inner_text()


def facet(page, name):
    return page.locator(".sb-facets label", has_text=name).locator("select")


def download(page, folder):
    with page.expect_download() as started:
        page.get_by_role("button", name="CSV").click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    with path.open(encoding="utf-8", newline="") as file:
        return path.name, list(csv.DictReader(file))


@pytest.mark.parametrize("name", [*LISTINGS, EXPLORER])
def test_no_page_is_too_heavy(site, name):
    assert (site / f"{name}.html").stat().st_size < HEAVIEST


@pytest.mark.parametrize("name", LISTINGS)
def test_without_javascript_the_whole_table_is_there(visit, corpus, name):
    page = visit(name, javascript=False)
    table = page.locator("table.sb-listing").first
    assert table.locator("caption").is_visible()
    assert table.locator("thead th").first.is_visible()
    rows = table.locator("tbody tr").count()
    if name == "book/claims":
        assert rows == len(corpus.claims)
    if name == "book/questions":
        assert rows == len(answer_all(corpus))
    assert table.locator("tbody a").first.get_attribute("href")


def test_a_click_on_a_head_sorts_and_a_second_turns_it_round(listing):
    page = listing("book/claims")
    sort(page, "kind", "ascending")
    assert set(column(page, "kind")) == {"argument"}
    sort(page, "kind", "descending")
    assert set(column(page, "kind")) == {"status"}


def test_times_sort_by_when_they_begin(listing):
    page = listing("book/events")
    sort(page, "when", "ascending")
    early = [re.search(r"\d{4}", when)[0] for when in column(page, "when")]
    sort(page, "when", "descending")
    late = [re.search(r"\d{4}", when)[0] for when in column(page, "when")]
    assert early == sorted(early)
    assert late == sorted(late, reverse=True)
    assert early[-1] < late[-1]


def test_filters_add_up_and_say_what_is_left(listing, corpus):
    page = listing("book/claims")
    assert f"of {len(corpus.claims)}" in info(page)
    facet(page, "source").select_option("BBC report")
    facet(page, "kind").select_option("quantity")
    report = corpus.sources["bbc-2025"]
    left = len(report.claims(kind="quantity"))
    assert f"{left} of {left}" in info(page)
    assert set(column(page, "source")) == {"BBC report"}
    topics = facet(page, "topic").locator("option:not([disabled])")
    assert topics.count() - 1 == len({c.topic for c in report.claims(kind="quantity")})
    page.get_by_role("button", name="Clear filters").click()
    assert f"of {len(corpus.claims)}" in info(page)
    assert "filtered" not in info(page)


def test_a_cell_with_several_values_is_found_by_each(listing, corpus):
    page = listing("book/questions")
    answers = answer_all(corpus)
    facet(page, "sources").select_option("BBC report")
    left = [answer for answer in answers if "bbc-2025" in answer.sources]
    assert f"of {len(left)} entries" in info(page)


def test_search_finds_words_of_a_passage(listing):
    page = listing("book/claims")
    page.get_by_role("searchbox").first.fill("gas-share modest 4.3%")
    page.get_by_text("1 of 1").wait_for()
    assert column(page, "claim") == ["gas-share"]
    page.locator("tbody a").first.click()
    assert page.url.endswith("book/claims/bbc-2025.html#claim-bbc-2025-gas-share")


def test_a_table_is_searched_as_the_book_is(listing):
    page = listing("book/claims")
    for words in ("4.3 %", "4.3 per cent", "Módest gas-share"):
        page.get_by_role("searchbox").first.fill("")
        assert "filtered" not in info(page)
        page.get_by_role("searchbox").first.fill(words)
        assert "filtered" in info(page)
        assert "gas-share" in column(page, "claim"), words


def test_only_the_rows_that_are_seen_are_made(listing, corpus):
    page = listing("book/claims")
    assert page.locator("table.sb-listing tbody tr").count() == 25
    page.locator(".dt-length select").select_option("-1")
    rows = page.locator("table.sb-listing tbody tr")
    assert rows.count() == len(corpus.claims)
    assert rows.last.is_visible()


@pytest.mark.parametrize("mark", ["’", "'"])
def test_a_question_leads_to_its_card(listing, mark):
    page = listing("book/questions")
    page.get_by_role("searchbox").first.fill(f"What share of the EU{mark}s gas")
    link = page.locator("tbody a").first
    anchor = link.get_attribute("href").partition("#")[2]
    link.click()
    page.locator(f"#{anchor}").wait_for()


def test_a_question_shows_its_answer_and_folds_what_proves_it(listing):
    page = listing("book/questions", viewport={"width": 1024, "height": 768})
    heads = page.locator("table.sb-listing thead").first.locator("th").all_inner_texts()
    assert [head.strip() for head in heads] == [
        *("question", "answer", "what came out", "chapter")
    ]
    table = page.locator("table.sb-listing").first
    assert table.evaluate("e => e.offsetWidth <= e.parentElement.clientWidth")
    wide = "[...e.tBodies[0].rows[0].cells].map(c => c.offsetWidth)"
    widths = table.evaluate(f"e => {wide}")
    assert max(widths) == widths[1]
    fold = page.locator("details.sb-aside").first
    assert not fold.locator("dd").first.is_visible()
    fold.locator("summary").click()
    assert "passages" in fold.locator("dt").all_inner_texts()
    assert fold.locator("dd a").first.is_visible()


@pytest.mark.parametrize("name", ["book/claims", "book/questions"])
def test_paper_has_every_row_and_every_column_inside(listing, corpus, name):
    page = listing(name, viewport={"width": 680, "height": 900})
    rows = page.locator("table.sb-listing").first.locator("tbody tr")
    assert rows.count() == 25
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    of = corpus.claims if name.endswith("claims") else answer_all(corpus)
    assert rows.count() == len(of)
    assert str(len(of)) in info(page)
    table = page.locator("table.sb-listing").first
    assert table.evaluate("e => e.getBoundingClientRect().right") <= 680
    assert table.evaluate("e => getComputedStyle(e).breakInside") == "auto"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert rows.count() == 25


def test_what_is_shown_is_what_is_taken_away(listing, corpus, tmp_path):
    page = listing("book/claims")
    facet(page, "source").select_option("BBC report")
    name, rows = download(page, tmp_path)
    assert name == "all-claims.csv"
    assert len(rows) == len(corpus.sources["bbc-2025"].claims())  # all pages of it
    shares = [row for row in rows if row["claim"] == "gas-share"]
    assert "4.3%" in shares[0]["passage"]


def test_rows_can_be_copied(listing):
    page = listing("book/sources")
    page.get_by_role("button", name="Copy").first.click()
    page.get_by_text("Copied 5 rows").wait_for()
    page.get_by_role("searchbox").first.focus()
    page.keyboard.press("Control+v")
    assert "BBC report" in page.get_by_role("searchbox").first.input_value()


def test_everything_is_reached_and_done_by_keyboard(listing):
    page = listing("book/claims")
    facet(page, "source").focus()
    page.keyboard.press("B")  # the first that begins so
    page.keyboard.press("Tab")
    assert set(column(page, "source")) <= {"BBC report", "sponsored article"}
    for _ in range(30):
        page.keyboard.press("Tab")
        inside = page.evaluate("document.activeElement.closest('thead th')?.innerText")
        if inside and "claim" in inside:
            break
    before = column(page, "claim")
    page.keyboard.press("Enter")
    page.locator("thead th[aria-sort=ascending]").wait_for()
    page.wait_for_timeout(100)
    assert column(page, "claim") != before


@pytest.mark.parametrize("name", LISTINGS)
def test_a_listing_fits_a_phone_in_light_and_dark_and_complains_of_nothing(
    listing, name
):
    page = listing(name, viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    widest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('.sb-listing-live *')]"
        ".map(e => e.getBoundingClientRect().right))"
    )
    assert widest <= PHONE["width"]
    heads = page.locator(".sb-listing-live thead").first
    assert heads.evaluate("e => e.offsetHeight") < PHONE["height"] / 6  # a few lines
    cell = page.locator("tbody td").first
    assert cell.evaluate("e => getComputedStyle(e).textAlign") == "left"
    ink = "e => getComputedStyle(e).color"
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.locator(f"html[data-theme={scheme}]").wait_for(state="attached")
        colour = page.locator("table.sb-listing tbody tr").first.evaluate(ink)
        bright = max(int(part) for part in colour[4:-1].split(",")[:3])
        assert (bright > 128) is (scheme == "dark")
    assert page.said == []
    assert page.asked == []


def test_what_flipped_is_told_against_the_release_before(visit):
    page = visit("book/questions")
    words = page.locator("section#what-flipped").inner_text()
    assert "Held against release 0.2.0" in words


def test_a_choice_in_the_explorer_filters_the_other_views(visit, corpus):
    page = visit(EXPLORER)
    total = len(corpus.claims)
    verdict = page.locator(".sb-live .verdict_marks text")
    verdict.wait_for(state="attached")
    assert verdict.text_content() == f"{total} of {total} claims chosen"
    report = corpus.sources["bbc-2025"]
    page.locator("[name=by_source_source]").select_option("BBC report")
    own = f"{len(report.claims())} of {total} claims chosen"
    page.locator(".sb-spoken", has_text=own).wait_for(state="attached")
    page.locator("[name=by_kind_kind]").select_option("quantity")
    left = f"{len(report.claims(kind='quantity'))} of {total} claims chosen"
    page.locator(".sb-spoken", has_text=left).wait_for(state="attached")
    assert page.said == []
    page.locator(".sb-live text", has_text="BBC report · ").first.click()
    page.wait_for_url("**/book/claims/bbc-2025.html#claim-bbc-2025-*")


def test_a_click_on_a_bar_keeps_what_else_is_chosen(visit, corpus):
    page = visit(EXPLORER)
    page.locator("[name=by_source_source]").select_option("BBC report")
    page.locator(".sb-live [class*=kind_left] path").first.click()
    kind = page.locator("[name=by_kind_kind]").input_value()
    assert kind != "null"
    assert page.locator("[name=by_source_source]").input_value() == "BBC report"
    left = len(corpus.sources["bbc-2025"].claims(kind=kind))
    verdict = page.locator(".sb-live .verdict_marks text")
    assert verdict.text_content().startswith(f"{left} of ")


def test_the_explorer_stands_in_one_column_on_a_phone(visit):
    page = visit(EXPLORER, viewport=PHONE)
    drawing = page.locator(".sb-live svg.marks")
    drawing.wait_for()
    assert drawing.evaluate("e => e.getBoundingClientRect().right") <= PHONE["width"]

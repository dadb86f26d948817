"""A listing holds everything of its kind, in order, and little of any source."""

from __future__ import annotations

from html import escape
from types import SimpleNamespace

import pytest
from docutils import nodes

from sourcebook.coding.claims import QuantityClaim
from sourcebook.comparing.questions import ask
from sourcebook.site import directives
from sourcebook.site.directives import ListingRows, listing_table, write_rows
from sourcebook.views.listings import (
    PASSAGE,
    Column,
    Listing,
    PageLink,
    claims_listing,
    events_listing,
    in_order_of_time,
    passage,
    sources_listing,
    usage_listing,
)


def words(cell):
    return cell.words if isinstance(cell, PageLink) else cell


def test_every_claim_is_listed_once_and_leads_to_its_entry(corpus):
    listing = claims_listing(corpus)
    links = [row[0] for row in listing.rows]
    anchors = {link.anchor for link in links}
    assert len(links) == len(anchors) == len(corpus.claims)
    claim = corpus.claim("bbc-2025/gas-share")
    row = next(
        row for row in listing.rows if row[0].anchor.endswith("bbc-2025-gas-share")
    )
    assert row[0].page == "book/claims/bbc-2025"
    assert row[1:4] == ("BBC report", "quantity", "gas share")
    assert claim.figure in row[4]
    assert row[6] == "the document"


def test_rows_are_as_long_as_their_head(corpus):
    for make in (claims_listing, events_listing, sources_listing):
        listing = make(corpus)
        assert {len(row) for row in listing.rows} == {len(listing.columns)}


def test_no_passage_is_longer_than_it_may_be(corpus):
    rows = claims_listing(corpus).rows
    assert max(len(row[4]) for row in rows) <= PASSAGE + 6  # marks, and an ellipsis
    for claim in corpus.claims:
        if isinstance(claim, QuantityClaim):
            assert " ".join(claim.figure.split()) in passage(claim, most=40)


def test_what_is_set_beside_another_document_is_counted(corpus):
    listing = usage_listing(corpus, [ask("gas", "share-of-eu-gas", corpus=corpus)])
    assert {len(row) for row in listing.rows} == {len(listing.columns)}
    of_report = [row for row in listing.rows if row[0] == "BBC report"]
    asked = sum(int(compared) for *_, compared in of_report)
    assert 0 < asked < sum(int(claims) for _, _, claims, _ in of_report)


LONG = "one two three four five six seven eight nine ten"


@pytest.mark.parametrize(
    ("figure", "most", "shown"),
    [
        pytest.param("", 60, f"“{LONG}”", id="short-enough"),
        pytest.param("", len(LONG), f"“{LONG}”", id="just-short-enough"),
        pytest.param("", 20, "“one two three four …”", id="from-the-start"),
        pytest.param("two", 10, "“one two …”", id="figure-at-the-start"),
        pytest.param("nine", 15, "“… eight nine …”", id="figure-at-the-end"),
        pytest.param("four five six", 5, "“… four five six …”", id="figure-whole"),
        pytest.param("ten", 10, "“… nine ten”", id="figure-last"),
    ],
)
def test_a_passage_is_cut_between_words_and_never_through_its_figure(
    claim, figure, most, shown
):
    assert (
        passage(claim("a/x", kind="quantity", exact=LONG, figure=figure), most=most)
        == shown
    )


def test_events_stand_in_order_of_time_and_open_beginnings_by_their_end(claim):
    times = {"a": "2016", "b": "../2015", "c": "2015-05", "d": "", "e": "1994/2020"}
    claims = [claim(f"s/{n}", kind="event", when=when) for n, when in times.items()]
    assert [c.id for c in in_order_of_time(claims)] == ["s/e", "s/c", "s/b", "s/a"]


def test_only_dated_events_and_statuses_are_events(corpus):
    dated = [c for c in corpus.claims if c.kind in {"event", "status"} and c.when]
    assert len(events_listing(corpus).rows) == len(dated)


def test_a_source_counts_its_own_claims(corpus):
    rows = {row[0].words: row for row in sources_listing(corpus).rows}
    report = rows["BBC report"]
    names = [column.name for column in sources_listing(corpus).columns]
    facts = dict(zip(names, map(words, report), strict=True))
    assert facts["claims"] == str(len(corpus.sources["bbc-2025"].claims()))
    assert facts["genre"] == "news report"
    assert facts["sponsor"] == "none named"
    sponsored = rows["sponsored article"]
    assert "Embassy" in sponsored[names.index("sponsor")]


def table_of(*rows):
    columns = (Column("name"), Column("what", "facets"), Column("more", "lines"))
    return listing_table(Listing("All", columns, rows))


ROW = (PageLink("<b>", "book/x", "y"), ("one", "two"), ("three", "four"))


@pytest.fixture
def written(monkeypatch):
    """Return a function that returns a listing's rows as a page has them."""
    # Sphinx's own log may still take warnings for errors, from a build before.
    silent = SimpleNamespace(warning=lambda *_, **__: None)
    monkeypatch.setattr(directives, "_log", silent)
    builder = SimpleNamespace(
        env=SimpleNamespace(all_docs={"book/x"}),
        current_docname="book/a",
        get_relative_uri=lambda _, page: f"{page.removeprefix('book/')}.html",
    )
    writer = SimpleNamespace(body=[], builder=builder, encode=escape, attval=escape)

    def write(*rows):
        node = table_of(*rows).deepcopy().next_node(ListingRows)
        with pytest.raises(nodes.SkipNode):
            write_rows(writer, node)
        return "".join(writer.body)

    return write


def test_a_table_says_what_its_columns_can_do():
    table = table_of(ROW)
    heads = [entry["classes"] for entry in table.findall(nodes.entry)]
    assert heads == [[], ["sb-listing-facets"], ["sb-listing-lines"]]


def test_rows_are_written_as_those_of_other_tables_with_nothing_unescaped(written):
    assert written(ROW, ('the "mission\'s" aims', "a", ("b",))) == (
        '<tr class="row-even"><th class="stub"><p><a class="reference internal" '
        'href="x.html#y">&lt;b&gt;</a></p></th>\n'
        "<td><p>one, two</p></td>\n"
        "<td><p>three</p>\n<p>four</p>\n</td>\n</tr>\n"
        '<tr class="row-odd"><th class="stub"><p>the “mission’s” aims</p></th>\n'
        "<td><p>a</p></td>\n<td><p>b</p></td>\n</tr>\n"
    )


def test_a_link_to_a_page_is_one_and_to_none_is_words(written):
    assert '<a class="reference internal" href="x.html">words</a>' in written(
        (PageLink("words", "book/x"), "a", "b")
    )
    assert ">words<" in written((PageLink("words", "book/z"), "a", "b"))

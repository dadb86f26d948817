"""The reading edition: nothing to click, passages as notes, workings at the end."""

from __future__ import annotations

import zipfile
from contextlib import contextmanager
from functools import partial
from types import SimpleNamespace

import pytest
from lxml import etree

from sourcebook.edition import epub
from sourcebook.edition.abridged_pages import MOST_ROWS
from sourcebook.edition.reading_edition import make_edition, one_form, passage_note
from sourcebook.edition.xhtml import body_of
from sourcebook.errors import SourcebookError

CHAPTER = "notebooks/synthesis/gas"
CARD = (
    '<details class="sb-card sb-answer sb-fold" open="" id="question-{0}"><summary>'
    '<span class="sb-asks">{0}?</span> <span class="sb-reply">Reply.</span></summary>'
    '<p>evidence of {0}</p><details class="sb-fold sb-more"><summary>How'
    "</summary><p>codes</p></details></details>"
)
PAGES = {
    "book/index": (
        '<p><a class="sb-claim" href="claims/acme.xhtml#claim-acme-5" title="t">5</a> '
        f'<a href="../{CHAPTER}.xhtml#question-asked">asked</a> '
        f'<a href="../{CHAPTER}.xhtml#question-rest">rest</a> '
        '<a href="claims/acme.xhtml">register</a> '
        '<a href="../book/glossary.xhtml">words</a> '
        '<a href="https://example.org/a#b">outside</a> <a id="here">bare</a></p>'
    ),
    CHAPTER: (
        '<h1>Gas</h1><div class="cell"><details class="hide above-input"><summary>'
        '<p>Show</p></summary><div class="cell_input">code</div></details></div>'
        '<div class="sb-forms"><div class="sb-wide">wide</div>'
        '<div class="sb-narrow" hidden="">narrow</div></div>'
        f"<section><h2>Story</h2>{CARD.format('asked')}</section>"
        '<section id="workings"><h2>Workings</h2><p id="slack">loosely</p></section>'
        f"<section><h2>All questions</h2><table/>{CARD.format('rest')}</section>"
        '<div class="sb-table"><table><caption>Long</caption><tbody>'
        + "<tr><td>x</td></tr>" * (MOST_ROWS + 1)
        + '</tbody></table></div><div class="sb-table"><table><tbody>'
        + "<tr><td>short</td></tr>" * MOST_ROWS
        + "</tbody></table></div>"
    ),
    "notebooks/synthesis/bare": "<h1>Bare</h1><p>Nothing is asked.</p>",
    "book/glossary": (
        '<h1>Glossary</h1><details class="sb-fold"><summary>s</summary>t</details>'
    ),
}


def _tree(body: str):
    return etree.fromstring(
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body>'
        f'<div class="body" role="main">{body}</div></body></html>'
    )


@pytest.fixture
def edition():
    pages = {name: _tree(body) for name, body in PAGES.items()}
    return make_edition(pages, {"claim-acme-5": ("“five”", "Acme, 1")}.get)


def _words(edition, name):
    return "".join(body_of(edition.pages[name]).itertext())


def _links(edition, name):
    links = body_of(edition.pages[name]).iter("{*}a")
    return {a.text: a.get("href") for a in links}


def test_links_lead_to_where_their_targets_went(edition):
    """A question that the prose does not ask stays with the site."""
    assert _links(edition, "book/index") == {
        "5": "passages.xhtml#note-1",
        "asked": f"../{CHAPTER}.xhtml#question-asked",
        "rest": f"../{CHAPTER}.xhtml",
        "register": None,
        "words": "glossary.xhtml",
        "outside": "https://example.org/a#b",
        "bare": None,
    }


def test_a_marked_word_has_a_numbered_note(edition):
    assert _words(edition, "book/index").startswith("51 ")
    assert "1 “five” Acme, 1" in _words(edition, "book/passages")


def test_a_chapter_keeps_the_line_and_the_workings_the_evidence(edition):
    chapter, workings = _words(edition, CHAPTER), _words(edition, "book/workings-gas")
    assert "asked? Reply." in chapter
    assert not any(w in chapter for w in ("evidence of", "loosely", "rest?", "codes"))
    for words in ("evidence of asked", "loosely", "Workings: Gas", "on the site: 1."):
        assert words in workings
    assert not any(w in workings for w in ("codes", "Reply", "rest?"))
    link = _links(edition, CHAPTER)["Evidence"]
    assert link == "../../book/workings-gas.xhtml#workings-question-asked"
    title = edition.pages["book/workings-gas"].find(".//{*}title")
    assert title.text == "Workings: Gas"
    assert "book/workings-bare" not in edition.pages


def test_there_is_no_code_no_fold_and_no_register(edition):
    for name, tree in edition.pages.items():
        assert not list(tree.iter("{*}details", "{*}summary")), name
        assert "code" not in _words(edition, name).replace("codes", ""), name
    assert f"“Long”: a table of {MOST_ROWS + 1} rows" in _words(edition, CHAPTER)
    assert _words(edition, CHAPTER).count("short") == MOST_ROWS


@pytest.mark.parametrize("form", ["wide", "narrow"])
def test_one_form_of_a_chart_is_kept_and_shown(form):
    tree = _tree(PAGES[CHAPTER])
    one_form(tree, f"sb-{form}")
    words = "".join(tree.itertext())
    assert (("wide" in words), ("narrow" in words)) == (form == "wide", form != "wide")
    assert not tree.xpath("//@hidden")


def test_a_chart_is_packed_in_the_form_for_small_pages(tmp_path):
    page, other = tmp_path / "gas.xhtml", tmp_path / "gas.svg"
    page.write_bytes(etree.tostring(_tree(PAGES[CHAPTER])))
    other.write_bytes(b'<g class="sb-forms"/>')
    assert b"narrow" in epub._packed(page)
    assert b"wide" not in epub._packed(page)
    assert epub._packed(other) == other.read_bytes()


def test_a_page_with_a_drawing_is_described_as_one(tmp_path):
    (tmp_path / "a.xhtml").write_text("<svg/>", encoding="utf-8")
    (tmp_path / "b.xhtml").write_text("<p/>", encoding="utf-8")
    book = SimpleNamespace(outdir=tmp_path)
    items = [
        f'<item href="{name}.xhtml" id="{name}" media-type="application/xhtml+xml" />'
        for name in "abc"
    ]
    described = partial(epub.BookEpub._described, book)
    said = [epub._ITEM.sub(described, item) for item in items]
    drawn = items[0].replace(" />", ' properties="svg" />')
    assert said == [drawn, *items[1:]]


def test_a_page_of_the_package_leads_to_what_is_in_it(tmp_path):
    page = tmp_path / "a.xhtml"
    kept = ["b.xhtml", "../c.xhtml#d", f"../_static/{epub.EDITION_CSS}"]
    paths = [*kept, "e.xhtml", "../_static/other.css"]
    links = "".join(f'<a href="{path}">x</a>' for path in paths)
    page.write_bytes(etree.tostring(_tree(links)))
    book = SimpleNamespace(env=SimpleNamespace(found_docs={"book/b", "c"}))
    tree = epub.BookEpub._strict(book, page, "book/a")
    assert [a.get("href") for a in tree.iter("{*}a")] == [*kept, None, None]


def test_the_contents_name_what_is_in_the_edition_then_what_was_made_for_it(
    edition, monkeypatch
):
    monkeypatch.setattr(epub.Epub3Builder, "get_toc", lambda _: None)
    book = object.__new__(epub.BookEpub)
    book.edition = edition
    inside = ["book/index.xhtml", "book/index.xhtml#here"]
    outside = ["book/index.xhtml#nowhere", "book/claims/acme.xhtml"]
    book.refnodes = [{"refuri": f"book/../{each}"} for each in (*inside, *outside)]
    book.get_toc()
    assert book.refnodes == [
        *({"refuri": each} for each in inside),
        {"level": 1, "refuri": "book/workings-gas.xhtml", "text": "Workings: Gas"},
        {"level": 1, "refuri": "book/passages.xhtml", "text": "Notes: the passages"},
    ]


def test_pages_become_those_of_the_edition_and_what_a_site_needs_goes(
    tmp_path, monkeypatch, make
):
    for name, body in PAGES.items():
        page = tmp_path / f"{name}.xhtml"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_bytes(etree.tostring(_tree(body)))
    beside = [
        f"_static/{name}" for name in (epub.EDITION_CSS, "search.js", "fonts/a.woff")
    ]
    for name in ("book/claims.xhtml", *beside):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    domain = SimpleNamespace(anchors={"claim-acme-5": make.claim("sales")})
    for name, value in (
        ("find_root", tmp_path),
        ("page_order", [(name, "", 0) for name in PAGES]),
        ("get_domain", domain),
    ):
        monkeypatch.setattr(epub, name, lambda _, value=value: value)
    monkeypatch.setattr(epub, "cover_png", lambda *words: " by ".join(words).encode())
    monkeypatch.setattr(epub.Epub3Builder, "handle_finish", lambda _: None)
    book = object.__new__(epub.BookEpub)
    book.outdir = book.srcdir = tmp_path
    book.env = SimpleNamespace(found_docs={*PAGES, "book/claims/acme"})
    book.config = SimpleNamespace(epub_author="We", epub_title="Tons")
    book.handle_finish()
    left = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.*")}
    names = [*PAGES, "book/workings-gas", "book/passages"]
    pages = {f"{name}.xhtml" for name in names}
    assert left == pages | {f"_static/{epub.EDITION_CSS}", epub.COVER_FILE}
    assert "rose to 14 tons" in (tmp_path / "book/passages.xhtml").read_text("utf-8")
    assert (tmp_path / epub.COVER_FILE).read_bytes() == b"Tons by We"


def test_a_note_says_where_its_passage_stands(make):
    claim = make.claim("sales", paragraph=3, section="")
    assert passage_note(claim) == ("“rose to 14 tons”", "Acme 2021, paragraph 3")
    claim = make.claim("sales", section="Of tons")
    assert passage_note(claim)[1] == "Acme 2021, Of tons"


def test_an_archive_has_one_order_and_one_date(tmp_path, monkeypatch):
    monkeypatch.setattr(epub, "find_root", lambda _: tmp_path)
    monkeypatch.setattr(epub, "book_name", lambda _: "tons")
    monkeypatch.setattr(epub, "commit_time", lambda _: str(10**9))
    names = [*epub._FIRST, "toc.ncx", "nav.xhtml", "a.css", "b.xhtml"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    made = SimpleNamespace(
        outdir=tmp_path, srcdir=tmp_path, files=["b.xhtml", "a.css", "nav.xhtml"]
    )
    epub.BookEpub.build_epub(made)
    with zipfile.ZipFile(tmp_path / "tons.epub") as archive:
        held = archive.infolist()
    assert [each.filename for each in held] == names
    assert {each.date_time for each in held} == {(2001, 9, 9, 1, 46, 40)}
    assert {(e.create_system, e.external_attr) for e in held} == {(3, 0o644 << 16)}
    stored = [e.filename for e in held if e.compress_type == zipfile.ZIP_STORED]
    assert stored == ["mimetype"]
    assert (tmp_path / "tons.epub").stat().st_mtime == 10**9


def test_an_edition_that_is_not_built_takes_no_other_away(monkeypatch, tmp_path):
    """The site names it to readers, who want it until there is the next."""
    done = [1, 0]

    @contextmanager
    def builder(_root, _name, out):
        def run():
            out.mkdir()
            (out / "book.epub").write_text("new", encoding="utf-8")
            if done.pop(0):
                raise SourcebookError("it was ended")

        yield run

    monkeypatch.setattr(epub, "book_builder", builder)
    monkeypatch.setattr(
        "sourcebook.checking.book_check.look",
        lambda _: SimpleNamespace(held=lambda: None),
    )
    book = tmp_path / epub.EPUB_FOLDER / "book.epub"
    book.parent.mkdir(parents=True)
    book.write_text("old", encoding="utf-8")
    with pytest.raises(SourcebookError):
        epub.write_pages(tmp_path)
    assert book.read_text(encoding="utf-8") == "old"
    epub.write_pages(tmp_path)
    assert book.read_text(encoding="utf-8") == "new"
    assert [path.name for path in book.parents[1].iterdir()] == ["epub"]

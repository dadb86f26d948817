"""The PDF's dates are the book's, and a missing browser is named with its remedy."""

from __future__ import annotations

import importlib
import io
import shutil
import socket
from contextlib import nullcontext
from types import SimpleNamespace

import pytest
from pypdf import PdfReader, PdfWriter

from sourcebook.edition import pdf
from sourcebook.errors import SourcebookError

CONTENT = b"/CreationDate (D:20200102030405+01'00')\n/ModDate (D:20200102030405-05'30')"


def test_every_date_is_the_one_given_and_nothing_moves():
    dated = pdf.dated(CONTENT, 0)
    assert dated.count(b"(D:19700101000000+00'00')") == 2
    assert len(dated) == len(CONTENT)


def test_a_catalogue_is_told_who_made_the_book_and_of_what_it_is(tmp_path, make):
    (tmp_path / "CITATION.cff").write_text(make.citation, encoding="utf-8")
    assert pdf.catalogued(tmp_path) == {
        "/Author": "We",
        "/Subject": "What it is about.",
        "/Keywords": "tons",
        "/Creator": "Sourcebook 1.0.0",
    }


def test_a_named_place_has_the_number_of_its_page():
    writer, out = PdfWriter(), io.BytesIO()
    for _ in range(3):
        writer.add_blank_page(9, 9)
    writer.add_named_destination("/sales", 1)
    writer.write(out)
    assert pdf.page_numbers(out.getvalue()) == {"sales": 2}


def test_without_playwright_the_remedy_is_said(monkeypatch):
    def missing(name):
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(pdf.importlib, "import_module", missing)
    with pytest.raises(
        SourcebookError, match=r"fix: .*pip install 'sourcebook\[pdf\]'"
    ):
        pdf.find_browser()


def test_without_a_browser_the_remedy_is_said(tmp_path, monkeypatch):
    api = importlib.import_module("playwright.sync_api")

    def launch(**_):
        raise api.Error("Executable doesn't exist")

    playwright = SimpleNamespace(chromium=SimpleNamespace(launch=launch))
    monkeypatch.setattr(api, "sync_playwright", lambda: nullcontext(playwright))
    with pytest.raises(SourcebookError, match="fix: apt-get install chromium"):
        pdf.find_browser()(tmp_path / "page.xhtml", True)


@pytest.mark.slow
@pytest.mark.skipif(not any(map(shutil.which, pdf.BROWSERS)), reason="no Chromium here")
def test_a_page_has_size_and_ground_of_its_styles_and_asks_for_nothing_else(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(pdf, "_MINUTES", 30_000)  # for an answer that never comes
    page = tmp_path / "page.html"
    rules = "@page { size: 1in 2in; margin: 0 } p { background: #f00 }"
    with socket.create_server(("127.0.0.1", 0)) as asked:
        picture = f"<img alt='' src='http://127.0.0.1:{asked.getsockname()[1]}/a.png'>"
        script = "<script>document.write('run')</script>"
        words = f"<style>{rules}</style><p>words{script}{picture}</p>"
        page.write_text(words, encoding="utf-8")
        (sheet,) = PdfReader(io.BytesIO(pdf.find_browser()(page, False))).pages
        asked.setblocking(False)
        with pytest.raises(BlockingIOError):  # nobody is there: nothing is fetched
            asked.accept()
    assert sheet.extract_text().strip() == "words"  # and nothing runs
    assert [*map(round, sheet.mediabox)] == [0, 0, 72, 144]  # points to an inch: 72
    assert b"1 0 0 rg" in sheet.get_contents().get_data()  # red


@pytest.mark.parametrize(("found", "prints"), [([5, 5, 6], 2), ([5, 6, 6], 3)])
def test_it_is_printed_until_its_numbers_are_those_of_its_pages(
    found, prints, monkeypatch
):
    for name in ("about_book", "read_styles", "read_chapters", "put", "print_page"):
        monkeypatch.setattr(pdf, name, lambda *_, **__: "")
    monkeypatch.setattr(pdf, "page_numbers", lambda content: {"a": int(content)})
    printed = []

    def print_it(_, to_keep):
        printed.append(to_keep)
        return b"%d" % found[len(printed) - 1]

    assert pdf.typeset("", "", "", print_it) == b"%d" % found[prints - 1]
    assert printed == [False, True, True][:prints]


def test_it_stands_under_the_name_of_the_book_with_the_time_of_the_book_each_time(
    tmp_path, make, monkeypatch
):
    (tmp_path / "CITATION.cff").write_text(make.citation, encoding="utf-8")
    printed = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(9, 9)
    writer.write(printed)
    content = printed.getvalue()
    monkeypatch.setattr(pdf, "find_browser", lambda: None)
    monkeypatch.setattr(pdf, "write_pages", lambda root: root)
    monkeypatch.setattr(pdf, "typeset", lambda *_: content)
    monkeypatch.setattr(pdf, "book_name", lambda _: "ships")
    for seconds in ("86400", "172800"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
        path = pdf.build_pdf(tmp_path)
        assert path == tmp_path / "_build/pdf/ships.pdf"
        assert path.stat().st_mtime == int(seconds)
        assert PdfReader(path).metadata["/Author"] == "We"

"""A PDF written small says the same, with words about the book, and is always one."""

from __future__ import annotations

import io

from pypdf import PdfReader, PdfWriter

from sourcebook.edition.pdf import compact


def _content(pages: int) -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    for number in range(pages):
        writer.add_blank_page(width=100, height=100 + number)
    writer.add_outline_item(title="Last", page_number=pages - 1)
    writer.add_attachment("words.txt", b"words")  # which no other stream may hold
    writer.write(out)
    return out.getvalue()


def test_pages_and_outline_stay_and_words_are_added():
    content = _content(300)  # more objects than one stream holds
    small = compact(content, {"/Author": "We", "/Subject": "Gas"})
    reader = PdfReader(io.BytesIO(small), strict=True)
    assert [page.mediabox.height for page in reader.pages] == list(range(100, 400))
    assert reader.get_destination_page_number(reader.outline[0]) == 299
    assert reader.attachments["words.txt"] == [b"words"]
    assert [len(each) for each in reader.trailer["/ID"]] == [16, 16]
    assert (reader.metadata.author, reader.metadata.subject) == ("We", "Gas")
    assert len(small) < len(content) / 3


def test_the_same_content_gives_the_same_bytes():
    content = _content(3)
    assert compact(content, {"/Author": "We"}) == compact(content, {"/Author": "We"})

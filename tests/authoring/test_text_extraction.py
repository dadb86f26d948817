"""The text that is pinned: what a document says, and a word on what was left out."""

from __future__ import annotations

import io
import re
import time
import zipfile
import zlib

import pytest
from pypdf import PdfReader, PdfWriter

from sourcebook.authoring import pdf_text
from sourcebook.authoring.incoming_file import Incoming
from sourcebook.authoring.text_extraction import extract
from sourcebook.errors import SourcebookError


def _extract(kind, data):
    return extract(Incoming(f"a{kind}", kind, data))


def _fault(kind, data):
    with pytest.raises(SourcebookError) as caught:
        _extract(kind, data)
    message = str(caught.value)
    assert message.startswith(f"a{kind}: ")
    assert "\n  fix: " in message
    return message


@pytest.mark.parametrize("kind", [".txt", ".html", ".pdf", ".docx"])
def test_every_kind_says_the_same_words(made, kind):
    text = _extract(kind, made.documents[kind]()).text
    words = " ".join(text.split())
    assert text.lstrip("# ").startswith("A port for Acton\n")
    assert "It cost around 20 million euros, 5% more than planned." in words
    assert "“We are very glad of it,” said the minister, Jane Doe." in words
    assert "14 million" in text or kind == ".txt"
    assert text.endswith("\n")
    assert "\r" not in text


def test_a_text_is_kept_to_the_byte_and_nothing_is_said(made):
    for kind in (".txt", ".md"):
        data = made.documents[kind]()
        found = _extract(kind, data)
        assert (found.text.encode(), found.said, found.extracted_with) == (data, (), "")


def test_the_front_matter_of_a_markdown_file_is_a_proposal_and_no_text():
    head = (
        "---\ntitle: 'A port'\ndate: 2024-05-03\nauthor:\n  - Doe, Jane\n  - Roe\n---\n"
    )
    found = _extract(".md", f"{head} \nIt cost 5 tons.\n---\nThen rain.\n".encode())
    assert found.text == "It cost 5 tons.\n---\nThen rain.\n"
    assert found.said == ("left out its front matter",)
    assert found.proposals == {
        "title": "A port",
        "author": "Doe, Jane; Roe",
        "issued": "2024-05-03",
    }
    for whole in ("---\n- 5 tons\n---\nRain.\n", "---\na: [\n---\n", "---\nRain.\n"):
        assert _extract(".md", whole.encode()).text == whole
    assert _extract(".txt", f"{head}Rain.\n".encode()).text.startswith("---")


def test_what_is_made_alike_in_a_text_is_said():
    found = _extract(".txt", b"\xef\xbb\xbfOne\r\ntwo\rthr\xc3\xa9e \x0c\xef\xac\x81n")
    assert found.text == "One\ntwo\nthrée fin\n"
    assert found.said == (
        "dropped the byte order mark",
        "made every line end a line feed",
        "dropped 1 control character",
        "1 × wrote a ligature as its letters (line 3)",
        "ended the last line",
    )


def test_a_web_page_is_read_without_what_stands_around_it(made):
    found = _extract(".html", made.html(around="<p>Around</p>"))
    for left_out in ("Home", "Imprint", "Around", "alert", "color"):
        assert left_out not in found.text
    assert "\n# A port" in f"\n{found.text}"
    assert "\n| 2023 | 14 million |\n" in found.text
    assert "It has a note.¹\n" in found.text
    assert "1. A note on 9 ships." in found.text
    assert found.said == (
        "read the page's <main> and nothing around it",
        "left out 1 <script> (line 6 of the file)",
        "marked 2 headings with #",
        "laid 1 table out, one line a row",
        "1 × kept the mark of a note (line 5 of the file)",
    )
    assert found.doubts == ()
    assert found.proposals == {
        "title": "A port for Acton",
        "author": "Ministry of Tons",
        "issued": "2024-05-03T10:00:00Z",
    }


def test_a_page_without_one_main_part_is_read_whole():
    page = b"<article><p>One</p></article><article><p>Two</p></article><nav>No</nav>"
    found = _extract(".html", page)
    assert found.text == "One\n\nTwo\n"
    assert found.said[0].startswith("read the whole page")


def test_what_stands_in_two_blocks_is_no_one_sentence():
    page = (
        b"<div>News</div><div>3 May 2024</div><div><div><p>It rained.</p></div></div>"
    )
    assert _extract(".html", page).text == "News\n\n3 May 2024\n\nIt rained.\n"


def test_markup_that_a_page_shows_stays_words_and_nothing_is_run():
    page = (
        b"<body><p>&lt;script&gt;alert(1)&lt;/script&gt; said <b>x</b></p>"
        b"<p onclick='alert(2)'>5 tons<script>alert(3)</script> sold</p><?php x ?>"
        b"<!-- hidden --></body>"
    )
    assert _extract(".html", page).text == (
        "<script>alert(1)</script> said x\n\n5 tons sold\n"
    )


def test_a_word_file_keeps_its_notes(made):
    packed = zipfile.ZipFile(io.BytesIO(made.docx()))
    out = io.BytesIO()
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    notes = (
        f'<w:footnotes xmlns:w="{w}"><w:footnote w:id="1"><w:p><w:r><w:t>A note on 9 '
        "ships.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    with zipfile.ZipFile(out, "w") as again:
        for name in packed.namelist():
            data = packed.read(name)
            if name == "word/document.xml":
                mark = b'<w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
                data = data.replace(b"stand still.</w:t></w:r></w:p>",
                                    b"stand still.</w:t></w:r>" + mark)  # fmt: skip
            if name == "word/_rels/document.xml.rels":
                more = (
                    f'<Relationship Id="n" Type="{rel}/footnotes" '
                    'Target="footnotes.xml"/></Relationships>'
                )
                data = data.replace(b"</Relationships>", more.encode())
            again.writestr(name, data)
        again.writestr("word/footnotes.xml", notes)
    found = _extract(".docx", out.getvalue())
    assert re.search(r"stand still\.\[1\]\n", found.text)
    assert found.text.endswith("1. A note on 9 ships.\n")
    assert found.proposals["author"] == "Jane Doe"


def test_a_page_of_a_pdf_is_parted_into_its_paragraphs(made):
    found = _extract(".pdf", made.pdf())
    assert "planned.\n\n“We are" in found.text
    assert found.text.startswith("A port for Acton\n\nThe Ministry")
    assert found.said[0] == "read 2 pages"
    assert found.proposals["title"] == "A port for Acton"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", found.proposals["issued"])


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ("Sagte “später”".encode("cp1252"), "byte 6 (0x93); likely windows-1252"),
        ("Баку и Гянджа".encode("cp1251"), "byte 0 (0xc1); likely windows-1251"),
        ("Acton".encode("utf-16"), "byte 0 (0xff); likely utf-16"),
        (b"\xef\xbb\xbfA\xff", "byte 4 (0xff)"),
        (b"<meta charset=shift_jis>\xfe", "(0xfe); likely shift_jis"),
        (b"A\0B", "a NUL at character 1"),
        (bytes(range(1, 256)) * 9, "not UTF-8 at byte 127"),
        (b"%PDF-1.7 x", "a PDF under the name of a text"),
        (b"PK\x03\x04 x", "a zip file"),
        (b" \n\n--\n", "holds no words"),
    ],
    ids="latin cyrillic utf-16 bom declared nul binary pdf zip blank".split(),
)
@pytest.mark.parametrize("kind", [".txt", ".html"])
def test_what_is_no_text_is_named_with_its_place(data, fault, kind):
    assert fault in _fault(kind, data)


def _encrypted(made):
    writer = PdfWriter(PdfReader(io.BytesIO(made.pdf())))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _scanned():
    writer = PdfWriter()
    for _ in range(3):
        writer.add_blank_page(300, 300)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _nested(depth, times):
    """Return a PDF whose page draws a form that draws a form, each many times over."""
    held = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject "
    forms = [
        held
        + b"<< /X %d 0 R >> >> /Length %d >>\nstream\n%s\nendstream"
        % (5 + n, 6 * times, b"/X Do " * times)
        for n in range(depth)
    ]
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R "
            b"/Resources << /XObject << /X 4 0 R >> >> >>"
        ),
        *forms,
        (
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 0 >>\nstream\n\n"
            b"endstream"
        ),
    ]
    return _written(objects)


def _written(objects):
    """Return a PDF of these objects, the first of them its catalogue."""
    body = b"%PDF-1.7\n" + b"".join(
        b"%d 0 obj\n%s\nendobj\n" % (n, each) for n, each in enumerate(objects, 1)
    )
    return body + b"trailer << /Root 1 0 R >>\n%%EOF"


def _of_glyphs(*drawn):
    """Return a PDF of lines, in which /G is a font that names no letters."""
    lines = b"".join(b"BT %s ET\n" % each for each in drawn)
    return _written(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            (
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
                b"/Resources << /Font << /F 5 0 R /G 6 0 R >> >> >>"
            ),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(lines), lines),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            (
                b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H "
                b"/DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X "
                b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
                b"/Supplement 0 >> /DW 600 >>] >>"
            ),
        ]
    )


def test_a_glyph_of_no_letter_is_marked_and_a_text_of_them_is_refused():
    """A browser's PDF without its table of letters has "25.5" as the glyphs 21 to 24.

    Numbers of glyphs below 32 came out as control characters, and were dropped.
    """
    figure = b"/G 12 Tf 228 700 Td <00150018001100480049> Tj"
    found = _extract(
        ".pdf",
        _of_glyphs(
            b"/F 12 Tf 50 700 Td (What the port sold then rose to) Tj",
            figure,
            b"/F 12 Tf 270 700 Td (percent of all that was sold.) Tj",
        ),
    )
    (doubt,) = found.doubts
    assert (doubt.what, doubt.words) == ("strange", "\ufffd" * 5)
    assert "then rose to \ufffd\ufffd\ufffd\ufffd\ufffd percent of all" in found.text
    words = b"/G 12 Tf 50 700 Td <%s> Tj" % (b"0024003500410052" * 10)
    assert "40 of 41 characters stand for no letter" in _fault(
        ".pdf", _of_glyphs(words)
    )


def test_a_pdf_that_asks_for_any_time_and_memory_is_refused(monkeypatch):
    """PDFium would go on until it is ended, and whoever reads with it."""
    monkeypatch.setattr(pdf_text, "_SECONDS", 1)
    assert "1 seconds, or 1 GB of memory" in _fault(".pdf", _nested(12, 12))


def test_a_pdf_of_some_kilobytes_that_inflates_to_a_gigabyte_is_refused():
    packer = zlib.compressobj(9)
    blanks = b" " * 10_000_000
    packed = b"".join(packer.compress(blanks) for _ in range(60)) + packer.flush()
    packed = zlib.compress(packed, 9)
    head = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>" % len(packed)
    before, form, after = _nested(1, 1).partition(b"4 0 obj\n")
    after = after[after.index(b"\nendobj") :]
    data = before + form + head + b"\nstream\n" + packed + b"\nendstream" + after
    assert len(data) < 3_000
    began = time.monotonic()
    assert "1 GB of memory, are not enough" in _fault(".pdf", data)
    assert time.monotonic() - began < 15


@pytest.mark.parametrize(
    ("error", "kind", "said"),
    [
        (MemoryError(), SourcebookError, "are not enough to read it"),
        (KeyError("nobody foresaw"), KeyError, "nobody foresaw"),
    ],
    ids=["memory", "anything else"],
)
def test_what_goes_wrong_apart_is_raised_here(made, monkeypatch, error, kind, said):
    def fail(_incoming):
        raise error

    monkeypatch.setattr(pdf_text, "_read", fail)
    with pytest.raises(kind, match=said):
        _extract(".pdf", made.pdf())


def _meant(*lines, letters):
    """Return a PDF whose font says of some letters which others they stand for."""
    shown = "".join(f"0 -14 Td ({line}) Tj " for line in lines)
    pairs = "".join(
        f"<{ord(sign):02x}> <{''.join(f'{ord(unit):04x}' for unit in units)}>\n"
        for sign, units in letters.items()
    )
    drawn = f"BT /F 12 Tf 60 700 Td {shown}ET"
    said = (
        "begincmap 1 begincodespacerange <00> <ff> endcodespacerange "
        f"{len(letters)} beginbfchar\n{pairs}endbfchar endcmap"
    )
    parts = (
        "<</Type /Catalog /Pages 2 0 R>>",
        "<</Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842]>>",
        "<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources 7 0 R>>",
        f"<</Length {len(drawn)}>>\nstream\n{drawn}\nendstream",
        "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R>>",
        f"<</Length {len(said)}>>\nstream\n{said}\nendstream",
        "<</Font <</F 5 0 R>>>>",
    )
    body = "".join(f"{n} 0 obj\n{p}\nendobj\n" for n, p in enumerate(parts, 1))
    return f"%PDF-1.4\n{body}trailer <</Root 1 0 R>>\n".encode()


def test_a_hyphen_that_a_pdf_prints_as_a_soft_one_is_a_hyphen():
    pdf = _meant("From 1-12 months, and", "13-24 months.", letters={"-": "\u00ad"})
    assert "1-12 months, and\n13-24 months" in _extract(".pdf", pdf).text


def test_firm_blanks_between_all_words_of_a_pdf_are_blanks():
    rows = (
        "It counted the ships:",
        "Acton   287   242   223",
        "Beeton  207   208   211",
    )
    found = _extract(".pdf", _meant(*rows, letters={" ": "\u00a0"}))
    assert "It counted the ships" in found.text
    assert "287\u00a0242" not in found.text
    few = _meant("It counted 12~300 ships, more", letters={"~": "\u00a0"})
    assert "counted 12\u00a0300 ships" in _extract(".pdf", few).text


def test_words_of_a_pdf_that_run_from_right_to_left_are_refused_or_doubted():
    arabic = {chr(97 + n): chr(0x0627 + n) for n in range(26)}
    pdf = _meant("olleh dlrow", "olleh dlrow olleh", letters=arabic)
    assert "run from right to left" in _fault(".pdf", pdf)
    some = {letter: arabic[letter] for letter in "qxz"}
    pdf = _meant("IT WAS CALLED zzxqx BY THE OTHERS", letters=some)
    (doubt,) = _extract(".pdf", pdf).doubts
    assert doubt.words == "page 1: words that run from right to left"


def test_a_pdf_without_text_or_with_a_password_is_refused(made):
    assert "a.pdf: encrypted" in _fault(".pdf", _encrypted(made))
    assert "almost no text on 3 pages" in _fault(".pdf", _scanned())
    assert "not a PDF that can be read" in _fault(".pdf", b"%PDF-1.4 nothing")
    assert "not a PDF that can be read" in _fault(".pdf", made.pdf()[:900])


def test_a_word_file_that_is_none_or_is_a_trap_is_refused(monkeypatch):
    assert "encrypted, or an old .doc" in _fault(".docx", b"\xd0\xcf\x11\xe0 x")
    assert "not a Word file" in _fault(".docx", b"PK\x03\x04 nothing")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("word/document.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>")
    assert "word/document.xml declares entities" in _fault(".docx", out.getvalue())
    module = "sourcebook.authoring.word_text.MOST_UNPACKED"
    monkeypatch.setattr(module, 1_000_000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * 1_000_001)
    assert "unpacks to more than 1 MB" in _fault(".docx", out.getvalue())


def _word(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("name", ["word/document.xml", "word/other.bin"])
@pytest.mark.parametrize(
    "data",
    [
        "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>".encode("utf-16"),
        "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE x><x/>".encode("utf-16-be"),
        "\n<!DOCTYPE x><x/>".encode("utf-32"),
        b"\xef\xbb\xbf <x><!ENTITY a 'b'></x>",
        b"<?xml version='1.0' encoding = \"UTF-7\"?><x/>",
    ],
    ids=["utf-16", "utf-16-be", "utf-32", "utf-8", "utf-7"],
)
def test_a_word_file_that_declares_entities_is_refused_in_any_encoding(name, data):
    assert f"{name} declares entities" in _fault(".docx", _word({name: data}))


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (".docx", lambda: _word({"word/a.xml": b"<a><!--" + b" " * 190_000_000})),
        (".docx", lambda: _word({"word/a.xml": b"<a>" + b"<p/>" * 4_000_000})),
        (
            ".html",
            lambda: b"<p " + b"".join(b"a%d " % n for n in range(100_000)) + b">",
        ),
        (
            ".html",
            lambda: b"<p " + b"".join(b"a%d=''" % n for n in range(9_999)) + b">",
        ),
        (".html", lambda: b"it's <b>so" * 700_000),
    ],
    ids=["comment", "paragraphs", "attributes", "values", "tags"],
)
def test_a_file_of_markup_without_end_is_refused_in_seconds(kind, data):
    content = data()
    began = time.process_time()
    assert "more markup than a" in _fault(kind, content)
    assert time.process_time() - began < 5


def test_a_page_with_a_long_picture_in_a_tag_is_read():
    page = b"<p>It's <img alt='' src=\"data:" + b"a b=" * 9_000 + b'">5 tons</p>'
    assert _extract(".html", page).text == "It's 5 tons\n"


def test_a_chapter_of_a_book_for_e_readers_is_a_page():
    page = (
        '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml">'
        "<body><h1>A port</h1><p>It sold 5.</p></body></html>"
    )
    assert _extract(".xhtml", page.encode()).text == "# A port\n\nIt sold 5.\n"


def test_what_cannot_be_seen_is_dropped_and_said():
    found = _extract(".txt", "12\u200b% of the \u202egas\u200b, a\u00adlong\n".encode())
    assert found.text == "12% of the gas, along\n"
    assert found.said == (
        "1 × took the direction off words that it turns (line 1)",
        "dropped what cannot be seen: 1 U+00AD, 2 U+200B",
    )
    assert [doubt.words for doubt in found.doubts] == [
        "seen from right to left: gas, along"
    ]


def test_a_text_too_long_to_be_read_is_refused():
    assert "2,000,001 characters" in _fault(".txt", b"a" * 2_000_000)
    began = time.process_time()
    assert "14,000,000 characters" in _fault(".txt", b"5 tons " * 2_000_000)
    assert time.process_time() - began < 2


def test_a_table_whose_cells_span_without_end_is_refused():
    row = "<tr>" + "<td rowspan=200 colspan=200>5</td>" * 30 + "</tr>"
    page = f"<table>{row}{'<tr><td>1</td></tr>' * 300}</table>"
    assert "a table of more than 300,000 cells" in _fault(".html", page.encode())


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 300 + "6",
        "<div>" * 20_000 + "6",
        "<table><tr><td>" * 100 + "6",
        "6" * 10_000_001,
    ],
    ids=["some", "deep", "tables", "letters"],
)
def test_a_page_that_the_library_reads_in_part_is_refused(page):
    """What stands behind would be lost, and nothing would say so."""
    fault = _fault(".html", f"<p>5 tons</p>\n{page}<p>7".encode())
    assert "cannot be read beyond line" in fault


def test_a_run_of_letters_is_a_doubt_and_takes_nothing_with_it():
    """Neither what stands before it, which is a place, nor what is hidden beside it."""
    run = "9" * 2000
    page = f"<p>{run} tons</p><p hidden>{run}</p><p>5 tons</p>"
    found = _extract(".html", page.encode())
    assert found.text == f"{run} tons\n\n5 tons\n"
    assert [doubt.what for doubt in found.doubts] == ["run", "hidden"]


@pytest.mark.parametrize(
    ("declared", "meant"),
    [
        ("windows-1252", "windows-1252"),
        ("ISO-8859-1", "windows-1252"),
        ("iso-8859-15", "iso-8859-15"),
        ("windows-1251", "windows-1251"),
    ],
)
def test_a_page_is_read_in_the_letters_that_it_declares_and_says_so(declared, meant):
    words = {"windows-1251": "“Привет” €5", "iso-8859-15": "Café €5"}
    words = words.get(meant, "“Café” – €5")
    page = f'<meta charset="{declared}"><p>{words} in all.</p>'
    found = _extract(".html", page.encode(meant))
    assert found.text == f"{words} in all.\n"
    assert found.said[0] == f"read it as {meant}, as it declares"
    assert _extract(".html", page.encode()).text == found.text


def test_a_sign_that_pdfium_has_as_two_halves_is_one_and_a_half_is_none():
    halves = {"x": "\ud835\udc65" * 2, "y": "\udc65"}
    found = _extract(
        ".pdf", _meant("The price of it is x or y, and more", letters=halves)
    )
    assert "it is x or \ufffd, and more" in found.text
    assert [doubt.what for doubt in found.doubts] == ["strange"]

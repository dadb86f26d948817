"""A chapter's file holds all it needs, and says where it does not lead."""

from __future__ import annotations

import base64
import hashlib
import json
from types import SimpleNamespace

import pytest

from sourcebook.site import offline_files
from sourcebook.site.offline_files import (
    file_name,
    own_rows,
    parts,
    policy,
    read_scripts,
    with_pictures,
    write_chapters,
)

PAGE = "notebooks/synthesis/sales"
CARD = (
    '<template class="sb-evidence-of"><div class="sb-card" data-source="acme-2021">'
    '<div id="card-{0}-says"><p>{0}</p></div><table></table><p class="sb-on">'
    '<a href="../../book/claims/acme-2021.html#{0}">Entry</a></p></div></template>'
)
MARKUP = (
    '<p>Frame.</p><article class="bd-article"><section id="sales">'
    '<h1>Sales</h1><section id="rise">\n<h2>A rise?<a class="headerlink" '
    'href="#rise">#</a></h2><a href="../../book/claims/acme-2021.html#claim-a">9</a>'
    '<a href="trade.html#rise">Trade</a><a href="sales.html#rise">here</a>'
    '<a href="https://example.org/">out</a></section></section>'
    f"{CARD.format('term-b')}{CARD.format('claim-a')}</article>"
    '<div class="sb-page"><p class="sb-editions">PDF</p><details>Cite</details></div>'
)


@pytest.fixture
def made():
    return parts(MARKUP, page=PAGE, base="")


def test_a_link_leads_to_what_the_file_holds(made):
    assert '<a href="#claim-a">9</a>' in made["article"]
    assert '<a href="#rise">here</a>' in made["article"]
    assert '<a href="https://example.org/">out</a>' in made["article"]


def test_a_heading_of_the_same_name_on_another_page_is_not_taken_for_ours(made):
    away = '<a role="link" aria-disabled="true" data-away>Trade</a>'
    assert away in made["article"]


def test_a_link_to_another_page_leads_to_the_published_book():
    made = parts(MARKUP, page=PAGE, base="https://example.org/b/")
    there = "https://example.org/b/notebooks/synthesis/trade.html#rise"
    assert f'<a href="{there}">Trade</a>' in made["article"]


def test_what_links_lead_to_stands_in_the_file_passages_first(made):
    assert [name for _, name, _ in made["cited"]] == ["claim-a", "term-b"]
    assert made["cited"][0][::2] == ('data-source="acme-2021"', "<p>claim-a</p>")


def test_a_page_too_long_for_its_cards_gets_them_here():
    made = parts(MARKUP, page=PAGE, base="", cards=CARD.format("claim-c"))
    assert "claim-c" in [name for _, name, _ in made["cited"]]


def test_what_the_page_itself_shows_is_not_shown_twice():
    own = MARKUP.replace(
        "<h1>", f'<p id="question-d"></p>{CARD.format("question-d")}<h1>'
    )
    made = parts(own, page=PAGE, base="")
    assert "question-d" not in [name for _, name, _ in made["cited"]]
    assert "question-d" in made["held"]


def test_contents_and_foot_come_along_without_the_offers_of_the_site(made):
    assert made["headings"] == [("rise", "A rise?")]
    assert made["facts"] == '<div class="sb-page"><details>Cite</details></div>'


def test_the_search_has_the_rows_that_lead_into_the_file():
    rows = [
        ["passage", "9 € </script>", "book/claims/acme-2021.html#claim-a"],
        ["passage", "8", "book/claims/acme-2021.html#claim-z"],
        ["fact", "7", "notebooks/synthesis/record.html#fact-b"],
        ["page", "Rise", "notebooks/synthesis/trade.html#rise"],
    ]
    index = {"rows": rows, "alike": ["rise growth"], "unfound": {"words": ["oil"]}}
    script = own_rows(index, {"claim-a", "fact-b", "rise"})
    assert json.loads(script) == {
        "rows": [["passage", "9 € </script>", "#claim-a"], ["fact", "7", "#fact-b"]],
        "alike": ["rise growth"],
    }
    assert "<" not in script
    assert "€" in script  # as it is: an escape would take more room


def test_a_script_cannot_end_the_page_it_stands_in(tmp_path):
    (tmp_path / "a.js").write_bytes(b'let a = "</script><!--";\r\nb();')
    script = read_scripts(tmp_path, ["a.js"])
    assert script == 'let a = "<\\/script><\\!--";\nb();'


def test_only_the_file_s_own_scripts_may_run():
    digest = base64.b64encode(hashlib.sha256(b"a()").digest()).decode()
    rules = policy("a()").split("; ")
    assert rules[:2] == ["default-src 'none'", f"script-src 'sha256-{digest}'"]


def test_pictures_stand_in_the_file(tmp_path):
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    page = '<img alt="" src="a.png"><img src="data:image/gif;base64,R0"><q x="src=">'
    shown = with_pictures(page, tmp_path)
    assert '<img alt="" src="data:image/png;base64,iVBORw==">' in shown
    assert '<img src="data:image/gif;base64,R0">' in shown


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Return a function that writes the chapters of a site; it tells of which."""
    out, rendered = tmp_path / "html", []
    monkeypatch.setattr(offline_files, "own_context", lambda *_, **__: {})
    monkeypatch.setattr(offline_files, "load_work", lambda _: "Book")
    monkeypatch.setattr(offline_files, "cards_html", lambda *_: "")
    monkeypatch.setattr(offline_files, "made_from", lambda app: app.cards)
    (out / "_static").mkdir(parents=True)
    empty = 'window.sourcebookSearch = {"rows": [], "alike": []};\n'
    (out / "_static/search-data.js").write_text(empty)

    def render(_template, context):
        rendered.append(context["title"])
        return f"{context['address']} {context['article']}".strip()

    def write(cards="cards", *, base="", **pages):
        for name, words in pages.items():
            path = out / f"notebooks/synthesis/{name}.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f'<article class="bd-article">{words}</article>')
        names = {f"notebooks/synthesis/{name}": name for name in pages}
        titles = {
            page: SimpleNamespace(astext=lambda t=t: t) for page, t in names.items()
        }
        app = SimpleNamespace(
            outdir=out, doctreedir=tmp_path, srcdir=tmp_path, cards=cards,
            config=SimpleNamespace(sourcebook_url=base),
            env=SimpleNamespace(found_docs=set(names), titles=titles),
            builder=SimpleNamespace(
                name="html", templates=SimpleNamespace(render=render)
            ),
        )  # fmt: skip
        rendered.clear()
        write_chapters(app)
        return [*rendered], {n: (out / file_name(n)).read_text() for n in names}

    return write


def test_a_chapter_is_put_into_its_file_where_its_page_is_another(written):
    assert written(gas="a", tone="b")[0] == ["gas", "tone"]
    made, files = written(gas="a", tone="c")
    assert made == ["tone"]
    assert files == {"notebooks/synthesis/gas": "a", "notebooks/synthesis/tone": "c"}


def test_a_chapter_says_where_it_is_on_the_web_if_it_is_there(written):
    _, files = written(base="https://example.org/b/", gas="a")
    address = "https://example.org/b/notebooks/synthesis/gas.html"
    assert files == {"notebooks/synthesis/gas": f"{address} a"}


def test_every_chapter_is_put_into_its_file_where_cards_are_others(written):
    written(gas="a", tone="b")
    assert written(gas="a", tone="b")[0] == []
    assert written("others", gas="a", tone="b")[0] == ["gas", "tone"]


def test_beside_each_source_of_a_page_lies_what_saves_it(tmp_path):
    sources = tmp_path / offline_files._SOURCES
    sources.mkdir()
    for name in ("a.md", "b.txt"):
        (sources / name).write_text("# A", encoding="utf-8")
    offline_files._pack(SimpleNamespace(outdir=tmp_path))
    (path,) = sources.glob("*.js")
    assert path.name == "a.md.js"
    assert path.read_text("utf-8") == offline_files.as_script("a.md", "# A")


def test_a_picture_that_is_another_makes_the_file_anew(written, tmp_path):
    picture = tmp_path / "html/notebooks/synthesis/a.svg"
    picture.parent.mkdir(parents=True)
    picture.write_text("<svg/>")
    shown = '<img src="a.svg">'
    written(gas=shown)
    assert written(gas=shown)[0] == []
    picture.write_text("<svg></svg>")
    assert written(gas=shown)[0] == ["gas"]

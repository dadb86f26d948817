"""A figure reaches every reader: offline, in the same bytes, never without words."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from types import SimpleNamespace

import altair as alt
import pandas as pd
import pytest
import vl_convert as vlc
from bs4 import BeautifulSoup

from sourcebook.errors import SourcebookError
from sourcebook.views import figure
from sourcebook.views.chart_frame import ALT_WORDS, read_out
from sourcebook.views.charts import slack_control, spread
from sourcebook.views.figure import NAMED_ROW, show
from warm_kernels.chart_drawing import draw_here

HOSTILE = '</script><img src=x onerror="alert(1)"> & <!-- "'


class Elements(HTMLParser):
    """Collects the names of all elements, and the text of scripts."""

    def __init__(self):
        super().__init__()
        self.names, self.script = [], ""

    def handle_starttag(self, tag, _attrs):
        self.names.append(tag)

    def handle_data(self, data):
        if self.lasttag == "script":
            self.script += data


def elements(markup):
    parser = Elements()
    parser.feed(markup)
    return parser


def points(**fields):
    data = alt.Data(values=[{"x": 1}, {"x": 2}])
    return alt.Chart(data, **fields).mark_point().encode(x="x:Q")


def test_a_chart_without_a_description_is_refused():
    with pytest.raises(SourcebookError, match="without a description"):
        figure.show(points())


@pytest.mark.parametrize("given", ["chart", "argument"])
def test_the_description_is_what_a_blind_reader_gets_everywhere(given):
    words = 'Two points, "one" & two'
    if given == "chart":
        drawn = figure.show(points(description=words))
    else:
        drawn = figure.show(points(), description=words)
    forms = drawn._repr_mimebundle_()
    assert forms["text/plain"] == repr(drawn) == words
    assert forms[figure.VEGALITE_MIME]["description"] == words
    for name in ("text/html", "image/svg+xml"):
        assert 'role="img" aria-label="Two points, &quot;one&quot; &amp;' in forms[name]


def test_data_from_elsewhere_are_refused():
    chart = alt.layer(
        points(),
        alt.Chart("https://example.org/data.csv").mark_point(),
        description="d",
    )
    with pytest.raises(SourcebookError, match=r"example\.org"):
        figure.show(chart)


def test_a_column_may_be_called_url():
    data = alt.Data(values=[{"url": "claims.html"}])
    chart = alt.Chart(data).mark_point().encode(text="url:N")
    assert figure.show(chart, description="d")


def test_no_form_names_another_host(around, bare):
    drawn = slack_control(around, bare)
    forms = drawn._repr_mimebundle_()
    text = forms["text/html"] + forms["image/svg+xml"]
    hosts = set(re.findall(r"https?://[^/\"]+", text))
    assert hosts <= {"http://www.w3.org", "https://vega.github.io"}  # names, not loads
    assert not re.search(r"""(src|href)=["']?https?:""", text)


@pytest.mark.slow
def test_the_same_chart_gives_the_same_bytes_in_another_process():
    code = (
        "import altair as alt; from sourcebook.views import figure as f\n"
        "d = alt.Data(values=[{'x': 1}, {'x': 2}])\n"
        "c = alt.Chart(d).mark_point().encode(x='x:Q')\n"
        "print(f.show(c, description='d').html())"
    )
    other = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert other.stdout.strip() == figure.show(points(), description="d").html()


def test_the_same_claims_give_the_same_bytes_twice(around, bare):
    one, two = (slack_control(around, bare)._repr_mimebundle_() for _ in range(2))
    assert one == two


def test_a_still_holds_nothing_to_follow(around, bare):
    drawn = slack_control(around, bare)
    assert "/book/claims/bbc-2025.html#" in drawn.source
    assert "bbc-2025.html" not in drawn.svg()


def listed(markup):
    details = BeautifulSoup(markup, "html.parser").select_one("figure > details")
    return details and [(a["href"], a.get_text()) for a in details.select("li a")]


def test_the_claims_of_a_chart_are_listed_once_below_it(around, bare):
    drawn = slack_control(around, bare)
    assert listed(drawn.html()) == [
        (
            "../../book/claims/valiyev-yagubova-2022.html#claim-valiyev-yagubova-2022-share",
            "policy brief: “around 5%”",
        ),
        ("../../book/claims/bbc-2025.html#claim-bbc-2025-share", "BBC report: “4.3%”"),
    ]
    assert "<details" not in drawn.svg()


@pytest.mark.parametrize("combine", [alt.layer, alt.hconcat])
def test_claims_are_listed_wherever_a_chart_keeps_its_rows(combine):
    rows = [
        {"x": 1, "href": "a#claim-a-b", "source": "BBC", "quote": "for"},
        {"x": 2},
    ]
    inner = alt.Chart(alt.Data(values=rows)).mark_point().encode(x="x:Q")
    bare = "claims/bbc-2025.html#claim-bbc-2025-gas-share"
    table = alt.Chart(
        pd.DataFrame([{"x": 1, "href": bare, "id": "bbc-2025/gas"}])
    ).mark_point()
    drawn = show(combine(inner, table.encode(x="x:Q")), description="d")
    assert sorted(listed(drawn.html())) == [
        ("a#claim-a-b", "BBC: “for”"),
        (bare, "bbc-2025/gas"),
    ]


def test_a_chart_without_claims_has_no_list():
    assert listed(show(points(), description="d").html()) is None


def test_the_list_of_claims_escapes_what_a_source_says(claim, quantity):
    said = claim("bbc-2025/x", quantity("5%", "5"), exact=HOSTILE)
    ((_, words),) = listed(spread([said], title="t", description="d").html())
    assert words.startswith("BBC report: “</script><img src=x")


def test_text_of_a_source_cannot_become_markup(claim, quantity):
    drawn = spread(
        [claim("bbc-2025/x", quantity("5%", "5"), exact=HOSTILE, of=HOSTILE)],
        title=HOSTILE,
        description=HOSTILE,
    )
    seen = elements(drawn.html())
    assert seen.names.count("script") == 1
    assert "img" not in seen.names
    assert HOSTILE in json.loads(seen.script)[0]["note"]


def test_the_title_is_the_caption_of_the_page_and_text_in_the_other_forms():
    drawn = show(points(), title="Shares <of> gas", subtitle="In 2022", description="d")
    forms = drawn._repr_mimebundle_()
    page = BeautifulSoup(forms["text/html"], "html.parser")
    assert page.select_one("figcaption strong").get_text() == "Shares <of> gas"
    assert page.select_one(".sb-subtitle").get_text() == "In 2022"
    assert page.select_one("figure")["id"] == "fig-shares-of-gas"
    assert page.select_one(".sb-figure-number")["href"] == "#fig-shares-of-gas"
    assert forms["text/html"].count("Shares &lt;of&gt; gas</text>") == 0
    assert forms["image/svg+xml"].count("Shares &lt;of&gt; gas</text>") == 1
    assert forms[figure.VEGALITE_MIME]["title"] == "Shares <of> gas"


def test_a_figure_is_drawn_once_for_all_its_forms(monkeypatch):
    asked = []

    def draw(spec):
        asked.append(spec)
        return draw_here(spec)

    monkeypatch.setattr(figure, "draw", draw)
    figure._still.cache_clear()
    show(points(), title="Once", description="d")._repr_mimebundle_()
    assert len(asked) == 1


def test_a_description_nobody_would_sit_through_is_refused(bare):
    with pytest.raises(SourcebookError, match="of 51 words"):
        show(points(), description="word " * 51)
    with pytest.raises(SourcebookError, match="of 51 words"):
        spread([bare], title="t", description="word " * 51)


def test_ids_belong_to_their_drawing_whatever_was_drawn_before():
    one, two = (
        figure.show(points(title=name).mark_point(clip=True), description=name)
        for name in ("one", "two")
    )
    drawn = [one.svg(), two.svg(), one.svg()]
    ids = [set(re.findall(r'\bid="([^"]+)"', svg)) for svg in drawn]
    assert ids[0]
    assert not ids[0] & ids[1]
    assert drawn[0] == drawn[2]
    for svg, own in zip(drawn, ids, strict=True):
        assert set(re.findall(r"url\(#([^)]+)\)", svg)) == own


def test_jupyterlab_draws_the_same_words_as_the_book(around, bare):
    drawn = slack_control(around, bare)
    lab = drawn._repr_mimebundle_()[figure.VEGALITE_MIME]
    assert lab["width"] == figure.WIDTH
    old = vlc.vegalite_to_svg(lab, vl_version="5.21")
    words = [re.findall(r"<text[^>]*>([^<]*)", svg) for svg in (old, drawn.svg())]
    assert words[0] == words[1][: len(words[0])]
    assert words[1][-1] == "Source: policy brief (2022), BBC report (2025)"


def test_a_live_front_end_gets_no_still_that_it_would_prefer(monkeypatch):
    request = {"metadata": {"cellId": "c1"}}
    shell = SimpleNamespace(kernel=SimpleNamespace(get_parent=lambda: request))
    python = SimpleNamespace(get_ipython=lambda: shell)
    monkeypatch.setitem(sys.modules, "IPython", python)
    assert set(show(points(), description="d")._repr_mimebundle_()) == {
        figure.VEGALITE_MIME,
        "text/plain",
    }


def test_a_chart_of_named_rows_says_its_height_in_pixels():
    data = alt.Data(values=[{"who": name, "n": 1} for name in ("a", "b", "b")])
    chart = alt.Chart(data).mark_bar().encode(x="n:Q", y="who:N")
    layered = chart + alt.Chart(data).mark_text().encode(x="n:Q", y="who:N")
    for each in (chart, layered):
        spec = show(each.properties(width="container"), description="x").spec
        assert spec["height"] == 2 * NAMED_ROW
        assert spec["autosize"]["type"] == "fit-x"
    assert "height" not in show(chart, description="x").spec


def test_the_title_of_a_layer_is_the_figures():
    drawn = show(points(title="Within") + points(), description="d")
    assert drawn.caption.title == "Within"
    assert "Within" not in drawn.html().partition("</figcaption>")[2]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "Ships"),
        ([46], "Ships: 46."),
        ([20, 26], "Ships: 20; 26."),
        ([20, 27, 1], "Ships: 20; and 2 more."),
        ([47, 1], "Ships: 2 rows."),
        ([47], "Ships: 1 row."),
    ],
)
def test_rows_are_read_out_up_to_the_last_that_fits(rows, said):
    long = {f"word{' word' * (n - 1)}": str(n) for n in rows}
    told = re.sub(r"word( word)*", lambda m: long[m[0]], read_out("Ships", long))
    assert told == said


def test_a_title_has_fifteen_words_at_most(bare):
    assert spread([bare], title="word " * 15).caption.id == "fig" + "-word" * 15
    for title in ("", "word " * 16):
        with pytest.raises(SourcebookError, match="at most 15"):
            spread([bare], title=title)


def test_an_alternative_text_says_as_many_rows_as_it_has_room_for():
    said = read_out("Ships by year", ["one"] * 300)
    assert said.endswith("; one; and 256 more.")
    assert len(said.split()) == ALT_WORDS

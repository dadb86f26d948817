"""What a web page says of its words by type and markup comes through, or is told."""

from __future__ import annotations

import time

import pytest

from sourcebook.authoring.incoming_file import Incoming
from sourcebook.authoring.text_extraction import extract


def _read(body):
    return _page(f"<main>{body}</main>")


def _page(body):
    page = f"<html><body>{body}</body></html>"
    return extract(Incoming("a.html", ".html", page.encode()))


@pytest.mark.parametrize(
    ("body", "text", "doubts"),
    [
        ("<p>12.4<sup>3</sup> tons</p>", "12.4³ tons", ["raised"]),
        ("<p>in 2022<sup>4</sup>, CO<sub>2</sub></p>", "in 2022⁴, CO₂", []),
        ('<p>45<sup><a href="#n5">5</a></sup> tons</p>', "45⁵ tons", []),
        ('<p>in 2022.<a href="#footnote-1">1</a></p>', "in 2022.¹", []),
        ('<p>in <b>2022</b><a href="a.html#fn1">1</a></p>', "in 2022¹", []),
        ('<p>5<a href="#fn1"><sup>1</sup></a> tons</p>', "5¹ tons", []),
        ('<p>see <a href="#footnote-1">1</a></p>', "see 1", []),
        ('<p>port <a href="#part-2">2</a></p>', "port 2", []),
        ("<p>the 20<sup>th</sup> ship</p>", "the 20th ship", []),
        ("<p>2<sup>1</sup>⁄<sub>2</sub> tons</p>", "2 1/2 tons", []),
        (
            "<p>took <del>8</del> <ins>9</ins> tons</p>",
            "took 9 tons",
            ["deleted", "inserted"],
        ),
        ("<p>some <s>15</s> 21 tons</p>", "some 21 tons", ["struck"]),
        (
            "<p>Six</p><aside><h2>More</h2><p>7 ships</p></aside><p>Two</p>",
            "Six\n\n## More\n\n7 ships\n\nTwo",
            ["layout"],
        ),
        (
            '<p>Six<sup>1</sup></p><aside role="doc-footnote">1 So</aside><p>Two</p>',
            "Six¹\n\nTwo\n\n1 So",
            [],
        ),
        (
            '<p>Six of us</p><div class="newsletter">7 letters</div>',
            "Six of us",
            [],
        ),
        (
            '<p>some <span style="text-decoration: line-through">15</span> 21</p>',
            "some 21",
            ["struck"],
        ),
        ("<p>One</p><p hidden>99 ships</p><p>Two</p>", "One\n\nTwo", ["hidden"]),
        (
            '<p>One</p><div style="display:none"><p>9</p><p>8</p></div><p>Two</p>',
            "One\n\nTwo",
            ["hidden"],
        ),
        ('<p>One <span class="sr-only">99</span> two</p>', "One two", ["hidden"]),
        ('<p>One <span style="visibility: hidden">9</span> x</p>', "One x", ["hidden"]),
        (
            "<p>was <math><mfrac><mn>4</mn><mn>5</mn></mfrac></math> of it</p>",
            "was 4/5 of it",
            ["equation"],
        ),
        (
            (
                "<p>or <math><msup><mn>10</mn><mrow><mo>−</mo><mn>3</mn></mrow></msup>"
                "<annotation>10^{-3}</annotation></math></p>"
            ),
            "or 10^(−3)",
            ["equation"],
        ),
        ('<p>See <img src=x alt="66 percent"> it</p>', "See it", ["picture"]),
        ('<p>See <img src=x alt="a port"> it</p>', "See it", []),
        ("<p>Price <input value=7><select><option>8</select> low</p>", "Price low", []),
        ("<p><ruby>漢<rt>kan</rt></ruby> 5</p>", "漢 5", []),
        ("<ol start=5><li>men</li><li>ships</li></ol>", "5. men\n\n6. ships", []),
        ("<ol reversed><li>men</li><li>ships</li></ol>", "2. men\n\n1. ships", []),
        ("<ol><li>men</li><li>ships</li></ol>", " 1. men\n 2. ships", []),
        ("<h2>Tons<br>2022</h2>", "## Tons 2022", []),
        ("<p>It\x01 sold\f5\x05 tons</p>", "It sold 5 tons", []),
        (
            "<p><time>6 May 2022</time><span>Ships left</span></p>",
            "6 May 2022 Ships left",
            [],
        ),
        ("<p><a href=x>Ports</a><a href=y>Ships</a></p>", "Ports Ships", []),
        (
            "<div><span>6 May 2022</span><span>22.10 hours</span></div>",
            "6 May 2022 22.10 hours",
            ["layout"],
        ),
        (
            "<div><span>Pier</span><b>5</b> and <b>the 20</b><span>th</span></div>",
            "Pier 5 and the 20th",
            ["layout"],
        ),
        ("<p>in <span>20</span><span>22 it</span></p>", "in 2022 it", ["layout"]),
        (
            "<p><b>Beet</b><span>on</span> sold <b>5</b> <span>tons</span></p>",
            "Beeton sold 5 tons",
            [],
        ),
        ("<p>sold <bdo dir=rtl>51</bdo></p>", "sold 51", ["layout"]),
        (
            (
                "<style>@import 'a';.up, p.up2{vertical-align:super}/*.p{x}*/ .no.w{"
                "display:none}@media print{.at{display:none}.be{display:none}}"
                ".gone{text-decoration:line-through}</style><p>took <span class=gone>8"
                "</span> 9<i class='up x'>2</i>, 7<span class=at>1</span> <b class=be>"
                "and</b><b class=no> of</b><b class='w no'> at</b> it</p>"
            ),
            "took 9², 71 and of it",
            ["struck", "raised", "hidden"],
        ),
        ("<p>5<b style='vertical-align: super'>3</b> t</p>", "5³ t", ["raised"]),
        (
            (
                "<p>is <span><span style='display:none'><math><mn>5</mn></math></span>"
                "<img alt=5 aria-hidden=true></span> tons</p>"
            ),
            "is 5 tons",
            ["equation"],
        ),
        ("<p>is <b class=katex-html aria-hidden=true>5</b> tons</p>", "is 5 tons", []),
        ("<p>Azer&shy;baijan sold 8&#8203;000</p>", "Azerbaijan sold 8000", []),
    ],
)
def test_type_and_markup_come_through(body, text, doubts):
    found = _read(body)
    assert found.text.rstrip("\n").lstrip("\n") == text
    assert [doubt.what for doubt in found.doubts] == doubts
    for doubt in found.doubts:
        assert doubt.at.startswith("line 1")


def test_a_cell_that_spans_stands_in_each_row_and_column():
    rows = (
        "<tr><th>Year<th colspan=2>Gas</tr><tr><td rowspan=4>2021<td>8<td>bcm</tr>"
        "<tr><td>9<td>bcm</tr><tr><td>7<td>bcm</tr><tr><td>6<td>t</tr><tr><td>2022<td>1<br>2<td><p>a</p><p>b</p></tr>"
    )
    assert _read(f"<table>{rows}</table>").text == (
        "| Year | Gas | Gas |\n\n| 2021 | 8 | bcm |\n\n| 2021 | 9 | bcm |\n\n"
        "| 2021 | 7 | bcm |\n\n| 2021 | 6 | t |\n\n| 2022 | 1 2 | a b |\n"
    )


def test_what_heads_a_cell_is_no_cell_of_a_row():
    west, east = (
        f"<td><h3>{side}</h3><p>It sold {tons} tons. It rained.</p></td>"
        for side, tons in (("Acton", 5), ("Beeton", 7))
    )
    assert _read(f"<table><tr>{west}{east}</tr></table>").text == (
        "### Acton\n\nIt sold 5 tons. It rained.\n\n### Beeton\n\nIt sold 7 tons. It "
        "rained.\n"
    )
    headed = (
        "<tr><th><h4>Year</h4></th><th>Tons</th></tr><tr><td>2021</td><td>5</td></tr>"
    )
    assert _read(f"<table>{headed}</table>").text == "| Year | Tons |\n\n| 2021 | 5 |\n"
    assert _read("<table><tr><td>It sold 5.</td></tr></table>").text == "It sold 5.\n"


def test_cells_that_lay_a_page_out_are_read_one_after_the_other():
    words = "the port of Acton serves more ships than the old one did " * 4
    left, right = (f"<p>{side} {words}.</p><p>And it.</p>" for side in ("West", "East"))
    inner = "<table><tr><td>2023</td><td>5 t</td></tr></table>"
    found = _read(
        f"<table><tr><td>{left}</td><td>{right}</td></tr>"
        f"<tr><th>Sold</th><td>12 t</td></tr><tr><td>By year</td><td>{inner}</td></tr>"
        "</table>"
    )
    parts = found.text.split("\n\n")
    assert [part.split()[0] for part in parts] == [
        "West", "And", "East", "And", "|", "By", "|"
    ]  # fmt: skip
    assert (parts[4], parts[6]) == ("| Sold | 12 t |", "| 2023 | 5 t |\n")
    assert "1 × read the long cells of a table one by one" in found.said


def test_a_long_cell_of_one_paragraph_stays_in_its_row():
    words = "the port of Acton serves more ships than the old one did " * 4
    rows = f"<tr><td>2023</td><td><p>So {words}.</p></td></tr>"
    assert _read(f"<table>{rows}{rows}</table>").text.startswith("| 2023 | So the port")


def test_a_span_without_end_is_cut():
    rows = "<tr><td colspan=999999999 rowspan=999999999>5</tr>"
    assert len(_read(f"<table>{rows}</table>").text) < 1000


def test_numbered_characters_are_what_browsers_take_them_for():
    found = _read(
        "<p>5&#150;10 t, &#x93;so&#148;, &#5;it&#0;&#xFDD6;s 7&#1114112; &amp; 8"
    )
    assert found.text == "5–10 t, “so”, its 7 & 8\n"
    assert not found.doubts


def test_what_is_left_out_is_told_with_its_lines():
    found = _read("<p>One</p>\n<script>x</script>\n<form><p>7</p></form>\n<p>Two</p>")
    assert "left out 1 <form>, 1 <script> (line 2, 3 of the file)" in found.said


def test_a_form_that_holds_the_page_is_its_text():
    found = _page(
        "<p>Home</p><form><p>The Ministry released 5,200 crore today.</p>"
        "<p>Of it, 90 crore went to Acton.</p><input value='Search'></form>"
    )
    assert found.text.startswith("Home\n\nThe Ministry released 5,200 crore today.")
    assert "kept a <form>, which holds 13 of 14 words" in found.said


@pytest.mark.parametrize(
    ("half", "kept"), [("<form>{}</form>", False), ("<p id=comments>{}</p>", True)]
)
def test_a_form_holds_the_page_with_more_than_half_of_it_and_comments_with_half(
    half, kept
):
    found = _page(f"<p>It rained there.</p>{half.format('Ships came back.')}")
    assert ("Ships" in found.text) == kept


def test_what_a_page_hides_until_its_script_has_run_is_its_text():
    found = _page(
        "<p>Home</p><div style='visibility: hidden'><p>Acton sold 8 tons of tin.</p>"
        "<p>Beeton sold 9.</p><p hidden>99 ships</p></div>"
    )
    assert found.text.split("\n\n")[1:3] == [
        "Acton sold 8 tons of tin.",
        "Beeton sold 9.",
    ]
    assert "99" not in found.text
    assert [doubt.what for doubt in found.doubts] == ["hidden"]
    assert any("until its script has run" in said for said in found.said)


def test_a_main_part_that_holds_next_to_nothing_is_none():
    told = "<p>Acton sold 8 tons of tin to Beeton, and Beeton sold 9 to Acton.</p>"
    found = _page(f"<article>Tin in figures</article>{told}")
    assert found.text.startswith("Tin in figures\n\nActon sold 8 tons")
    assert found.said[0].endswith("its <article> holds 3 words, and its paragraphs 14")


@pytest.mark.parametrize("named", ["role='main'", "itemprop='articleBody'"])
def test_a_part_that_a_page_calls_its_main_one_is_read(named):
    found = _page(f"<p>Also: 9 ships</p><div {named}><p>Acton sold 8 tons.</p></div>")
    assert found.text == "Acton sold 8 tons.\n"


def test_a_script_and_a_stray_mark_are_no_markup_without_end():
    script = "for(x=0;x<n;++x){" + "a.b=c;" * 900 + "}"
    told = "<p class='b'>Acton sold 8.</p>" * 900
    page = f'<script>{script}</script><h1 "tabindex="0">Tin</h1>{told}'
    assert _page(page).text.startswith("# Tin\n\nActon sold 8.\n")


def test_a_place_of_the_text_is_a_line_of_the_file():
    (doubt,) = _read("<p>One</p>\n\n<p>Two <s>5</s></p>").doubts
    assert doubt.at == "line 3 of the file; line 3 of the text"


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ('<div role="dialog"><p>We use 37 cookies.</p></div>', "lies over the page: 4"),
        ('<div id="comments"><p>I paid 300.</p></div>', "comments of readers: 3"),
        ('<ol class="a comment-list"><li>No!</li></ol>', "comments of readers: 1"),
        ('<div role="navigation">Ports 16</div>', "left out menus: 2"),
        ('<div class="jp-relatedposts">In 2019</div>', "a wiki or a blog puts"),
        ('<div><p><a href="#cmnt_ref1">[a]</a>Is it 5?</p></div>', "who wrote it: 4"),
    ],
)
def test_what_others_put_on_a_page_is_left_out_and_told(part, told):
    words = "The port of Acton serves more ships in each year than the old one did."
    found = _read(f"<p>{words}</p>{part}<p>So it rained.</p>")
    assert found.text == f"{words}\n\nSo it rained.\n"
    assert told in " ".join(found.said)
    assert _read(part).text.strip()


@pytest.mark.parametrize("kind", ["role='navigation'", "hidden"])
def test_parts_within_parts_are_counted_once(kind):
    words = "The port sells its old cranes and the salt of the piers. " * 40
    page = f"<div {kind}>{words}" * 200 + "</div>" * 200
    began = time.process_time()
    found = _page(f"<p>{words * 210}</p>{page}")
    assert time.process_time() - began < 4
    told = [said for said in found.said if "menus" in said]
    assert len(found.doubts) + len(told) == 1

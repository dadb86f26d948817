"""A live kernel gets a widget; a build gets a chart that needs no kernel."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import ipywidgets
import nbformat
import pytest
from nbclient import NotebookClient

from sourcebook.errors import SourcebookError
from sourcebook.views import figure as live
from sourcebook.views.explorer import (
    ClaimRow,
    choose,
    claims_explorer,
    rows_html,
    slack_explorer,
)
from sourcebook.views.figure import Figure


def shell(request):
    return SimpleNamespace(kernel=SimpleNamespace(get_parent=lambda: request))


@pytest.mark.parametrize(
    ("front_end", "answer"),
    [
        pytest.param(None, False, id="plain-python"),
        pytest.param(SimpleNamespace(), False, id="terminal"),
        pytest.param(shell({"metadata": {}}), False, id="nbclient"),
        pytest.param(shell({}), False, id="no-request-yet"),
        pytest.param(shell({"metadata": {"cellId": "a1"}}), True, id="jupyterlab"),
    ],
)
def test_only_a_front_end_that_names_its_cell_is_live(monkeypatch, front_end, answer):
    python = SimpleNamespace(get_ipython=lambda: front_end)
    monkeypatch.setitem(sys.modules, "IPython", python)
    assert live.is_live() is answer


def test_without_ipython_nothing_is_live(monkeypatch):
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    assert live.is_live() is False


@pytest.mark.slow
def test_a_notebook_run_for_a_build_is_not_live():
    cell = nbformat.v4.new_code_cell(
        "from sourcebook.views.figure import is_live\nis_live()"
    )
    notebook = nbformat.v4.new_notebook(cells=[cell])
    NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    assert cell.outputs[0].data["text/plain"] == "False"


@pytest.mark.parametrize("given", [None, False])
def test_a_build_gets_the_chart(around, bare, given):
    shown = slack_explorer(around, bare, title="Gas", live=given)
    assert isinstance(shown, Figure)
    assert shown.spec["params"][0]["bind"]["input"] == "range"


@pytest.fixture
def control(around, bare):
    return slack_explorer(around, bare, title="<b>", live=True)


def test_moving_the_slider_changes_the_verdict(control):
    slider, view = control.children
    assert "At" not in view.value
    assert "Read at ±10%. They meet from 13% on." in view.value
    assert "<strong>contradicts</strong>" in view.value
    assert (slider.min, slider.max) == (0, 0.3)
    slider.value = 0.15
    assert "Read at ±15%" in view.value
    assert "<strong>refines</strong>" in view.value
    slider.value = 0.29  # 0.29 × 100 is not 29 in floating point
    assert "Read at ±29%" in view.value


def test_the_view_is_read_out_and_escaped(control):
    assert control.children[1].value.startswith(
        '<div role="status"><p><strong>&lt;b&gt;</strong></p>'
    )


def test_nothing_in_it_can_hang_a_build(control):
    assert {type(child) for child in control.children} == {
        ipywidgets.FloatSlider,
        ipywidgets.HTML,
    }


def test_live_or_not_the_same_claims_are_refused(bare, claim, quantity):
    other = claim("a/x", quantity("5%", "5"))
    for given in (True, False):
        with pytest.raises(SourcebookError, match="no reading to loosen"):
            slack_explorer(bare, other, live=given)


def _row(name, **fields):
    given = {"source": "S", "kind": "event", "topic": "gas", "actors": ("EU", "Baku")}
    given |= {"time": "2015", "passage": "“Words <b> here”"}
    return ClaimRow(name, **(given | fields))


ROWS = (_row("s/one"), _row("s/two", topic="war", actors=()), _row("s/three"))


@pytest.mark.parametrize(
    ("chosen", "words", "left"),
    [
        pytest.param({}, "", ["s/one", "s/two", "s/three"], id="nothing-chosen"),
        pytest.param({"topic": "war"}, "", ["s/two"], id="one-value"),
        pytest.param({"actor": "Baku"}, "", ["s/one", "s/three"], id="one-of-several"),
        pytest.param({"actor": "Baku", "topic": "war"}, "", [], id="choices-add-up"),
        pytest.param({}, "HERE words", ["s/one", "s/two", "s/three"], id="any-order"),
        pytest.param({}, "here three", ["s/three"], id="name-and-passage"),
    ],
)
def test_a_choice_leaves_what_has_it_all(chosen, words, left):
    assert [row.id for row in choose(ROWS, chosen, words=words)] == left


def test_what_is_left_is_counted_escaped_and_read_out():
    shown = rows_html(ROWS[:1], of=3)
    assert shown.startswith('<div role="status"><p><strong>1 of 3 claims</strong></p>')
    assert "“Words &lt;b&gt; here”" in shown
    assert "and 5 more" in rows_html([_row(f"s/{n}") for n in range(30)])
    assert " more" not in rows_html([_row(f"s/{n}") for n in range(25)])


def test_a_build_gets_the_linked_views(corpus):
    assert isinstance(claims_explorer(corpus, live=False), Figure)


def test_a_list_and_a_word_change_what_is_shown(corpus):
    box, view = claims_explorer(corpus, live=True).children
    lists = {each.description: each for each in box.children}
    assert list(lists) == ["source", "kind", "topic", "actor", "time", "words"]
    lists["source"].value = "BBC report"
    own = len(corpus.sources["bbc-2025"].claims())
    assert f"{own} of {len(corpus.claims)} claims" in view.value
    lists["words"].value = "leverage"
    assert "bbc-2025/little-leverage" in view.value
    assert "bbc-2025/gas-share" not in view.value

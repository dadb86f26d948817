"""A live kernel gets a widget; a build gets a chart that needs no kernel."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import nbformat
import pytest
from nbclient import NotebookClient

from sourcebook.views import figure as live
from sourcebook.views.explorer import (
    ClaimRow,
    choose,
    claims_explorer,
    rows_html,
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

"""A live kernel gets a widget; a build gets a chart that needs no kernel."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace

import ipywidgets
import nbformat
import pytest
from nbclient import NotebookClient

from sourcebook.errors import SourcebookError
from sourcebook.showing import live
from sourcebook.showing.explorer import slack_explorer
from sourcebook.showing.figure import Figure


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
    monkeypatch.setattr(live, "get_ipython", lambda: front_end)
    assert live.is_live() is answer


@pytest.mark.slow
def test_a_notebook_run_for_a_build_is_not_live():
    cell = nbformat.v4.new_code_cell(
        "from sourcebook.showing.live import is_live\nis_live()"
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
    with pytest.raises(SourcebookError, match="no stop at"):
        slack_explorer(
            claim("a/y", quantity("about 5%", "5", hedge="about")), other,
            slack=Fraction(1, 3), live=True,
        )  # fmt: skip

"""Charts are the same whoever draws them, and are drawn when nobody else does."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import altair as alt
import pytest

from sourcebook.views.figure import show
from warm_kernels import chart_drawing as drawing
from warm_kernels.chart_drawing import DRAWER, Drawer, draw, draw_here

ROWS = [{"share": 5, "when": "2021-12-31"}, {"share": 4.3, "when": "2024-06-30T23:30"}]
SPEC = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "data": {"values": ROWS},
    "mark": "bar",
    "encoding": {
        "x": {"field": "when", "type": "temporal"},
        "y": {"field": "share", "type": "quantitative", "title": "per cent “of gas”"},
    },
}
WHILE = 60  # seconds that nothing here may take


@pytest.fixture(scope="module")
def drawer():
    """A process that draws."""
    drawer = Drawer()
    yield drawer
    drawer.close()


@pytest.fixture
def asked(drawer, monkeypatch):
    """Have what is drawn in this test drawn by that process, or not at all."""
    monkeypatch.setenv(DRAWER, drawer.name)

    def never(_):
        raise AssertionError("drawn here")

    monkeypatch.setattr(drawing, "draw_here", never)


def test_a_chart_is_the_same_whoever_draws_it(asked):
    del asked
    assert draw(SPEC) == draw_here(SPEC)


def test_many_may_ask_one_after_another(asked):
    del asked
    assert len({draw(SPEC) for _ in range(5)}) == 1


def test_nothing_is_drawn_for_another_time_zone(drawer, monkeypatch):
    monkeypatch.setenv(DRAWER, drawer.name)
    monkeypatch.setenv("TZ", "Asia/Baku")
    with pytest.raises(ValueError, match="Expecting value"):
        drawing._asked(drawer.name, SPEC)
    assert draw(SPEC).startswith("<svg")


def test_what_cannot_be_drawn_is_said_as_it_is_said_here(drawer, monkeypatch):
    monkeypatch.setenv(DRAWER, drawer.name)
    with pytest.raises(ValueError) as said:  # noqa: PT011 - compared below
        draw({"mark": 14})
    with pytest.raises(ValueError) as plainly:  # noqa: PT011
        draw_here({"mark": 14})
    assert str(said.value).splitlines()[0] == str(plainly.value).splitlines()[0]


@pytest.mark.parametrize("name", ["nobody-listens-here", "\0", "x" * 500])
def test_where_nobody_listens_it_is_drawn_here(monkeypatch, name):
    monkeypatch.setattr(os, "environ", {**os.environ, DRAWER: name})
    assert draw(SPEC) == draw_here(SPEC)


def test_where_no_answer_comes_it_is_drawn_here(monkeypatch):
    deaf = Drawer()
    os.kill(deaf._process.pid, 19)  # it stops, and its socket goes on taking calls
    monkeypatch.setenv(DRAWER, deaf.name)
    monkeypatch.setattr(drawing, "_PATIENCE", 0.2)
    assert draw(SPEC) == draw_here(SPEC)
    deaf.close()


def test_it_ends_with_its_client():
    program = (
        "from warm_kernels.chart_drawing import Drawer; import os; d = Drawer(); "
        "print(d._process.pid, flush=True); os.kill(os.getpid(), 9)"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, check=False, capture_output=True)
    end = time.monotonic() + WHILE
    while Path(f"/proc/{int(done.stdout)}").exists():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_warm_kernels_know_one_and_plain_kernels_do_not(warm, plain):
    seen = f"__import__('os').environ.get('{DRAWER}', '')"
    with warm() as one, warm() as other:
        assert one.tell(seen) == other.tell(seen) != ""
    with plain() as kernel:
        assert kernel.tell(seen) == ""


def test_a_figure_of_a_warm_kernel_is_that_of_a_plain_one(warm, plain):
    chart = alt.Chart(alt.Data(values=ROWS)).mark_bar().encode(x="share:Q")
    code = (
        "import altair as alt\n"
        "from sourcebook.views.figure import show\n"
        f"chart = alt.Chart(alt.Data(values={ROWS!r})).mark_bar().encode(x='share:Q')\n"
        "figure = show(chart, description='Shares')"
    )
    for start in (warm, plain):
        with start() as kernel:
            kernel.run(code)
            assert (
                kernel.tell("figure.html()") == show(chart, description="Shares").html()
            )

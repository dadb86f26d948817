"""In JupyterLab the lists of the explorer answer, driven in a real browser."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def _listed(page, patience, before=""):
    """Return what the explorer lists, once it is no longer what it was before."""
    page.wait_for_function(
        "before => { const found = document.querySelector('.jp-OutputArea "
        "[role=status]'); return found && found.innerText !== before; }",
        arg=before,
        timeout=patience.left * 1000,
    )
    return page.locator(".jp-OutputArea [role=status]").inner_text()


def test_a_choice_in_jupyterlab_changes_what_is_listed(open_notebook, corpus, patience):
    page = open_notebook("notebooks/explore/claims.ipynb")
    page.locator(".jp-Notebook .jp-CodeCell").first.click()
    page.keyboard.press("Control+Enter")
    every = _listed(page, patience)
    assert f"{len(corpus.claims)} of {len(corpus.claims)} claims" in every
    page.locator(".widget-dropdown select").first.select_option("BBC report")
    one_source = _listed(page, patience, every)
    assert "bbc-2025/" in one_source
    assert "anonymous-2025/" in every
    assert "anonymous-2025/" not in one_source
    page.locator(".widget-text input").fill("leverage")
    page.locator(".widget-text input").press("Tab")
    found = _listed(page, patience, one_source)
    assert "bbc-2025/little-leverage" in found
    assert "bbc-2025/gas-share" not in found

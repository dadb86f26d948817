"""JupyterLab opens the text of a notebook as a notebook, and saves both halves."""

from __future__ import annotations

import json
from http.cookiejar import CookieJar
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

pytestmark = pytest.mark.slow

TEXT = "notebooks/text/explore/claims.md"
NOTEBOOK = "notebooks/explore/claims.ipynb"


@pytest.fixture
def ask(lab, patience):
    """Return what speaks to the server as its own page does."""
    cookies = CookieJar()
    opener = build_opener(HTTPCookieProcessor(cookies))
    opener.open(f"{lab.address}/lab", timeout=patience.left).close()
    token = next(cookie.value for cookie in cookies if cookie.name == "_xsrf")

    def send(path, model=None):
        request = Request(  # noqa: S310 - our own server
            f"{lab.address}/api/contents/{path}",
            data=None if model is None else json.dumps(model).encode(),
            method="GET" if model is None else "PUT",
            headers={"X-XSRFToken": token, "Content-Type": "application/json"},
        )
        with opener.open(request, timeout=patience.left) as answer:
            return json.load(answer)

    return send


def test_a_pair_opens_with_its_outputs_and_is_saved_together(lab, ask):
    model = ask(f"{TEXT}?type=notebook")
    cells = model["content"]["cells"]
    assert model["type"] == "notebook"
    assert any(cell.get("outputs") for cell in cells)
    cells[0]["source"] += "\n\nAdded in JupyterLab."
    ask(TEXT, {**model, "type": "notebook", "format": "json"})
    for half in (TEXT, NOTEBOOK):
        assert "Added in JupyterLab." in (lab.book / half).read_text(encoding="utf-8")
    found = sorted(path.name for path in (lab.book / TEXT).parent.iterdir())
    assert found == ["claims.md"]

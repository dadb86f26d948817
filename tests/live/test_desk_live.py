"""In JupyterLab a claim is coded and a stance signed, driven in a real browser."""

from __future__ import annotations

import re

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.browser]

# The claims of one sentence of the news report, taken out for this test.
OF_ONE_SENTENCE = ("silent-on-samadov", "samadov-sentenced")


def _status(cell, words, patience):
    said = cell.locator("[role=status], [role=alert]").filter(has_text=words).first
    said.wait_for(timeout=patience.left * 1000)


def _without(text, names):
    for name in names:
        text, times = re.subn(rf"  - id: {name}\n(?:    .*\n)+", "", text)
        assert times == 1, f"no claim {name}: this test leans on it"
    return text


def _run(page, number):
    cell = page.locator(".jp-Notebook .jp-CodeCell").nth(number)
    cell.locator(".jp-InputArea-editor").click()
    page.keyboard.press("Control+Enter")
    return cell


def test_a_claim_is_coded_and_a_stance_signed_in_jupyterlab(
    lab, open_notebook, patience
):
    sheet = lab.book / "seeds" / "bbc-2025.yml"
    before = _without(sheet.read_text(encoding="utf-8"), OF_ONE_SENTENCE)
    sheet.write_text(before, encoding="utf-8")
    page = open_notebook("notebooks/coding/desk.ipynb")

    cell = _run(page, 0)
    _status(cell, "0 of 46 sentences have something left", patience)
    cell.locator("select").first.select_option("bbc-2025")
    _status(cell, "1 of 27 sentences have something left", patience)
    cell.get_by_role("button", name="Next gap").click()
    cell.get_by_text("Sentence 26 of 27").wait_for(timeout=patience.left * 1000)
    cell.get_by_role("button", name="Save the claim").click()
    _status(cell, "missing field 'topic'", patience)
    topic = cell.get_by_label("topic")
    rights = topic.locator("option").filter(has_text="rights –").first.text_content()
    topic.select_option(rights)
    cell.get_by_role("button", name="Save the claim").click()
    _status(cell, "0 of 27 sentences have something left", patience)
    after = sheet.read_text(encoding="utf-8")
    assert re.sub(r"  - id: stayed-silent-over\n(?:    .*\n)+", "", after) == before
    assert "topic: rights" in after.split("id: stayed-silent-over")[1]

    signs = lab.book / "seeds" / "second-coding.yml"
    first = next(ln for ln in signs.read_text().split("\n") if re.match("^anon", ln))
    signs.write_text(signs.read_text().replace(f"{first}\n", ""), encoding="utf-8")
    cell = _run(page, 1)
    _status(cell, re.compile(r"(\d+) of (?!\1)\d+ stances have a"), patience)
    cell.get_by_role("button", name="0 neither").click()
    cell.get_by_role("button", name="Save the sign").click()
    _status(cell, "Krippendorff", patience)
    assert f"{first.split(':')[0]}: 0\n" in signs.read_text()

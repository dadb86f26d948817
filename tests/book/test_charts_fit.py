"""Every chart of the book fits its column, at every width, with no label lost."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.book, pytest.mark.browser, pytest.mark.slow]

SIZES = {
    "phone": [(390, 844)],
    "tablet turned": [(768, 1024), (1024, 768)],
    "desk": [(1400, 900)],
}
# Faults of the visible drawings: words cut, words over words, a drawing not as wide as
# its column. Boxes of letters are larger than the letters by some pixels.
FAULTS = """() =>
[...document.querySelectorAll("figure.sb-chart svg")].flatMap((svg) => {
  const frame = svg.getBoundingClientRect();
  if (!frame.width) return [];
  const figure = svg.closest("figure");
  const name = figure.id || svg.getAttribute("aria-label").slice(0, 40);
  const faults = [];
  const room = svg.parentElement.getBoundingClientRect();
  if (frame.right > room.right + 1) faults.push(`${name}: wider than its column`);
  if (frame.width < Math.min(room.width, 480) - 2) faults.push(`${name}: too narrow`);
  const words = [...svg.querySelectorAll("text")]
    .filter((text) => text.textContent.trim() && getComputedStyle(text).opacity !== "0")
    .map((text) => [text.textContent, text.getBoundingClientRect()])
    .filter(([, box]) => box.width);
  words.forEach(([text, a], n) => {
    if (text.endsWith("…")) faults.push(`${name}: cut ${text}`);
    if (a.left < frame.left - 1.5 || a.right > frame.right + 1.5 ||
        a.top < frame.top - 2 || a.bottom > frame.bottom + 2)
      faults.push(`${name}: outside: ${text}`);
    for (const [other, b] of words.slice(n + 1)) {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 1.5 && down > 0.35 * Math.min(a.height, b.height))
        faults.push(`${name}: ${text} over ${other}`);
    }
  });
  return faults;
})"""
WITHOUT = {"notebooks/explore/claims"}  # its list of passages is cut on purpose


@pytest.mark.parametrize("sizes", SIZES.values(), ids=SIZES)
def test_no_label_is_cut_or_overprinted(visit, pages, sizes):
    faults = {}
    for name, page in pages.items():
        if not page.select_one("figure.sb-chart") or name in WITHOUT:
            continue
        (width, height), *turned = sizes
        seen = visit(name, viewport={"width": width, "height": height})
        for width, height in turned:
            seen.wait_for_timeout(300)
            seen.set_viewport_size({"width": width, "height": height})
        seen.wait_for_timeout(900 if page.select_one("figure.vega") else 200)
        if found := seen.evaluate(FAULTS):
            faults[name] = found[:6]
        seen.context.close()
    assert faults == {}


def test_a_mark_leads_to_its_claim_and_the_rows_can_be_saved(visit):
    page = visit("notebooks/synthesis/gas")
    figure = page.locator(
        "figure.sb-chart", has=page.locator(".sb-wide .sb-mark")
    ).first
    with page.expect_download() as saved:
        figure.get_by_role("button", name="data").click()
    assert "around 5%" in saved.value.path().read_text("utf-8-sig")
    figure.locator(".sb-wide .sb-mark").first.click()
    page.wait_for_url("**/book/claims/*.html#claim-*")

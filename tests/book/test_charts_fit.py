"""Every chart of the book fits its column, at every width, with no label lost."""

from __future__ import annotations

import re
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

import sourcebook as sb
from sourcebook.coding.corpus import load_corpus
from sourcebook.coding.source_looks import LOOKS, short_name
from sourcebook.views.timeline import sources_line

ROOT = Path(__file__).parents[2]
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
  if (!frame.width || !svg.checkVisibility()) return [];
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
CHART, LIVE = (
    re.compile(rf'<figure[^>]* class="[^"]*\b{name}\b') for name in ("sb-chart", "vega")
)
SHOWN = """() => [...document.querySelectorAll("figure.sb-chart")].filter((figure) =>
  [...figure.querySelectorAll("svg")].some((svg) => svg.getBoundingClientRect().width)
).length"""
WITHOUT = {"notebooks/explore/claims"}  # its list of passages is cut on purpose


@pytest.mark.parametrize("sizes", SIZES.values(), ids=SIZES)
def test_no_label_is_cut_or_overprinted(visit, written, sizes):
    faults = {}
    for name, page in written.items():
        if not CHART.search(page) or name in WITHOUT:
            continue
        (width, height), *turned = sizes
        seen = visit(name, viewport={"width": width, "height": height})
        for width, height in turned:
            seen.wait_for_timeout(300)
            seen.set_viewport_size({"width": width, "height": height})
        seen.wait_for_timeout(900 if LIVE.search(page) else 200)
        if found := seen.evaluate(FAULTS):
            faults[name] = found[:6]
        seen.close()
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


SEEDS = ("codebook.yml", "actors.yml", "*-20[0-9][0-9].yml", "*.txt")
SHEET = """\
file: {key}.txt
sha256: {digest}
short: Note {number}
issued: {{date: "{year}-07-31", quote: "date {year}-07-31"}}
genre: Report
extent: {{state: whole}}
coverage: {{state: partial, only: some sentences}}
claims:
  - id: gas-share
    kind: quantity
    topic: gas-share
    quote: "Gas from Azerbaijan was {share}% of EU natural gas imports in {year}"
    figure: "{share}%"
    measure: share-of-gas
    of: EU natural gas imports
    where: EU
    when: "{year}"
  - id: praise
    kind: stance
    topic: gas-share
    quote: "The EU praises Azerbaijan for its gas"
    actor: EU
    target: Azerbaijan
    concept: gas-supply
    sign: 1
"""


def _twelve_more(seeds):
    """Add twelve short documents of many years to the sheets of a book."""
    for number in range(1, 13):
        year, share = 2010 + number, number + 0.5
        text = (
            f"Note {number} on gas, date {year}-07-31. Gas from Azerbaijan was "
            f"{share}% of EU natural gas imports in {year}. "
            "The EU praises Azerbaijan for its gas."
        )
        key = f"note-{number:02d}"
        digest = sha256(text.encode()).hexdigest()
        words = {"key": key, "number": number, "year": year, "share": share}
        (seeds / f"{key}.txt").write_text(text, "utf-8")
        sheet = SHEET.format(digest=digest, **words)
        (seeds / f"{key}.yml").write_text(sheet, "utf-8")


@pytest.fixture(scope="module")
def grown(tmp_path_factory):
    """This book's sheets, and those of twelve more documents."""
    folder = tmp_path_factory.mktemp("grown")
    (folder / "seeds").mkdir()
    for pattern in SEEDS:
        for path in (ROOT / "seeds").glob(pattern):
            shutil.copy(path, folder / "seeds")
    (folder / "_toc.yml").touch()
    _twelve_more(folder / "seeds")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield load_corpus(folder)


def _drawn(corpus):
    """Yield a drawing of each kind that has a place for every document."""
    said = {"description": "Made up, to see that nothing stands on anything else."}
    claims = [claim for claim in corpus.claims if claim.id.endswith("/gas-share")]
    praise = [claim for claim in corpus.claims if claim.id.endswith("/praise")]
    keys = list(LOOKS)
    cells = [
        {"row": row, "column": short_name(key), "claim": "", "words": "made up"}
        for key in keys
        for row in ("Azerbaijan", "the EU", "Russia")
    ]
    words = {claim.id: f"share of {claim.when}" for claim in claims}
    lanes = {"Shares": claims[:8], "Other shares": claims[8:]}
    yield sb.timeline(claims, words=words, title="Shares by year", **said)
    yield sb.lanes(lanes, words=words, title="Shares by year, in two lanes", **said)
    yield sb.spread(claims, title="Shares side by side", **said)
    yield sb.parts(claims, title="Shares of their wholes", **said)
    yield sb.stance_dots(praise, title="Who praises whom", **said)
    yield sb.counts([{**c, "value": 3} for c in cells], title="How often", **said)
    turned = [{**c, "row": c["column"], "column": c["row"], "value": 1} for c in cells]
    yield sb.matrix(turned, title="Said of whom", signs={1: "praised"}, **said)
    parts = {key: {"coded": 3, "set aside": 2, "unread": 1} for key in keys}
    yield sb.stacks(parts, title="What was read", unit="sentences")
    yield sources_line(corpus, title="All the documents")


def test_twelve_more_documents_have_looks_of_their_own(grown):
    seen = [(look.colour, look.shape) for look in LOOKS.values()]
    assert len(seen) == len(grown.sources) == 17
    assert len(set(seen)) == 17
    colours = [look.colour for key, look in LOOKS.items() if key.startswith("note-")]
    assert len(set(colours[:5])) == 5  # they begin anew only when all are used


@pytest.mark.parametrize("sizes", SIZES.values(), ids=SIZES)
def test_with_twelve_more_documents_no_label_is_overprinted(grown, browser, sizes):
    styles = "".join(
        f'<link rel="stylesheet" href="{path.as_uri()}">'
        for path in sorted((ROOT / "book" / "_static").glob("*.css"))
    )
    pictures = [picture.html() for picture in _drawn(grown)]
    drawn = "\n".join(pictures)
    page = grown.root / "page.html"
    page.write_text(
        f"<!doctype html><meta charset=utf-8><title>All</title>{styles}"
        f'<meta name="viewport" content="width=device-width"><style>main '
        f"{{max-width: 720px; margin: auto}}</style><main>{drawn}</main>",
        "utf-8",
    )
    width, height = sizes[0]
    context = browser.new_context(viewport={"width": width, "height": height})
    try:
        seen = context.new_page()
        seen.goto(page.as_uri(), wait_until="load")
        seen.wait_for_timeout(200)
        assert seen.evaluate(SHOWN) == len(pictures)
        assert seen.evaluate(FAULTS) == []
    finally:
        context.close()

"""Charts lead on, and fit their column with no label lost when documents are added."""

from __future__ import annotations

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

SIZES = [(390, 844), (768, 1024), (1400, 900)]
SHOWN = """() => [...document.querySelectorAll("figure.sb-chart")].filter((figure) =>
  [...figure.querySelectorAll("svg")].some((svg) => svg.getBoundingClientRect().width)
).length"""


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


def test_with_twelve_more_documents_no_label_is_overprinted(grown, browser, misprinted):
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
    with browser.new_context() as context:
        seen = context.new_page()
        seen.goto(page.as_uri(), wait_until="load")
        for width, height in SIZES:
            seen.set_viewport_size({"width": width, "height": height})
            assert seen.evaluate(SHOWN) == len(pictures), width
            assert misprinted(seen) == [], width

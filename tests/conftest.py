"""What several tests share: the book's root, its corpus, read once, and a browser."""

from __future__ import annotations

import gc
import os
import shutil
import signal
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import settings
from made_up_book import make, small
from made_up_claims import around, bare, claim, quantity
from playwright.sync_api import sync_playwright

from sourcebook.coding.corpus import Corpus, load_corpus

__all__ = ["around", "bare", "claim", "make", "quantity", "small"]  # made up, for many

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# Every way to another host is closed.
NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
FLAGS = [
    NOWHERE,
    *"--no-sandbox --disable-gpu --disable-quic --no-first-run".split(),
    *"--disable-background-networking --disable-component-update".split(),
    "--disable-sync",
    "--process-per-site",  # which keeps the scripts that it has read
]

# A busy machine is no fault, and two runs try the same examples.
settings.register_profile("the same everywhere", deadline=None, derandomize=True)
settings.load_profile("the same everywhere")

# Pages, sheets and tests are trees that stay: looking for rings in them finds nothing,
# and took a third of the time in which a page is parsed.
gc.set_threshold(50_000, 10, 10)

# A shell has what it starts in the background ignore Ctrl-C, and children inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_configure(config: pytest.Config) -> None:
    """Have several processes take file after file in our order, not in their own.

    Else the files of few tests come last, and those are the ones that build books.
    """
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False


def rank(item: pytest.Item) -> int:
    """Quick tests speak first: code, then notebooks, then pages, then the slow.

    Those of the browser come last, for its event loop does not end before them; the
    longest of them first, so that no worker waits for the other at the end.
    """
    slow = item.get_closest_marker("slow")
    if item.get_closest_marker("browser"):
        return 4 if "lab" in item.fixturenames else 5 if slow else 6
    if slow:
        return 3
    if item.get_closest_marker("book"):
        return 2
    return 1 if item.path.suffix == ".ipynb" else 0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # Several processes must end together: there the slow come first.
    several = "PYTEST_XDIST_WORKER" in os.environ
    items.sort(key=lambda i: -rank(i) if several and rank(i) < 4 else rank(i))


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def browser():
    """The one browser of all tests, which takes a second to start."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium; CI must install one")
        pytest.skip("no Chromium here; install it: apt-get install chromium")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load_corpus(ROOT)


@pytest.fixture(scope="session")
def begun(tmp_path_factory) -> Path:
    """A book that somebody has just begun, to be copied: the smallest whole one."""
    from sourcebook.authoring import new_collection  # noqa: PLC0415 - much comes along

    folder = tmp_path_factory.mktemp("begun") / "book"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(new_collection, "_bring_engine", lambda *_: None)
        new_collection.begin(folder, title="Visits", author="Us", like=ROOT)
    return folder


# A made-up book of one source that somebody is still coding.
TEXT = """\
Sales of the Acme company

Sales rose to around 14 tons, as was hoped. The company was founded in May 2021. \
“We are pleased with it,” a clerk said. Acme praises the town of Doe for its help.

<script>alert(1)</script> was printed here by mistake & kept. It was so. It was so.
"""
CODEBOOK = """\
topics: {sales: What was sold, firm: The company}
measures:
  tons: {label: tons sold, unit: t, definition: Weight}
denominators: []
places: [Doe]
concepts: {praise: Words of praise}
event_types: {founded: A beginning}
"""
SHEET = """\
# The sheet of the report.
file: acme.txt
sha256: {digest}
issued: {{date: "2021-06-01", inferred: from the text}}
genre: Report
extent: {{state: whole}}
coverage: {{state: complete}}
speakers:
  clerk: {{name: a clerk, named: false, quote: "a clerk said"}}

claims:
  - id: praise  # ours
    kind: stance
    topic: firm
    quote: "Acme praises the town of Doe"
    actor: Acme
    target: Doe
    concept: praise
    sign: 1
    note: It says so with joy.

waivers:
  - {{quote: "Sales of the Acme company", reason: label}}
"""


@pytest.fixture
def unfinished(tmp_path) -> Path:
    """Write the book that is still being coded; return the path of its sheet."""
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (tmp_path / "_toc.yml").write_text("root: index\n", encoding="utf-8")
    (seeds / "acme.txt").write_text(TEXT, encoding="utf-8")
    (seeds / "codebook.yml").write_text(CODEBOOK, encoding="utf-8")
    (seeds / "second-coding.yml").write_text("# again\n\n", encoding="utf-8")
    sheet = seeds / "acme-2021.yml"
    digest = sha256(TEXT.encode("utf-8")).hexdigest()
    sheet.write_text(SHEET.format(digest=digest), encoding="utf-8")
    return sheet

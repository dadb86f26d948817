"""A folder of made-up documents, and one process of this one's own to read them."""

from __future__ import annotations

from concurrent.futures import Future

import pytest

from document_scan.folder_scan import Workers, scan
from sourcebook.authoring.text_extraction import extract_bytes
from sourcebook.data.scanned_rows import BookReader

NAMES = {"Arcadia": ("Arcadian",)}, {"Arcadia": "state"}
LETTER = (
    "## Supplies\n\nIn May 2022, [Arcadia](#) sold around 5% of its gas. “We sell it "
    "gladly,” its minister said.\n\nSee Figure 34: between 20 and 25 bcm a year.\n"
)


@pytest.fixture(scope="session")
def reader():
    return BookReader(*NAMES, extract_bytes)


@pytest.fixture(scope="session")
def letter():
    return LETTER


class Here:
    """An executor that works at once, and remembers what it was given."""

    def __init__(self):
        self.given = []

    def submit(self, task, chunk):
        self.given.append(chunk)
        future = Future()
        future.set_result(task(chunk))
        return future


@pytest.fixture
def folder(tmp_path):
    """Three documents, one of them in a folder of its own."""
    made = tmp_path / "letters"
    (made / "old").mkdir(parents=True)
    (made / "a.txt").write_text(LETTER, encoding="utf-8")
    (made / "b.md").write_text("It rose from 41% to 30%.\n", encoding="utf-8")
    (made / "old" / "c.TXT").write_text("Nothing to count.\n", encoding="utf-8")
    return made


@pytest.fixture
def run(folder, reader, tmp_path):
    """Scan the folder; return the report and the chunks that were read."""

    def runs(*, target=tmp_path / "tables", **more):
        here = Here()
        report = scan(folder, target, reader=reader, workers=Workers(here, 2), **more)
        return report, here.given

    return runs

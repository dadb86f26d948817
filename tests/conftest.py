"""What several tests share: the book's root and its corpus, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from sourcebook.coding.corpus import Corpus, load_corpus

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load_corpus(ROOT)

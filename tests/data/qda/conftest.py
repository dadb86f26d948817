"""A small book of two sources, and projects made from it as other programs would."""

from __future__ import annotations

import re
import shutil
import zipfile

import pytest

from refi_qda.qda_project import read_project
from refi_qda.qdpx_archive import Archive
from sourcebook.coding.corpus import load_corpus
from sourcebook.data.qda_exchange import compare, project_archive

KEPT = ("codebook.yml", "actors.yml", "bbc-2025.yml", "anonymous-2025.yml")


@pytest.fixture(scope="module")
def small(root, tmp_path_factory):
    """Return the news report and the opinion piece as a book of their own."""
    folder = tmp_path_factory.mktemp("book")
    (folder / "seeds").mkdir()
    for name in (*KEPT, "002_c6e903471105ff21.txt", "003_3c1ae771e5e216c5.txt"):
        shutil.copy(root / "seeds" / name, folder / "seeds")
    for name in ("_toc.yml", "CITATION.cff"):
        shutil.copy(root / name, folder)
    return load_corpus(folder)


@pytest.fixture(scope="module")
def exported(small):
    return project_archive(small, title="A book", seconds=0)


@pytest.fixture
def parts(exported, tmp_path):
    """The parts of the exported project, by name, to be changed by a test."""
    path = tmp_path / "exported.qdpx"
    path.write_bytes(exported)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def packed(tmp_path):
    """Write parts as a project, as another program would; return its path."""

    def packs(parts):
        path = tmp_path / "project.qdpx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return path

    return packs


@pytest.fixture
def read(packed, small):
    """Hold a project of these parts against the small book."""

    def reads(parts):
        return compare(read_project(Archive(packed(parts))), small)

    return reads


@pytest.fixture
def report(small):
    return small.sources["bbc-2025"]


@pytest.fixture
def add(parts, report):
    """Code the words in the news report, under codes by name; change the parts."""

    def adds(words, *codes, note="", text=None, shift=0):
        qde = parts["project.qde"].decode()
        start = (text or report.document.raw).index(words) + shift
        refs = "".join(
            f'<Coding guid="0"><CodeRef targetGUID="{_code(qde, code)}"/></Coding>'
            for code in codes
        )
        passage = (
            f'<PlainTextSelection guid="{{{words}}}" startPosition="{start}" '
            f'endPosition="{start + len(words)}"><Description>{note}</Description>'
            f"{refs}</PlainTextSelection>"
        )
        opened = re.search(r'<TextSource [^>]*name="bbc-2025"[^>]*>', qde)
        qde = qde[: opened.end()] + passage + qde[opened.end() :]
        parts["project.qde"] = qde.encode()

    return adds


def _code(qde, name):
    return re.search(rf'<Code guid="([^"]+)" name="{name}"', qde)[1].upper()

"""A collection of one's own is whole from the start, and says nothing of ours."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from sourcebook.authoring.new_collection import EXAMPLE, begin
from sourcebook.checking.book_check import look
from sourcebook.commands.command_line import main
from sourcebook.errors import SourcebookError
from sourcebook.site.build import build_book

ROOT = Path(__file__).parents[2]
OURS = re.compile(
    r"(?i)brussels|baku|azerb|\bgas\b|\bbbc\b|van gils|valiyev|caucasus|armenia"
)
ENGINE = ("_build/", "vendor/", "requirements.lock")  # which may say what they like
SHEETS = {
    "port-2023": ("The port handled 40 ships in 2023.", "handled 40 ships in 2023"),
    "town-2024": (
        "The town counted 44 ships in the port in 2023.",
        "counted 44 ships in the port in 2023",
    ),
}
MEASURE = """measures:
  ships:
    label: ships
    unit: ""
    definition: Ships that came within one year
    counts: [ship]
"""


@pytest.fixture(scope="module")
def collection(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own") / "harbour"
    begin(folder, title="The Harbour: Paper by Paper", author="Us", like=ROOT)
    return folder


def _run(root, *words):
    done = CliRunner().invoke(main, ["--root", str(root), *words])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.slow
def test_a_new_collection_holds_together_and_names_nothing_of_ours(collection):
    corpus, answers = look(collection).held()
    assert [*corpus.sources] == [EXAMPLE]
    assert answers == ()
    said = []
    for path in sorted(collection.rglob("*")):
        inside = path.relative_to(collection).as_posix()
        if path.is_file() and not inside.startswith(ENGINE):
            words = OURS.findall(path.read_text(encoding="utf-8"))
            said += [f"{inside}: {word}" for word in words]
    assert said == []
    (wheel,) = (collection / "vendor").glob("*.whl")
    with ZipFile(wheel) as archive:
        names = archive.namelist()
        about = next(name for name in names if name.endswith("METADATA"))
        assert not OURS.search(archive.read(about).decode())
        assert "sourcebook/authoring/collection/_toc.yml" in names


@pytest.mark.slow
def test_two_documents_on_another_subject_become_a_book_with_a_chapter(
    collection, monkeypatch
):
    codebook = collection / "seeds" / "codebook.yml"
    words = codebook.read_text(encoding="utf-8")
    words = words.replace("measures:\n", MEASURE)
    codebook.write_text(words.replace("places: []", "places: [the port]"), "utf-8")
    for key, (text, quote) in SHEETS.items():
        document = collection.parent / f"{key}.txt"
        document.write_text(f"{text}\n", encoding="utf-8")
        about = ["--title", "Ships", "--author", "Harbour", "--genre", "Report"]
        _run(collection, "add", str(document), "--key", key, "--issued", "2024", *about)
        _code(collection / "seeds" / f"{key}.yml", quote)
    ids = ",".join(f"{key}/ships" for key in SHEETS)
    asked = ["--asks", "How many ships came?", "--claims", ids]
    _run(collection, "new", "ships", "--title", "How many ships?", *asked)
    _run(collection, "notebooks", *SHEETS)
    monkeypatch.chdir(collection)  # as whoever writes it would build it
    build_book(collection)
    site = collection / "_build" / "html"
    page = (site / "notebooks" / "synthesis" / "ships.html").read_text("utf-8")
    assert "How many ships came?" in page
    assert "The Harbour: Paper by Paper" in page
    test = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"]
    done = subprocess.run(test, cwd=collection, check=False, capture_output=True)
    assert done.returncode == 0, done.stdout.decode()
    for path in site.rglob("*.html"):
        assert not OURS.search(path.read_text(encoding="utf-8")), path


def _code(sheet, quote):
    """Code the one figure of a document as a person would, in place of its drafts."""
    text = sheet.read_text(encoding="utf-8")
    head = text.partition("\nclaims:")[0]
    head = re.sub(
        r"coverage:.*?\n(?=\w)", "coverage: {state: complete}\n", head, flags=re.DOTALL
    )
    claim = f"""
claims:
  - id: ships
    kind: quantity
    topic: example
    quote: "{quote}"
    measure: ships
    where: the port
    when: "2023"
"""
    sheet.write_text(head + claim, "utf-8")


def test_a_folder_that_is_there_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(SourcebookError, match="is there already"):
        begin(tmp_path, title="T", author="A", like=ROOT)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("title", "author", "said"),
    [
        (" ", "A", "'' is no title"),
        ("T", "\n", "'' is no author"),
        ("T\u202e", "A", r"u202e' is no title"),
    ],
)
def test_a_name_that_none_can_read_is_refused(tmp_path, title, author, said):
    with pytest.raises(SourcebookError, match=rf"{said}.*\n  fix: give one with"):
        begin(tmp_path / "new", title=title, author=author, like=ROOT)
    assert not (tmp_path / "new").exists()


def test_what_fails_on_the_way_leaves_nothing(tmp_path):
    with pytest.raises(SourcebookError, match="fix: nothing was made"):
        begin(tmp_path / "new", title="T", author="A", like=tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []

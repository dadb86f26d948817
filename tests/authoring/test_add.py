"""A document becomes a source with all its files, or nothing is changed at all."""

from __future__ import annotations

import hashlib
from pathlib import Path

import nbformat
import pytest
import yaml
from click.testing import CliRunner

from sourcebook.authoring import add as module
from sourcebook.authoring.incoming_file import DATED, KINDS
from sourcebook.coding.corpus import read, remaining
from sourcebook.commands.command_line import main
from sourcebook.data.references import read_works
from sourcebook.errors import SourcebookError
from sourcebook.running.text_pairs import from_text, notebook_of, out_of_step

GIVEN = (
    "--title", "A port for Acton", "--author", "Doe, Jane", "--issued", "2024-05-03",
    "--genre", "Report",
)  # fmt: skip
BAD = {
    "latin.txt": ("Sagte “später”".encode("cp1252"), "byte 6 (0x93); likely windows"),
    "empty.md": (b"", "empty.md: empty"),
    "binary.txt": (bytes(range(256)), "not UTF-8 at byte 128"),
    "blank.html": (b"<p> </p>", "holds no words"),
    "broken.pdf": (b"%PDF-1.4", "not a PDF that can be read"),
    "broken.docx": (b"PK", "not a Word file that can be read"),
    "a.odt": (b"A", "end in '.odt' are not read"),
}


@pytest.fixture(autouse=True)
def no_kernel(monkeypatch):
    """Write notebooks without running them; a slow test runs them."""

    def write(pairs):
        for pair in pairs:
            path = notebook_of(pair)
            path.parent.mkdir(parents=True, exist_ok=True)
            text = nbformat.writes(from_text(pair), version=4)
            path.write_text(text, encoding="utf-8")
        return ()

    monkeypatch.setattr(module, "run_notebooks", write)


def _add(book, path, key="acton-2024", *more, given=GIVEN):
    arguments = ["--root", book, "add", path, "--key", key, *given, *more]
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.mark.parametrize("kind", [".txt", ".md", ".html", ".pdf", ".docx"])
def test_a_document_of_any_kind_becomes_a_source(book, file, made, kind):
    data = made.documents[kind]()
    done = _add(book, file(f"port{kind}", data))
    assert done.exit_code == 0, done.output
    source = read("acton-2024", root=book)
    sheet = source.sheet
    assert sheet.file.startswith("001_")
    assert sheet.file[4:20] == sheet.sha256[:16]
    assert sheet.drafts
    assert f"{len(sheet.drafts)} drafts to complete" in done.output
    assert str(remaining(source)).startswith("left in seeds/acton-2024.yml: ")
    if kind in {".txt", ".md"}:
        assert (book / "seeds" / sheet.file).read_bytes() == data
        assert sheet.original is None
    else:
        assert (book / "seeds" / sheet.original.file).read_bytes() == data
        assert sheet.original.sha256 == hashlib.sha256(data).hexdigest()
    works = read_works((book / "seeds/references.bib").read_text(encoding="utf-8"))
    assert works["acton-2024"].title == "A port for Acton"
    assert works["acme-2021"].title == "Tons"
    toc = yaml.safe_load((book / "_toc.yml").read_text(encoding="utf-8"))["parts"]
    assert toc[0]["chapters"][-1] == {"file": "notebooks/sources/acton-2024"}
    assert toc[2]["chapters"][0]["sections"][-1] == {"file": "book/claims/acton-2024"}
    assert out_of_step(book) == ()
    assert "(claims/acton-2024.md)" in (book / "book/claims.md").read_text()
    assert "next:  complete the drafts in seeds/acton-2024.yml" in done.output


def test_what_was_written_is_all_that_is_new_and_is_told(book, file, made, tree):
    before = tree(book)
    done = _add(book, file("port.pdf", made.pdf(invariant=1)))
    after = tree(book)
    new = {name for name in after if name not in before and (book / name).is_file()}
    edited = {name for name in before if before[name] != after[name]}
    lines = done.output.splitlines()
    assert {line[7:] for line in lines if line.startswith("wrote  ")} == new
    assert {line[7:] for line in lines if line.startswith("edited ")} == edited
    assert edited == {"_toc.yml", "book/claims.md", "seeds/references.bib"}
    assert after["seeds/references.bib"].startswith(before["seeds/references.bib"])
    assert b"# kept as it is" in after["_toc.yml"]


def test_the_same_document_gives_the_same_bytes(book, file, made, tree):
    path = file("port.docx", made.docx())
    before = tree(book)
    _add(book, path)
    first = tree(book)
    for name in sorted(set(first) - set(before), reverse=True):
        (book / name).rmdir() if (book / name).is_dir() else (book / name).unlink()
    for name, data in before.items():
        if (book / name).is_file():
            (book / name).write_bytes(data)
    _add(book, path)
    assert tree(book) == first


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_error_and_nothing_is_changed(book, file, tree, name):
    before = tree(book)
    data, fault = BAD[name]
    _refused(_add(book, file(name, data)), fault)
    assert tree(book) == before


def _refused(done, fault):
    assert done.exit_code == 1, done.output
    assert fault in done.output
    assert done.output.startswith("Error: ")
    assert done.output.count("fix: ") == 1
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("key", "fault"),
    [
        ("acme-2021", "there is an entry 'acme-2021' already"),
        ("Acton 2024", "is no key for a source"),
        ("../acton", "is no key for a source"),
        ("a/b", "is no key for a source"),
        ("-a", "is no key for a source"),
        ("codebook", "is no key for a source"),
        ("ships", "there is a chapter of this key already"),
        ("actors", "is no key for a source"),
        ("", "is no key for a source"),
        ("a" * 61, "at most 60 characters"),
        ("a\n", "is no key for a source"),
    ],
)
def test_a_key_that_is_none_or_is_taken_is_refused(book, port, tree, key, fault):
    (book / "book" / "questions").mkdir(exist_ok=True)
    (book / "book" / "questions" / "ships.yml").touch()
    before = tree(book)
    arguments = ["--root", str(book), "add", str(port), f"--key={key}", *GIVEN]
    _refused(CliRunner().invoke(main, arguments), fault)
    assert tree(book) == before


def test_a_second_time_nothing_is_overwritten(book, port, tree):
    assert _add(book, port).exit_code == 0
    before = tree(book)
    _refused(_add(book, port), "there is a source of this key already")
    _refused(_add(book, port, "other-2024"), "holds the very same text")
    assert tree(book) == before


@pytest.mark.parametrize(
    "name",
    [
        "seeds/acton-2024.yml.new",
        "notebooks/text/sources/acton-2024.md",
        "notebooks/sources/acton-2024.ipynb",
        "book/claims/acton-2024.md",
    ],
)
def test_a_file_left_over_is_not_overwritten(book, port, tree, name):
    path = book / name.removesuffix(".new")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("theirs", encoding="utf-8")
    before = tree(book)
    _refused(_add(book, port), "already")
    assert tree(book) == before


def test_in_a_pipe_what_is_missing_is_named_and_nothing_is_written(
    book, file, made, tree
):
    before = tree(book)
    path = file("port.pdf", made.pdf())
    done = _add(book, path, given=("--genre", "Report", "--issued", "2024"))
    _refused(done, "not known, and nobody to ask: title, author\n")
    assert "title: 'A port for Acton'" in done.output
    assert tree(book) == before
    given = ("--genre", "Report", "--as-proposed")
    done = _add(book, path, given=given)
    assert done.exit_code == 0, done.output
    assert "took from the file itself: title, author, issued" in done.output


@pytest.mark.parametrize("issued", [(), ("--issued", "2024")], ids=["not", "given"])
def test_a_day_that_only_the_file_has_is_said_to_be_the_files(book, file, made, issued):
    given = ("--title", "A port", "--author", "Doe, Jane", "--genre", "Report", *issued)
    path = file("port.docx", made.documents[".docx"]())
    done = _add(book, path, "acton-2024", "--as-proposed", given=given)
    assert done.exit_code == 0, done.output
    said = "is the day the file was made: the document's own may be another"
    assert (said in " ".join(done.output.split())) is not bool(issued)


TOLD = "It sold 12 tons on {} to many of the towns that lie at the river."


@pytest.mark.parametrize(
    ("lines", "quote"),
    [
        (("1 March 2024", TOLD.format("2 March 2024")), "1 March 2024"),
        (("Acton, 1 March 2024", TOLD.format("1 March 2024")), "Acton, 1 March 2024"),
        ((TOLD.format("1 March 2024"),), None),
        (("1 March 2024", "Words.", "1 March 2024"), None),
        (("2 March 2024",), None),
    ],
    ids="alone with-a-place told twice another".split(),
)
def test_a_short_line_with_the_date_proves_it(lines, quote):
    issued = module._issued("\n\n".join(("Acme", *lines)), "2024-03-01")
    assert issued["date"] == "2024-03-01"
    assert issued.get("quote") == quote
    assert ("inferred" in issued) == (quote is None)


def test_an_entry_goes_into_the_bibliography(book, port, file):
    entry = b"@article{acton-2024, title={T}, author={Doe, J}, journal={J}, year=2024}"
    done = _add(
        book, port, "acton-2024",
        "--bib", file("a.bib", entry), given=(),
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    works = read_works((book / "seeds/references.bib").read_text(encoding="utf-8"))
    assert works["acton-2024"].fields["journal"] == "J"
    assert read("acton-2024", root=book).sheet.genre == "ScholarlyArticle"


def test_an_entry_under_another_key_is_refused(book, port, file, tree):
    bib = file("a.bib", b"@misc{b,}")
    before = tree(book)
    done = _add(book, port, "acton-2024", "--bib", bib)
    _refused(done, "a.bib: no entry 'acton-2024'")
    assert tree(book) == before


@pytest.mark.parametrize("name", ["_toc.yml", "seeds/references.bib", "book/claims.md"])
def test_a_list_that_cannot_be_written_stops_everything(book, port, tree, name):
    (book / name).chmod(0o444)
    before = tree(book)
    done = _add(book, port)
    _refused(done, f"{name}: cannot be written")
    assert tree(book) == before


@pytest.mark.parametrize("fatal", range(1, 13))
def test_a_full_disk_changes_nothing(book, port, tree, monkeypatch, fatal):
    before, calls = tree(book), []
    real = Path.write_bytes

    def refuse(path, data):
        if "_build" in path.parts:  # what is kept there may as well not be
            return real(path, data)
        calls.append(path)
        if len(calls) == fatal:
            real(path, data[: len(data) // 2])
            raise OSError(28, "No space left on device", str(path))
        return real(path, data)

    monkeypatch.setattr(Path, "write_bytes", refuse)
    done = _add(book, port)
    if len(calls) < fatal:
        assert done.exit_code == 0
        return
    _refused(done, "No space left on device")
    assert ".new" not in done.output
    assert tree(book) == before


def test_an_interrupt_while_the_notebook_runs_changes_nothing(
    book, port, tree, monkeypatch
):
    before = tree(book)

    def interrupt(pairs):
        for pair in pairs:
            notebook_of(pair).write_text("half")
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "run_notebooks", interrupt)
    assert _add(book, port).exit_code == 1
    assert tree(book) == before


def test_a_notebook_that_does_not_run_is_written_without_outputs(
    book, port, monkeypatch
):
    def fail(_pairs):
        raise SourcebookError("x.ipynb: cell 3 failed\nNo kernel here")

    monkeypatch.setattr(module, "run_notebooks", fail)
    done = _add(book, port)
    assert done.exit_code == 0, done.output
    assert "did not run and has no outputs yet: No kernel here" in done.output
    assert out_of_step(book) == ()


def test_a_broken_list_is_said_and_left_alone(book, port, tree):
    for name, text, fault in [
        ("_toc.yml", "root: [", "_toc.yml: "),
        ("_toc.yml", "format: jb-book\nroot: a\n", "no list with a page of"),
        ("seeds/references.bib", "@misc{a", "references.bib: syntax error"),
        ("seeds/codebook.yml", "topics: 3\n", "seeds/codebook.yml: "),
    ]:
        good = (book / name).read_bytes()
        (book / name).write_text(text, encoding="utf-8")
        before = tree(book)
        done = _add(book, port)
        assert done.exit_code == 1, done.output
        assert fault in done.output
        assert tree(book) == before
        (book / name).write_bytes(good)


@pytest.mark.parametrize(
    ("names", "number"),
    [((), "000_"), (("007_a.txt", "003_b.txt", "notes.txt"), "008_")],
    ids=["the first", "after the highest"],
)
def test_a_document_has_the_next_number(names, number, tmp_path):
    (tmp_path / "seeds").mkdir()
    for name in names:
        (tmp_path / "seeds" / name).write_text(f"{name}\n", encoding="utf-8")
    assert module._name(tmp_path, "It rained.\n").startswith(number)


def test_help_names_every_kind_of_file_that_is_read():
    shown = CliRunner().invoke(main, ["add", "--help"]).output
    assert f"Add FILE ({', '.join(KINDS)})" in " ".join(shown.split())
    assert set(KINDS) > DATED

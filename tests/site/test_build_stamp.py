"""Nothing is built where nothing changed, and something is wherever anything did."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from sourcebook.site import publication as stamp
from sourcebook.site.publication import is_unchanged, stamped

INPUTS = (
    "_config.yml",
    "_toc.yml",
    "book/index.md",
    "book/_static/page.css",
    "book/questions/gas.yml",
    "book/releases/1.csv",
    "notebooks/sources/a.ipynb",
    "seeds/a.txt",
    "seeds/a.yml",
    "requirements.lock",
    "CITATION.cff",
    "CHANGELOG.md",
)


@pytest.fixture
def book(tmp_path, monkeypatch):
    for name in stamp._SETTINGS:
        monkeypatch.delenv(name, raising=False)
    for name in (*INPUTS, "tests/test_a.py", ".cache/a", "_build/.cache/a"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    build(tmp_path)
    return tmp_path


def build(root, *, fresh=False):
    with stamped(root, fresh=fresh) as into:
        for name in ("index.html", "_static/page.css"):
            path = into / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                path.write_text("made")


def test_after_a_build_there_is_nothing_to_do(book):
    assert is_unchanged(book)
    assert is_unchanged(book)


def test_before_the_first_build_there_is(tmp_path):
    assert not is_unchanged(tmp_path)


@pytest.mark.parametrize("name", INPUTS)
def test_an_input_that_changed_or_went_is_noticed(book, name):
    path = book / name
    path.write_text(name[::-1])  # as long as before
    assert not is_unchanged(book)
    path.write_text(name)
    assert is_unchanged(book)
    path.unlink()
    assert not is_unchanged(book)


def test_a_new_input_is_noticed(book):
    (book / "seeds/b.yml").touch()
    assert not is_unchanged(book)


@pytest.mark.parametrize("name", ["tests/test_a.py", ".cache/a", "_build/.cache/a"])
def test_what_does_not_go_into_the_site_does_not_count(book, name):
    (book / name).write_text("changed")
    assert is_unchanged(book)


@pytest.mark.parametrize("name", stamp._SETTINGS)
def test_settings_count(book, name, monkeypatch):
    monkeypatch.setenv(name, "1750000000")
    assert not is_unchanged(book)


def test_a_commit_counts_because_pages_have_its_date(book):
    git = ("git", "-C", book, "-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run((*git, "init", "-q"), check=True)
    subprocess.run((*git, "add", "_toc.yml"), check=True)
    subprocess.run((*git, "commit", "-q", "--allow-empty", "-m", "one"), check=True)
    assert not is_unchanged(book)
    build(book)
    assert is_unchanged(book)
    subprocess.run((*git, "commit", "-q", "--allow-empty", "-m", "two"), check=True)
    assert not is_unchanged(book)


def test_the_package_counts_wherever_it_is(book, tmp_path_factory, monkeypatch):
    package = tmp_path_factory.mktemp("package")
    (package / "a.py").write_text("1")
    monkeypatch.setattr(stamp, "_PACKAGE", package)
    build(book)
    assert is_unchanged(book)
    (package / "a.py").write_text("2")
    assert not is_unchanged(book)


@pytest.mark.parametrize("change", ["edit", "delete", "add", "link"])
def test_a_site_that_others_changed_is_noticed_and_made_anew(book, change):
    page = book / "_build/html/index.html"
    if change == "edit":
        page.write_text("edit")
    elif change == "delete":
        page.unlink()
    elif change == "add":
        page.with_name("more.html").touch()
    else:
        page.with_name("more.html").symlink_to("nowhere")
    assert not is_unchanged(book)
    build(book)
    assert page.read_text() == "made"
    assert not os.path.lexists(page.with_name("more.html"))
    assert is_unchanged(book)


@pytest.mark.parametrize("name", [stamp.SITE, stamp.WORK, stamp.READ, stamp.STAMP])
@pytest.mark.parametrize("other", ["file", "folder", "link"])
def test_what_lies_in_the_place_of_what_is_kept_goes(book, name, other):
    path = book / name
    stamp.clear(path)
    {
        "file": lambda: path.write_text("no folder"),
        "folder": lambda: (path / "stray").mkdir(parents=True),
        "link": lambda: path.symlink_to("."),
    }[other]()
    assert is_unchanged(book) == (name in (stamp.WORK, stamp.READ))
    build(book, fresh=True)
    assert (book / stamp.SITE / "index.html").read_text() == "made"
    assert is_unchanged(book)


def test_pages_of_what_has_gone_go_too(book):
    with stamped(book) as into:
        (into / "a.html").touch()
    build(book)
    assert (book / "_build/html/a.html").exists()
    (book / "seeds/a.yml").unlink()
    build(book)
    assert not (book / "_build/html/a.html").exists()


def test_a_build_that_did_not_end_leaves_nothing_to_go_by(book):
    (book / "seeds/a.yml").write_text("new")

    def fail():
        with stamped(book):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    (book / "seeds/a.yml").write_text("seeds/a.yml")
    assert not is_unchanged(book)


def test_a_build_that_fails_leaves_the_last_site_as_it_was(book):
    page = book / "_build/html/index.html"
    before = page.stat().st_mtime_ns

    def fail():
        with stamped(book) as into:
            (into / "index.html").write_text("half")
            (into / "_static/page.css").unlink()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert page.read_text() == "made"
    assert page.stat().st_mtime_ns == before
    assert (book / "_build/html/_static/page.css").exists()


def test_what_did_not_change_is_not_copied_and_never_written_into(book):
    page, style = (book / "_build/html" / n for n in ("index.html", "_static/page.css"))
    before = style.stat().st_ino
    with stamped(book) as into:
        (into / "index.html").write_text("anew")
    assert page.read_text() == "anew"
    assert style.stat().st_ino == before
    with stamped(book) as into:
        (into / "_static/page.css").write_text("half")
        assert style.read_text() == "made"


@pytest.mark.parametrize("can", [True, False], ids=["one step", "two steps"])
def test_readers_get_the_new_site_whole(book, can, monkeypatch):
    if not can:
        monkeypatch.setattr("ctypes.CDLL", lambda *_, **__: None)
    with stamped(book) as into:
        (into / "more.html").touch()
        (into / "index.html").unlink()
    found = sorted(path.name for path in (book / "_build/html").iterdir())
    assert found == ["_static", "more.html"]
    assert sorted(p.name for p in (book / "_build").glob("html*")) == [
        "html",
        "html.next",
    ]
    assert is_unchanged(book)


def test_an_edit_during_the_build_is_not_taken_for_built(book):
    with stamped(book):
        (book / "seeds/a.yml").write_text("edited meanwhile")
    assert not is_unchanged(book)


def test_a_touched_file_is_read_once_and_then_known(book, monkeypatch):
    os.utime(book / "seeds/a.yml", ns=(1, 1))
    assert is_unchanged(book)
    monkeypatch.setattr(stamp.Path, "read_bytes", pytest.fail)
    assert is_unchanged(book)


def test_a_stamp_that_is_no_stamp_is_not_believed(book):
    inner = '{"settings": {}, "outputs": {}, "inputs": %s}'
    for text in ("", "[]", "{}", "\x00", inner % "[]", inner % '{"seeds/a.yml": 1}'):
        (book / stamp.STAMP).write_text(text)
        assert not is_unchanged(book)


def test_saying_so_imports_no_library():
    code = (
        "import sys, sourcebook.site.publication\n"
        "print([m for m in ('sphinx', 'pandas', 'nbformat', 'yaml') "
        "if m in sys.modules])"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_fresh_build_reads_and_writes_all(book):
    (book / "_build/html/index.html").write_text("made")
    (book / stamp.READ).mkdir()
    build(book, fresh=True)
    assert not (book / stamp.READ).exists()
    assert is_unchanged(book)

"""A page shown at once is the page that the next build makes, byte for byte.

And what that build makes of what changed is what a clean one makes.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
from contextlib import nullcontext
from itertools import zip_longest
from pathlib import Path
from types import SimpleNamespace

import pytest

from sourcebook.authoring.new_collection import EXAMPLE
from sourcebook.running.build_lock import held
from sourcebook.site import resident_build
from sourcebook.site.build import build_book
from sourcebook.site.build_on_save import Build
from sourcebook.site.domain import SourcebookDomain
from sourcebook.site.resident_build import Pages

PAGE = f"notebooks/sources/{EXAMPLE}"


@pytest.fixture
def book(begun, tmp_path):
    folder = shutil.copytree(begun, tmp_path / "book")
    _save(folder / "_config.yml", "    - sourcebook.edition.epub\n", "")
    return folder


def _save(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.slow
def test_what_is_shown_at_once_is_what_a_build_makes(book):
    resident = Build(book, ()).run()
    site = book / "_build" / "html"
    try:
        text = f"notebooks/text/sources/{EXAMPLE}.md"
        _save(book / text, "A short note", "A very short note")
        (shown,) = resident.show([text], [])
        assert (shown["page"], shown["faults"]) == (PAGE, [])
        made = Path(shown["files"][f"{PAGE}.html"]).read_bytes()
        assert b"A very short note" in made
        assert b"A very short note" not in (site / f"{PAGE}.html").read_bytes()

        sheet = f"seeds/{EXAMPLE}.yml"
        _save(book / sheet, "The museum's town is not named.", "No town is named.")
        first, *rest = resident.show([sheet], ["book/claims"])
        assert first["page"] == "book/claims"  # which is open
        assert {each["page"] for each in rest} >= {PAGE, f"book/claims/{EXAMPLE}"}
        _save(book / sheet, "No town is named.", "The museum's town is not named.")

        _save(book / "book" / "index.md", "A marked word", "{claim}`No <a/b>` word")
        (shown,) = resident.show(["book/index.md"], [])
        assert shown["files"] == {}
        assert shown["faults"][0].startswith("book/index.md:3: no claim 'a/b'")
        _save(book / "book" / "index.md", "{claim}`No <a/b>` word", "A marked word")
    finally:
        resident.end()
    assert build_book(book)
    built = (site / f"{PAGE}.html").read_bytes()
    differ = [
        (a, b) for a, b in zip_longest(*map(bytes.splitlines, (built, made))) if a != b
    ]
    assert differ == []
    now = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert not build_book(book)
    assert build_book(book, fresh=True)
    clean = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert {path for path in now | clean if now.get(path) != clean.get(path)} == set()


def test_answers_stay_until_a_file_about_the_documents_changes(tmp_path):
    config = SimpleNamespace(sourcebook_root=".")
    env = SimpleNamespace(domaindata={}, config=config, srcdir=tmp_path)
    domain = SourcebookDomain(env)
    domain.forget()
    for name in ("seeds/a.yml", "book/questions/a.yml", "book/wording.yml"):
        vars(domain)["_answers"] = ("an answer",)
        domain.kept |= {"terms": {}}
        _put(tmp_path / "book/page.md", name)
        domain.forget()
        assert vars(domain)["_answers"] == ("an answer",)
        assert domain.kept == {}
        _put(tmp_path / name, "{}")
        domain.forget()
        assert "_answers" not in vars(domain)
        assert domain.kept == {}


def test_pages_that_were_read_at_several_moments_are_asked_one_by_one(tmp_path):
    """A file that is saved and then saved as it was has its pages read twice."""
    config = SimpleNamespace(sourcebook_root=".")
    env = SimpleNamespace(domaindata={}, config=config, srcdir=tmp_path, docname="a")
    domain, withdrawn = SourcebookDomain(env), tmp_path / "book/withdrawn.yml"

    def save(text):
        _put(withdrawn, text)
        domain.forget()
        vars(domain)["_corpus"] = SimpleNamespace(sources={})

    save("a: 1\n")
    domain.use("withdrawn")
    domain.data["moment"] = domain.moment
    assert domain.pages_to_read() == set()
    save("a: 2\n")
    assert domain.pages_to_read() == {"a"}
    domain.use("withdrawn")  # as when the page is read again
    assert domain.pages_to_read() == set()
    save("a: 1\n")
    assert domain.pages_to_read() == {"a"}


def _put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_pages_are_kept_from_a_build_that_lives_and_go_with_it(tmp_path, monkeypatch):
    gone, other = (tmp_path / resident_build.SHOWN_FOLDER / n for n in ("4194305", "1"))
    for folder in (gone, other, tmp_path / "doctrees"):
        folder.mkdir(parents=True)
    builder = SimpleNamespace(globalcontext={})
    app = SimpleNamespace(
        srcdir=tmp_path, doctreedir=tmp_path / "doctrees", env=SimpleNamespace(),
        builder=builder,
    )  # fmt: skip
    monkeypatch.setattr(resident_build, "_Warnings", lambda _app: None)
    monkeypatch.setattr(signal, "signal", lambda *_: None)

    def answer(pages, *_):
        assert pages.folder.is_dir()
        assert other.is_dir()
        assert not gone.exists()

    monkeypatch.setattr(resident_build, "_answer", answer)
    with held(other):
        resident_build.stay(app, 0, built=0)
    assert [*other.parent.iterdir()] == [other]


def test_what_was_saved_later_does_not_wait_for_the_rest_of_what_was_before(
    monkeypatch, tmp_path
):
    ours, theirs = socket.socketpair()
    asked = [json.dumps({"saved": [name], "open": []}) + "\n" for name in ("a", "b")]

    def show(saved, _opened):
        for page in (1, 2):
            if (saved, page) == (["a"], 1):
                ours.sendall(asked[1].encode())
            elif page == 2:
                ours.shutdown(socket.SHUT_WR)
            yield {"page": f"{saved[0]}{page}"}

    monkeypatch.setattr(resident_build.os, "dup2", lambda *_: None)
    monkeypatch.setattr(resident_build, "warm_kernels", nullcontext)
    monkeypatch.setattr(resident_build.fork_client, "begin", lambda: None)
    ours.sendall(asked[0].encode())
    built = os.open(tmp_path / "built", os.O_CREAT | os.O_WRONLY)
    resident_build._answer(SimpleNamespace(show=show), theirs.detach(), built)
    with ours, ours.makefile("r", encoding="utf-8") as lines:
        told = [json.loads(line) for line in lines]
    assert [*told[0]] == ["ready"]
    done = {"done": True}
    pages = [{"page": name} for name in ("a1", "b1", "b2")]
    assert told[1:] == [pages[0], done, *pages[1:], done]
    assert (tmp_path / "built").read_bytes() == b"built"


def test_a_page_that_cannot_be_made_is_told_and_not_shown(monkeypatch, tmp_path):
    def fail(_page):
        raise ValueError("no such letter")

    pages = object.__new__(Pages)
    pages.root, pages.app = tmp_path, SimpleNamespace(env=None)
    pages.warnings = SimpleNamespace(lines=["said of another page"])
    monkeypatch.setattr(pages, "_read", fail)
    told = pages._shown("book/index")
    assert told["files"] == {}
    (fault,) = told["faults"]
    assert "no such letter" in fault


@pytest.mark.parametrize(
    ("faults", "shown"),
    [
        ({}, {"faults": [], "files": {"a.html": "kept"}}),
        ({"a": [(3, "x"), (1, "y")]}, {"faults": ["a:1: y", "a:3: x"], "files": {}}),
    ],
    ids=["sound", "at fault"],
)
def test_a_page_is_shown_only_if_it_is_sound(monkeypatch, tmp_path, faults, shown):
    said = SimpleNamespace(lines=["said of another page"])
    domain = SimpleNamespace(data={"faults": faults})
    monkeypatch.setattr(resident_build, "get_domain", lambda _env: domain)
    monkeypatch.setattr(
        resident_build,
        "warn_of_fault",
        lambda page, line, words: said.lines.append(f"{page}:{line}: {words}"),
    )
    pages = object.__new__(Pages)
    pages.root, pages.app, pages.warnings = tmp_path, SimpleNamespace(env=None), said
    monkeypatch.setattr(pages, "_read", lambda _page: None)
    monkeypatch.setattr(pages, "_write", lambda page: {f"{page}.html": "kept"})
    assert pages._shown("a") == shown


def test_pages_that_are_open_are_shown_first_then_those_saved(monkeypatch):
    domain = SimpleNamespace(
        forget=lambda: None, pages_to_read=lambda **_: {"book/index", "d"}
    )
    monkeypatch.setattr(resident_build, "get_domain", lambda _env: domain)
    pages = object.__new__(Pages)
    pages.app = SimpleNamespace(env=None, config=SimpleNamespace(root_doc="book/index"))
    own = "notebooks/synthesis/gas"
    monkeypatch.setattr(pages, "_made_from", lambda _: {"a", "b", own})
    monkeypatch.setattr(pages, "_stale", lambda first: first)
    monkeypatch.setattr(pages, "_shown", lambda page: {"files": page})

    def shown(saved, opened):
        return [each["page"] for each in pages.show(saved, opened)]

    assert shown(["a.md"], []) == ["a", "b", own]
    assert shown(["a.md"], ["b", "index"]) == ["b", "a", own]
    questions = "book/questions/gas.yml"
    assert shown([questions], []) == [own, "a", "b", "book/index", "d"]
    assert shown([questions], ["index"]) == ["book/index", own, "a", "b", "d"]

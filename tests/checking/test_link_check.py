"""Pages are asked politely, and what they answer is told apart."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from click.testing import CliRunner

from sourcebook.commands import data_commands
from sourcebook.commands.command_line import main
from sourcebook.commands.data_commands import answers, fault_at, pages_of
from sourcebook.comparing.public_record import load_record

ASKED: list[str] = []


class _Pages(BaseHTTPRequestHandler):
    """Answer by the first part of the path; note every request."""

    def do_HEAD(self):
        ASKED.append(f"{self.command} {self.path}")
        if "odd" in self.path:
            self.wfile.write(b"no line of a server of pages\n")
            return
        code = 405 if "no-head" in self.path else int(self.path.split("/")[1])
        self.send_response(code)
        self.end_headers()

    def do_GET(self):
        ASKED.append(f"{self.command} {self.path}")
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        """Keep the test's output clean."""


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/200/there", ""),
        ("/404/gone", "is gone (404)"),
        ("/403/closed", "refuses programs (403)"),
        ("/200/no-head", ""),
        ("/200/ə–ü?a=b%20c", ""),
    ],
)
def test_answers_are_told_apart(site, path, said):
    assert fault_at(site + path, timeout=5) == said


def test_the_head_is_asked_for_first_and_the_page_only_where_it_must_be(site):
    ASKED.clear()
    pages = [f"{site}/200/there", f"{site}/200/no-head"]
    assert dict(answers(pages, pause=0, timeout=5)) == dict.fromkeys(pages, "")
    assert [line.split()[0] for line in ASKED] == ["HEAD", "HEAD", "GET"]


def test_a_server_that_is_not_there_is_said():
    assert fault_at("http://127.0.0.1:1/", timeout=5).startswith("no answer")


def test_what_is_no_answer_of_a_server_of_pages_is_said(site):
    for page in (f"{site}/odd", "http://[x/"):
        assert fault_at(page, timeout=5).startswith("no answer: ")


def test_every_page_is_asked_once_for_all_its_facts(corpus):
    record = load_record(corpus)
    pages = pages_of(record)
    assert {fact.url for fact in record.facts} <= set(pages)
    shared = [page for page, facts in pages.items() if len(facts) > 1]
    assert shared


def test_pages_are_asked_one_after_the_other_without_haste(monkeypatch):
    waited = []
    monkeypatch.setattr(data_commands.time, "sleep", waited.append)
    monkeypatch.setattr(data_commands, "fault_at", lambda page, **_: page)
    assert [said for _, said in answers("abc", pause=3, timeout=1)] == ["a", "b", "c"]
    assert waited == [3, 3]


@pytest.mark.parametrize("most", [None, "0 1", "3600 3600"])
def test_those_that_do_not_answer_are_named_with_their_facts(
    root, corpus, monkeypatch, most
):
    pages = pages_of(load_record(corpus))
    first, second = list(pages)[:2]
    monkeypatch.setattr(
        data_commands,
        "answers",
        lambda asked, **_: [
            (page, "is gone (404)" if page in {first, second} else "") for page in asked
        ],
    )
    pause, timeout = most.split() if most else ("", "")
    more = ["--pause", pause, "--timeout", timeout] if most else []
    words = ["--root", str(root), "record", "check", *more]
    said = CliRunner().invoke(main, words).output
    assert said.splitlines() == [
        f"{first}: is gone (404) ({', '.join(pages[first])})",
        f"{second}: is gone (404) ({', '.join(pages[second])})",
        f"{len(pages)} pages asked, 2 did not answer",
    ]

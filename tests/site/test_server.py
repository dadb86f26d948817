"""The served book is the last good one, comes anew after a save, and ends cleanly."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from urllib.error import HTTPError
from urllib.request import urlopen

import psutil
import pytest

from sourcebook.errors import SourcebookError
from sourcebook.site import build_on_save
from sourcebook.site import server as serving
from sourcebook.site.build_on_save import Build, matters, pairs_in, saves
from sourcebook.site.live_reload import Served
from sourcebook.site.server import EVENTS, HOST, RELOAD, bind
from sourcebook.site.theme import POLICY

WAIT = 60


def _site(folder, words):
    folder.mkdir(exist_ok=True)
    rule = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    page = f"<html><head>{rule}</head><body><p id=a>{words}</p></body></html>"
    (folder / "index.html").unlink(missing_ok=True)  # a site is never written into
    (folder / "index.html").write_text(page, encoding="utf-8")
    (folder / "data.csv").write_text("</body>", encoding="utf-8")
    (folder / "empty").mkdir(exist_ok=True)
    return folder


@contextlib.contextmanager
def _serving(served):
    with bind(0, served) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://{HOST}:{server.server_address[1]}/"
        server.shutdown()


def _get(address):
    with urlopen(address, timeout=WAIT) as answer:  # noqa: S310 - our own server
        return answer.read().decode("utf-8")


def _news(told):
    """Return the next thing that an open page is told."""
    line = told.readline()
    told.readline()
    return json.loads(line.removeprefix(b"data: "))


@pytest.fixture
def served(tmp_path):
    (tmp_path / "work").mkdir()
    one = Served(tmp_path / "work")
    one.take(_site(tmp_path / "site", "first"))
    return one


def test_a_page_gets_the_script_on_its_way_out_only(served, tmp_path):
    with _serving(served) as address:
        for page in ("", "index.html", "index.html?highlight=gas"):
            assert RELOAD + "</body>" in _get(address + page)
        assert _get(f"{address}data.csv") == "</body>"
    for folder in (tmp_path / "site", served.folder):
        assert "<script" not in (folder / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ["empty/", "nothing.html", "../site/data.csv"])
def test_what_is_not_a_page_of_the_site_is_not_there(served, path):
    with _serving(served) as address, pytest.raises(HTTPError, match="404"):
        _get(address + path)


def test_a_new_book_takes_the_place_of_the_old_and_pages_are_told(
    served, tmp_path, monkeypatch
):
    monkeypatch.setattr(serving, "PULSE", 600)  # told, not found out
    with _serving(served) as address:
        with urlopen(address + EVENTS[1:], timeout=WAIT) as told:  # noqa: S310
            assert _news(told) == {"page": 1, "fault": ""}
            served.take(_site(tmp_path / "site", "second"))
            assert _news(told) == {"page": 2, "fault": ""}
        assert "second" in _get(address)
        assert [path.name for path in (tmp_path / "work").iterdir()] == ["2"]


def test_a_page_is_told_of_its_own_making_and_of_faults_alone(served, tmp_path):
    other = tmp_path / "site" / "other.html"
    other.write_text("<body>other</body>", encoding="utf-8")
    served.take(tmp_path / "site")
    made = tmp_path / "made.html"
    made.write_text("<body>anew</body>", encoding="utf-8")
    linked = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    with _serving(served) as address:
        with urlopen(f"{address}{EVENTS[1:]}?%2Fother.html", timeout=WAIT) as told:  # noqa: S310
            before = _news(told)
            assert served.opened() == ["other"]
            served.put({"index.html": str(made)})
            assert _news(told) == before
            served.say("a.yml: wrong")
            assert _news(told) == {**before, "fault": "a.yml: wrong"}
            served.say("")
            assert _news(told) == before
        assert "anew" in _get(address)
    assert (tmp_path / "site" / "index.html").read_text(encoding="utf-8") == linked


def test_a_port_in_use_is_said_with_a_remedy(served):
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SourcebookError, match=f"port {port} is in use") as caught:
            bind(port, served)
    assert f"--port {port + 1}" in str(caught.value)


def test_only_this_machine_is_served(served):
    with bind(0, served) as server:
        assert server.server_address[0] == "127.0.0.1"


def _answer(address, path="/", **headers):
    """Return the answer to a request, with headers as they are given."""
    host, _, port = address.split("/")[2].partition(":")
    line = HTTPConnection(host, int(port), timeout=WAIT)
    line.putrequest("GET", path, skip_host="Host" in headers)
    for name, values in headers.items():
        for value in [values] if isinstance(values, str) else values:
            line.putheader(name, value.replace("PORT", port))
    line.endheaders()
    return line.getresponse()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:PORT"}, 200),
        ({"Host": "evil.example"}, 421),
        ({"Host": "evil.example:PORT"}, 421),
        ({"Host": "127.0.0.1:1"}, 421),
        ({"Host": "127.0.0.1"}, 421),
        ({"Host": ""}, 421),
        ({"Host": ()}, 421),
        ({"Host": ("localhost:PORT", "evil.example")}, 421),
        ({"Origin": "http://127.0.0.1:PORT"}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1"}, 403),
        ({"Origin": ("http://127.0.0.1:PORT", "http://evil.example")}, 403),
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/", "/data.csv", EVENTS])
def test_only_pages_of_this_machine_may_ask(served, headers, status, path):
    with _serving(served) as address:
        assert _answer(address, path, **headers).status == status


@pytest.mark.parametrize(
    "names", ["Host: evil.example", "Host: localhost:PORT\r\nOrigin: null"]
)
def test_who_is_refused_is_sent_nothing_after_that(served, names):
    with _serving(served) as address:
        host, _, port = address.split("/")[2].partition(":")
        asked = f"GET /data.csv HTTP/1.0\r\n{names.replace('PORT', port)}\r\n\r\n"
        with socket.create_connection((host, int(port)), timeout=WAIT) as line:
            line.sendall(asked.encode())
            with line.makefile("rb") as answer:
                assert answer.read().count(b"HTTP/1.") == 1


@pytest.mark.parametrize("path", ["/", "/data.csv", "/no", EVENTS, serving.RELOADER])
def test_a_page_of_another_site_may_not_run_what_is_served_as_its_own(served, path):
    """A script is fetched without an origin, and the words to search are one."""
    with _serving(served) as address:
        answer = _answer(address, path)
    assert answer.getheader("Cross-Origin-Resource-Policy") == "same-origin"


NO_FILE = (  # names that no file can have
    "/x%00", "/%00/index.html", "/%", "/%01", "/%ff.html", "/%ed%a0%80.html",
    "/" + 300 * "a", "/" + 300 * "a" + ".html", "/" + 300 * "a" + "/", 4000 * "/a",
)  # fmt: skip


def test_strange_requests_and_broken_connections_leave_no_traceback(served, capfd):
    with _serving(served) as address:
        for path in NO_FILE:
            assert _answer(address, path).status == 404
        host, port = address.split("/")[2].split(":")
        for _ in range(3):
            line = socket.create_connection((host, int(port)))
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0" + bytes(4))
            line.sendall(b"GET / HTTP/1.1\r\nHost: ")
            line.close()  # which resets it
        with socket.create_connection((host, int(port)), timeout=WAIT) as line:
            line.sendall(b"GET / twice HTTP/1.0\r\n\r\n")
            with line.makefile("rb") as answer:
                assert answer.read().startswith(b"HTTP/1.0 400 ")
        assert _answer(address).status == 200
    assert capfd.readouterr().err == ""


def test_who_asks_for_nothing_is_not_waited_for(served, monkeypatch):
    assert 0 < serving._Handler.timeout < 60
    monkeypatch.setattr(serving._Handler, "timeout", 0.1)
    with _serving(served) as address:
        port = int(address.rpartition(":")[2].strip("/"))
        with socket.create_connection((HOST, port), timeout=WAIT) as idle:
            assert idle.recv(1) == b""


def test_pages_that_wait_for_news_are_bounded(served, monkeypatch):
    monkeypatch.setattr(serving, "PULSE", 0.05)
    with _serving(served) as address:
        told = [_answer(address, EVENTS) for _ in range(serving.MOST_OPEN)]
        assert {one.status for one in told} == {200}
        assert _answer(address, EVENTS).status == 503
        assert _answer(address).status == 200
        told.pop().close()
        end = time.monotonic() + WAIT
        while _answer(address, EVENTS).status == 503 and time.monotonic() < end:
            time.sleep(0.1)
        assert time.monotonic() < end
        for one in told:
            one.close()


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("seeds/acme.yml", True),
        ("book/_static/a.css", True),
        ("notebooks/text/sources/acme.md", True),
        ("src/sourcebook/errors.py", True),
        ("_config.yml", True),
        ("seeds/.acme.yml.part", False),
        ("seeds/.#acme.yml", False),
        ("notebooks/text/.ipynb_checkpoints/acme.md", False),
        ("src/sourcebook/__pycache__/errors.cpython-311.pyc", False),
        ("notebooks/sources/acme.ipynb", False),
        ("_build/html/index.html", False),
        ("README.md", False),
    ],
)
def test_only_what_the_book_is_made_from_matters(name, answer):
    assert matters(Path("/b") / name, Path("/b")) is answer


def test_a_saved_text_pair_runs_its_notebook_first(tmp_path, monkeypatch):
    pair = tmp_path / "notebooks" / "text" / "sources" / "acme.md"
    pair.parent.mkdir(parents=True)
    pair.touch()
    run = []
    monkeypatch.setattr(Build, "_run", lambda _, *args, **__: run.append(args))
    sheet = tmp_path / "seeds" / "acme.yml"
    assert Build(tmp_path, (pair, pair.with_name("gone.md"), sheet)).run() is None
    assert Build(tmp_path, (sheet,)).run() is None
    assert run == [("notebooks", "acme"), ("build",), ("build",)]
    assert pairs_in((sheet,), tmp_path) == ()


@pytest.mark.parametrize(
    ("prints", "told"),
    [
        ("echo begun; echo 'Error: {root}/a.yml: no quote'", "a.yml: no quote"),
        ("echo begun; echo stuck >&2", "begun\nstuck"),
        ("true", "sourcebook build ended with 3"),
    ],
    ids=["a fault", "last lines", "nothing"],
)
def test_a_build_that_failed_says_why(prints, told, tmp_path, monkeypatch):
    program = tmp_path / "program"
    prints = prints.replace("{root}", str(tmp_path))
    program.write_text(f"#!/bin/sh\n{prints}\nexit 3\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(build_on_save, "PROGRAM", program)
    with pytest.raises(SourcebookError) as caught:
        Build(tmp_path, ()).run()
    assert str(caught.value) == told


def test_saves_are_noticed_also_by_renaming(tmp_path):
    (tmp_path / "seeds").mkdir()
    for name in ("_toc.yml", "seeds/acme.yml"):
        (tmp_path / name).touch()
    with saves(tmp_path) as changes:
        time.sleep(0.5)  # until the folders are watched
        for name in ("_toc.yml", "seeds/acme.yml"):
            part = tmp_path / f"{name}.part"
            part.write_text("x", encoding="utf-8")
            part.replace(tmp_path / name)
            assert next(changes) == (tmp_path / name,)


def test_pages_of_a_server_that_was_killed_go_with_the_next(tmp_path):
    left = tmp_path / "_build/.served-and-killed"
    left.mkdir(parents=True)
    with serving._served(tmp_path) as one, serving._served(tmp_path):
        assert not left.exists()
        assert one.folder.parent.is_dir()  # which is served still


# Stands in for the book's own command: writes a page, fails where the sheet says so,
# and hangs, with a process of its own, where it says that.
BUILD = """#!/bin/sh
root="$2"
grep -q broken "$root/seeds/a.yml" && { echo "a fault @ seeds/a.yml" >&2; exit 1; }
if grep -q hang "$root/seeds/a.yml"; then
    sleep 600 & echo $! > "$root/child"; wait
fi
mkdir -p "$root/_build/html"
echo "<body>$(cat "$root/seeds/a.yml")</body>" > "$root/_build/html/index.html"
"""
SERVE = """
import sys
from pathlib import Path
from sourcebook.site import build_on_save, server as serving
build_on_save.PROGRAM = Path(sys.argv[1])
from sourcebook.site.server import serve
serve(Path(sys.argv[2]), port=0, show=False)
"""


class _Command:
    """``sourcebook serve`` with a build that takes no time, in a process of its own."""

    def __init__(self, root):
        self.sheet = root / "seeds" / "a.yml"
        self.sheet.parent.mkdir()
        self.save("one")
        program = root / "build"
        program.write_text(BUILD, encoding="utf-8")
        program.chmod(0o755)
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVE, program, root],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip

    def save(self, words):
        self.sheet.write_text(words, encoding="utf-8")

    def until(self, words):
        said = []
        for line in self.process.stdout:
            said.append(line)
            if words in line:
                return line
        pytest.fail("".join(said))

    def interrupt(self):
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(WAIT)


@pytest.fixture
def command(tmp_path):
    started = _Command(tmp_path)
    yield started
    started.process.kill()
    started.process.wait()
    started.process.stdout.close()


@pytest.mark.slow
def test_a_fault_is_told_and_the_last_good_book_stays(command):
    address = command.until("serving http").split()[1]
    time.sleep(1)
    command.save("broken")
    command.until("a fault @ seeds/a.yml")
    command.until("serving the last good book")
    assert "<body>one" in _get(address)
    command.save("two")
    command.until("built")
    assert "<body>two" in _get(address)
    assert command.interrupt() == 0


@pytest.mark.slow
def test_an_interrupt_ends_a_build_and_all_it_started(command, tmp_path):
    command.until("serving http")
    time.sleep(1)
    command.save("hang")
    command.until("saved: seeds/a.yml")
    child = tmp_path / "child"
    end = time.monotonic() + WAIT
    while not (child.is_file() and child.read_text()) and time.monotonic() < end:
        time.sleep(0.1)
    assert command.interrupt() == 0
    with contextlib.suppress(psutil.NoSuchProcess):
        left = psutil.Process(int(child.read_text()))
        while left.status() != psutil.STATUS_ZOMBIE:
            assert time.monotonic() < end
            time.sleep(0.1)


@pytest.mark.slow
def test_a_book_that_was_never_built_is_not_served(command, tmp_path):
    command.process.kill()
    command.process.wait()
    shutil.rmtree(tmp_path / "_build", ignore_errors=True)
    command.save("broken")
    done = subprocess.run(
        command.process.args, check=False, capture_output=True, text=True, timeout=WAIT
    )
    assert done.returncode == 1
    assert "nothing to serve: the book is not built" in done.stderr
    assert "  fix: " in done.stderr


def _until(page, holds):
    """Wait for what is not in the page, or what its policy lets no page poll for."""
    end = time.monotonic() + WAIT
    while not holds():
        assert time.monotonic() < end
        page.wait_for_timeout(20)


@pytest.mark.slow
@pytest.mark.browser
def test_an_open_page_comes_anew_after_a_build(served, tmp_path, browser):
    with _serving(served) as address, browser.new_page() as page:
        page.goto(address)
        assert page.inner_text("#a") == "first"
        _until(page, served.opened)
        served.take(_site(tmp_path / "site", "second"))
        page.get_by_text("second").wait_for()


LONG = "".join(f"<p id=p{n} style='height:200px'>paragraph {n}</p>" for n in range(60))
FOLD = "<details id=f><summary>more</summary><p>folded</p></details>"


@pytest.mark.slow
@pytest.mark.browser
def test_a_page_comes_anew_where_its_reader_was_and_shows_faults(
    served, tmp_path, browser
):
    _site(tmp_path / "site", FOLD + LONG)
    served.take(tmp_path / "site")
    top = "Math.round(document.getElementById('p30').getBoundingClientRect().top)"
    with _serving(served) as address, browser.new_page() as page:
        page.goto(address)
        page.evaluate("document.getElementById('f').open = true")
        page.evaluate("document.getElementById('p30').scrollIntoView()")
        before = page.evaluate(top)
        _until(page, served.opened)
        added = "<p style='height:900px'>a new sentence above</p>"
        served.take(_site(tmp_path / "site", FOLD + added + LONG))
        page.get_by_text("a new sentence above").wait_for()
        _until(page, lambda: page.evaluate(top) == before)
        assert page.evaluate("document.getElementById('f').open")
        served.say("seeds/a.yml: quote not found\n  fix: copy the words")
        alert = page.get_by_role("alert")
        alert.wait_for()
        assert "seeds/a.yml: quote not found\n  fix: copy" in alert.inner_text()
        assert page.evaluate(top) == before  # the last good page is below it
        served.say("")
        alert.wait_for(state="detached")

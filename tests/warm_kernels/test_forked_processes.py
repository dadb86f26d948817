"""The steps of a fork, each asked alone: in a whole run a plain kernel steps in."""

from __future__ import annotations

import asyncio
import io
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import traceback
from pathlib import Path
from types import SimpleNamespace

import pytest

from warm_kernels import chart_drawing, fork_client, fork_server, kernel_process
from warm_kernels.fork_client import GONE, Fork


@pytest.fixture
def line():
    """Both ends of a line."""
    ends = socket.socketpair()
    yield ends
    for end in ends:
        end.close()


def _forked(act):
    """Act in a process of its own; return its number."""
    pid = os.fork()
    if pid == 0:
        try:
            act()
        except BaseException:  # noqa: BLE001 - told, and this process ends
            traceback.print_exc()
            os._exit(99)
        os._exit(0)
    return pid


def _status(pid):
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _sleep():
    time.sleep(60)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ({"spec": {}, "zone": "UTC"}, '{"svg": "<svg/>"}'),
        ({"spec": {}, "zone": "Asia/Baku"}, ""),
        ({"spec": {}}, ""),
    ],
    ids=["here", "another zone", "no zone"],
)
def test_a_drawing_is_given_where_it_would_be_the_same(
    line, monkeypatch, asked, answer
):
    ours, theirs = line
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setattr(chart_drawing, "draw_here", lambda _: "<svg/>")
    ours.sendall(json.dumps(asked).encode() + b"\n")
    chart_drawing._answer(theirs)
    with ours.makefile("r") as said:
        assert said.read() == answer


def test_who_draws_ends_with_its_client(monkeypatch):
    ended = []
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO()))
    monkeypatch.setattr(os, "_exit", ended.append)
    chart_drawing._end_with_client()
    assert ended == [0]


@pytest.mark.parametrize(("act", "status"), [(lambda: os._exit(7), 7), (_sleep, -9)])
def test_the_end_of_a_kernel_is_told_and_then_it_is_collected(line, act, status):
    ours, theirs = line
    pid = _forked(act)
    kernel = fork_server.Kernel(pid, theirs)
    if status < 0:
        os.kill(pid, -status)
    kernel.report()
    assert json.loads(ours.recv(99)) == {"pid": pid, "exit": status}
    assert kernel.ended
    kernel.bury()
    assert ours.recv(9) == b""
    with pytest.raises(ChildProcessError):
        os.waitpid(pid, 0)


def test_a_kernel_that_runs_is_ended_when_it_is_buried(line):
    pid = _forked(_sleep)
    assert pid in fork_server._children()
    fork_server.Kernel(pid, line[1]).bury()
    assert pid not in fork_server._children()


WHILE = 20  # seconds that nothing here may take


class _Served:
    """A server of kernels that do as they are told: end with a number, or stay."""

    def __init__(self):
        self.line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.open = [self.line]

        def live(line, streams, *, zygote, added):
            os.write(streams[1], json.dumps([zygote == os.getppid(), added]).encode())
            if (told := line.recv(9)) != b"stay":
                os._exit(int(told))
            _sleep()

        def serve():
            self.line.close()
            kernel_process.live = live
            children = fork_server.Children(theirs, {"A": "1"})
            children.serve()
            children.close()

        self.pid = _forked(serve)
        theirs.close()

    def kernel(self, told):
        """Have a kernel forked, and told what to do; return its line."""
        ours, theirs = socket.socketpair()
        self.open.append(ours)
        seen, stream = socket.socketpair()
        with theirs, stream, seen:
            fds = [theirs.fileno(), stream.fileno(), stream.fileno()]
            socket.send_fds(self.line, [b"fork"], fds)
            seen.settimeout(WHILE)
            assert json.loads(seen.recv(99)) == [True, {"A": "1"}]
        ours.settimeout(WHILE)
        ours.sendall(told)
        return ours

    def kernels(self):
        """Return the numbers of its kernels, of those that it has not collected too."""
        return Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()

    def end(self):
        """Hang up, wait for its end, and return its status."""
        for each in self.open:
            each.close()
        end = time.monotonic() + WHILE
        while not (done := os.waitpid(self.pid, os.WNOHANG))[0]:
            if time.monotonic() > end:
                os.kill(self.pid, signal.SIGKILL)
            time.sleep(0.01)
        return os.waitstatus_to_exitcode(done[1])


@pytest.fixture
def server():
    served = _Served()
    yield served
    assert served.end() == 0


def _until(true):
    end = time.monotonic() + WHILE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_server_tells_the_end_of_a_kernel_and_keeps_it_until_that_is_heard(server):
    staying, ending = server.kernel(b"stay"), server.kernel(b"7")
    told = json.loads(ending.recv(99))
    assert (told["exit"], str(told["pid"]) in server.kernels()) == (7, True)
    ending.close()
    _until(lambda: str(told["pid"]) not in server.kernels())
    assert len(server.kernels()) == 1
    assert json.loads(server.kernel(b"0").recv(99))["exit"] == 0
    staying.settimeout(0.01)
    with pytest.raises(TimeoutError):
        staying.recv(9)  # nothing is told of one that lives


def test_a_server_ends_a_kernel_whose_line_is_hung_up_and_all_at_its_own_end(server):
    lines = [server.kernel(b"stay") for _ in range(3)]
    first, *others = server.kernels()
    lines[0].close()
    _until(lambda: server.kernels() == others)
    server.line.close()
    assert [line.recv(9) for line in lines[1:]] == [b"", b""]
    assert not any(Path(f"/proc/{kernel}").exists() for kernel in (first, *others))


def test_one_process_alone_goes_on_once_threads_were_looked_for(capfd):
    reader, writer = os.pipe()

    def act():
        fork_server._refuse_threads()
        os.write(writer, b"1")

    assert _status(_forked(act)) == 0
    os.close(writer)
    with os.fdopen(reader, "rb") as said:
        assert said.read() == b"1"
    assert capfd.readouterr().err == ""


def test_a_thread_that_a_library_has_started_is_refused(capfd):
    def act():
        threading.Thread(target=_sleep, daemon=True).start()
        fork_server._refuse_threads()

    assert _status(_forked(act)) == 99
    said = "RuntimeError: a library has started 1 thread(s)\n"
    assert capfd.readouterr().err.endswith(said)


def test_packages_are_forgotten_by_their_whole_names(monkeypatch):
    for name in ("acme_x", "acme_x.part", "acme_xy"):
        monkeypatch.setitem(sys.modules, name, SimpleNamespace())
    fork_server._forget({"acme_x"})
    assert [name for name in sys.modules if name.startswith("acme_x")] == ["acme_xy"]


@pytest.mark.parametrize(
    ("ends", "status"),
    [(SystemExit(3), 3), (SystemExit("why"), 1), (ValueError("why"), 1), (None, 0)],
)
def test_a_kernel_ends_with_the_status_that_it_was_given(capfd, ends, status):
    def act():
        def leave(*_, **__):
            if ends:
                raise ends

        kernel_process._leave_parent = kernel_process._be_new = leave
        kernel_process._order = lambda _: {"environment": {}}
        kernel_process._run, kernel_process._end = lambda *_: None, os._exit
        kernel_process.live(None, [], zygote=0, added={})

    assert _status(_forked(act)) == status
    assert ("why" in capfd.readouterr().err) == isinstance(ends, ValueError)


def test_a_kernel_has_a_session_and_streams_of_its_own():
    reader, writer = os.pipe()
    here = os.getpid()

    def act():
        kernel_process._leave_parent([writer], zygote=here)
        os.write(1, b"%d" % (os.getsid(0) == os.getpid()))
        with pytest.raises(OSError, match="Bad file"):
            os.fstat(writer)

    assert _status(_forked(act)) == 0
    os.close(writer)
    assert os.read(reader, 9) == b"1"
    os.close(reader)


def test_a_kernel_whose_parent_has_gone_ends():
    assert _status(_forked(lambda: kernel_process._leave_parent([], zygote=-1))) == 1


def test_a_kernel_is_what_its_order_says(line, tmp_path):
    ours, theirs = line
    order = {
        "environment": {"ONLY": "this"}, "folder": str(tmp_path),
        "command": ["python", "-m", "ipykernel_launcher", "-f", "x.json"],
    }  # fmt: skip
    ours.sendall(json.dumps(order).encode() + b"\n")
    assert kernel_process._order(theirs) == order

    def act():
        kernel_process._be_new(order)
        assert dict(os.environ) == order["environment"]
        assert Path.cwd() == tmp_path
        assert sys.orig_argv == order["command"]
        assert sys.argv[1:] == ["-f", "x.json"]
        assert sys.argv[0].endswith("ipykernel_launcher.py")

    assert _status(_forked(act)) == 0


def test_ports_that_were_found_for_a_kernel_are_forgotten(tmp_path):
    file = tmp_path / "kernel.json"
    ports = dict.fromkeys(kernel_process._PORTS, 55555)
    file.write_text(json.dumps({"key": "k", **ports}, indent=9), encoding="utf-8")
    kernel_process._forget_ports(str(file))
    written = json.loads(file.read_text(encoding="utf-8"))
    assert written == {"key": "k", **dict.fromkeys(ports, 0)}


def test_a_client_hears_its_kernel_in_parts_and_to_its_end(line):
    ours, theirs = line
    ours.setblocking(False)
    kernel = Fork(ours)
    assert (kernel.pid, kernel.returncode) == (0, None)

    async def hear():
        await kernel.order({"folder": "."})
        for part in (b'{"pid": 14, "po', b'rts": {"hb_port": 9}}\n'):
            theirs.sendall(part)
        return await kernel.greeting(), await kernel.ended(0.01)

    assert asyncio.run(hear()) == ({"hb_port": 9}, False)
    assert json.loads(theirs.recv(99)) == {"folder": "."}
    assert (kernel.pid, kernel.poll()) == (14, None)
    theirs.sendall(b'{"pid": 14, "ex')
    assert kernel.poll() is None
    theirs.sendall(b'it": 0}\n')
    assert (kernel.poll(), kernel.wait(), kernel.returncode) == (0, 0, 0)


def test_a_kernel_whose_parent_hung_up_has_gone_or_was_never_born(line):
    ours, theirs = line
    ours.setblocking(False)
    kernel = Fork(ours)
    theirs.close()
    with pytest.raises(EOFError):
        asyncio.run(kernel.greeting())
    assert kernel.wait() == GONE == -signal.SIGKILL


def test_a_signal_reaches_a_kernel_that_runs_and_nobody_after_its_end(
    line, monkeypatch
):
    ours, theirs = line
    ours.setblocking(False)
    kernel, sent = Fork(ours), []
    kernel.pid = 14
    monkeypatch.setattr(os, "kill", lambda *given: sent.append(given))
    kernel.kill()
    kernel.terminate()
    theirs.sendall(b'{"pid": 14, "exit": 0}\n')
    kernel.kill()
    assert sent == [(14, signal.SIGKILL), (14, signal.SIGTERM)]


def test_a_process_lives_until_its_line_says_or_is_no_line_any_more(line):
    ours, theirs = line
    farewell = fork_client.Zygote.farewell
    server = SimpleNamespace(_line=ours)
    assert farewell(server) is None
    theirs.sendall(b"a library is gone")
    assert farewell(server) == "a library is gone"
    theirs.close()
    assert farewell(server) == ""
    ours.close()
    assert farewell(server) == ""


def test_what_a_process_said_is_heard_though_it_left_requests_unread():
    said = [b"a library is gone", ConnectionResetError()]

    def recv(*_):
        if isinstance(each := said.pop(), Exception):
            raise each
        return each

    server = SimpleNamespace(_line=SimpleNamespace(recv=recv))
    assert fork_client.Zygote.farewell(server) == "a library is gone"


def test_why_kernels_are_plain_is_said_once(monkeypatch, capsys):
    monkeypatch.setattr(fork_client, "_said", set())
    for why in ("it is gone", "it is gone", "it speaks"):
        fork_client._say(why)
    told = capsys.readouterr().err.splitlines()
    head = "kernels start the plain way: "
    assert told == [f"{head}it is gone", f"{head}it speaks"]


def test_a_zygote_is_kept_while_it_lives_and_one_that_never_served_is_the_last(
    monkeypatch,
):
    class Started:
        served, said, closed = False, None, False

        def farewell(self):
            return self.said

        def close(self):
            self.closed = True

    monkeypatch.setattr(fork_client, "Zygote", Started)
    monkeypatch.setattr(fork_client, "_zygotes", {})
    first = fork_client._ours()
    assert isinstance(first, Started)
    assert fork_client._ours() is first
    first.said, first.served = "", True
    second = fork_client._ours()
    assert (second is first, first.closed, second.closed) == (False, True, False)
    assert fork_client._ours() is second
    second.said = "a library is gone"
    assert fork_client._ours() is None
    assert second.closed


@pytest.mark.parametrize(
    ("asked", "hangs", "steps"),
    [
        (False, False, ["kill", "wait"]),
        (True, False, ["wait"]),  # it ends its kernels first
        (True, True, ["wait", "kill", "wait"]),
    ],
)
def test_who_was_asked_for_kernels_may_end_them_before_it_is_ended(
    line, asked, hangs, steps
):
    seen = []

    def wait(*patience):
        seen.append("wait")
        if hangs and patience:
            raise subprocess.TimeoutExpired("zygote", *patience)

    process = SimpleNamespace(kill=lambda: seen.append("kill"), wait=wait)
    server = SimpleNamespace(_line=line[0], _process=process, drawer=None, asked=asked)
    fork_client.Zygote.close(server)
    assert seen == steps
    assert line[1].recv(9) == b""


def test_only_what_is_read_once_must_be_as_it_was():
    given = dict.fromkeys("HOME PYTHONPATH LC_ALL PYTHONEXECUTABLE OMP_X".split(), "1")
    kept = fork_client._read_once(given)
    assert kept == dict.fromkeys(["PYTHONPATH", "LC_ALL", "OMP_X"], "1")


def test_a_stream_is_a_file_or_its_number():
    with Path(os.devnull).open() as file:
        assert fork_client._descriptor(file) == file.fileno()
    assert fork_client._descriptor(3) == 3

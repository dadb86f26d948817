"""A zygote ends with its client, and where it cannot serve, kernels are plain."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from warm_kernels import environment
from warm_kernels import fork_client as zygote

pytestmark = pytest.mark.usefixtures("light")
WHILE = 120  # seconds that nothing here may take
CLIENT = """
    import os, sys, time
    from jupyter_client.manager import start_new_kernel
    manager, client = start_new_kernel(kernel_name="python3")
    said = []
    client.execute_interactive(
        "import os; print(os.getpid(), os.getppid())",
        output_hook=lambda message: said.append(message["content"].get("text", "")),
    )
    print("".join(said).strip(), flush=True)
"""


def _client(rest):
    program = textwrap.dedent(CLIENT) + textwrap.dedent(rest)
    return subprocess.Popen(
        [sys.executable, "-c", program],
        env=os.environ | environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _gone(pid):
    end = time.monotonic() + WHILE
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.01)
    return False


@pytest.fixture
def afresh(warm, monkeypatch):
    """Warm kernels whose zygote is not yet there, and is not kept."""
    monkeypatch.setattr(zygote, "_said", set())
    zygote.stop()
    yield warm
    zygote.stop()


@pytest.mark.parametrize(
    "rest",
    [
        "os.kill(os.getpid(), 9)",
        "",
        "client.stop_channels(); manager.shutdown_kernel()",
    ],
    ids=["killed", "forgetful", "orderly"],
)
def test_it_ends_with_its_client_and_so_do_its_kernels(rest):
    with _client(rest) as client:
        out, _ = client.communicate(timeout=WHILE)
    kernel, parent = map(int, out.split())
    assert parent != client.pid
    assert _gone(kernel)
    assert _gone(parent)


def test_a_client_that_forks_has_a_zygote_in_each_process():
    again = textwrap.indent(textwrap.dedent(CLIENT), " " * 4)
    with _client(f"if os.fork():\n    os.wait()\nelse:{again}") as client:
        out, _ = client.communicate(timeout=WHILE)
    numbers = out.split()
    assert len(set(numbers)) == len(numbers) == 4


def test_its_death_is_that_of_its_kernels_and_another_takes_its_place(afresh):
    with afresh() as kernel:
        parent = int(kernel.run("import os; print(os.getppid())"))
        os.kill(parent, signal.SIGKILL)
        pid = kernel.process.pid
        assert kernel.process.wait() == -signal.SIGKILL
        assert _gone(pid)
    with afresh() as kernel:
        assert kernel.run("print(6 * 7)") == "42"


DETACHED = """
import os, subprocess
first = subprocess.Popen(
    "setsid sh -c 'setsid sleep 300 & echo $!'", shell=True, text=True,
    stdout=subprocess.PIPE,
)
print(first.stdout.readline().strip())
"""


@pytest.mark.parametrize(
    "end", ["", "os._exit(1)", "os.kill(os.getpid(), 9)"], ids=["orderly", "gone", "-9"]
)
def test_what_a_notebook_detaches_ends_with_its_kernel_and_not_before(afresh, end):
    with afresh() as kept:
        alive = int(kept.run(DETACHED))
        with afresh() as other:
            leaving = int(other.run(DETACHED))
            if end:
                other.client.execute(f"import os; {end}")
                assert _gone(leaving)
        assert _gone(leaving)
        os.kill(alive, 0)  # no error: its kernel is there
    assert _gone(alive)


def test_it_can_be_made_ready_before_a_kernel_is_wanted(afresh):
    zygote.begin()
    ready = zygote._zygotes[os.getpid()]
    assert (ready.asked, ready.served) == (False, False)
    with afresh() as kernel:
        assert (ready.asked, ready.served) == (True, True)
        assert int(kernel.run("import os; print(os.getppid())")) == ready._process.pid


def test_one_that_nobody_asked_ends_at_once(afresh):
    del afresh
    zygote.begin()
    pid = zygote._zygotes[os.getpid()]._process.pid
    zygote.stop()
    assert _gone(pid)
    assert os.getpid() not in zygote._zygotes


def test_none_is_made_ready_where_kernels_are_to_be_plain(afresh, monkeypatch):
    del afresh
    monkeypatch.setenv("WARM_KERNELS", "plain")
    zygote.begin()
    assert os.getpid() not in zygote._zygotes


def test_another_environment_for_python_makes_a_plain_kernel(afresh, anyhow, capfd):
    with afresh():
        pass
    for _ in range(2):
        with anyhow(env=os.environ | {"PYTHONHASHSEED": "14"}) as kernel:
            assert isinstance(kernel.process, subprocess.Popen)
    said = "kernels start the plain way: the environment has another PYTHONHASHSEED"
    assert capfd.readouterr().err.count(said) == 1


BARS = {
    "broken": ("import nowhere_at_all", "No module named 'nowhere_at_all'"),
    "talking": (
        "print('Welcome!')",
        "a library speaks when it is imported: Welcome!",
    ),
    "threaded": (
        "from threading import Timer; t = Timer(60, print); t.daemon = True; t.start()",
        "a library has started 1 thread",
    ),
}


@pytest.mark.parametrize("library", BARS)
def test_a_library_that_bars_forking_makes_plain_kernels(
    afresh, anyhow, tmp_path, capfd, library
):
    del afresh
    code, why = BARS[library]
    (tmp_path / "light_library.py").write_text(code)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
        for _ in range(2):
            with anyhow() as kernel:
                assert isinstance(kernel.process, subprocess.Popen)
                assert kernel.run("print(6 * 7)") == "42"
    err = capfd.readouterr().err
    assert err.count("kernels start the plain way") == 1
    assert why in err

"""JupyterLab on a copy of the book, and a real browser in front of it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from sourcebook.coding.source_cache import bring_kept

LAB = Path(sys.executable).parent / "jupyter-lab"
LIMIT = 240  # seconds for all of it, however slow the machine


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Patience:
    """What is left of the time for one test."""

    def __init__(self):
        self.end = time.monotonic() + LIMIT

    @property
    def left(self):
        return max(self.end - time.monotonic(), 0.1)


@pytest.fixture
def patience():
    return Patience()


# As `jupyter lab` does, without what `sourcebook.running` leaves out to begin sooner.
START = "import sourcebook.running; from jupyterlab.labapp import main; main()"
COPIED = ("seeds", "book", "notebooks")


@pytest.fixture(scope="session")
def server(root, tmp_path_factory):
    """Start JupyterLab on a copy of the book; nothing of the user's own is touched."""
    if not LAB.is_file():
        reason = "needs JupyterLab: make dev"
        if os.environ.get("CI"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("lab")
    book = folder / "book"
    book.mkdir()
    for name in ("_toc.yml", "pyproject.toml"):
        shutil.copy(root / name, book / name)
    bring_kept(root, book)
    port = _free_port()
    own = {
        name: str(folder / "own" / name.lower())
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "HOME")
    }
    command = [sys.executable, "-c", START, "--no-browser", "--allow-root"]
    command += ["--ServerApp.ip=127.0.0.1"]
    command += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    command += ["--IdentityProvider.token=", f"--ServerApp.root_dir={book}"]
    command += ["--LabApp.news_url=None", "--LabApp.collaborative=False"]
    command += ["--LanguageServerManager.autodetect=False"]  # none, and no search
    # Of this checkout, whatever the environment got when it was filled.
    own_extension = root / "src" / "lab" / "share" / "jupyter" / "labextensions"
    command += [f"--LabApp.extra_labextensions_path={own_extension}"]
    environment = {
        **os.environ,
        **own,
        "PYTHONPATH": str(root / "src"),
        "PATH": f"{LAB.parent}{os.pathsep}{os.environ['PATH']}",
    }
    with (folder / "lab.log").open("wb") as log:
        started = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/api", started, Patience())
            yield SimpleNamespace(address=address, book=book)
        finally:
            started.terminate()
            try:
                started.wait(10)
            except subprocess.TimeoutExpired:
                started.kill()
                started.wait()


@pytest.fixture
def lab(root, server):
    """JupyterLab on the book as it is, whatever the test before did to its copy."""
    for name in COPIED:
        shutil.rmtree(server.book / name, ignore_errors=True)
        shutil.copytree(root / name, server.book / name)
    return server


def _wait_for(address, server, patience):
    while patience.left > 1 and server.poll() is None:
        try:
            with urlopen(address, timeout=2):  # noqa: S310 - our own server
                return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail("JupyterLab did not start")


@pytest.fixture(scope="session")
def window(browser):
    """The window of all tests: it keeps what it read of JupyterLab, which is much."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        yield context


@pytest.fixture
def open_notebook(window, lab, patience):
    """Return what opens a notebook and waits until its kernel answers."""
    page = window.new_page()
    page.set_default_timeout(patience.left * 1000)

    def open_one(name):
        page.goto(f"{lab.address}/lab/tree/{name}?reset")
        # A cell run before its kernel answers would ask the person for a kernel.
        idle = page.get_by_text("Python 3 (ipykernel) | Idle")
        idle.wait_for(timeout=patience.left * 1000)
        return page

    yield open_one
    page.close()

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
from playwright.sync_api import sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
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


@pytest.fixture
def lab(root, tmp_path, patience):
    """Start JupyterLab on a copy of the book; nothing of the user's own is touched."""
    if CHROMIUM is None or not LAB.is_file():
        reason = "needs Chromium and JupyterLab: make env, apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    book = tmp_path / "book"
    for name in ("seeds", "book", "notebooks"):
        shutil.copytree(root / name, book / name)
    for name in ("_toc.yml", "pyproject.toml"):
        shutil.copy(root / name, book / name)
    port = _free_port()
    own = {
        name: str(tmp_path / "own" / name.lower())
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "HOME")
    }
    command = [LAB, "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1"]
    command += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    command += ["--IdentityProvider.token=", f"--ServerApp.root_dir={book}"]
    command += ["--LabApp.news_url=None", "--LabApp.collaborative=False"]
    # Of this checkout, whatever the environment got when it was filled.
    own_extension = root / "src" / "lab" / "share" / "jupyter" / "labextensions"
    command += [f"--LabApp.extra_labextensions_path={own_extension}"]
    environment = {
        **os.environ,
        **own,
        "PYTHONPATH": str(root / "src"),
        "PATH": f"{LAB.parent}{os.pathsep}{os.environ['PATH']}",
    }
    with (tmp_path / "lab.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/api", server, patience)
            yield SimpleNamespace(address=address, book=book)
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait_for(address, server, patience):
    while patience.left > 1 and server.poll() is None:
        try:
            with urlopen(address, timeout=2):  # noqa: S310 - our own server
                return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail("JupyterLab did not start")


@pytest.fixture
def open_notebook(lab, patience):
    """Return what opens a notebook and waits until its kernel answers."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(patience.left * 1000)
        page.route(
            lambda url: not url.startswith(lab.address) and url.startswith("http"),
            lambda route: route.abort(),
        )

        def open_one(name):
            page.goto(f"{lab.address}/lab/tree/{name}?reset")
            # A cell run before its kernel answers would ask the person for a kernel.
            idle = page.get_by_text("Python 3 (ipykernel) | Idle")
            idle.wait_for(timeout=patience.left * 1000)
            return page

        yield open_one
        browser.close()

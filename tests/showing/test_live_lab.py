"""In JupyterLab the lists of the explorer answer, driven in a real browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import sync_playwright

pytestmark = [pytest.mark.slow, pytest.mark.browser]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
LAB = Path(sys.executable).parent / "jupyter-lab"
NOTEBOOK = "notebooks/explore/claims.ipynb"
LIMIT = 85  # seconds for all of it, however slow the machine


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
            yield address
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
def page(lab, patience):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(patience.left * 1000)
        page.route(
            lambda url: not url.startswith(lab) and url.startswith("http"),
            lambda route: route.abort(),
        )
        page.goto(f"{lab}/lab/tree/{NOTEBOOK}?reset")
        yield page
        browser.close()


def _listed(page, patience, before=""):
    """Return what the explorer lists, once it is no longer what it was before."""
    page.wait_for_function(
        "before => { const found = document.querySelector('.jp-OutputArea "
        "[role=status]'); return found && found.innerText !== before; }",
        arg=before,
        timeout=patience.left * 1000,
    )
    return page.locator(".jp-OutputArea [role=status]").inner_text()


def test_a_choice_in_jupyterlab_changes_what_is_listed(page, corpus, patience):
    # A cell run before its kernel answers would ask the person for a kernel.
    idle = page.get_by_text("Python 3 (ipykernel) | Idle")
    idle.wait_for(timeout=patience.left * 1000)
    page.locator(".jp-Notebook .jp-CodeCell").first.click()
    page.keyboard.press("Control+Enter")
    every = _listed(page, patience)
    assert f"{len(corpus.claims)} of {len(corpus.claims)} claims" in every
    page.locator(".widget-dropdown select").first.select_option("BBC 2025")
    one_source = _listed(page, patience, every)
    assert "bbc-2025/" in one_source
    assert "anonymous-2025/" in every
    assert "anonymous-2025/" not in one_source
    page.locator(".widget-text input").fill("leverage")
    page.locator(".widget-text input").press("Tab")
    found = _listed(page, patience, one_source)
    assert "bbc-2025/little-leverage" in found
    assert "bbc-2025/gas-share" not in found

"""Draw charts: in this process, or in one that has the drawing engine running already.

The engine behind Vega takes half a second to start, in every process that draws. So one
process draws the charts of all kernels. It listens on a socket that has no place in the
file system and a name nobody guesses, which `DRAWER` names, and ends with its client.
What it cannot draw, or would draw in another time zone, it leaves to the kernel: where
no drawing comes from it, for whatever reason, the chart is drawn here.
"""

import json
import os
import secrets
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import vl_convert as vlc

DRAWER = "WARM_KERNELS_DRAWER"  # the variable that names the socket
_PATIENCE = 20.0  # seconds for one drawing; a large one takes two

Spec = dict[str, Any]


def draw(spec: Spec) -> str:
    """Return the SVG of a Vega-Lite specification; nothing is fetched for it.

    Raises `ValueError` where there is no such chart.
    """
    if name := os.environ.get(DRAWER):
        with suppress(OSError, ValueError, KeyError):
            return _asked(name, spec)
    return draw_here(spec)


def draw_here(spec: Spec) -> str:
    """Return the SVG, drawn in this process."""
    return str(vlc.vegalite_to_svg(spec, allowed_base_urls=[]))


def _asked(name: str, spec: Spec) -> str:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(_PATIENCE)
        line.connect(f"\0{name}")
        line.sendall(json.dumps({"spec": spec, "zone": zone()}).encode() + b"\n")
        with line.makefile("rb") as answer:
            return str(json.loads(answer.read())["svg"])


def zone() -> str | None:
    """Return the time zone that this process was given, in which times are drawn."""
    return os.environ.get("TZ")


_ROOT = str(Path(__file__).parents[1])  # the folder from which the package is imported
_PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
from warm_kernels.chart_drawing import serve
serve(int(sys.argv[2]))
"""
_WAITING = 64  # kernels that may wait for their turn


class Drawer:
    """The process and the name of its socket; started at once, ready a little later."""

    def __init__(self) -> None:
        self.name = f"warm-kernels-{secrets.token_hex(16)}"
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(f"\0{self.name}")  # \0: a name that is in no file system
            listener.listen(_WAITING)
            self._process = subprocess.Popen(  # noqa: S603 - our own arguments
                [sys.executable, "-c", _PROGRAM, _ROOT, str(listener.fileno())],
                stdin=subprocess.PIPE,  # which ends when its client does
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[listener.fileno()],
                start_new_session=True,
            )

    @property
    def variables(self) -> dict[str, str]:
        """The variables by which a kernel finds it."""
        return {DRAWER: self.name}

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


def serve(number: int) -> None:
    """Draw for whoever asks on the inherited socket of this number."""
    threading.Thread(target=_end_with_client, daemon=True).start()
    with socket.socket(fileno=number) as listener:
        listener.set_inheritable(False)
        while True:
            line, _ = listener.accept()
            threading.Thread(target=_answer, args=(line,), daemon=True).start()


def _end_with_client() -> None:
    # Nothing is ever written there: it ends when the client does, however that goes.
    sys.stdin.buffer.read()
    os._exit(0)


def _answer(line: socket.socket) -> None:
    """Answer one request; hang up where there is no answer."""
    # Whatever fails here, the kernel draws the chart itself, and says what is wrong.
    with line, suppress(Exception), line.makefile("rb") as lines:
        asked = json.loads(lines.readline())
        if asked["zone"] == zone():
            line.sendall(json.dumps({"svg": draw_here(asked["spec"])}).encode())

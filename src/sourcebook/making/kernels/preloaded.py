"""The libraries that a zygote imports before it forks: third parties', never our own.

Ours are imported by each kernel anew, so that it runs the code as it is then. A list
that lacks a library costs time, nothing else; one that names a library which starts a
thread costs the zygote, which refuses to serve.
"""

from __future__ import annotations

import builtins
from importlib import import_module
from types import SimpleNamespace

LIBRARIES = tuple(
    # the kernel, and what it imports late
    "ipykernel.kernelapp ipykernel.debugger ipykernel.zmqshell ipykernel.displayhook "
    "IPython.core.completerlib IPython.extensions.storemagic "
    "psutil resource runpy sqlite3 "
    # what notebooks and our package import (TextBlob is left to the one that does)
    "numpy pandas altair defusedxml.ElementTree edtf ipywidgets pydantic.fields "
    "pydantic.main pyparsing regex vl_convert yaml".split()
)


def preload() -> None:
    """Import them, as if in a kernel: pandas chooses its options by that."""
    builtins.get_ipython = lambda: SimpleNamespace(kernel=None)  # type: ignore[attr-defined]
    try:
        for name in LIBRARIES:
            import_module(name)
    finally:
        del builtins.get_ipython  # type: ignore[attr-defined]

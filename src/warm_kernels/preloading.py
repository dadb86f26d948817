"""The libraries that a zygote imports before it forks: third parties', never our own.

Ours are imported by each kernel anew, so that it runs the code as it is then; what the
zygote keeps of them are the patterns of our readers, which `re` has by their text. A
list that lacks a library costs time, nothing else; one that names a library which
starts a thread, or speaks when it is imported, costs the zygote: it refuses to serve.
"""

from __future__ import annotations

import builtins
import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from types import SimpleNamespace

# What a kernel is made of, and what it imports late.
KERNEL = (
    "ipykernel.kernelapp ipykernel.debugger ipykernel.zmqshell ipykernel.displayhook "
    "IPython.core.completerlib IPython.core.debugger IPython.extensions.storemagic "
    "faulthandler psutil resource runpy sqlite3 tornado.platform.asyncio".split()
)
# What notebooks and our package import; TextBlob is left to the one chapter that does.
NOTEBOOKS = (
    "numpy pandas altair defusedxml.ElementTree edtf ipywidgets pydantic.fields "
    "pydantic.main pyparsing regex vl_convert yaml".split()
)

# What of ours compiles patterns; the rest of it is not run here.
PATTERNS = (
    "sourcebook.reading.actors sourcebook.reading.citations sourcebook.reading.dates "
    "sourcebook.reading.numbers sourcebook.reading.quotations sourcebook.reading.text"
).split()


class Later(io.TextIOBase):
    """A stream for libraries that keep the one they find: it writes to the later one.

    Its encoding is that of a kernel's stream, which pandas notes when it is imported.
    """

    encoding = "UTF-8"

    def __init__(self, name: str) -> None:
        self._name = name
        self.said = ""

    def write(self, text: str) -> int:
        """Write to the stream that has the name now; until there is one, keep it."""
        now = getattr(sys, self._name)
        if now is not self:
            return int(now.write(text))
        self.said += text
        return len(text)

    def flush(self) -> None:
        """Flush the stream that has the name now."""
        now = getattr(sys, self._name)
        if now is not self:
            now.flush()


def preload() -> None:
    """Import all, the notebooks' libraries as if in a kernel: some look where they are.

    Raises `RuntimeError` if one has something to say, which belongs into a notebook.
    """
    for name in KERNEL:
        import_module(name)
    builtins.get_ipython = lambda: SimpleNamespace(kernel=None)  # type: ignore[attr-defined]
    try:
        with (
            redirect_stdout(Later("stdout")) as out,
            redirect_stderr(Later("stderr")) as err,
        ):
            for name in NOTEBOOKS:
                import_module(name)
            _compile_patterns()
    finally:
        del builtins.get_ipython  # type: ignore[attr-defined]
    if said := out.said + err.said:
        raise RuntimeError(f"a library speaks when it is imported: {said.strip()}")


def _compile_patterns() -> None:
    """Have `re` compile what our readers search with: most of what they take to import.

    It keeps the last 512 patterns, and finds them again by their text.
    """
    for name in PATTERNS:
        import_module(name)
    import_module("sourcebook.reading.dates").read_dates("1")
    numbers = import_module("sourcebook.reading.numbers")
    for rule in import_module("sourcebook.reading.numbers.number_grammar").RULES:
        numbers.read_numbers(rule.example)

"""The libraries that a zygote imports before it forks.

What a kernel is made of is listed here. What notebooks import is for the packages they
use to say: each names a function that imports it, in the group of entry points `GROUP`.
The package of that function is forgotten afterwards, so that a kernel imports it anew
and runs the code as it is then. A list that lacks a library costs time, nothing else;
one that names a library which starts a thread, or speaks when it is imported, costs
the zygote: it refuses to serve.
"""

import builtins
import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from importlib.metadata import entry_points
from types import SimpleNamespace

# What a kernel is made of, and what it imports late.
KERNEL = (
    "ipykernel.kernelapp ipykernel.debugger ipykernel.zmqshell ipykernel.displayhook "
    "IPython.core.completerlib IPython.core.debugger IPython.extensions.storemagic "
    "faulthandler psutil resource runpy sqlite3 tornado.platform.asyncio".split()
)
# Packages that want libraries preloaded name a function in this group of entry points.
GROUP = "warm_kernels.preload"


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


def preload() -> set[str]:
    """Import all, the notebooks' libraries as if in a kernel: some look where they are.

    Return the packages that asked for them, which are not to be kept. Raises
    `RuntimeError` if a library has something to say, which belongs into a notebook.
    """
    for name in KERNEL:
        import_module(name)
    asked = entry_points(group=GROUP)
    builtins.get_ipython = lambda: SimpleNamespace(kernel=None)  # type: ignore[attr-defined]
    try:
        with (
            redirect_stdout(Later("stdout")) as out,
            redirect_stderr(Later("stderr")) as err,
        ):
            for each in asked:
                each.load()()
    finally:
        del builtins.get_ipython  # type: ignore[attr-defined]
    if said := out.said + err.said:
        raise RuntimeError(f"a library speaks when it is imported: {said.strip()}")
    return {each.module.split(".")[0] for each in asked}

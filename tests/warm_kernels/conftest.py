"""Kernels to ask questions of: warm ones, and plain ones to compare them with."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager

import pytest
from jupyter_client.manager import KernelManager
from jupyter_core.utils import ensure_event_loop

from warm_kernels import fork_client, warm_kernels
from warm_kernels.fork_client import Fork

PATIENCE = 60  # seconds, for a machine with much else to do


class Asked:
    """A running kernel, and what its cells print."""

    def __init__(self, manager, client):
        self.manager, self.client = manager, client

    @property
    def process(self):
        return self.manager.provisioner.process

    def run(self, code):
        """Run a cell; return what it printed, or the name of its error."""
        said = []

        def hear(message):
            if message["content"].get("name") == "stdout":
                said.append(message["content"]["text"])

        reply = self.client.execute_interactive(
            code, timeout=PATIENCE, output_hook=hear
        )["content"]
        return reply.get("ename") or "".join(said).strip()

    def tell(self, expression):
        """Return the value of an expression, by way of JSON."""
        return json.loads(self.run(f"import json; print(json.dumps({expression}))"))


@contextmanager
def kernel(**arguments):
    """A kernel of the name that notebooks ask for."""
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(**arguments)
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=PATIENCE)
        yield Asked(manager, client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel()


@pytest.fixture(scope="session", autouse=True)
def _loop():
    """The loop that Jupyter's blocking calls make for themselves, and leave open."""
    yield
    ensure_event_loop().close()


@pytest.fixture(scope="package")
def warm():
    """Starts a kernel, and makes sure that it is a warm one."""

    @contextmanager
    def start(**arguments):
        with kernel(**arguments) as asked:
            assert isinstance(asked.process, Fork)
            yield asked

    with warm_kernels():
        yield start


# Found before the package itself, and in its place: preloads one module of its own.
LIGHT = {
    "sourcebook-0.dist-info/METADATA": "Name: sourcebook\nVersion: 0\n",
    "sourcebook-0.dist-info/entry_points.txt": """\
[jupyter_client.kernel_provisioners]
sourcebook-warm = warm_kernels.provisioner:WarmProvisioner
[warm_kernels.preload]
light = light_preload:preload
""",
    "light_preload.py": "def preload():\n    import light_library\n",
    "light_library.py": "",
}


@pytest.fixture(scope="module")
def light(tmp_path_factory):
    """Zygotes without the notebooks' libraries: they live and die as others, sooner."""
    folder = tmp_path_factory.mktemp("light")
    for name, text in LIGHT.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(folder), prepend=os.pathsep)
        fork_client.stop()
        yield
        fork_client.stop()


@pytest.fixture
def anyhow():
    """Starts a kernel, whichever it becomes."""
    return kernel


@pytest.fixture(scope="package")
def plain():
    """Starts a kernel the plain way."""

    @contextmanager
    def start(**arguments):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("WARM_KERNELS", "plain")
            with kernel(**arguments) as asked:
                assert not isinstance(asked.process, Fork)
                yield asked

    return start

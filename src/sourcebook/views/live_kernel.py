"""Whether a person's front end is on the other side of the kernel, or a build.

JupyterLab and Notebook name the cell in the metadata of every request to execute.
The clients that run notebooks for a build or a test send no metadata. Nothing else
is looked at: no variables of the environment, no clock, no network.
"""

import sys
from typing import Any


def is_live() -> bool:
    """Whether the running cell was sent by a front end that can show widgets."""
    kernel = getattr(_shell(), "kernel", None)
    request = kernel.get_parent() if kernel else None
    return bool(request and request.get("metadata", {}).get("cellId"))


def _shell() -> Any:  # noqa: ANN401 - whatever runs the cell
    """Return what runs cells here; a build runs none, and need not load it."""
    python = sys.modules.get("IPython")
    return python.get_ipython() if python else None

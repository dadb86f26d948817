"""What is imported ahead of a kernel says nothing, and finds the kernel's streams."""

from __future__ import annotations

import builtins
import io
import sys
from types import SimpleNamespace

import pytest

from warm_kernels import fork_server
from warm_kernels.fork_server import Later, preload


def test_a_stream_that_a_library_keeps_writes_to_the_one_of_the_kernel(monkeypatch):
    kept = Later("stdout")
    monkeypatch.setattr(sys, "stdout", kept)
    assert kept.write("early") == len("early")
    kept.flush()
    monkeypatch.setattr(sys, "stdout", kernels := io.StringIO())
    assert kept.write("later on") == len("later on")
    assert (kept.said, kernels.getvalue()) == ("early", "later on")


@pytest.fixture
def asked(monkeypatch):
    """Have packages ask for what is to be called, and import nothing else."""

    def ask(**calls):
        monkeypatch.setattr(fork_server, "KERNEL", ())
        monkeypatch.setattr(
            fork_server,
            "entry_points",
            lambda *, group: [
                SimpleNamespace(module=f"{name}.part", load=lambda call=call: call)
                for name, call in calls.items()
                if group == fork_server.GROUP
            ],
        )

    return ask


def test_libraries_are_imported_as_if_in_a_kernel_and_their_packages_named(asked):
    seen = []
    asked(one=lambda: seen.append(builtins.get_ipython().kernel), two=lambda: None)
    assert preload() == {"one", "two"}
    assert seen == [None]
    assert not hasattr(builtins, "get_ipython")


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_library_that_speaks_is_refused(asked, stream):
    asked(one=lambda: print("Welcome!", file=getattr(sys, stream)))
    with pytest.raises(RuntimeError, match="speaks when it is imported: Welcome!"):
        preload()

"""Which process is the one that builds, when its memory is watched."""

from __future__ import annotations

import pytest
from bench.running import builds, role

from sourcebook.site import build
from warm_kernels import fork_client


@pytest.mark.parametrize(
    ("command", "so"),
    [
        (["/a/bin/python", "/a/bin/sourcebook", "build"], True),
        (["/a/bin/python", "/a/bin/jupyter-book", "build", "."], True),
        (["/a/bin/python", "-c", build._PROGRAM, "build", "."], True),
        (["/a/bin/python", "-c", fork_client._PROGRAM, "/a", "7"], False),
        (["/a/bin/python", "-m", "ipykernel_launcher", "-f", "k.json"], False),
        (["git", "log"], False),
        ([], False),
    ],
)
def test_what_builds_is_told_from_what_works_for_it(command, so):
    assert builds(command) is so


BUILDS = ["/a/bin/python", "-c", build._PROGRAM, "build", "."]
FORKED = ["/a/bin/python", "-c", fork_client._PROGRAM, "/a", "7"]


@pytest.mark.parametrize(
    ("command", "above", "what"),
    [
        (BUILDS, ["/a/bin/python", "/a/bin/sourcebook", "build"], "parent"),
        (FORKED, BUILDS, "warm"),
        (FORKED, FORKED, "worker"),
        (["/a/bin/python", "-m", "ipykernel_launcher"], BUILDS, "worker"),
        ([], [], "worker"),
    ],
)
def test_the_warm_process_is_told_from_the_kernels_forked_from_it(command, above, what):
    assert role(command, above) == what

"""Warm kernels are on inside the block, off outside it, and off where one says so."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.kernelspec import KernelSpecManager

import warm_kernels as switch
from warm_kernels import environment, warm_kernels


@pytest.fixture(autouse=True)
def _outside(monkeypatch):
    monkeypatch.setattr(switch, "_users", [])
    monkeypatch.delenv("WARM_KERNELS", raising=False)
    monkeypatch.setenv("JUPYTER_PATH", "/elsewhere")


def _provisioner():
    spec = KernelSpecManager().get_kernel_spec("python3")
    return spec.metadata.get("kernel_provisioner", {}).get("provisioner_name")


def test_the_kernel_of_the_same_name_is_warm_inside_alone():
    assert _provisioner() is None
    with warm_kernels():
        assert _provisioner() == "sourcebook-warm"
        with warm_kernels():
            assert _provisioner() == "sourcebook-warm"
        assert _provisioner() == "sourcebook-warm"
    assert _provisioner() is None
    assert os.environ["JUPYTER_PATH"] == "/elsewhere"


def test_but_for_that_it_is_the_kernel_that_ipykernel_installs():
    ours = switch.SPEC / "kernels" / "python3"
    spec = KernelSpecManager().kernel_spec_class.from_resource_dir(str(ours)).to_dict()
    theirs = get_kernel_dict()
    assert spec["metadata"].pop("kernel_provisioner")
    assert spec["metadata"] == theirs["metadata"]
    assert spec["argv"][1:] == theirs["argv"][1:]
    assert spec["display_name"] == theirs["display_name"]
    assert spec["kernel_protocol_version"] == theirs["kernel_protocol_version"]


@pytest.mark.parametrize(
    ("name", "value"), [("WARM_KERNELS", "plain")], ids=["by the environment"]
)
def test_it_can_be_switched_off(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    assert environment() == {}
    with warm_kernels():
        assert _provisioner() is None


def test_without_linux_nothing_changes(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert environment() == {}
    with warm_kernels():
        assert _provisioner() is None


def test_the_variables_make_another_process_warm():
    program = (
        "from jupyter_client.kernelspec import KernelSpecManager as M\n"
        "print(M().get_kernel_spec('python3').metadata['kernel_provisioner'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "sourcebook-warm" in done.stdout

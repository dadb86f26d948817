"""What surrounds the book names only what is there, in the versions that are there."""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from sourcebook.commands.command_line import main

ROOT = Path(__file__).resolve().parent.parent
WORKFLOW = ".github/workflows/book.yml"
HOOKS = ".pre-commit-config.yaml"
CONTAINER = ".devcontainer/devcontainer.json"
BINDER = (".binder/runtime.txt", ".binder/requirements.txt", ".binder/postBuild")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def workflow() -> dict:
    return yaml.safe_load(read(WORKFLOW))


def steps() -> list[dict]:
    return [step for job in workflow()["jobs"].values() for step in job["steps"]]


def hooks() -> list[dict]:
    (local,) = yaml.safe_load(read(HOOKS))["repos"]
    assert local["repo"] == "local"
    return local["hooks"]


def python_version() -> str:
    """The oldest Python that the project promises: the one to hold it to."""
    project = tomllib.loads(read("pyproject.toml"))
    oldest = project["project"]["requires-python"].removeprefix(">=")
    assert project["tool"]["mypy"]["python_version"] == oldest
    return oldest


def commands() -> list[str]:
    """Every command line of the files here."""
    container = json.loads(read(CONTAINER))
    lines = [step["run"] for step in steps() if "run" in step]
    lines += [hook["entry"] for hook in hooks()]
    lines += container["postCreateCommand"].split(" && ")
    labels = [port["label"] for port in container["portsAttributes"].values()]
    return lines + [re.search(r"\((.*)\)", label)[1] for label in labels]


@pytest.mark.parametrize("line", dict.fromkeys(commands()))
def test_a_command_is_one_of_ours_or_of_the_system(line):
    program, *words = shlex.split(line)
    if program == "make":
        phony = re.search(r"^\.PHONY: (help .*)$", read("Makefile"), re.MULTILINE)[1]
        assert set(words) <= set(phony.split())
    elif Path(program).name == "sourcebook":
        assert words[0] in main.commands
    elif program.startswith("."):
        assert os.access(ROOT / program, os.X_OK)
    else:
        assert program in {"git", "sudo"}


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        (WORKFLOW, r"container: python:(\d\.\d+)\.\d+-"),
        (CONTAINER, r"devcontainers/python:\d+\.\d+\.\d+-(\d\.\d+)-"),
        (".binder/runtime.txt", r"^python-(\d\.\d+)\n$"),
    ],
    ids=["workflow", "container", "binder"],
)
def test_python_is_the_one_that_the_project_names(name, pattern):
    assert {*re.findall(pattern, read(name))} == {python_version()}


def test_every_action_is_pinned_by_its_commit_and_says_its_release():
    uses = re.findall(r"uses: (.*)", read(WORKFLOW))
    assert len(uses) == len([step for step in steps() if "uses" in step]) > 0
    pinned = re.compile(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    assert [use for use in uses if not pinned.fullmatch(use)] == []


def test_the_workflow_runs_the_gate_and_may_write_only_to_publish():
    jobs = workflow()["jobs"]
    assert ".ci/run" in [step.get("run") for step in jobs["gate"]["steps"]]
    assert workflow()["permissions"] == {"contents": "read"}
    assert "permissions" not in jobs["gate"]
    assert jobs["publish"]["needs"] == "gate"
    events = workflow()[True]  # YAML reads `on` as true
    assert {"push", "pull_request", "schedule"} <= set(events)


def test_the_site_that_is_published_is_the_one_that_is_built():
    (upload,) = [step for step in steps() if "upload" in step.get("uses", "")]
    assert f"{upload['with']['path']}/index.html" in read("README.md")


def test_binder_installs_the_lock_and_no_other_version():
    lines = read(".binder/requirements.txt").splitlines()
    assert [line for line in lines if not line.startswith("#")] == [
        "-r ../requirements.lock"
    ]
    assert (ROOT / ".binder" / "../requirements.lock").is_file()
    script = ROOT / ".binder" / "postBuild"
    assert os.access(script, os.X_OK)
    assert "--no-deps --no-build-isolation --editable ." in read(".binder/postBuild")


def test_hooks_are_local_and_from_our_environment():
    assert hooks()
    for hook in hooks():
        assert hook["language"] == "system"
        assert hook["entry"].startswith(".venv/bin/")
        assert (ROOT / hook["entry"].split()[0]).is_file()


@pytest.mark.parametrize("name", [WORKFLOW, HOOKS, CONTAINER, *BINDER])
def test_no_address_of_a_repository_is_made_up(name):
    assert "://" not in read(name)


def test_contributing_names_commands_and_files_that_are_there():
    text = read("CONTRIBUTING.md")
    named = set(re.findall(r"`sourcebook ([a-z]+)", text))
    assert {"add", "new", "serve", "notebooks", "completion"} <= named
    assert named - set(main.commands) == set()
    made = set(re.findall(r"`make ([a-z]+)", text))
    phony = re.search(r"^\.PHONY: (help .*)$", read("Makefile"), re.MULTILINE)[1]
    assert made - set(phony.split()) == set()
    for name in ("notebooks/coding/desk.ipynb", ".devcontainer", ".binder", ".ci/run"):
        assert name in text
        assert (ROOT / name).exists()


def test_jupyterlab_gets_our_extension_with_the_package():
    """It is put where the environment keeps such, with its code or linked to it."""
    (parts,) = tomllib.loads(read("pyproject.toml"))["tool"]["setuptools"][
        "data-files"
    ].items()
    place, (pattern,) = parts
    packed = {path.name: path for path in ROOT.glob(pattern)}
    assert place.endswith(json.loads(packed["package.json"].read_text())["name"])
    linked = Path(sys.prefix, place)
    known = json.loads((linked / "package.json").read_text())
    script = known["jupyterlab"]["_build"]["load"]
    assert (linked / script).read_bytes() == packed[script].read_bytes()

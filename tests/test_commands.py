"""The commands the README names, run as a newcomer would type them.

`make book` and `make test` are what is running this, so the gate is asked for them; the
others run here, in a copy of the repository that borrows this environment.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
UNDER_WAY = ("make book", "make test")
PART_OF_IT = ".venv/bin/pytest --nbval notebooks"  # what `make test` does, and no more
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-uv.lock")
LEFT_BEHIND = (
    *(".git", ".venv", ".uv", ".hypothesis", "__pycache__", "tests"),
    *(".mypy_cache", ".pytest_cache", ".ruff_cache"),
    *(
        "html",
        "html.next",
        ".doctrees",
        "epub",
        "pdf",
    ),  # made anew where they are asked
)
RENEW = "sourcebook notebooks --fresh"
# Every notebook has just been run for the book that this one is a copy of, and will be
# by nbval: what was kept must be what is written, and a single one is run again.
INSTEAD = {
    "make notebooks": f".venv/bin/sourcebook notebooks\n.venv/bin/{RENEW} bbc-2025"
}
# The book itself is built by `make book`; the plain way is to build this much of it.
BUILD = ".venv/bin/jupyter-book build ."
TWO_PAGES = """\
format: jb-book
root: book/index
chapters:
  - file: notebooks/sources/bbc-2025
"""


def readme_commands() -> list[str]:
    """Each command line of the README's shell blocks, without its comment."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    lines = [
        line.split(" #")[0].strip() for block in blocks for line in block.split("\n")
    ]
    return [line for line in lines if line]


def clean_environment(**more: str) -> dict[str, str]:
    """What a new terminal has: nothing activated, no make above us."""
    kept = {k: os.environ[k] for k in ("PATH", "HOME", "LANG") if k in os.environ}
    return {**kept, **more}


def run(command: list[str], folder: Path, **more: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        command,
        cwd=folder,
        env=clean_environment(**more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=600,
        check=False,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The repository once more, under a name with a space, on this environment."""
    folder = tmp_path_factory.mktemp("elsewhere") / "a copy"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_BEHIND))
    (folder / ".venv").symlink_to(sys.prefix)
    return folder


def changed_notebooks(copy: Path) -> list[str]:
    """The notebooks that are no longer the same bytes as ours."""
    ours = sorted((ROOT / "notebooks").rglob("*.ipynb"))
    assert ours
    names = [path.relative_to(ROOT) for path in ours]
    return [
        name.as_posix()
        for name in names
        if (copy / name).read_bytes() != (ROOT / name).read_bytes()
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [line for line in readme_commands() if line not in {*UNDER_WAY, PART_OF_IT}],
)
def test_a_command_of_the_readme_works(command, copy):
    contents = (copy / "_toc.yml").read_text(encoding="utf-8")
    if command == BUILD:
        (copy / "_toc.yml").write_text(TWO_PAGES, encoding="utf-8")
    command = INSTEAD.get(command, command)
    done = run(["sh", "-ec", command], copy, PYTHONPATH=str(copy / "src"))
    (copy / "_toc.yml").write_text(contents, encoding="utf-8")
    assert done.returncode == 0, done.stdout[-4000:]
    assert changed_notebooks(copy) == []


def test_make_notebooks_runs_every_notebook_again():
    assert run(["make", "-n", "notebooks"], ROOT).stdout.endswith(f"/{RENEW}\n")


def test_the_first_two_commands_are_what_the_gate_runs():
    assert tuple(readme_commands()[:2]) == UNDER_WAY
    gate = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert set(UNDER_WAY) <= set(gate)


def test_the_notebooks_alone_are_part_of_the_whole_suite():
    assert PART_OF_IT in readme_commands()
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = makefile.partition("\ntest: ")[2].partition("\n\n")[0].splitlines()[1:]
    code, browser, notebooks = (line.strip() for line in recipe)
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    places = settings["tool"]["pytest"]["ini_options"]["testpaths"]
    assert [*places] == ["src", "tests", "notebooks"]
    # What a file's tests share is made once, and a notebook's cells stay in one kernel.
    by_files = "-n $(WORKERS) --dist loadfile"
    assert code == f'.venv/bin/pytest src tests -m "not browser" {by_files}'
    pages = ".venv/bin/pytest $(IN_BROWSER) -m browser -n $(WORKERS)"
    assert browser == f"{pages} --dist worksteal"
    assert notebooks == f"{PART_OF_IT} {by_files}"


def test_what_is_run_in_a_browser_is_all_that_is_marked_so():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    search = re.search(r"^IN_BROWSER = \$(\$\(.*\))$", makefile, re.MULTILINE)[1]
    found = run(["sh", "-c", f"printf '%s\n' {search}"], ROOT).stdout.split()
    paths = [*(ROOT / "tests").rglob("*.py"), *(ROOT / "src").rglob("*.py")]
    marked = re.compile(r"(?<!closest_)mark\w*[.(]\W*browser")
    named = [path for path in paths if marked.search(path.read_text("utf-8"))]
    assert found == sorted(str(path.relative_to(ROOT)) for path in named)


def test_help_lists_every_target():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (help .*)$", makefile, re.MULTILINE)[1].split()
    done = run(["make"], ROOT)
    assert [line.split()[1] for line in done.stdout.splitlines()] == phony


@pytest.mark.slow
def test_jupytext_keeps_both_halves_of_a_pair_together(tmp_path):
    shutil.copy2(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    before = {p for p in tmp_path.rglob("*") if p.is_file()}
    texts = sorted(tmp_path.glob("notebooks/text/*/*.md"))
    notebooks = sorted(tmp_path.glob("notebooks/*/*.ipynb"))
    assert len(texts) == len(notebooks) > 0
    program = "import sourcebook.running; from jupytext.cli import jupytext; jupytext()"
    sync = [sys.executable, "-c", program, "--sync"]

    done = run([*sync, *map(str, notebooks)], tmp_path)
    assert done.returncode == 0, done.stdout
    for path in [*texts, *notebooks]:
        ours = ROOT / path.relative_to(tmp_path)
        assert path.read_bytes() == ours.read_bytes(), f"{path.name} is not settled"

    edited = texts[0].read_text(encoding="utf-8") + "\nAdded to the text.\n"
    texts[0].write_text(edited, encoding="utf-8")
    cell = notebooks[-1].read_text(encoding="utf-8").replace('"# ', '"# Added: ', 1)
    notebooks[-1].write_text(cell, encoding="utf-8")
    done = run([*sync, str(texts[0]), str(notebooks[-1])], tmp_path)

    assert done.returncode == 0, done.stdout
    assert {p for p in tmp_path.rglob("*") if p.is_file()} == before
    beside = tmp_path / "notebooks" / texts[0].parent.name / f"{texts[0].stem}.ipynb"
    assert "Added to the text." in beside.read_text(encoding="utf-8")
    pair = f"{notebooks[-1].parent.name}/{notebooks[-1].stem}.md"
    assert "# Added: " in (tmp_path / "notebooks/text" / pair).read_text(
        encoding="utf-8"
    )


@pytest.fixture
def project(tmp_path):
    """A folder with the Makefile and an environment that looks finished."""
    folder = tmp_path / "a project"
    (folder / ".venv" / "bin").mkdir(parents=True)
    for name in ("pyproject.toml", "Makefile", *LOCKS):
        shutil.copy(ROOT / name, folder)
    (folder / ".uv" / "bin").mkdir(parents=True)
    (folder / ".uv" / "bin" / "uv").write_text("#!/bin/sh\n", encoding="utf-8")
    (folder / ".uv" / "bin" / "uv").chmod(0o755)
    (folder / ".venv" / "bin" / "python").symlink_to(sys.executable)
    (folder / ".venv" / "place").write_text(f"{folder}\n", encoding="utf-8")
    lock = "src/sourcebook/running/build_lock.py"
    (folder / lock).parent.mkdir(parents=True)
    shutil.copy(ROOT / lock, folder / lock)
    shutil.copy(folder / "requirements.lock", folder / ".venv")
    (folder / ".venv" / "ready").touch()
    return folder


def wants_a_new_environment(folder: Path) -> bool:
    return run(["make", "-q", "env"], folder).returncode == 1


def test_a_finished_environment_is_left_alone(project):
    assert not wants_a_new_environment(project)


def test_a_moved_folder_gets_a_new_environment(project):
    assert wants_a_new_environment(project.rename(project.with_name("moved")))


@pytest.mark.parametrize("name", ["place", "requirements.lock", "ready", "bin/python"])
def test_an_unfinished_environment_is_finished(project, name):
    (project / ".venv" / name).unlink()
    assert wants_a_new_environment(project)


def test_a_newer_lock_is_installed(project):
    later = (project / ".venv" / "ready").stat().st_mtime + 10
    os.utime(project / "requirements.lock", (later, later))
    assert wants_a_new_environment(project)


def test_a_borrowed_environment_is_used_as_it_is(project):
    (project / ".venv").rename(project / "theirs")
    (project / ".venv").symlink_to(project / "theirs")
    assert not wants_a_new_environment(project)


# Takes a second to make an environment, whose Python is itself and installs nothing.
SLOW_PYTHON = f"""#!/bin/sh
case "$*" in
    "-m venv --without-pip .venv") echo made >> made; sleep 1; mkdir -p .venv/bin
        ln -s "$0" .venv/bin/python;;
    *) exec "{sys.executable}" "$@";;
esac
"""


def test_two_makes_at_once_make_one_environment(project):
    shutil.rmtree(project / ".venv")
    python = project / "slow python"
    python.write_text(SLOW_PYTHON, encoding="utf-8")
    python.chmod(0o755)
    make = ["make", "env", f"PYTHON={python}"]
    with ThreadPoolExecutor() as pool:
        done = list(pool.map(lambda _: run(make, project), range(2)))
    assert [each.returncode for each in done] == [0, 0], done
    assert (project / "made").read_text(encoding="utf-8") == "made\n"


# Answers as Python 3.10 would, whatever it is asked.
OLD_PYTHON = f"""#!/bin/sh
test "$1" = --version && exec echo Python 3.10.9
old='import sys; sys.version_info = (3, 10, 9); exec(sys.argv[1])'
exec "{sys.executable}" -c "$old" "$2"
"""


@pytest.mark.parametrize("is_there", [True, False], ids=["old", "missing"])
def test_an_unfit_python_is_named_and_nothing_is_made(project, is_there):
    shutil.rmtree(project / ".venv")
    python = project / "my python"
    if is_there:
        python.write_text(OLD_PYTHON, encoding="utf-8")
        python.chmod(0o755)
    done = run(["make", "book", f"PYTHON={python}"], project)
    assert done.returncode == 2
    lines = done.stdout.splitlines()
    what = "Python 3.10.9" if is_there else "not there"
    assert lines[0] == f"Python 3.11 or later is needed; '{python}' is {what}"
    assert lines[1].startswith("  fix: ")
    assert not (project / ".venv").exists()

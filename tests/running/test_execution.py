"""One notebook is run, watched and held to its limits."""

from __future__ import annotations

import nbformat
import pytest

from sourcebook.running.execution import execute
from sourcebook.running.execution_record import Limits, Task

READ = "from pathlib import Path\nprint(Path('../../seeds/a.yml').read_text())"


@pytest.fixture
def run(book):
    """Return a function that runs cells as a notebook."""

    def run(*codes, **limits):
        name = book.write("it", *codes)
        text = (book.root / name).read_text()
        task = Task(name, text, str(book.root), Limits(**limits))
        return execute(task)

    return run


def _cells(result):
    cells = nbformat.reads(result.notebook, as_version=4).cells
    return [cell for cell in cells if cell.cell_type == "code"]


def test_watching_leaves_no_trace_in_the_notebook(run):
    result = run("6 * 7", "_", "sorted(n for n in globals() if 'watch' in n.lower())")
    cells = _cells(result)
    assert [cell.execution_count for cell in cells] == [1, 2, 3]
    shown = [cell.outputs[0]["data"]["text/plain"] for cell in cells]
    assert shown == ["42", "42", "[]"]


def test_what_is_read_is_noted_and_nothing_else(run, book):
    (book.root / "_build").mkdir()
    (book.root / "_build" / "c.yml").write_text("")
    reads = run(READ, "_ = open('../../_build/c.yml')\nimport csv").reads
    assert list(reads.files) == ["seeds/a.yml"]
    assert reads.folders == {}


def test_a_list_of_files_and_a_missing_file_are_noted(run):
    reads = run(
        "from pathlib import Path",
        "len(list(Path('../../seeds').glob('*.yml')))",
        "try:\n    open('../../book/questions/gas.yml')\nexcept OSError:\n    pass",
    ).reads
    assert list(reads.folders) == ["seeds"]
    assert reads.files == {"book/questions/gas.yml": ""}


def test_modules_beside_the_notebook_and_of_the_package_are_noted(run, book):
    (book.root / "notebooks/sources/own.py").write_text("")
    (book.root / "notebooks/sources/other.py").write_text("")
    reads = run("import own\nimport sourcebook.errors").reads
    assert list(reads.files) == ["notebooks/sources/own.py"]
    assert sorted(reads.modules) == ["sourcebook/__init__.py", "sourcebook/errors.py"]


@pytest.mark.parametrize(
    ("code", "limits", "what"),
    [
        ("import time; time.sleep(60)", {"cell": 1}, "within the 1 s a cell may take"),
        (
            "import time; time.sleep(60)",
            {"notebook": 2},
            "within the 2 s that a notebook may take",
        ),
        ("import os; os._exit(1)", {}, "ended its kernel (Kernel died)\n  fix: "),
        (
            "while True: print('x' * 1000)",
            {"megabytes": 0.5},
            "wrote more than 0.5 MB of output",
        ),
        ("1 / 0", {}, "raised ZeroDivisionError"),
    ],
    ids=["hangs", "too long in all", "dies", "floods", "raises"],
)
def test_a_fault_is_told_by_cell(run, code, limits, what):
    result = run("1", code, **limits)
    assert result.notebook == ""
    assert result.failure.name == "notebooks/sources/it.ipynb"
    assert result.failure.cell == "cell 2"
    assert what in result.failure.what
    assert result.seconds < 30


def test_an_error_comes_with_its_traceback(run):
    failure = run("1 / 0").failure
    assert "ZeroDivisionError: division by zero" in failure.traceback
    assert "\x1b" not in str(failure)


@pytest.mark.parametrize(
    "code",
    [
        "open('../../seeds/a.yml', 'a').write('more')",
        "import os\nos.remove('../../seeds/a.yml')",
        "import os\nos.replace('../../seeds/a.yml', '../../_build')",
        "from pathlib import Path\nPath('../../seeds/c.yml').touch()",
        "import shutil\nshutil.rmtree('../../seeds')",
        "try:\n    open('../../seeds/a.yml', 'w')\nexcept OSError:\n    pass",
    ],
    ids=["append", "remove", "move", "create", "folder", "quietly"],
)
def test_a_notebook_cannot_change_the_book(run, book, code):
    result = run("1", code)
    assert result.failure.cell == "cell 2"
    assert "would change seeds/" in result.failure.what
    assert "fix:" in str(result.failure)
    assert "Watch.hook" not in result.failure.traceback
    assert "Watch._opened" not in result.failure.traceback
    names = sorted(path.name for path in (book.root / "seeds").iterdir())
    assert names == ["a.yml", "b.yml"]
    assert (book.root / "seeds/a.yml").read_text() == "a\n"


def test_a_notebook_may_write_elsewhere(run, tmp_path_factory):
    other = tmp_path_factory.mktemp("elsewhere")
    code = f"from pathlib import Path\nPath({str(other)!r}, 'x').write_text('x')"
    below = "Path('../../_build').mkdir(exist_ok=True)\nPath('../../_build/x').touch()"
    exists = "Path('../../seeds').mkdir(exist_ok=True)"
    assert run(code, below, exists).failure is None

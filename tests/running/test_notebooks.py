"""A notebook is made from its text pair and differs from run to run in nothing."""

from __future__ import annotations

import nbformat
import pytest

from sourcebook.errors import SourcebookError
from sourcebook.running import batch, kernel_preload
from sourcebook.running.batch import run_notebooks
from sourcebook.running.text_pairs import (
    from_text,
    notebook_of,
    out_of_step,
    text_pairs,
)

PAIR = """---
kernelspec:
  name: python3
  display_name: Python 3
---

# A title

Some words.

```{code-cell} ipython3
:tags: [hide-input]

6 * 7
```
"""


@pytest.fixture
def book(tmp_path):
    pair = tmp_path / "notebooks" / "text" / "sources" / "acme.md"
    pair.parent.mkdir(parents=True)
    pair.write_text(PAIR)
    return tmp_path


def test_running_writes_the_notebook_once(book):
    (pair,) = text_pairs(book)
    assert [str(fault) for fault in out_of_step(book)] == [
        "notebooks/sources/acme.ipynb: missing"
    ]
    assert run_notebooks([pair]) == (notebook_of(pair),)
    first = notebook_of(pair).read_bytes()
    assert out_of_step(book) == ()
    assert run_notebooks([pair]) == ()
    assert notebook_of(pair).read_bytes() == first
    code = nbformat.read(notebook_of(pair), as_version=4).cells[-1]
    assert code.outputs[0]["data"]["text/plain"] == "42"
    notebook_of(pair).write_bytes(first.replace(b'"name": "python3"', b'"name": "r"'))
    (fault,) = out_of_step(book)
    assert fault.fault == "is for another kernel than python3"
    assert run_notebooks([pair]) == (notebook_of(pair),)
    assert notebook_of(pair).read_bytes() == first
    assert code.metadata == {"tags": ["hide-input"]}


def test_a_changed_text_or_a_stray_notebook_is_noticed(book):
    (pair,) = text_pairs(book)
    run_notebooks([pair])
    pair.write_text(PAIR.replace("6 * 7", "6 * 8"))
    assert "differs from notebooks/text/sources/acme.md" in str(out_of_step(book)[0])
    pair.unlink()
    assert [str(fault) for fault in out_of_step(book)] == [
        "notebooks/sources/acme.ipynb: has no text pair"
    ]
    names = [notebook_of(pair).with_name(f"{name}.ipynb") for name in "hcfabegd"]
    for path in names:
        path.touch()
    strays = [str(fault).partition(":")[0] for fault in out_of_step(book)]
    assert strays == sorted(strays)
    assert len(strays) == 1 + len(names)


def test_all_run_anew_if_asked_the_longest_first_and_what_changed_is_in_order(
    book, monkeypatch
):
    (pair,) = text_pairs(book)
    other = pair.with_name("brief.md")
    other.write_text(PAIR + PAIR.partition("Some words.")[2])  # of more cells
    pair.write_text(PAIR.replace("6 * 7", "import time; time.sleep(0.5)"))
    pairs = text_pairs(book)
    assert run_notebooks(pairs) == (notebook_of(pair), notebook_of(other))
    runs = []
    monkeypatch.setattr(
        batch, "run_all", lambda tasks, _: runs.append([t.name for t in tasks])
    )
    run_notebooks(pairs)
    run_notebooks(pairs, fresh=True)
    names = [f"notebooks/sources/{name}.ipynb" for name in ("acme", "brief")]
    assert runs == [[], names]


def test_a_failing_notebook_is_named_and_not_written(book):
    (pair,) = text_pairs(book)
    pair.write_text(PAIR.replace("6 * 7", "1 / 0"))
    with pytest.raises(
        SourcebookError, match=r"acme.ipynb: cell 1 raised Zero"
    ) as caught:
        run_notebooks([pair])
    assert "ZeroDivisionError" in str(caught.value)
    assert not notebook_of(pair).exists()


def test_cells_are_numbered(book):
    (pair,) = text_pairs(book)
    assert [cell.id for cell in from_text(pair).cells] == ["cell-01", "cell-02"]


def test_a_warm_kernel_has_what_notebooks_import_and_readers_search_with(monkeypatch):
    loaded, load = [], kernel_preload.import_module
    monkeypatch.setattr(
        kernel_preload, "import_module", lambda name: loaded.append(name) or load(name)
    )
    kernel_preload.preload()
    assert loaded[:-3] == [*kernel_preload.LIBRARIES, *kernel_preload.PATTERNS]

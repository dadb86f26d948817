"""Many notebooks at once: the longest first, none lost, none left running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import weakref
from concurrent.futures import Future

import psutil
import pytest

from sourcebook.errors import SourcebookError
from sourcebook.running import batch
from sourcebook.running.batch import in_order, renew, report, run_with
from sourcebook.running.execution_record import Failure, Limits, Result, Task
from sourcebook.running.execution_store import reasons

COMMAND = (
    "import sys; from pathlib import Path; "
    "from sourcebook.running.batch import renew; "
    "renew(Path(sys.argv[1]), sys.argv[2:])"
)


def _task(name, size=1, cells=0):
    return Task(name, "x" * size + '"cell_type": "code"' * cells, "/nowhere")


def _future(outcome):
    future = Future()
    if isinstance(outcome, Exception):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)
    return future


def test_the_longest_run_first_and_before_them_what_never_ran():
    tasks = [_task("quick"), _task("small", 10), _task("slow"), _task("large", 200)]
    tasks += [_task("busy", 10, 9), _task("dull", 200, 1)]
    ordered = [task.name for task in in_order(tasks, {"quick": 1, "slow": 9})]
    assert ordered == ["busy", "dull", "large", "small", "slow", "quick"]


def test_any_executor_will_do_and_a_lost_task_is_a_failure():
    outcomes = {
        "a": Result("a", 1, "{}"),
        "b": Result("b", 1, "{}"),
        "c": RuntimeError("the worker was lost"),
        "d": Result("d", 1, failure=Failure("d", "cell 3", "raised KeyError")),
    }
    kept = []
    failures = run_with(
        lambda task: _future(outcomes[task.name]), map(_task, outcomes), kept.append
    )
    assert sorted(result.name for result in kept) == ["a", "b"]
    assert [failure.name for failure in failures] == ["c", "d"]
    text = report(failures)
    assert text.startswith("2 notebooks failed")
    assert "c: the notebook could not be run: " in text
    assert "RuntimeError: the worker was lost\n  fix: " in text
    assert "d: cell 3 raised KeyError" in text


def test_files_that_only_this_machine_has_are_told(capsys):
    done = Result("a", 1, "{}", outside=("/data/mine\n.csv",))
    assert run_with(lambda _: _future(done), [_task("a")], lambda _: None) == ()
    said = "a: opens /data/mine\\n.csv: no file of the book, which nobody else has\n"
    assert capsys.readouterr().err == said


def test_what_was_handed_on_is_let_go_of():
    tasks = [_task(str(number)) for number in range(4)]
    futures = [_future(Result(task.name, 1, "{}")) for task in tasks]
    seen = [weakref.ref(future) for future in futures]
    alive = []
    run_with(
        lambda _: futures.pop(),
        tasks,
        lambda _: alive.append(sum(each() is not None for each in seen)),
    )
    assert alive == [4, 3, 2, 1]


def _offspring(process):
    return psutil.Process(process.pid).children(recursive=True)


def _wait(condition, seconds=60):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)


@pytest.mark.slow
@pytest.mark.parametrize("kernels", ["warm", "plain"])
def test_an_interrupt_leaves_no_process_and_a_whole_cache(book, kernels):
    good = book.write("good", "1")
    renew(book.root, [good])
    flag = book.root / "_build" / "begun"
    code = "from pathlib import Path\nPath('../../_build/begun').touch()\n"
    sleeps = book.write("sleeps", f"{code}import time\ntime.sleep(600)")
    env = {**os.environ, "WARM_KERNELS": kernels}
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, str(book.root), good, sleeps],
        stderr=subprocess.PIPE,
        env=env,
    ) as process:
        _wait(flag.exists)
        left = _offspring(process)
        assert left
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode != 0
    assert b"KeyboardInterrupt" in said
    _, alive = psutil.wait_procs(left, timeout=60)
    assert not alive
    found = reasons(book.root)
    assert found == {good: "", sleeps: "never run"}


@pytest.mark.slow
def test_a_killed_run_leaves_a_cache_that_works(book):
    names = [book.write(f"n{n}", f"import time; time.sleep(0.{n})") for n in range(6)]
    done = book.root / "_build/.jupyter_cache/records/notebooks/sources"
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, str(book.root), *names]
    ) as process:
        _wait(lambda: done.is_dir() and any(done.iterdir()))
        left = _offspring(process)
        process.kill()
    _, alive = psutil.wait_procs(left, timeout=60)
    assert not alive
    again = renew(book.root, names)
    assert len(again) < len(names)
    assert set(reasons(book.root).values()) == {""}


def test_a_missing_kernel_is_told_before_one_is_begun(monkeypatch):
    monkeypatch.setattr(batch, "find_spec", lambda _: None)
    with pytest.raises(SourcebookError, match="is gone\n  fix: make"):
        batch.run_all([Task("a", "{}", "/", Limits())], pytest.fail)

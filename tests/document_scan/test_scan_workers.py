"""Who reads ends with who asked, drops what waits, and is no more than was wanted."""

from __future__ import annotations

import os
import signal
import time
from multiprocessing import Pipe
from types import SimpleNamespace

import distributed
import pytest

from document_scan import ScanError, folder_scan
from document_scan.folder_scan import cluster, processes


def test_processes_are_children_that_leave_an_interrupt_to_us():
    with processes(1) as workers:
        ask = workers.executor.submit
        assert workers.width == 2  # one at work, one in hand
        assert ask(os.getppid).result() == os.getpid()
        assert ask(signal.getsignal, signal.SIGINT).result() == signal.SIG_IGN


def test_what_is_under_way_is_waited_for_and_what_waits_is_dropped():
    given = []

    def leave():
        with processes(1) as workers:
            given.extend(workers.executor.submit(time.sleep, 0.2) for _ in range(9))
            raise KeyError

    with pytest.raises(KeyError):
        leave()
    assert all(each.done() for each in given)
    assert not given[0].cancelled()
    assert given[-1].cancelled()


def test_a_process_ends_when_its_parent_has_gone(monkeypatch):
    ended = []
    monkeypatch.setattr(os, "_exit", ended.append)
    ours, theirs = Pipe()
    for parent in (None, SimpleNamespace(sentinel=ours)):
        theirs.close()
        monkeypatch.setattr("multiprocessing.parent_process", lambda p=parent: p)
        folder_scan._end_with_parent()
        assert ended == ([1] if parent else [])
    ours.close()


@pytest.mark.parametrize("address", ["", "nowhere", "post://here:1", "tcp://a:b"])
def test_an_address_that_is_none_is_refused_before_a_client_waits_for_it(
    address, monkeypatch
):
    monkeypatch.setattr(distributed, "Client", None)
    with (
        pytest.raises(ScanError, match="no scheduler answers at"),
        cluster(address),
    ):
        pass


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_the_workers_of_a_cluster_are_counted_and_their_end_is_told():
    here = {"processes": False, "dashboard_address": None, "threads_per_worker": 3}
    with distributed.LocalCluster(n_workers=1, **here) as running:
        with cluster(running.scheduler_address) as workers:
            assert workers.width == 6
            twice = [workers.executor.submit(time.monotonic) for _ in range(2)]
            assert twice[0].result() != twice[1].result()  # asked anew each time
            with pytest.raises(ValueError, match="No client"):
                distributed.default_client()  # what else there is goes its own way
        last = SimpleNamespace(address="tcp://[::1]:9")
        with (
            pytest.raises(ScanError, match=r"ended from outside: .*\n  fix: give them"),
            cluster(running.scheduler_address),
        ):
            raise distributed.KilledWorker("read-1", last, 3)
    with (
        distributed.LocalCluster(n_workers=0, **here) as idle,
        pytest.raises(ScanError, match=r"has no workers\n  fix: start some"),
        cluster(idle.scheduler_address),
    ):
        pass

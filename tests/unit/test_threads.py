"""Threads that work in the background."""

import os
import sys
import threading
from concurrent.futures import Future

import pytest

from coach.threads import DaemonExecutor


def priority() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux knows priorities of threads")
def test_work_in_the_background_gives_way_and_nobody_else_does() -> None:
    before = priority()
    assert DaemonExecutor(7).submit(priority).result(10) == max(before, 7)
    assert DaemonExecutor().submit(priority).result(10) == priority() == before


def test_results_and_errors_come_back() -> None:
    threads = DaemonExecutor(7)
    assert threads.submit(divmod, 7, 2).result(10) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        threads.submit(divmod, 7, 0).result(10)


def test_nobody_waits_for_what_still_runs() -> None:
    never: Future[None] = Future()
    threads = DaemonExecutor()
    running = threads.submit(never.result)
    threads.shutdown()
    assert not running.done()
    never.set_result(None)
    assert running.result(10) is None

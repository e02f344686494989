"""Threads that never hold up the end of the program, nor whoever types meanwhile."""

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any


class DaemonExecutor(ThreadPoolExecutor):
    """Runs each call in a daemon thread of its own: leaving the app never waits for a slow model.

    With `nice` (1 to 19) the calls and the threads they start give way to others where the cores
    are not enough. Only Linux has this for single threads; elsewhere it changes nothing.
    """

    def __init__(self, nice: int = 0) -> None:
        super().__init__()
        self._nice = nice

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        given = (self._nice, future, fn, args, kwargs)
        threading.Thread(target=_fill, args=given, daemon=True).start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Returns at once."""


def _fill(
    nice: int,
    future: "Future[Any]",
    fn: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> None:
    if not future.set_running_or_notify_cancel():
        return
    if nice and sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), nice)
    try:
        result = fn(*args, **kwargs)
    except BaseException as error:
        future.set_exception(error)
    else:
        future.set_result(result)

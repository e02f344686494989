"""Processes that have imported their libraries already, each for one run, so that nobody waits for imports."""

import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from coach.exercise import Needs
from coach.sandbox.process import Process

Start = Callable[[Needs], Process]


class Spares:
    """At most one waiting process for each kind that was asked for with `keep`, started in the background."""

    def __init__(self, start: Start) -> None:
        self._start = start
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sandbox")
        self._waiting: dict[Needs, Future[Process]] = {}
        self._lock = threading.Lock()
        self._closed = False

    def keep(self, needs: Needs) -> None:
        """From now on has a process of this kind ready or on its way; returns at once."""
        with self._lock:
            if not self._closed and needs not in self._waiting:
                self._waiting[needs] = self._thread.submit(self._start, needs)

    def take(self, needs: Needs) -> Process | None:
        """The waiting process, now the caller's to end; None where there is none. Raises what its start raised."""
        with self._lock:
            future = self._waiting.pop(needs, None)
        return None if future is None else future.result()

    def close(self) -> None:
        """Ends what is waiting; calling it twice does no harm."""
        with self._lock:
            self._closed = True
            waiting = list(self._waiting.values())
            self._waiting.clear()
        for future in waiting:
            with contextlib.suppress(Exception):
                future.result().discard()
        self._thread.shutdown()

"""Stalls of an event loop, measured from inside, each with what the loop's thread was doing meanwhile."""

import asyncio
import gc
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

LONG_S = 0.05
IDLE = 0.5
"""Where the whole process had less of a processor than this share of a stall, the machine was busy elsewhere."""
ELSEWHERE = "no processor: the machine was busy elsewhere"
BEAT_S = 0.005
OURS = ("tui.", "coach.")
# What only hands messages on.
PUMPS = (
    "asyncio",
    "textual.message_pump",
    "textual._callback",
    "runpy",
    "__main__",
    "bench",
    "selectors",
)


@dataclass
class Stalls:
    """The longest stall in milliseconds by its cause, and how many there were."""

    longest: dict[str, float] = field(default_factory=dict)
    count: dict[str, int] = field(default_factory=dict)

    def add(self, cause: str, milliseconds: float) -> None:
        """Counts one more stall."""
        self.longest[cause] = max(self.longest.get(cause, 0.0), milliseconds)
        self.count[cause] = self.count.get(cause, 0) + 1


class _Watch(threading.Thread):
    """Looks every few milliseconds whether the loop is late, and if so at its thread's frames."""

    def __init__(self, stalls: Stalls) -> None:
        super().__init__(daemon=True)
        self._stalls = stalls
        self._thread = threading.get_ident()
        self._collecting = False
        self._cause = ""
        self.beaten = time.perf_counter()
        self._used = time.process_time()
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(BEAT_S):
            if time.perf_counter() - self.beaten > LONG_S / 2 and not self._cause:
                self._cause = self._look()

    def beat(self) -> None:
        """The loop is alive; called by it."""
        now, used = time.perf_counter(), time.process_time()
        late = now - self.beaten - BEAT_S
        if late > LONG_S:
            seen = self._cause or "no frame seen: the interpreter was busy"
            idle = used - self._used < IDLE * late
            self._stalls.add(ELSEWHERE if idle else seen, 1000 * late)
        self.beaten, self._used, self._cause = now, used, ""

    def collecting(self, phase: str, _: dict[str, Any]) -> None:
        """Called by the garbage collector before and after its work."""
        self._collecting = phase == "start"

    def _look(self) -> str:
        if self._collecting:
            return "garbage collection"
        try:
            return cause(sys._current_frames().get(self._thread))
        except AttributeError:
            # The thread went on meanwhile, and what was a frame is something else now.
            return ""


def cause(frame: FrameType | None) -> str:
    """What the loop's thread was at: the innermost of the program's own functions, else the handler's outermost."""
    outermost = ""
    while frame is not None:
        if _module(frame).startswith(OURS):
            return _named(frame)
        if not _module(frame).startswith(PUMPS):
            outermost = _named(frame)
        frame = frame.f_back
    return outermost or "the loop itself"


def _module(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", ""))


def _named(frame: FrameType) -> str:
    return f"{_module(frame)}.{frame.f_code.co_qualname}"


@contextmanager
def watched() -> Iterator[Stalls]:
    """Watches the running loop as long as the block lasts."""
    stalls, loop = Stalls(), asyncio.get_running_loop()
    watch = _Watch(stalls)

    def beat() -> None:
        watch.beat()
        if not watch.over.is_set():
            loop.call_later(BEAT_S, beat)

    gc.callbacks.append(watch.collecting)
    watch.start()
    loop.call_soon(beat)
    try:
        yield stalls
    finally:
        watch.over.set()
        gc.callbacks.remove(watch.collecting)

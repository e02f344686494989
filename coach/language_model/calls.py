"""Calls that end: a hard time limit and polite retries, whatever the client library does."""

import contextvars
import itertools
import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from coach.errors import CoachError

MAX_TRIES = 4
FIRST_PAUSE_S = 0.5

T = TypeVar("T")


@dataclass(frozen=True)
class _End:
    """Nothing more comes; `error` is what ended the producer, if it failed."""

    error: BaseException | None = None


@dataclass(frozen=True)
class Failure:
    """A client's exception as one of ours; `retry_after_s` is set where another try may help."""

    error: CoachError
    retry_after_s: float | None = None


def within(start: Callable[[], Iterable[T]], seconds: float) -> Iterator[T]:
    """Yields what `start()` yields; raises TimeoutError once `seconds` are over."""
    # Client libraries limit each read, not the whole reply: a server that trickles bytes would
    # hold the caller for ever, so the reading is done in a thread that can be left behind.
    items: queue.SimpleQueue[T | _End] = queue.SimpleQueue()
    stop = threading.Event()
    context = contextvars.copy_context()
    threading.Thread(target=context.run, args=(_produce, start, items, stop), daemon=True).start()
    deadline = time.monotonic() + seconds
    try:
        while not isinstance(item := _next(items, deadline), _End):
            yield item
    finally:
        stop.set()
    if item.error is not None:
        raise item.error


def _produce(
    start: Callable[[], Iterable[T]], items: "queue.SimpleQueue[T | _End]", stop: threading.Event
) -> None:
    try:
        for item in start():
            if stop.is_set():
                return
            items.put(item)
    except BaseException as error:
        items.put(_End(error))
    else:
        items.put(_End())


def _next(items: "queue.SimpleQueue[T | _End]", deadline: float) -> T | _End:
    try:
        return items.get(timeout=max(0.0, deadline - time.monotonic()))
    except queue.Empty:
        raise TimeoutError from None


def attempts(
    start: Callable[[], Iterable[T]], *, deadline: float, explain: Callable[[Exception], Failure]
) -> Iterator[T]:
    """Yields what `start()` yields; tries again while `explain` allows it and time is left.

    Raises the error that `explain` gives. Nothing is repeated once an item has been yielded.
    """
    for tries in itertools.count(1):
        begun = False
        try:
            for item in within(start, deadline - time.monotonic()):
                begun = True
                yield item
            return
        except Exception as error:
            failure = explain(error)
            pause = _pause(failure, tries)
            if begun or pause is None or time.monotonic() + pause >= deadline:
                raise failure.error from error
        time.sleep(pause)


def _pause(failure: Failure, tries: int) -> float | None:
    if failure.retry_after_s is None or tries >= MAX_TRIES:
        return None
    return max(failure.retry_after_s, FIRST_PAUSE_S * 2.0 ** (tries - 1))

"""Signals that end the program: what was typed is written first."""

import asyncio
import os
import signal
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress

# The window was closed, or somebody asked the program to end; Windows knows no hang-up.
ENDING = [getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name)]
GRACE_S = 3.0


def quit_on_signals(end: Callable[[], Awaitable[None]]) -> None:
    """Has `end` run in the current event loop on a hang-up or a request to end; soon after it the process ends."""
    loop = asyncio.get_running_loop()

    async def leave(number: int) -> None:
        try:
            await end()
        finally:
            # Textual may wait for ever to write to a terminal that is gone.
            deadline = threading.Timer(GRACE_S, os._exit, (128 + number,))
            deadline.daemon = True
            deadline.start()

    begun: list[asyncio.Future[None]] = []  # A loop holds its tasks weakly.

    def begin(number: int) -> None:
        begun.append(asyncio.ensure_future(leave(number)))

    for number in ENDING:
        # Only a main thread gets signals, and not every platform lets a loop listen.
        with suppress(ValueError, RuntimeError, NotImplementedError):
            loop.add_signal_handler(number, begin, number)

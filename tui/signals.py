"""Signals that end the program: what was typed is written first."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress

# The window was closed, or somebody asked the program to end; Windows knows no hang-up.
ENDING = [getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name)]


def quit_on_signals(end: Callable[[], Awaitable[None]]) -> None:
    """Has `end` run in the current event loop on a hang-up or a request to end."""
    loop = asyncio.get_running_loop()
    for number in ENDING:
        # Only a main thread gets signals, and not every platform lets a loop listen.
        with suppress(ValueError, RuntimeError, NotImplementedError):
            loop.add_signal_handler(number, lambda: asyncio.ensure_future(end()))

"""A request to end is obeyed even where the program can't."""

import signal
import subprocess
import sys

import pytest

# It says what it kept, and then waits for ever, as a write to a terminal that is gone may.
STUCK = """
import asyncio, sys, threading
from tui.signals import quit_on_signals

over = threading.Event()

async def end():
    print("kept", flush=True)
    asyncio.get_running_loop().call_later(0.1, over.wait)
    if "fails" in sys.argv:
        raise OSError("the disk is full")

async def main():
    quit_on_signals(end)
    print("ready", flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="no hang-up here")
@pytest.mark.parametrize("how", ["keeps", "fails"])
@pytest.mark.parametrize("name", ["SIGHUP", "SIGTERM"])
def test_a_program_that_is_stuck_ends_once_everything_is_kept(name: str, how: str) -> None:
    number = getattr(signal, name)
    command = [sys.executable, "-c", STUCK, how]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as it:
        try:
            assert it.stdout is not None
            assert it.stdout.readline() == "ready\n"
            it.send_signal(number)
            assert it.stdout.readline() == "kept\n"
            assert it.wait(30) == 128 + number
        finally:
            it.kill()

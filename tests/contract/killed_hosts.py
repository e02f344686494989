"""Kills programs that run code, each at a random moment, and counts what they leave behind.

Run as a script with a number of hosts. It adopts orphans (PR_SET_CHILD_SUBREAPER), so once all of its
children are gone nothing that a killed host started can be alive. Prints JSON: killed, left, busy, where
`busy` says how many hosts had a sandbox at the moment they were killed.
"""

import contextlib
import ctypes
import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from coach.exercise import Limits
from coach.sandbox import Sandbox

PR_SET_CHILD_SUBREAPER = 36
SOURCE = "def f(x):\n    return [x] * 1000"
PATIENCE_S = 20.0


def host() -> None:
    """Runs answers with spares for as long as it lives."""
    sandbox = Sandbox()
    sandbox.prepare("numpy")
    while True:
        with sandbox.start("numpy", Limits(seconds=5), calls=3) as run:
            run.load(SOURCE, ["f"], 5)
            for number in range(3):
                run.call("f", [number], 5)


def descendants(pid: int) -> int:
    """How many processes a host has below it."""
    with contextlib.suppress(OSError):
        text = Path(f"/proc/{pid}/task").glob("*/children")
        children = [int(child) for file in text for child in file.read_text().split()]
        return len(children) + sum(descendants(child) for child in children)
    return 0


def all_gone() -> bool:
    """Waits until this process has no children, adopted ones included."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.002)
        except ChildProcessError:
            return True
    return False


def main(hosts: int) -> None:
    """One host after the other."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    chance = random.Random(20240501)
    left = busy = 0
    for _ in range(hosts):
        child = os.fork()
        if child == 0:
            try:
                host()
            finally:
                os._exit(1)
        time.sleep(chance.uniform(0, 0.6))
        busy += descendants(child) > 0
        os.kill(child, signal.SIGKILL)
        left += not all_gone()
    print(json.dumps({"killed": hosts, "left": left, "busy": busy}))


if __name__ == "__main__":
    main(int(sys.argv[1]))

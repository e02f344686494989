"""Time to the first screen: the home of `coach` against a bare Textual app, both in a pseudo-terminal.

Both are started in turns; the time runs from the start of the process until the screen shows its
first word.
"""

import os
import select
import statistics
import sys
import tempfile
import time
from operator import truediv

from bench.terminal import opened

LIMIT = 1.15
PATIENCE_S = 30.0
BARE = """
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("Interview")

Bare().run()
"""


def first_word(command: list[str], home: str) -> float:
    """Seconds from the start of a command until its screen shows the word Interview."""
    began = time.perf_counter()
    with opened(command, home) as terminal:
        return _wait_for_word(terminal, began)


def _wait_for_word(terminal: int, began: float) -> float:
    seen = b""
    while time.perf_counter() - began < PATIENCE_S:
        if select.select([terminal], [], [], 1.0)[0]:
            try:
                seen += os.read(terminal, 65536)
            except OSError:
                break
            if b"Interview" in seen:
                return time.perf_counter() - began
    raise SystemExit(f"The screen never came. The terminal got:\n{seen.decode(errors='replace')}")


def main(rounds: int = 15) -> float:
    """Prints both medians; returns the median of the ratios of the rounds, as a machine's speed drifts."""
    commands = {
        "a bare Textual app": [sys.executable, "-c", BARE],
        "coach": [sys.executable, "-m", "coach"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as home:
        for number in range(rounds + 1):
            for name, command in commands.items():
                taken = first_word(command, home)
                # The first round writes the byte code.
                if number:
                    times[name].append(taken)
    bare, ours = (statistics.median(taken) for taken in times.values())
    ratio = statistics.median(map(truediv, times["coach"], times["a bare Textual app"]))
    print(f"First screen (median of {rounds}, in turns)")
    print(f"  a bare Textual app  {1000 * bare:6.0f} ms")
    print(f"  coach               {1000 * ours:6.0f} ms  {ratio:.2f} times (at most {LIMIT})")
    return ratio


if __name__ == "__main__":
    raise SystemExit(0 if main() <= LIMIT else 1)

"""From a key press to its paint: the coach's editor beside a verdict and an ingest, against a bare TextArea.

Both run in a pseudo-terminal, in turns. The bare editor has the machine to itself.
"""

import os
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.made_notes import write_notes
from bench.terminal import opened

LIMIT = 3.0
KEYS, PAUSE_S, PATIENCE_S = 100, 0.08, 60.0
FULL_SCREEN = b"\x1b[?1049h"
BARE = """
from textual.app import App
from textual.widgets import TextArea

class Bare(App):
    def compose(self):
        yield TextArea()

Bare().run()
"""
COACH = """
import os, threading, time
from coach.app import Coach
from coach.deck import load_deck
from coach.grade import Task
from coach.interview import Plan
from coach.models.scripted import ScriptedChat
from coach.paths import Paths
from coach.settings import Settings
from tui.app import CoachApp

def letter(_):
    time.sleep(0.5)
    return {"A": 1.0}

def judge_on(coach):
    card = load_deck().get("shuffling")
    while True:
        for _ in coach.grader.judge(Task.from_card(card, "en"), card.reference.en):
            pass

coach = Coach(Settings(), Paths.from_environ(os.environ), chat=ScriptedChat(replies=letter))
threading.Thread(target=judge_on, args=(coach,), daemon=True).start()
CoachApp(coach, plan=Plan(questions=1, topics=("optimization",))).run()
"""


def latencies(terminal: int, keys: int) -> list[float]:
    """Milliseconds from each key, all different characters, until the screen gets it."""
    taken = []
    for number in range(keys):
        char = chr(0x4E00 + number).encode()
        began = time.perf_counter()
        os.write(terminal, char)
        if not _wait_for(terminal, char):
            raise SystemExit(f"{char.decode()} was typed and never painted.")
        taken.append(1000 * (time.perf_counter() - began))
        _drain(terminal, PAUSE_S)
    return taken


def _wait_for(terminal: int, wanted: bytes, patience_s: float = PATIENCE_S) -> bool:
    """Whether the screen gets these bytes in time."""
    seen, until = b"", time.perf_counter() + patience_s
    while wanted not in seen and time.perf_counter() < until:
        if select.select([terminal], [], [], 0.1)[0]:
            seen += os.read(terminal, 65536)
    return wanted in seen


def _drain(terminal: int, seconds: float) -> None:
    until = time.perf_counter() + seconds
    while (left := until - time.perf_counter()) > 0:
        if select.select([terminal], [], [], left)[0]:
            os.read(terminal, 65536)


@contextmanager
def _ingest(home: str, notes: Path) -> Iterator[None]:
    """A `coach ingest` of many notes beside."""
    process = subprocess.Popen(
        [sys.executable, "-m", "coach", "ingest", str(notes)],
        env={**os.environ, "COACH_HOME": home},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        if process.poll() is not None:
            print("  (the ingest was over before the typing)")
        else:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def typed(program: str, home: str) -> list[float]:
    """Latencies in a program whose editor gets the focus by itself."""
    with opened([sys.executable, "-c", program], home) as terminal:
        _wait_for(terminal, FULL_SCREEN)
        first = "始".encode()
        for _ in range(int(PATIENCE_S)):
            os.write(terminal, first)
            if _wait_for(terminal, first, 1.0):
                _drain(terminal, 2.0)
                return latencies(terminal, KEYS)
        raise SystemExit("The editor never came.")


def main(rounds: int = 2) -> bool:
    """Prints both 95th percentiles; whether the ratio is within its limit."""
    bare: list[float] = []
    ours: list[float] = []
    with tempfile.TemporaryDirectory() as base:
        subprocess.run(
            [sys.executable, "-m", "coach", "index", "ensure"],
            env={**os.environ, "COACH_HOME": base},
            check=True,
            capture_output=True,
        )
        write_notes(notes := Path(base, "notes"), 20_000)
        for _ in range(rounds):
            bare += typed(BARE, base)
            with _ingest(base, notes):
                ours += typed(COACH, base)
    print(f"From a key press to its paint ({rounds * KEYS} keys, in turns)")
    slow = []
    for name, taken in (("a bare TextArea", bare), ("coach, beside a verdict and an ingest", ours)):
        slow.append(statistics.quantiles(taken, n=20)[-1])
        print(f"  {name:<38} median {statistics.median(taken):6.1f} ms, p95 {slow[-1]:6.1f} ms")
    ratio = slow[1] / slow[0]
    print(f"  {ratio:.2f} times at p95 (at most {LIMIT:g})")
    return ratio <= LIMIT


if __name__ == "__main__":
    raise SystemExit(0 if main() else 1)

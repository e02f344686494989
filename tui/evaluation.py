"""Runs `coach eval run` in a child process and reads what it left; knows nothing of widgets."""

import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from coach.errors import CoachError, InputFileError

SETS = Path(__file__).resolve().parent.parent / "eval" / "sets"
PROGRAM = (sys.executable, "-m", "coach")
INTERRUPTED = 130
_PACE = re.compile(r"(\d+)/(\d+), ([\d.]+)/s, ([^\r\n]+?) left")

Marker = Literal["model", "plain", "none"]
MARKERS: dict[Marker, tuple[str, ...]] = {
    "model": ("--no-plain",),
    "plain": (),
    "none": ("--grader", "overlap", "--no-plain"),
}
"""Who marks: the coach's grader; the same beside the bare model; nobody but the simple baselines."""


@dataclass(frozen=True)
class Order:
    """What is to be marked, by whom, and how many answers of it (None: all)."""

    answers: Path
    marker: Marker
    limit: int | None

    def folder(self, runs: Path) -> Path:
        """Where its outcomes are kept; the same order goes on there."""
        stem = re.sub(r"[^\w-]", "_", self.answers.stem)
        return runs / f"{stem}-{self.marker}-{self.limit or 'all'}"

    def arguments(self, runs: Path) -> list[str]:
        """The command line after `coach`."""
        limit = ["--limit", str(self.limit)] if self.limit else []
        kept = ["--out", str(self.folder(runs)), "--resume", "--json"]
        return ["eval", "run", str(self.answers), *MARKERS[self.marker], *limit, *kept]


@dataclass(frozen=True)
class Pace:
    """How far a run is: answers done and in all, answers a second, and the time left in words."""

    done: int
    total: int
    rate: str
    left: str


@dataclass(frozen=True)
class Kept:
    """A finished run: its report as `--json` prints it, and the first grader's median for each human mark."""

    folder: Path
    report: Mapping[str, Any]
    medians: tuple[tuple[float, int, float], ...] = ()
    """human mark (0 to 1), number of answers, median score (0 to 1)"""


def shipped_sets() -> tuple[Path, ...]:
    """The eval sets that come with the program."""
    return tuple(sorted(SETS.glob("answers-*.jsonl")))


class Child:
    """One run; `stop` ends it, and what was marked is kept."""

    def __init__(self, order: Order, runs: Path) -> None:
        import pty

        self._output = tempfile.TemporaryFile()  # noqa: SIM115  # closed in `end`
        # On a terminal the program tells every answer, elsewhere only every tenth part.
        self._progress, writing = pty.openpty()
        try:
            self._process = subprocess.Popen(
                [*PROGRAM, *order.arguments(runs)],
                stdin=subprocess.DEVNULL,
                stdout=self._output,
                stderr=writing,
            )
        finally:
            os.close(writing)

    def progress(self) -> Iterator[Pace]:
        """Yields the pace as it is told, until the run is over; blocks."""
        yield from paces(iter(self._read, ""))
        os.close(self._progress)

    def end(self) -> bool:
        """Waits for the end: True where the run is done, False where it was stopped; else raises its error."""
        code = self._process.wait()
        with self._output as output:
            output.seek(0)
            said = output.read().decode("utf-8", "replace")
        if code in (INTERRUPTED, -signal.SIGINT, -signal.SIGTERM):
            return False
        if code:
            raise _told(said)
        return True

    def stop(self) -> None:
        """Interrupts the run, as Ctrl-C would."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)

    def _read(self) -> str:
        try:
            return os.read(self._progress, 65536).decode("utf-8", "replace")
        except OSError:
            # Linux tells the end of a terminal so.
            return ""


def paces(pieces: Iterable[str]) -> Iterator[Pace]:
    """The newest pace after each piece of a progress line, however the line is cut into pieces."""
    line = ""
    for piece in pieces:
        line += piece
        if told := _PACE.findall(line):
            done, total, rate, left = told[-1]
            yield Pace(int(done), int(total), rate, left)
        line = line[line.rfind("\r") + 1 :]


def kept(order: Order, runs: Path) -> Kept | None:
    """The report of a finished run of this order; InputFileError where it cannot be read."""
    folder = order.folder(runs)
    file = folder / "report.json"
    if not file.exists():
        return None
    try:
        report = json.loads(file.read_text(encoding="utf-8"))
        first = report["graders"][0]["name"]
        return Kept(folder, report, tuple(_medians(folder / "results.jsonl", first)))
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise InputFileError(
            f"{folder}: the report cannot be read ({error}).", "Delete the folder and run it again."
        ) from error


def open_in_browser(page: Path) -> None:
    """Opens a page with the user's browser, away from this terminal."""
    silent = subprocess.DEVNULL
    subprocess.run(
        [sys.executable, "-m", "webbrowser", "-t", page.as_uri()],
        stdin=silent,
        stdout=silent,
        stderr=silent,
        start_new_session=True,
        check=False,
    )


def _medians(results: Path, grader: str) -> Iterator[tuple[float, int, float]]:
    scores: dict[float, list[float]] = defaultdict(list)
    with results.open(encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            if line["grader"] == grader and line["score"] is not None:
                scores[round(line["human"], 2)].append(line["score"])
    for human, given in sorted(scores.items()):
        yield human, len(given), statistics.median(given)


def _told(output: str) -> CoachError:
    try:
        error = json.loads(output)["error"]
        return CoachError(str(error["message"]), str(error["hint"]))
    except (ValueError, KeyError, TypeError):
        return CoachError("The evaluation ended early.", output[-500:].strip())

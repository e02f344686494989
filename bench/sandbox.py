"""Time from submitting an answer to its verdict: the sandbox against processes without isolation.

The same answer, cases and comparisons each time, in turns: a process that has imported already, a fresh
process for each run, the sandbox with a spare ready, the sandbox without one.
"""

import importlib.util
import pickle
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from coach.exercise import Exercise, Returned
from coach.paths import CORPUS
from coach.practice import Practice
from coach.practice.catalogue import load_cases
from coach.practice.practice import case_result
from coach.sandbox import Sandbox

WARM_LIMIT_MS = {"numpy": 15.0, "torch": 40.0}
COLD_LIMIT = 1.6
_SPARE_READY_S = {"numpy": 0.6, "torch": 4.0}


@dataclass(frozen=True)
class Task:
    """An exercise with its solution."""

    practice: Practice
    exercise: Exercise
    source: str

    @classmethod
    def of(cls, slug: str, sandbox: Sandbox) -> "Task":
        """The exercise with this slug, run by that sandbox."""
        practice = Practice(CORPUS / "exercises", sandbox)
        exercise = practice.get(slug)
        return cls(practice, exercise, (exercise.folder / "solution.py").read_text("utf-8"))

    def in_sandbox(self) -> None:
        """One run the way `coach practice run` does it."""
        cases = load_cases(self.exercise)(1)
        assert self.practice.run_cases(self.exercise, self.source, cases).passed


class Plain:
    """A process without isolation."""

    def __init__(self, needs: str) -> None:
        command = [sys.executable, "-m", "bench.plain_worker", needs]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._receive()

    def run(self, task: Task) -> None:
        """The task's cases, judged like in the sandbox."""
        cases = load_cases(task.exercise)(1)
        first = task.exercise.entry_points[0]
        assert self._process.stdin is not None
        calls = [(case.call or first, case.args) for case in cases]
        pickle.dump((task.source, calls), self._process.stdin)
        self._process.stdin.flush()
        for case in cases:
            plain = tuple(getattr(arg, "array", arg) for arg in case.args)
            outcome = Returned(self._receive(), plain, 0.0)
            value_only = replace(
                case, gradient=None
            )  # gradients are asked for in the sandbox alone
            assert case_result(task.exercise, value_only, outcome, "en").status == "passed"

    def close(self) -> None:
        """Ends it."""
        self._process.kill()
        self._process.wait()

    def _receive(self) -> Any:
        return pickle.load(self._process.stdout)  # type: ignore[arg-type]


def _milliseconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - began)


def _fresh(task: Task) -> None:
    process = Plain(task.exercise.needs)
    process.run(task)
    process.close()


def measure(slug: str, rounds: int) -> bool:
    """Prints the medians of one exercise's runs; whether they are within the limits."""
    cold, warm = Task.of(slug, Sandbox()), Task.of(slug, Sandbox())
    needs = cold.exercise.needs
    imports = [sys.executable, "-c", f"import {needs}"]
    plain = Plain(needs)
    taken: dict[str, list[float]] = {}
    for number in range(rounds + 1):
        warm.practice.prepare(slug)
        time.sleep(_SPARE_READY_S[needs])
        actions: dict[str, Callable[[], object]] = {
            "a process that has imported already": lambda: plain.run(cold),
            "sandbox, a spare ready": warm.in_sandbox,
            "a fresh process for each run": lambda: _fresh(cold),
            "sandbox, nothing ready": cold.in_sandbox,
            f"python -c 'import {needs}'": lambda: subprocess.run(imports, check=True),
        }
        for name, action in actions.items():
            spent = _milliseconds(action)
            if name == "sandbox, a spare ready":
                time.sleep(_SPARE_READY_S[needs])  # its successor starts: not at the others' cost
            if number:  # the first round writes byte code
                taken.setdefault(name, []).append(spent)
    plain.close()
    for task in (cold, warm):
        task.practice.close()
    return _show(slug, needs, {name: statistics.median(v) for name, v in taken.items()}, rounds)


def _show(slug: str, needs: str, medians: dict[str, float], rounds: int) -> bool:
    already, warm, _, cold, imports = medians.values()
    print(f"Code answer, {needs}: {slug} (median of {rounds}, in turns, submit to verdict)")
    for name, value in medians.items():
        print(f"  {name:<38} {value:7.1f} ms")
    ready, ratio = warm - already, cold / imports
    print(f"  spare ready: {ready:.1f} ms over the process (at most {WARM_LIMIT_MS[needs]:g})")
    print(f"  nothing ready: {ratio:.2f} times the import (at most {COLD_LIMIT})")
    return ready <= WARM_LIMIT_MS[needs] and ratio <= COLD_LIMIT


def main() -> bool:
    """Both kinds of exercise; PyTorch where it is installed."""
    within = measure("softmax", rounds=21)
    if importlib.util.find_spec("torch"):
        within &= measure("torch-attention", rounds=7)
    return within


if __name__ == "__main__":
    raise SystemExit(0 if main() else 1)

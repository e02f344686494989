"""Exercises to fake a pass of: each sort of judging once, small, with an honest answer beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case, Exercise, Gradient, Limits, Needs
from coach.paths import CORPUS
from coach.practice.catalogue import load_cases, load_exercise
from coach.practice.numeric import numerical_gradient

HERE = Path(__file__).parent
SOFTMAX = load_exercise(CORPUS / "exercises" / "softmax")
WHY = Bilingual("A rule.", "一条规则。")
ROUNDS = 3


@dataclass(frozen=True)
class Target:
    """An exercise, the cases of one run, and an answer that passes them."""

    exercise: Exercise
    cases: Sequence[Case]
    honest: str


def _exercise(name: str, needs: Needs = "numpy", folder: Path = SOFTMAX.folder) -> Exercise:
    return replace(
        SOFTMAX,
        slug=name,
        entry_points=(name,),
        needs=needs,
        limits=Limits(seconds=20, memory_mb=256),
        folder=folder,
    )


def _case(number: int, args: Sequence[Any], expected: Any = None, **more: Any) -> Case:
    return Case(f"case {number}", WHY, tuple(args), expected, **more)


def _softmax() -> Target:
    exercise = replace(SOFTMAX, limits=Limits(seconds=20, memory_mb=128))
    honest = (SOFTMAX.folder / "solution.py").read_text(encoding="utf-8")
    return Target(exercise, load_cases(SOFTMAX)(11), honest)


def _mean() -> Target:
    """A number."""
    drawn = np.random.default_rng(1).normal(size=(ROUNDS, 5))
    cases = [_case(number, [x], float(x.mean())) for number, x in enumerate(drawn)]
    return Target(_exercise("mean"), cases, "def mean(x):\n    return float(x.mean())\n")


def _single() -> Target:
    """An array of a certain dtype."""
    drawn = np.random.default_rng(2).integers(1, 9, size=(ROUNDS, 4)).astype(np.float32)
    cases = [_case(n, [x], x / 2, dtype="float32") for n, x in enumerate(drawn)]
    return Target(_exercise("halve"), cases, "def halve(x):\n    return x / 2\n")


def _word() -> Target:
    """A word, or nothing."""
    cases = [_case(n, [n], "odd" if n % 2 else None) for n in range(ROUNDS)]
    return Target(_exercise("odd"), cases, "def odd(n):\n    return 'odd' if n % 2 else None\n")


def _basis() -> Target:
    """A value that only its properties judge."""
    drawn = np.random.default_rng(3).normal(size=(ROUNDS, 5, 3))
    cases = [_case(n, [x], check=_spans(x)) for n, x in enumerate(drawn)]
    honest = "import numpy as np\n\n\ndef basis(x):\n    return np.linalg.qr(x)[0]\n"
    return Target(_exercise("basis"), cases, honest)


def _spans(x: Any) -> Any:
    def check(q: Any) -> Bilingual | None:
        if not isinstance(q, np.ndarray) or q.shape != x.shape or q.dtype != np.float64:
            return Bilingual("It is no basis.", "不是基。")
        with np.errstate(all="ignore"):
            near = np.allclose(q.T @ q, np.eye(3)) and np.allclose(q @ (q.T @ x), x)
        return None if near else Bilingual("It spans something else.", "张成的空间不同。")

    return check


def _descend() -> Target:
    """A function the answer is given by a driver, which notes how it was used."""
    drawn = np.random.default_rng(4).normal(size=(ROUNDS, 2, 3))
    cases = []
    for number, (goal, start) in enumerate(drawn):
        path = [start]
        for _ in range(4):
            path.append(path[-1] - 0.1 * 2 * (path[-1] - goal))
        expected = (path[-1], path[:-1])
        cases.append(_case(number, [goal, start, 0.1], expected, call="walk"))
    honest = (
        "def descend(gradient, x, rate):\n    for _ in range(4):\n"
        "        x = x - rate * gradient(x)\n    return x\n"
    )
    return Target(_exercise("descend", folder=HERE / "driven"), cases, honest)


def _cube() -> Target:
    """A tensor whose gradient is judged as well."""
    from coach.exercise import Tensor

    drawn = np.random.default_rng(5).normal(size=(ROUNDS, 2, 4))
    cases = []
    for number, (x, weight) in enumerate(drawn):
        gradient = Gradient(weight, numerical_gradient(lambda a: a**3, [x], weight))
        cases.append(_case(number, [Tensor(x)], x**3, gradient=gradient))
    return Target(_exercise("cube", needs="torch"), cases, "def cube(x):\n    return x * x * x\n")


TARGETS = {
    "softmax": _softmax(),
    "mean": _mean(),
    "halve": _single(),
    "odd": _word(),
    "basis": _basis(),
    "descend": _descend(),
    "cube": _cube(),
}

"""One code exercise whose runs are scripted."""

from pathlib import Path
from typing import Any

from coach.card import Bilingual
from coach.errors import CoachError
from coach.exercise import CaseResult, Exercise, Limits, PracticeResult

STARTER = "import numpy as np\n\n\ndef softmax(scores):\n    return scores\n"
SOLUTION = (
    "import numpy as np\n\n\ndef softmax(scores):\n"
    "    powers = np.exp(scores - scores.max())\n    return powers / powers.sum()\n"
)
HINTS = (
    Bilingual("Which numbers make exp overflow?", "哪些数会让 exp 溢出？"),
    Bilingual("What changes if a constant is subtracted?", "减去一个常数会改变什么？"),
)
PASSED = CaseResult("two numbers", "passed", "", 0.01)
WRONG = CaseResult("large numbers", "wrong", "softmax([1000, 0]) returned nan\nnan is not 1", 0.01)


class ScriptedPractice:
    """One exercise whose run yields the given cases, or raises."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "starter.py").write_text(STARTER, encoding="utf-8")
        (folder / "solution.py").write_text(SOLUTION, encoding="utf-8")
        self._exercise = Exercise(
            slug="softmax",
            title=Bilingual("Softmax", "Softmax"),
            task=Bilingual(
                "`softmax(scores)` takes a vector and returns its softmax.",
                "`softmax(scores)` 接受一个向量，返回它的 softmax。",
            ),
            entry_points=("softmax",),
            needs="numpy",
            topic="losses",
            level="junior",
            limits=Limits(),
            forbidden=(),
            hints=HINTS,
            folder=folder,
        )
        self.cases: tuple[CaseResult, ...] = (PASSED, WRONG)
        self.error: CoachError | None = None
        self.sources: list[str] = []

    def get(self, slug: str) -> Exercise:
        return self._exercise

    def prepare(self, slug: str) -> None:
        """Nothing needs preparing."""

    def close(self) -> None:
        """Nothing was prepared."""

    def run(
        self, slug: str, source: str, seed: int | None, on_case: Any, **_: Any
    ) -> PracticeResult:
        self.sources.append(source)
        if self.error is not None:
            raise self.error
        for case in self.cases:
            on_case(case)
        passed = all(case.status == "passed" for case in self.cases)
        return PracticeResult(
            slug, passed, self.cases, "shape (2,)\n", "", Limits(), ("scripted",), 0.1
        )

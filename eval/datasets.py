"""Eval sets: answers with human marks, one JSON object a line."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coach.card import Lang
from coach.grade.task import Task
from eval.rows import Row, read_rows

SETS = Path(__file__).resolve().parent / "sets"
FIELDS = ("id", "question_id", "lang", "question", "reference", "answer", "score", "max_score")


@dataclass(frozen=True)
class Sample:
    """One answer with its human mark; `step` is the smallest difference of marks, where the set says it."""

    id: str
    question_id: str
    lang: Lang
    question: str
    references: tuple[str, ...]
    key_points: tuple[str, ...]
    answer: str
    score: float
    max_score: float
    step: float | None

    @property
    def human(self) -> float:
        """The human mark from 0 to 1."""
        return self.score / self.max_score

    @property
    def task(self) -> Task:
        """What the answer is graded against."""
        return Task.from_reference(self.question, self.references, self.key_points, self.lang)


def read_set(path: Path) -> Iterator[Sample]:
    """Yields the samples in the file's order; InputFileError names the line and field that is wrong."""
    return read_rows(path, FIELDS, _sample)


def _sample(row: Row) -> Sample:
    lang = row.lang()
    top, score = row.number("max_score"), row.number("score")
    if top <= 0:
        row.fail("max_score", "is not above 0")
    if not 0 <= score <= top:
        row.fail("score", f"is {score:g}; it must lie between 0 and max_score {top:g}")
    return Sample(
        id=str(row.need("id")),
        question_id=str(row.need("question_id")),
        lang=lang,
        question=row.text("question"),
        references=row.texts("reference"),
        key_points=row.texts("key_points") if "key_points" in row.row else (),
        answer=row.text("answer"),
        score=score,
        max_score=top,
        step=row.number("step") if "step" in row.row else None,
    )

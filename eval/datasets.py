"""Eval sets: answers with human marks, one JSON object a line."""

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from coach.grade.task import Task
from coach.language import Lang
from eval.rows import Row, digest_of, read_rows

SETS = Path(__file__).resolve().parent / "sets"
FIELDS = ("id", "question_id", "lang", "question", "reference", "answer", "score", "max_score")
OPTIONAL = ("key_points", "step", "score_1", "score_2")

T = TypeVar("T")


@dataclass(frozen=True)
class Sample:
    """One answer with its human mark (0 to `max_score`), and the marks of two markers where the set has them.

    `step` is the smallest difference of marks, where the set says it; `extra` holds its other fields.
    """

    id: str
    question_id: str
    lang: Lang
    question: str
    references: tuple[str, ...]
    key_points: tuple[str, ...]
    answer: str
    score: float
    max_score: float
    step: float | None = None
    score_1: float | None = None
    score_2: float | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

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
    return read_rows(path, FIELDS, sample_of)


def part(items: Iterable[T], limit: int | None, seed: int, key: Callable[[T], str]) -> list[T]:
    """A random part, drawn by seed and `key`: the same in any order, and a smaller limit gives part of it.

    Holds no more than `limit` items in memory.
    """
    if limit is None:
        return list(items)
    return heapq.nsmallest(limit, items, key=lambda item: digest_of(f"{seed} {key(item)}"))


def sample_of(row: Row) -> Sample:
    """The sample a line describes."""
    lang, (top, step) = row.lang(), scale_fields(row)
    references = row.texts("reference")
    points = row.texts("key_points") if row.row.get("key_points") is not None else ()
    if not any(text.strip() for text in (*references, *points)):
        row.fail("reference", "is empty")
    return Sample(
        id=str(row.need("id")),
        question_id=str(row.need("question_id")),
        lang=lang,
        question=row.said("question"),
        references=references,
        key_points=points,
        answer=row.text("answer"),
        score=row.mark("score", top),
        max_score=top,
        step=step,
        score_1=row.mark("score_1", top) if row.row.get("score_1") is not None else None,
        score_2=row.mark("score_2", top) if row.row.get("score_2") is not None else None,
        extra={name: row.row[name] for name in row.row if name not in (*FIELDS, *OPTIONAL)},
    )


def scale_fields(row: Row) -> tuple[float, float | None]:
    """`max_score`, and `step` where the line says it."""
    top = row.number("max_score")
    if top <= 0:
        row.fail("max_score", "is not above 0")
    if row.row.get("step") is None:
        return top, None
    step = row.number("step")
    if not 0 < step <= top:
        row.fail("step", f"is {step:g}; it must lie above 0 and not above max_score {top:g}")
    return top, step

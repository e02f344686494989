"""One pass over the results: what the plots count, and the answers where a grader was furthest off."""

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

WORST = 10


@dataclass(frozen=True)
class Mark:
    """One answer as a plot needs it: human mark and score from 0 to 1; `reason` where it has no score.

    `step` is the set's, as a share of `max_score`; None where it gives none.
    """

    human: float
    score: float | None
    confidence: float | None
    max_score: float | None
    step: float | None
    elapsed_s: float
    reason: str

    @property
    def off(self) -> float:
        """Score minus human mark; 0 where there is no score."""
        return 0.0 if self.score is None else self.score - self.human


@dataclass
class Marks:
    """What one grader made of the set; `worst` holds (distance, id, result), the furthest off first."""

    by_id: dict[str, Mark] = field(default_factory=dict)
    worst: list[tuple[float, str, Mapping[str, Any]]] = field(default_factory=list)

    @property
    def graded(self) -> list[Mark]:
        """Those with a score, by id, whatever the order they came in."""
        return [mark for _, mark in sorted(self.by_id.items()) if mark.score is not None]

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Why answers have no score, the most frequent reason first."""
        found = Counter(mark.reason for mark in self.by_id.values() if mark.score is None)
        return sorted(found.items(), key=lambda item: (-item[1], item[0]))

    def add(self, row: Mapping[str, Any]) -> None:
        """Takes one line of the results; a second one of an answer counts only if the first had no score."""
        name, mark = str(row["id"]), _mark(row)
        before = self.by_id.get(name)
        if before is not None and before.score is not None:
            return
        self.by_id[name] = mark
        if mark.score is not None:
            push = heapq.heappush if len(self.worst) < WORST else heapq.heappushpop
            push(self.worst, (abs(mark.off), name, row))


def collect(results: Iterable[Mapping[str, Any]]) -> tuple[dict[str, Marks], dict[str, str]]:
    """The marks of each grader by its name, and the text of each question by its id."""
    graders: dict[str, Marks] = {}
    questions: dict[str, str] = {}
    for row in results:
        graders.setdefault(row["grader"], Marks()).add(row)
        questions.setdefault(str(row["question_id"]), row.get("question") or "")
    for marks in graders.values():
        marks.worst.sort(key=lambda entry: (-entry[0], entry[1]))
    return graders, questions


def _mark(row: Mapping[str, Any]) -> Mark:
    verdict = row.get("verdict") or {}
    step, top = row.get("step"), row.get("max_score")
    return Mark(
        human=float(row["human"]),
        score=None if row["score"] is None else float(row["score"]),
        confidence=row.get("confidence", verdict.get("confidence")),
        max_score=top,
        step=step / top if step and top else None,
        elapsed_s=float(row.get("elapsed_s") or 0.0),
        reason=row.get("ungraded_reason") or verdict.get("ungraded_reason") or "no reason is given",
    )

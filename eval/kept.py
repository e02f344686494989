"""The results a run has kept, read back and checked."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coach.errors import InputFileError
from eval.datasets import Sample, scale_fields
from eval.metrics import Result
from eval.rows import Row, read_lines

RESULTS = "results.jsonl"
_FIELDS = ("id", "question_id", "grader", "human", "score")


@dataclass(frozen=True)
class Kept:
    """One line of the results; `model` is empty where the grader asks none."""

    result: Result
    grader: str
    model: str


def read_results(path: Path) -> Iterator[Kept]:
    """Yields the results of a run, given its folder or its file; a last line that was cut off is left out.

    InputFileError names the line and field that is wrong.
    """
    file = path / RESULTS if path.is_dir() else path
    for number, line in read_lines(file, cut_off=True):
        if line.strip():
            try:
                row = Row.parse(file, number, line, _FIELDS)
            except InputFileError:
                if line.endswith("\n"):
                    raise
                return
            yield _kept(row)


def _kept(row: Row) -> Kept:
    result = Result(_sample(row), _score(row))
    return Kept(result, str(row.need("grader")), str(row.row.get("model") or ""))


def _sample(row: Row) -> Sample:
    """The answer as the set held it, without what it was graded against; a mark without `max_score` is out of 1."""
    held = row.row
    top, step = scale_fields(row) if held.get("max_score") is not None else (1.0, None)
    return Sample(
        id=str(row.need("id")),
        question_id=str(row.need("question_id")),
        lang=row.lang() if held.get("lang") is not None else "en",
        question=str(held.get("question") or ""),
        references=(),
        key_points=(),
        answer=str(held.get("answer") or ""),
        score=row.mark("human", 1.0) * top,
        max_score=top,
        step=step,
    )


def _score(row: Row) -> float | None:
    """The grader's score from 0 to 1; None, which must be said, where the answer stayed ungraded."""
    if "score" not in row.row:
        row.fail("score", "is missing")
    return None if row.row["score"] is None else row.mark("score", 1.0)

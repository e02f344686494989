"""Eval sets: answers with human marks, one JSON object a line, read as a stream and checked field by field."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, cast

from coach.card import LANGS, Lang
from coach.errors import InputFileError
from coach.grade.task import Task

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
    try:
        with path.open(encoding="utf-8") as lines:
            seen: set[str] = set()
            for number, line in enumerate(lines, 1):
                if line.strip():
                    row = _SampleRow(path, number, line)
                    sample = row.sample()
                    if sample.id in seen:
                        row.fail("id", f"{sample.id!r} occurs twice")
                    seen.add(sample.id)
                    yield sample
    except (OSError, UnicodeDecodeError) as error:
        raise InputFileError(f"{path}: {error}", "An eval set is a JSONL file in UTF-8.") from error


class Row:
    """One line of a set; `fields` are those it needs, for the message where one is wrong."""

    def __init__(self, path: Path, number: int, line: str, fields: Sequence[str] = FIELDS) -> None:
        self.fields = fields
        self.place = f"{path}, line {number}"
        try:
            row = json.loads(line)
        except ValueError as error:
            raise InputFileError(f"{self.place}: {error}", "One JSON object a line.") from error
        if not isinstance(row, Mapping):
            raise InputFileError(f"{self.place}: no JSON object.", "One JSON object a line.")
        self.row: Mapping[str, Any] = row

    def fail(self, name: str, why: str) -> NoReturn:
        """Raises InputFileError that names the place and the field."""
        raise InputFileError(
            f"{self.place}: {name} {why}.", f"Needed fields: {', '.join(self.fields)}."
        )

    def need(self, name: str) -> Any:
        """A field that must be there."""
        value = self.row.get(name)
        if value is None or value == "":
            self.fail(name, "is missing")
        return value

    def text(self, name: str) -> str:
        """A field of text."""
        value = self.row.get(name)
        if not isinstance(value, str):
            self.fail(name, "is missing or no text")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A text or a list of texts."""
        value = self.need(name)
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(item, str) for item in values):
            self.fail(name, "is neither text nor a list of texts")
        return tuple(values)

    def number(self, name: str) -> float:
        """A number; True and False are none."""
        value = self.need(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.fail(name, f"is {value!r}, no number")
        return float(value)


class _SampleRow(Row):
    """A line that holds a marked answer."""

    def sample(self) -> Sample:
        lang = self.row.get("lang")
        if lang not in LANGS:
            self.fail("lang", f"is {lang!r}; it can be en or zh")
        top, score = self.number("max_score"), self.number("score")
        if top <= 0:
            self.fail("max_score", "is not above 0")
        if not 0 <= score <= top:
            self.fail("score", f"is {score:g}; it must lie between 0 and max_score {top:g}")
        return Sample(
            id=str(self.need("id")),
            question_id=str(self.need("question_id")),
            lang=cast("Lang", lang),
            question=self.text("question"),
            references=self.texts("reference"),
            key_points=self.texts("key_points") if "key_points" in self.row else (),
            answer=self.text("answer"),
            score=score,
            max_score=top,
            step=self.number("step") if "step" in self.row else None,
        )

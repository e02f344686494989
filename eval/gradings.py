"""Gradings of texts that answer a sample's question, each made once and kept in a file as soon as it is there."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from coach.app import Coach
from coach.errors import InputFileError, UsageError
from coach.grade import Grader
from coach.grade.task import Task
from coach.verdict import Verdict
from eval.datasets import Sample
from eval.tasks import by_question, task_of

RESULTS = "results.jsonl"


class Gradings:
    """Grades each text once; a folder keeps every grading, and with `resume` those there are not made again."""

    def __init__(self, coach: Coach, folder: Path | None, *, resume: bool) -> None:
        self._grader = coach.grader.marking_only()
        self._model = coach.language_model().name
        self._cards = by_question(list(coach.deck))
        self._file = folder / RESULTS if folder else None
        self._rows: dict[str, dict[str, Any]] = {}
        if self._file and self._file.exists():
            if not resume:
                raise UsageError(
                    f"{self._file} holds results.", "Add --resume, or choose another folder."
                )
            self._rows = _kept(self._file)

    def grade(
        self,
        sample: Sample,
        text: str,
        note: Mapping[str, str] | None = None,
        *,
        defended: bool = True,
    ) -> dict[str, Any]:
        """Returns the grading of a text that answers a sample's question; `note` is kept with it."""
        grader = self._grader if defended else self._grader.undefended()
        key = self._key(sample, text, defended)
        row = self._rows.get(key)
        if row is None or row["score"] is None:
            row = {"key": key, "id": sample.id, "lang": sample.lang, **(note or {})} | self._made(
                grader, sample, text
            )
            self._rows[key] = row
            self._append(row)
        return row

    def _made(self, grader: Grader, sample: Sample, text: str) -> dict[str, Any]:
        verdict = grader.grade(self.task(sample), text)
        return {"model": self._model, "score": verdict.score, "points": _points(verdict),
                "ungraded_reason": verdict.ungraded_reason}  # fmt: skip

    def task(self, sample: Sample) -> Task:
        """The card's task where the deck asks the sample's question, else the sample's own."""
        return task_of(sample, self._cards)

    def _key(self, sample: Sample, text: str, defended: bool) -> str:
        task = (sample.question, sample.references, sample.key_points)
        whole = json.dumps([self._grader.name, self._model, task, text, defended])
        return hashlib.sha256(whole.encode("utf-8", "backslashreplace")).hexdigest()[:20]

    def _append(self, row: Mapping[str, Any]) -> None:
        if self._file is None:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        except OSError as error:
            raise InputFileError(
                f"{self._file}: {error}", "Choose a folder that can be written."
            ) from error


def _points(verdict: Verdict) -> list[dict[str, Any]]:
    return [
        {
            "id": p.id,
            "verdict": p.verdict,
            "probability": p.probability,
            "quote": p.quote.text if p.quote else None,
        }
        for p in verdict.key_points
    ]


def _kept(file: Path) -> dict[str, dict[str, Any]]:
    """The gradings in a file by key, the latest of each; a last line that was cut off is dropped from it."""
    data = file.read_bytes()
    whole = data[: data.rfind(b"\n") + 1]
    if whole != data:
        file.write_bytes(whole)
    rows = {}
    for number, line in enumerate(whole.decode("utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            rows[str(row["key"])] = row | {"score": row["score"], "points": row["points"]}
        except (ValueError, KeyError, TypeError) as error:
            raise InputFileError(
                f"{file}, line {number}: no result ({error}).", "Choose another folder.", number
            ) from error
    return rows

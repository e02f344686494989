"""Runs a grader over an eval set and keeps every result as soon as it is there."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from coach.app import Coach
from coach.errors import InputFileError
from coach.grade.serialize import verdict_to_json
from eval.datasets import Sample
from eval.metrics import Result, agreement


def run(
    coach: Coach,
    samples: Iterable[Sample],
    folder: Path | None,
    on_progress: Callable[[int, int, str], None],
) -> dict[str, Any]:
    """Grades every sample, question by question, and returns the grader's row of the report.

    With a folder, each result is appended to `results.jsonl` before the next answer is graded.
    """
    ordered = sorted(samples, key=lambda sample: sample.question_id)
    results: list[Result] = []
    for sample in ordered:
        verdict = coach.grader.grade(sample.task, sample.answer)
        results.append(Result(sample, verdict.score, verdict.elapsed_s))
        if folder:
            _keep(folder, sample, verdict_to_json(verdict))
        on_progress(len(results), len(ordered), sample.question_id)
    return summary(coach.grader.name, coach.language_model().name, results)


def summary(name: str, model: str, results: list[Result]) -> dict[str, Any]:
    """One grader's row: counts, metrics over all, by language and by question, and its speed."""
    graded = sum(result.score is not None for result in results)
    seconds = sum(result.elapsed_s for result in results)
    return {
        "name": name,
        "model": model,
        "graded": graded,
        "ungraded": len(results) - graded,
        **agreement(results),
        "seconds_per_answer": seconds / len(results) if results else None,
        "by_lang": _by(results, lambda sample: sample.lang),
        "by_question": _by(results, lambda sample: sample.question_id),
    }


def _by(results: list[Result], key: Callable[[Sample], str]) -> dict[str, Any]:
    groups: dict[str, list[Result]] = {}
    for result in results:
        groups.setdefault(key(result.sample), []).append(result)
    return {name: {"n": len(group), **agreement(group)} for name, group in groups.items()}


def _keep(folder: Path, sample: Sample, verdict: dict[str, Any]) -> None:
    line = {
        "id": sample.id,
        "question_id": sample.question_id,
        "grader": verdict["grader"],
        "human": sample.human,
        "score": verdict["score"],
        "verdict": verdict,
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "results.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    except OSError as error:
        raise InputFileError(
            f"{folder}: {error}", "Choose a folder that can be written."
        ) from error

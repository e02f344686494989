"""How marks move over time: what candidates hold against them, and what earlier runs gave the same answers."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coach.errors import CoachError
from eval.bootstrap import DRAWS, interval, resampled
from eval.kept import RESULTS, read_results
from eval.overrides import Judged

GROUP = 20
RUNS = 5
Row = dict[str, Any]
Name = tuple[str, str]
Marks = Mapping[tuple[Name, str], tuple[str, str, float]]


def of_overrides(found: Sequence[Judged], models: Iterable[str], seed: int = 0) -> list[Row]:
    """The candidate's marks minus ours, by model, twenty disagreements at a time, the oldest first.

    `verdicts` counts all verdicts of that time; `ci95` is clustered by card, None for a single one.
    """
    rows = []
    for model in dict.fromkeys(models):
        seen = [one for one in found if one.model == model]
        named = [one for one in seen if one.disputed and one.own is not None]
        for start in range(0, len(named), GROUP):
            group = named[start : start + GROUP]
            first, last = group[0].at, group[-1].at
            changes = [(one.own or 0.0) - one.given for one in group]
            rows.append(
                {
                    "model": model,
                    "from": _day(first),
                    "to": _day(last),
                    "overrides": len(group),
                    "verdicts": sum(first <= one.at <= last for one in seen),
                    **_mean(changes, [one.card for one in group], seed),
                }
            )
    return rows


def of_runs(folder: Path, report: Mapping[str, Any], seed: int = 0) -> list[Row]:
    """The marks in a run's folder minus those that earlier runs gave the same answers, the latest run first.

    Earlier runs are those of the same set, grader and model in the folders beside it; at most five.
    """
    names = {(row["name"], row["model"]) for row in report["graders"] if row["model"]}
    mine = _marks(folder, names)
    rows = []
    for other in _beside(folder, Path(report["set"]).name)[:RUNS]:
        try:
            theirs = _marks(other, names)
        except CoachError:
            # Another run's damaged file is no reason to lose the report of this one.
            continue
        rows += [_change(other, name, mine, theirs, seed) for name in sorted(names)]
    return [row for row in rows if row["n"]]


def _beside(folder: Path, name: str) -> list[Path]:
    """Folders of runs of the set with this name, the latest first."""
    here = folder.resolve()
    others = [
        file.parent for file in here.parent.glob("*/report.json") if file.parent.resolve() != here
    ]
    kept = [one for one in others if (one / RESULTS).exists() and _set_of(one) == name]
    return sorted(kept, key=_made, reverse=True)


def _set_of(folder: Path) -> str:
    try:
        report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        return Path(report["set"]).name
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return ""


def _marks(folder: Path, names: set[Name]) -> Marks:
    """Each grader's mark of each answer, with the answer's text and its question."""
    return {
        (name, kept.result.sample.id): (
            kept.result.sample.answer,
            kept.result.sample.question_id,
            kept.result.score,
        )
        for kept in read_results(folder)
        if (name := (kept.grader, kept.model)) in names and kept.result.score is not None
    }


def _change(other: Path, name: Name, mine: Marks, theirs: Marks, seed: int) -> Row:
    changes, questions = [], []
    for key, (answer, question, mark) in mine.items():
        before = theirs.get(key)
        if key[0] == name and before is not None and before[0] == answer:
            changes.append(mark - before[2])
            questions.append(question)
    return {
        "run": other.name,
        "made": _day(_made(other)),
        "grader": name[0],
        "model": name[1],
        "n": len(changes),
        **_mean(changes, questions, seed),
        "largest": max(map(abs, changes), default=None),
    }


def _mean(values: Sequence[float], clusters: Sequence[str], seed: int) -> Row:
    """The mean of values and its 95% interval from resampled clusters."""
    import numpy as np

    if not values:
        return {"mean": None, "ci95": None}
    columns = {"sum": np.array(values, float), "n": np.ones(len(values))}
    drawn = resampled(columns, clusters, DRAWS, seed) if len(values) > 1 else None
    return {
        "mean": sum(values) / len(values),
        "ci95": None if drawn is None else interval(drawn["sum"] / drawn["n"]),
    }


def _made(folder: Path) -> datetime:
    return datetime.fromtimestamp((folder / RESULTS).stat().st_mtime, UTC)


def _day(at: datetime) -> str:
    return at.date().isoformat()

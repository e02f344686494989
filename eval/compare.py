"""Two runs on the same answers: which agrees better with the human marks, and is that more than chance."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from coach.errors import InputFileError, UsageError
from eval.differences import differences
from eval.kept import Kept, read_results
from eval.metrics import Result
from eval.naming import BASELINES, METRICS, between, decimals
from eval.paired import least_p

CHANGED = 10
FEW = 10

Rows = Mapping[str, Kept]


@dataclass(frozen=True)
class Side:
    """One grader of one run; `rows`, one at least, by the id of the answer."""

    run: str
    grader: str
    rows: Rows

    def report(self, shared: int) -> dict[str, Any]:
        """What the comparison says of this side, given how many answers both have."""
        model = next(iter(self.rows.values())).model
        return {"grader": self.grader, "model": model, "only_here": len(self.rows) - shared}


def compare_runs(
    a: Path, b: Path, grader: str | None = None, against: str | None = None, seed: int = 0
) -> dict[str, Any]:
    """The report of `coach eval compare`; one entry in `comparisons` for each pair of graders.

    Without `grader` those that both runs have, else the one of each run, baselines aside; `against` names B's where it
    is called otherwise. InputFileError where the runs share no answer or differ in a human mark.
    """
    runs = [_graders(path) for path in (a, b)]
    pairs = _pairs(runs[0], runs[1], grader, against)
    return {
        "a": str(a),
        "b": str(b),
        "comparisons": [
            _compared(Side(str(a), one, runs[0][one]), Side(str(b), other, runs[1][other]), seed)
            for one, other in pairs
        ],
    }


def _graders(path: Path) -> dict[str, Rows]:
    """The results of each grader; a second one of an answer counts only if the first had no score."""
    found: dict[str, dict[str, Kept]] = defaultdict(dict)
    for row in read_results(path):
        rows, name = found[row.grader], row.result.sample.id
        if name not in rows or rows[name].result.score is None:
            rows[name] = row
    if not found:
        raise InputFileError(f"{path}: it holds no results.", "Run `coach eval run SET --out DIR`.")
    return {**found}


def _pairs(
    a: Mapping[str, Rows], b: Mapping[str, Rows], grader: str | None, against: str | None
) -> list[tuple[str, str]]:
    if grader or against:
        pair = (grader or against or "", against or grader or "")
        for name, run, held in zip(pair, "AB", (a, b), strict=True):
            if name not in held:
                raise UsageError(f"Run {run} has no grader {name!r}.", f"It has {', '.join(held)}.")
        return [pair]
    own = [[name for name in run if name not in BASELINES] or list(run) for run in (a, b)]
    if shared := [name for name in own[0] if name in own[1]]:
        return [(name, name) for name in shared]
    if len(own[0]) == len(own[1]) == 1:
        return [(own[0][0], own[1][0])]
    raise UsageError(
        f"The runs share no grader: A has {', '.join(own[0])}, B has {', '.join(own[1])}.",
        "Name A's with --grader and B's with --against.",
    )


def _compared(a: Side, b: Side, seed: int) -> dict[str, Any]:
    shared = sorted(a.rows.keys() & b.rows.keys())
    if not shared:
        raise InputFileError(
            f"{a.run} and {b.run} have no answer in common.", "Compare runs of one set."
        )
    one = [a.rows[name].result for name in shared]
    other = [_same_answer(mine, b.rows[mine.sample.id].result, a, b) for mine in one]
    questions = [result.sample.question_id for result in one]
    report = {
        "a": a.report(len(shared)),
        "b": b.report(len(shared)),
        "n": len(shared),
        "questions": len(set(questions)),
        "least_p": least_p(questions),
        "metrics": differences(one, other, seed),
        "largest": max(_apart(one, other), default=None),
        "changed": _changed(one, other),
    }
    return {**report, "summary": list(_summary(report))}


def _same_answer(mine: Result, theirs: Result, a: Side, b: Side) -> Result:
    """B's result about the sample as A has it; InputFileError where the human marks differ."""
    one, other = mine.sample.human, theirs.sample.human
    if abs(one - other) > 1e-6:
        raise InputFileError(
            f"Answer {mine.sample.id!r} has the human mark {one:g} in {a.run} and {other:g} in {b.run}.",
            "Compare runs of the same set.",
        )
    return replace(theirs, sample=mine.sample)


def _apart(a: Sequence[Result], b: Sequence[Result]) -> Iterator[float]:
    """How far the two marks of each answer lie apart, where it has both."""
    for one, other in zip(a, b, strict=True):
        if one.score is not None and other.score is not None:
            yield abs(other.score - one.score)


def _changed(a: Sequence[Result], b: Sequence[Result]) -> list[dict[str, Any]]:
    """The answers whose score differs most, the largest difference first."""
    found = []
    for one, other in zip(a, b, strict=True):
        if one.score is not None and other.score is not None and one.score != other.score:
            sample = one.sample
            row = {
                "id": sample.id,
                "question_id": sample.question_id,
                "human": sample.human,
                "a": one.score,
                "b": other.score,
                "question": sample.question,
                "answer": sample.answer,
            }
            found.append((-abs(other.score - one.score), sample.id, row))
    return [row for *_, row in sorted(found, key=lambda entry: entry[:2])[:CHANGED]]


def _summary(report: Mapping[str, Any]) -> Iterator[str]:
    """What the numbers say, one sentence each."""
    names = {metric.key: metric.short for metric in METRICS}
    for key, entry in report["metrics"].items():
        if entry["p"] is not None:
            yield _said(names[key], key == "mean_bias", entry)
    if report["questions"] < FEW:
        yield (
            f"There are {report['questions']} questions only: the intervals are rough, "
            f"and no p can be below {report['least_p']:.2g}."
        )


def _said(name: str, is_bias: bool, entry: Mapping[str, Any]) -> str:
    apart, p = abs(entry["difference"]), f"p = {entry['p']:.2g}"
    difference = decimals(apart) if apart >= 0.0005 else "less than 0.001"
    if not entry["difference"]:
        return f"{name}: both the same."
    if is_bias:
        words = f"B marks {'higher' if entry['difference'] > 0 else 'lower'} by {difference}"
    elif entry["better"] is None:
        return f"{name}: both the same."
    else:
        words = f"{entry['better'].upper()} is better by {difference}"
    sure = "more than chance" if entry["beyond_chance"] else "this may be chance"
    return f"{name}: {words}, {sure} (B - A {between(entry['ci95'], 3)}, {p})."

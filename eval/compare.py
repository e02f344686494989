"""Two runs on the same answers: which agrees better with the human marks, and is that more than chance."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.errors import InputFileError, UsageError
from eval.differences import differences, groups
from eval.kept import read_results
from eval.naming import BASELINES, METRICS, between, decimals
from eval.paired import least_p

CHANGED = 10
FEW = 10

Rows = dict[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Side:
    """One grader of one run; `rows` by the id of the answer."""

    run: str
    grader: str
    rows: Rows

    @property
    def model(self) -> str:
        """The model that the first result names."""
        return str(next((row.get("model") or "" for row in self.rows.values()), ""))


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
    found: dict[str, Rows] = defaultdict(dict)
    for row in read_results(path):
        rows, name = found[str(row["grader"])], str(row["id"])
        if name not in rows or rows[name]["score"] is None:
            rows[name] = row
    if not found:
        raise InputFileError(f"{path}: it holds no results.", "Run `coach eval run SET --out DIR`.")
    return found


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
    for name in shared:
        _check(name, a, b)
    report = {
        "a": {"grader": a.grader, "model": a.model, "only_here": len(a.rows) - len(shared)},
        "b": {"grader": b.grader, "model": b.model, "only_here": len(b.rows) - len(shared)},
        "n": len(shared),
        "questions": len({a.rows[name]["question_id"] for name in shared}),
        "least_p": least_p(len(groups(shared, a.rows))),
        "metrics": differences(shared, a.rows, b.rows, seed),
        "changed": _changed(shared, a.rows, b.rows),
    }
    return {**report, "summary": list(_summary(report))}


def _check(name: str, a: Side, b: Side) -> None:
    one, other = a.rows[name]["human"], b.rows[name]["human"]
    if abs(one - other) > 1e-6:
        raise InputFileError(
            f"Answer {name!r} has the human mark {one:g} in {a.run} and {other:g} in {b.run}.",
            "Compare runs of the same set.",
        )


def _changed(names: Sequence[str], a: Rows, b: Rows) -> list[dict[str, Any]]:
    """The answers whose score differs most, the largest difference first."""
    found = []
    for name in names:
        one, other = a[name]["score"], b[name]["score"]
        if None not in (one, other) and one != other:
            row = a[name]
            found.append(
                {
                    "id": name,
                    "question_id": row["question_id"],
                    "human": row["human"],
                    "a": one,
                    "b": other,
                    "question": row.get("question"),
                    "answer": row.get("answer"),
                }
            )
    return sorted(found, key=lambda row: (-abs(row["b"] - row["a"]), row["id"]))[:CHANGED]


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

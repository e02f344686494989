"""Stands in for the `coach` program: marks two answers a tick, goes on after what was marked, obeys Ctrl-C."""

import json
import sys
import time
from pathlib import Path
from typing import Any

TOTAL = 20


def row(name: str, r: float) -> dict[str, Any]:
    """A grader's row of a report."""
    return {
        "name": name,
        "model": None,
        "graded": TOTAL,
        "ungraded": 0,
        "pearson_r": r,
        "quadratic_weighted_kappa": 0.66,
        "accuracy": 0.5,
        "mean_absolute_error": 0.12,
        "mean_bias": -0.03,
        "seconds_per_answer": 1.25,
        "ci95": {"pearson_r": [r - 0.12, min(1.0, r + 0.1)], "accuracy": [0.4, 0.6]},
    }


def mark(folder: Path, tick_s: float) -> None:
    """Adds lines to the results, telling the pace as the program does on a terminal."""
    results = folder / "results.jsonl"
    before = results.read_text("utf-8").count("\n") if results.exists() else 0
    with results.open("a", encoding="utf-8") as lines:
        for done in range(before + 1, TOTAL + 1):
            human = done % 5 / 4
            line = {"grader": "keypoints", "human": human, "score": 0.1 + 0.8 * human}
            lines.write(json.dumps(line) + "\n")
            lines.flush()
            text = f"grading: {5 * done}% {done}/{TOTAL}, 2.0/s, {TOTAL - done} s left"
            print(f"\r{text:<78}", end="", file=sys.stderr, flush=True)
            time.sleep(tick_s)


def main() -> int:
    """Its arguments: seconds a tick, how it ends ("well" or an error's message), then those of `coach`."""
    tick_s, ending, arguments = float(sys.argv[1]), sys.argv[2], sys.argv[3:]
    folder = Path(arguments[arguments.index("--out") + 1])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "arguments.json").write_text(json.dumps(arguments), "utf-8")
    if ending != "well":
        print(json.dumps({"error": {"kind": "missing", "message": ending, "hint": "Pull one."}}))
        return 3
    try:
        mark(folder, tick_s)
    except KeyboardInterrupt:
        return 130
    names = {"keypoints": 0.84, "overlap": 0.55, "length": -0.21}
    rows = [row(name, r) for name, r in names.items()]
    human = {"n": TOTAL, "pearson_r": 0.93, "ci95": {}}
    report = {"graders": rows[:1], "baselines": rows[1:], "human": human}
    (folder / "report.json").write_text(json.dumps(report), "utf-8")
    (folder / "report.html").write_text("<p>report</p>", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

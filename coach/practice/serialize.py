"""The shape of a run's result on the command line."""

from dataclasses import asdict
from typing import Any

from coach.exercise import PracticeResult


def result_to_json(result: PracticeResult) -> dict[str, Any]:
    """Name, verdict, one entry for each case tried, output, limits and layers of isolation."""
    return {
        "exercise": result.exercise,
        "passed": result.passed,
        "cases": [
            {
                "name": case.name,
                "status": case.status,
                "message": case.message,
                "elapsed_s": round(case.elapsed_s, 6),
            }
            for case in result.cases
        ],
        "stdout": result.stdout,
        "stderr": result.stderr,
        "limits": asdict(result.limits),
        "isolation": list(result.isolation),
        "elapsed_s": round(result.elapsed_s, 6),
    }

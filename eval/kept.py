"""The results a run has kept, read back and checked."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from coach.errors import InputFileError

RESULTS = "results.jsonl"
_FIELDS = ("id", "question_id", "grader", "human", "score")


def read_results(path: Path) -> Iterator[Mapping[str, Any]]:
    """Yields the results of a run, given its folder or its file; a last line that was cut off is left out.

    InputFileError names the line and field that is wrong.
    """
    file = path / RESULTS if path.is_dir() else path
    try:
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                row = _parsed(line)
                if row is None and not line.endswith("\n"):
                    return
                if line.strip():
                    yield _checked(row, f"{file}, line {number}", number)
    except (OSError, UnicodeDecodeError) as error:
        raise InputFileError(
            f"{file}: {error}", "Give the folder of a run made with --out, or its results.jsonl."
        ) from error


def _parsed(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _checked(row: Any, place: str, number: int) -> Mapping[str, Any]:
    if not isinstance(row, dict):
        raise InputFileError(f"{place}: no JSON object.", "One JSON object a line.", number)
    for name in _FIELDS:
        value = row.get(name)
        if name == "score" and name in row and value is None:
            continue
        if name not in ("human", "score"):
            sound = isinstance(value, str | int) and value != ""
        elif isinstance(value, bool) or not isinstance(value, int | float):
            sound = False
        else:
            sound = 0 <= value <= 1
        if not sound:
            raise InputFileError(
                f"{place}: {name} is missing or wrong.",
                "human and score lie between 0 and 1; an answer without a mark has the score null.",
                number,
            )
    return row

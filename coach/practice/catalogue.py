"""Reads exercises from their folders, and answers from files."""

import importlib.util
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, get_args

from coach.card import LEVELS, Bilingual
from coach.errors import InputFileError
from coach.exercise import Case, Exercise, Limits, Needs

MAX_SOURCE = 256 * 1024
_FIELDS = {
    "title",
    "task",
    "entry_points",
    "needs",
    "topic",
    "level",
    "forbidden",
    "limits",
    "hints",
}


def load_exercise(folder: Path) -> Exercise:
    """One exercise's description; InputFileError names the file and the field that is wrong."""
    file = folder / "exercise.toml"
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputFileError(f"{file}: {error}") from error
    if unknown := sorted(table.keys() - _FIELDS):
        raise InputFileError(f"{file}: unknown field {unknown[0]}")
    try:
        return _exercise(folder, table)
    except (KeyError, TypeError, ValueError) as error:
        raise InputFileError(f"{file}: missing or wrong field: {error}") from error


def load_cases(exercise: Exercise) -> Callable[[int], Sequence[Case]]:
    """The exercise's own function from a seed to its cases, smallest first."""
    file = exercise.folder / "cases.py"
    spec = importlib.util.spec_from_file_location(f"cases_of_{exercise.folder.name}", file)
    if spec is None or spec.loader is None or not file.is_file():
        raise InputFileError(f"{file}: can't be read")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.cases  # type: ignore[no-any-return]


def read_submission(file: Path) -> str:
    """Text of an answer; InputFileError where it can't be read, is too large or not UTF-8."""
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_SOURCE + 1)
    except OSError as error:
        raise InputFileError(f"{file} can't be read: {error.strerror}.") from error
    if len(data) > MAX_SOURCE:
        raise InputFileError(
            f"{file} is larger than {MAX_SOURCE // 1024} KiB.", "Give a Python file."
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputFileError(
            f"{file} is not UTF-8 (line {line}).", "Save it as UTF-8 text."
        ) from error


def _exercise(folder: Path, table: dict[str, Any]) -> Exercise:
    if table["needs"] not in get_args(Needs) or table["level"] not in LEVELS:
        raise ValueError("needs or level")
    if not table["entry_points"]:
        raise ValueError("entry_points")
    limits = Limits(**table.get("limits", {}))
    if limits.seconds < 1:
        raise ValueError("limits.seconds is below 1")
    return Exercise(
        slug=folder.name,
        title=_both(table["title"]),
        task=_both(table["task"]),
        entry_points=tuple(table["entry_points"]),
        needs=table["needs"],
        topic=table["topic"],
        level=table["level"],
        limits=limits,
        forbidden=tuple(table.get("forbidden", ())),
        hints=tuple(_both(hint) for hint in table.get("hints", ())),
        folder=folder,
    )


def _both(table: dict[str, str]) -> Bilingual:
    return Bilingual(en=table["en"].strip(), zh=table["zh"].strip())

"""Tells what is said to whoever marks an answer, or reads a document, from what is said about a subject."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from coach.grade.disguise import looks

SURE = 2
DOUBTFUL = 1


def weight(text: str) -> int:
    """How far a sentence speaks to the marker: `SURE` and above is an order, `DOUBTFUL` one beside another."""
    return max(_weight(view) for view in {text, looks(text)})


def is_command(text: str) -> bool:
    """Whether a sentence of a document speaks to whoever answers from it."""
    return bool(_pattern("documents").search(looks(text)))


def _weight(text: str) -> int:
    if _pattern("sure").search(text):
        return SURE
    touched = sum(bool(subject.search(text)) for subject in _subjects().values())
    return touched or int(bool(_pattern("doubtful").search(text)))


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("coach.grade") / "orders.toml").read_text(encoding="utf-8"))


@cache
def _pattern(name: Literal["sure", "doubtful", "documents"]) -> re.Pattern[str]:
    return _compiled(_table()[name])


@cache
def _subjects() -> Mapping[str, re.Pattern[str]]:
    return {name: _compiled(text) for name, text in _table()["subjects"].items()}


def _compiled(text: str) -> re.Pattern[str]:
    return re.compile(text, re.VERBOSE | re.IGNORECASE | re.DOTALL | re.MULTILINE)

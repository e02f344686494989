"""Tells what is said to whoever marks an answer, or reads a document, from what is said about a subject."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from coach.grade.disguise import looks


def is_order(text: str) -> bool:
    """Whether a sentence can only be meant for whoever marks."""
    return any(_pattern("sure").search(view) for view in _views(text))


def subjects(text: str) -> frozenset[str]:
    """The subjects of marking that a sentence touches, by name."""
    patterns = _subjects().items()
    views = _views(text)
    return frozenset(name for name, p in patterns if any(p.search(view) for view in views))


def is_doubtful(text: str) -> bool:
    """Whether a sentence is an order if it stands beside one."""
    return any(_pattern("doubtful").search(view) for view in _views(text))


def is_claim(text: str) -> bool:
    """Whether a sentence only says that things are said or known, or holds them true and false at once."""
    return any(_pattern("claims").search(view) for view in _views(text))


def is_command(text: str) -> bool:
    """Whether a sentence of a document speaks to whoever answers from it."""
    return bool(_pattern("documents").search(looks(text)))


def _views(text: str) -> set[str]:
    """The text as it is and as it looks: in other alphabets the two differ."""
    return {text, looks(text)}


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("coach.grade") / "orders.toml").read_text(encoding="utf-8"))


@cache
def _pattern(name: Literal["sure", "doubtful", "claims", "documents"]) -> re.Pattern[str]:
    return _compiled(_table()[name])


@cache
def _subjects() -> Mapping[str, re.Pattern[str]]:
    return {name: _compiled(text) for name, text in _table()["subjects"].items()}


def _compiled(text: str) -> re.Pattern[str]:
    return re.compile(text, re.VERBOSE | re.IGNORECASE | re.DOTALL | re.MULTILINE)

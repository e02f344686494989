"""Fixtures of the screen tests: a coach of stand-ins, and pictures that are the same everywhere."""

import time

import pytest
from screen_standins import StandInCoach
from textual.widgets import Input, TextArea

from coach.paths import Paths


@pytest.fixture(autouse=True)
def _same_place_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures must not depend on the terminal or the time zone of whoever takes them."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture(autouse=True)
def _no_cursor_blink(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TextArea, "cursor_blink", False)
    monkeypatch.setattr(Input, "cursor_blink", False)


@pytest.fixture
def stand_in(paths: Paths) -> StandInCoach:
    return StandInCoach(paths)

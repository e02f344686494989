"""Pictures of the home after some days, of history, statistics and welcome; see test_snapshots.py."""

from typing import Any

import pytest
from made_history import fill
from screen_helpers import settle
from screen_standins import StandInCoach
from test_snapshots import LOOKS, NARROW, WIDE
from textual.pilot import Pilot

from coach.paths import Paths
from tui.app import CoachApp

PICTURES: dict[str, tuple[str, tuple[int, int], tuple[str, ...]]] = {
    "practised": ("dark", NARROW, ()),
    "practised-wide-light": ("light", WIDE, ()),
    "practised-chinese": ("chinese", NARROW, ()),
    "history": ("dark", NARROW, ("h",)),
    "history-wide-light": ("light", WIDE, ("h",)),
    "history-chinese": ("chinese", NARROW, ("h",)),
    "answer": ("dark", NARROW, ("h", "j", "enter")),
    "answer-wide": ("dark", WIDE, ("h", "j", "enter")),
    "answer-wide-light": ("light", WIDE, ("h", "j", "enter")),
    "answer-code": ("dark", NARROW, ("h", "enter")),
    "answer-chinese": ("chinese", NARROW, ("h", "j", "enter")),
    "delete": ("dark", NARROW, ("h", "x")),
    "statistics": ("dark", NARROW, ("s",)),
    "statistics-wide-light": ("light", WIDE, ("s",)),
    "statistics-wide-chinese": ("chinese", WIDE, ("s",)),
}
WELCOMES: dict[str, tuple[str, tuple[int, int], tuple[str, ...]]] = {
    "welcome": ("dark", NARROW, ()),
    "welcome-wide-light": ("light", WIDE, ()),
    "welcome-chinese": ("chinese", NARROW, ("down", "down", "right")),
}


@pytest.mark.parametrize("name", [*PICTURES, *WELCOMES])
def test_picture(
    name: str, paths: Paths, snap_compare: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    look, size, keys = {**PICTURES, **WELCOMES}[name]
    coach = StandInCoach(paths, **LOOKS[look])
    monkeypatch.setattr("tui.state.settings_place", lambda _: "~/.config/coach/config.toml")
    if name in PICTURES:
        fill(coach, 30)

    async def step(pilot: "Pilot[Any]") -> None:
        await settle(pilot)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)

    app = CoachApp(coach, welcome=name in WELCOMES)
    assert snap_compare(app, terminal_size=size, run_before=step)

"""Pictures of what belongs to the whole app. After a wanted change: look at the report, then `--snapshot-update`."""

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from screen_helpers import settle, wait_until
from screen_standins import StandInCoach
from textual.pilot import Pilot
from textual.widgets import Static

from coach.paths import Paths
from coach.settings import names
from tui import evaluation
from tui.app import CoachApp
from tui.keymap import Command
from tui.screens.settings import SettingsScreen
from tui.widgets.setting_list import SettingList

NARROW, WIDE = (80, 24), (160, 48)
LOOKS = {
    "dark": {"ui.theme": "coach-dark"},
    "light": {"ui.theme": "coach-light"},
    "okabe-ito": {"ui.theme": "coach-okabe-ito"},
    "ansi": {"ui.theme": "ansi-dark"},
    "chinese": {"ui.lang": "zh", "interview.lang": "zh"},
}

COMMANDS = {
    command.id: command
    for command in (
        Command("app.help", "key.help", ("f1",), typing=False),
        Command("home.ask", "key.ask", ("a",), typing=False),
        Command("home.deck", "key.deck", ("d",), typing=False),
        Command("interview.skip", "key.skip", ("ctrl+g",), typing=True),
    )
}

Step = Callable[["Pilot[Any]"], Awaitable[None]]


def pressing(*keys: str) -> Step:
    async def press(pilot: "Pilot[Any]") -> None:
        await settle(pilot)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)

    return press


def setting(name: str, *keys: str) -> Step:
    async def choose(pilot: "Pilot[Any]") -> None:
        await pressing("f12")(pilot)
        await wait_until(
            pilot,
            lambda: (
                isinstance(pilot.app.screen, SettingsScreen)
                and len(pilot.app.screen.query_one(SettingList).rows)
                == len(names()) + len(COMMANDS)
            ),
        )
        pilot.app.screen.query_one(SettingList).choose(name)
        await pressing(*keys)(pilot)

    return choose


async def evaluated(pilot: "Pilot[Any]") -> None:
    await pressing("f10", "enter")(pilot)
    await wait_until(
        pilot, lambda: pilot.app.screen.query_one("#pace", Static).render() and not marking(pilot)
    )
    await settle(pilot)


def marking(pilot: "Pilot[Any]") -> bool:
    return pilot.app.screen.has_class("-marking")


PICTURES: dict[str, tuple[str, tuple[int, int], Step]] = {
    "settings": ("dark", NARROW, setting("interview.questions", "enter", "0")),
    "settings-wide-light": ("light", WIDE, setting("embeddings.backend")),
    "settings-chinese": ("chinese", NARROW, setting("ui.lang")),
    "settings-clash-wide": ("dark", WIDE, setting("keys.home.ask")),
    "themes": ("dark", NARROW, setting("ui.theme", "enter", "j", "j")),
    "themes-ansi-wide": ("ansi", WIDE, setting("ui.theme", "enter")),
    "settings-okabe-ito": ("okabe-ito", NARROW, setting("interview.questions", "enter", "0")),
    "help": ("dark", NARROW, pressing("f10", "f1")),
    "help-wide-light": ("light", WIDE, pressing("f10", "f1")),
    "help-chinese": ("chinese", NARROW, pressing("f10", "f1")),
    "jump": ("dark", NARROW, pressing("f10", "f9")),
    "jump-wide-light": ("light", WIDE, pressing("f12", "f9")),
    "jump-chinese": ("chinese", NARROW, pressing("f10", "f9")),
    "eval": ("dark", NARROW, pressing("f10")),
    "eval-report": ("dark", NARROW, evaluated),
    "eval-report-wide-light": ("light", WIDE, evaluated),
    "eval-chinese": ("chinese", NARROW, evaluated),
}


@pytest.mark.parametrize("name", PICTURES)
def test_picture(
    name: str, paths: Paths, snap_compare: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    look, size, step = PICTURES[name]
    clash = {"keys.home.ask": "d"} if "clash" in name else {}
    # Pictures must not show the temporary folder of whoever takes them.
    monkeypatch.setattr("tui.state.settings_place", lambda _: "~/.config/coach/config.toml")
    monkeypatch.setattr("tui.screens.eval.place", lambda _: "~/.local/share/coach/runs/answers-en")
    # Nor change with each new command of a screen.
    monkeypatch.setattr("tui.screens.settings.commands", lambda: COMMANDS)
    stand_in = str(Path(__file__).with_name("eval_standin.py"))
    monkeypatch.setattr(evaluation, "PROGRAM", (sys.executable, stand_in, "0", "well"))
    app = CoachApp(StandInCoach(paths, **LOOKS[look], **clash))
    assert snap_compare(app, terminal_size=size, run_before=step)

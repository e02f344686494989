"""Pictures of the main screens. After a wanted change: look at the report, then `--snapshot-update`."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from draft_standins import NOISE, ReviewingCoach, shelve
from screen_helpers import session_of, settle
from screen_standins import GOOD, StandInCoach, dying, partly
from textual.pilot import Pilot
from textual.widgets import Input

from coach.paths import Paths
from tui.app import CoachApp
from tui.widgets.draft_list import DraftList

NARROW, WIDE = (80, 24), (160, 48)
CARDS = ("adam", "dropout", "softmax-code")
LOOKS = {
    "dark": {"ui.theme": "coach-dark"},
    "light": {"ui.theme": "coach-light"},
    "chinese": {"ui.lang": "zh", "interview.lang": "zh"},
}

Step = Callable[["Pilot[Any]"], Awaitable[None]]


async def nothing(pilot: "Pilot[Any]") -> None:
    await settle(pilot)


async def typed(pilot: "Pilot[Any]") -> None:
    await settle(pilot)
    pilot.app.screen.query_one("#answer").insert(GOOD)  # type: ignore[attr-defined]
    await pilot.pause(0.6)
    await settle(pilot)


async def submitted(pilot: "Pilot[Any]") -> None:
    await typed(pilot)
    await pilot.press("ctrl+s")
    await settle(pilot)


async def helped_along(pilot: "Pilot[Any]") -> None:
    await typed(pilot)
    await pilot.press("f2")
    await settle(pilot)
    await pilot.press("f4", *"mean, then bias")
    await pilot.pause(0.6)
    await settle(pilot)


async def disagreed(pilot: "Pilot[Any]") -> None:
    await submitted(pilot)
    await pilot.press("d", *"90", "enter", *"I did say it.", "enter")
    await settle(pilot)


async def answered_again(pilot: "Pilot[Any]") -> None:
    await submitted(pilot)
    await pilot.press("a")
    await settle(pilot)
    await pilot.press(*" So.", "ctrl+s")
    await settle(pilot)
    await pilot.press("c")
    await settle(pilot)


async def gave_up(pilot: "Pilot[Any]") -> None:
    await settle(pilot)
    await pilot.press("f3", "enter")
    await settle(pilot)


async def followed_up(pilot: "Pilot[Any]") -> None:
    await submitted(pilot)
    await pilot.press("enter")
    await settle(pilot)


async def summed_up(pilot: "Pilot[Any]") -> None:
    await followed_up(pilot)
    for _ in range(3):
        await pilot.press("ctrl+g")
        await settle(pilot)
    pilot.app.clear_notifications()
    await settle(pilot)


async def ran(pilot: "Pilot[Any]") -> None:
    await settle(pilot)
    await pilot.press("ctrl+r")
    await pilot.pause(0.6)
    await settle(pilot)


async def asked(pilot: "Pilot[Any]") -> None:
    await settle(pilot)
    await pilot.press("a")
    await settle(pilot)
    pilot.app.screen.query_one(Input).value = "Why is Adam corrected?"
    await pilot.press("enter")
    await settle(pilot)


async def asked_on(pilot: "Pilot[Any]") -> None:
    await asked(pilot)
    coach = pilot.app.coach  # type: ignore[attr-defined]
    coach.asker.text = "The means are divided [1]. It is said to be cheap [no source]."
    pilot.app.screen.query_one(Input).value = "And what does that cost?"
    pilot.app.screen.query_one(Input).focus()
    await pilot.press("enter")
    await settle(pilot)


async def browsed(pilot: "Pilot[Any]") -> None:
    await settle(pilot)
    await pilot.press("d")
    await settle(pilot)


async def searched(pilot: "Pilot[Any]") -> None:
    await browsed(pilot)
    pilot.app.screen.query_one(Input).value = "adam"
    await pilot.pause(0.5)
    await settle(pilot)
    await pilot.press("down", "space")
    await settle(pilot)


async def found_passages(pilot: "Pilot[Any]") -> None:
    await searched(pilot)
    await pilot.press("p")
    await settle(pilot)


async def helped(pilot: "Pilot[Any]") -> None:
    await settle(pilot)
    await pilot.press("f1")
    await settle(pilot)


async def reviewed(pilot: "Pilot[Any]") -> None:
    await settle(pilot)
    pilot.app.screen.query_one(DraftList).choose(NOISE)
    await settle(pilot)


PICTURES: dict[str, tuple[str, tuple[int, int], tuple[str, ...], Step]] = {
    "home": ("dark", NARROW, (), nothing),
    "home-wide": ("dark", WIDE, (), nothing),
    "home-light": ("light", NARROW, (), nothing),
    "home-chinese": ("chinese", NARROW, (), nothing),
    "setup": ("dark", NARROW, ("setup",), nothing),
    "setup-wide-chinese": ("chinese", WIDE, ("setup",), nothing),
    "question": ("dark", NARROW, CARDS, typed),
    "verdict": ("dark", NARROW, CARDS, submitted),
    "verdict-wide": ("dark", WIDE, CARDS, submitted),
    "verdict-wide-light": ("light", WIDE, CARDS, submitted),
    "verdict-chinese": ("chinese", NARROW, CARDS, submitted),
    "ungraded": ("dark", NARROW, ("adam", "dying"), submitted),
    "hint-and-notes": ("dark", NARROW, CARDS, helped_along),
    "disagreement-light": ("light", NARROW, CARDS, disagreed),
    "again-wide-chinese": ("chinese", WIDE, CARDS, answered_again),
    "solution": ("dark", NARROW, ("softmax-code",), gave_up),
    "follow-up": ("dark", NARROW, CARDS, followed_up),
    "code": ("dark", NARROW, ("softmax-code",), ran),
    "code-wide": ("dark", WIDE, ("softmax-code",), ran),
    "summary": ("dark", NARROW, CARDS, summed_up),
    "ask": ("dark", NARROW, (), asked),
    "ask-wide-light": ("light", WIDE, (), asked_on),
    "ask-chinese": ("chinese", NARROW, (), asked_on),
    "deck": ("dark", NARROW, (), browsed),
    "deck-wide": ("dark", WIDE, (), searched),
    "deck-wide-light": ("light", WIDE, (), found_passages),
    "deck-chinese": ("chinese", NARROW, (), searched),
    "help": ("dark", NARROW, CARDS, helped),
}
DRAFT_PICTURES = {
    "drafts": ("dark", NARROW, reviewed),
    "drafts-wide-light": ("light", WIDE, reviewed),
    "drafts-chinese": ("chinese", NARROW, reviewed),
}


@pytest.mark.parametrize("name", PICTURES)
def test_picture(
    name: str, paths: Paths, snap_compare: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    look, size, cards, step = PICTURES[name]
    coach = StandInCoach(paths, **LOOKS[look])
    # The settings line must not show the temporary folder of whoever takes the picture.
    monkeypatch.setattr("tui.state.settings_place", lambda _: "~/.config/coach/config.toml")
    coach.grader.scripts = [dying if "dying" in cards else partly]
    started = [card for card in cards if card not in ("setup", "dying")]
    resume = session_of(coach, *started) if started else None
    app = CoachApp(coach, resume=resume, setup="setup" in cards)
    assert snap_compare(app, terminal_size=size, run_before=step)


@pytest.mark.parametrize("name", DRAFT_PICTURES)
def test_picture_of_drafts(name: str, paths: Paths, snap_compare: Any) -> None:
    look, size, step = DRAFT_PICTURES[name]
    coach = ReviewingCoach(paths, **LOOKS[look])
    shelve(coach)
    app = CoachApp(coach, drafts=True)
    assert snap_compare(app, terminal_size=size, run_before=step)

"""Steps that many screen tests take."""

from dataclasses import replace
from typing import Any

from screen_standins import StandInCoach
from textual.app import App
from textual.pilot import Pilot

from coach.interview import Plan, Session
from tui import drive


def session_of(coach: StandInCoach, *card_ids: str, **plan: Any) -> Session:
    """A saved session of these cards, nothing answered yet."""
    wanted = Plan(**{"lang": coach.settings.interview.lang, "questions": len(card_ids), **plan})
    session = replace(drive.begin(coach, replace(wanted, topics=())), card_ids=card_ids)
    coach.history.delete(session.id)
    coach.history.save(session)
    return session


async def settle(pilot: "Pilot[Any]") -> None:
    """Waits until no worker is at work and what they posted is painted."""
    for _ in range(4):
        await pilot.pause(0.02)
        await pilot.app.workers.wait_for_complete()
    await pilot.pause(0.02)


async def wait_until(pilot: "Pilot[Any]", condition: Any) -> None:
    """Waits at most five seconds for a condition."""
    for _ in range(250):
        await pilot.pause(0.02)
        if condition():
            return
    raise AssertionError("the condition never came true")


def text_of(app: "App[Any]") -> str:
    """Everything the screen shows, line by line."""
    rows = app.screen._compositor.render_strips(app.size)
    return "\n".join("".join(segment.text for segment in strip) for strip in rows)

"""Steps that many screen tests take."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

from screen_standins import StandInCoach
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import TextArea
from textual.worker import WorkerCancelled

from coach.interview import Plan, Session
from tui import drive
from tui.app import CoachApp
from tui.screens.interview import InterviewScreen

SIZE = (80, 24)


def session_of(coach: StandInCoach, *card_ids: str, **plan: Any) -> Session:
    """A saved session of these cards, nothing answered yet."""
    wanted = Plan(**{"lang": coach.settings.interview.lang, "questions": len(card_ids), **plan})
    session = replace(drive.begin(coach, replace(wanted, topics=())), card_ids=card_ids)
    coach.history.delete(session.id)
    coach.history.save(session)
    return session


def editor(app: CoachApp) -> TextArea:
    """Where the answer is written now."""
    code = app.screen.has_class("-code")
    return app.screen.query_one("#program" if code else "#answer", TextArea)


def phase(app: CoachApp) -> str:
    assert isinstance(app.screen, InterviewScreen)
    return app.screen.phase


def kept(coach: StandInCoach, session: Session) -> Session:
    """The session as it is on disk."""
    return coach.history.session(session.id)


async def answer(pilot: "Pilot[Any]", text: str) -> None:
    """Types an answer and submits it."""
    editor(pilot.app).insert(text)  # type: ignore[arg-type]
    await pilot.press("ctrl+s")
    await settle(pilot)


async def settle(pilot: "Pilot[Any]") -> None:
    """Waits until no worker is at work and what they posted is painted."""
    for _ in range(4):
        await pilot.pause(0.02)
        # A worker that gives way to the next of its kind ends cancelled, which is no failure.
        with suppress(WorkerCancelled):
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

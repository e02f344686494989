"""Nothing that was typed is lost: leaving, quitting, and answers that got no mark."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from screen_helpers import SIZE, answer, editor, kept, phase, session_of, settle, wait_until
from screen_standins import GOOD, StandInCoach, dying, partly, points, right, unsure

from tui.app import CoachApp
from tui.screens.home import HomeScreen
from tui.widgets.key_points import KeyPoints


async def test_quitting_keeps_the_half_written_answer(stand_in: StandInCoach) -> None:
    session = session_of(stand_in, "adam", "dropout")
    app = CoachApp(stand_in, resume=session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        editor(app).insert("半个答案 and more")
        await pilot.press("ctrl+q")
    assert stand_in.history.draft(session.id) == "半个答案 and more"
    again = CoachApp(stand_in)
    async with again.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("r")
        await settle(pilot)
        assert editor(again).text == "半个答案 and more"
        assert editor(again).cursor_location == editor(again).document.end


async def test_typing_is_saved_at_each_pause(stand_in: StandInCoach) -> None:
    session = session_of(stand_in, "adam")
    app = CoachApp(stand_in, resume=session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press(*"means")
        await wait_until(pilot, lambda: stand_in.history.draft(session.id) == "means")
        await settle(pilot)
        assert editor(app).border_subtitle == "1 words · draft saved"
        assert kept(stand_in, session).turns == ()


async def test_typing_without_a_pause_is_saved_too(stand_in: StandInCoach) -> None:
    session = session_of(stand_in, "adam")
    app = CoachApp(stand_in, resume=session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for _ in range(200):
            await pilot.press("x")
            if stand_in.history.draft(session.id):
                break
        saved = stand_in.history.draft(session.id)
        assert saved
        assert editor(app).text.startswith(saved)


@asynccontextmanager
async def handed_in(app: CoachApp) -> AsyncIterator[Any]:
    """An answer that was handed in this very moment: nothing is painted, nobody reads it yet."""
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        editor(app).insert(GOOD)
        app.screen.action_submit()
        yield pilot


async def test_quitting_before_the_grading_has_begun_loses_nothing(stand_in: StandInCoach) -> None:
    session = session_of(stand_in, "adam")
    app = CoachApp(stand_in, resume=session)
    async with handed_in(app):
        await app.action_quit()
    assert stand_in.history.draft(session.id) == GOOD
    assert kept(stand_in, session).turns == ()


async def test_what_is_stopped_before_it_has_begun_is_not_graded(stand_in: StandInCoach) -> None:
    stand_in.grader.scripts = [right]
    session = session_of(stand_in, "adam")
    app = CoachApp(stand_in, resume=session)
    async with handed_in(app) as pilot:
        app.screen.action_stop()
        await settle(pilot)
        assert phase(app) == "ungraded"
        assert kept(stand_in, session).turns == ()
        await pilot.press("e")
        assert editor(app).text == GOOD


async def test_leaving_in_the_middle_of_grading_loses_nothing(stand_in: StandInCoach) -> None:
    stand_in.grader.scripts = [partly]
    stand_in.grader.gate = threading.Semaphore(0)
    session = session_of(stand_in, "adam")
    app = CoachApp(stand_in, resume=session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        editor(app).insert(GOOD)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: stand_in.history.draft(session.id) == GOOD)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        stand_in.grader.gate.release(4)
        await settle(pilot)
        assert kept(stand_in, session).turns == ()
        await pilot.press("r")
        await settle(pilot)
        assert editor(app).text == GOOD


@pytest.mark.parametrize("script", [dying, unsure])
async def test_an_ungraded_answer_can_be_graded_again(stand_in: StandInCoach, script: Any) -> None:
    stand_in.grader.scripts = [script, right]
    session = session_of(stand_in, "adam")
    app = CoachApp(stand_in, resume=session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await answer(pilot, GOOD)
        assert phase(app) == "ungraded"
        assert kept(stand_in, session).turns == ()
        await pilot.press("g")
        await settle(pilot)
        assert phase(app) == "judged"
    (turn,) = kept(stand_in, session).turns
    assert (turn.answer, turn.score) == (GOOD, 1.0)


async def test_an_ungraded_verdict_gives_no_key_point_away(stand_in: StandInCoach) -> None:
    def open_points(answer: str) -> list[Any]:
        point = replace(points(answer)[2], verdict="unsure")
        last = unsure(answer)[0]
        return [point, replace(last, key_points=(point,))]

    stand_in.grader.scripts = [open_points]
    app = CoachApp(stand_in, resume=session_of(stand_in, "adam"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await answer(pilot, GOOD)
        assert phase(app) == "ungraded"
        assert not app.screen.query_one(KeyPoints).rows


async def test_an_ungraded_answer_can_be_edited(stand_in: StandInCoach) -> None:
    stand_in.grader.scripts = [dying, right]
    app = CoachApp(stand_in, resume=session_of(stand_in, "adam"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await answer(pilot, GOOD)
        await pilot.press("e")
        assert phase(app) == "answering"
        assert editor(app).text == GOOD
        await answer(pilot, " More.")
    assert stand_in.grader.asked[-1][1] == f"{GOOD} More."


async def test_going_on_without_a_mark_is_no_zero(stand_in: StandInCoach) -> None:
    stand_in.grader.scripts = [dying]
    session = session_of(stand_in, "adam", "dropout")
    app = CoachApp(stand_in, resume=session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await answer(pilot, GOOD)
        await pilot.press("enter")
        await settle(pilot)
    (turn,) = kept(stand_in, session).turns
    assert turn.answer == GOOD
    assert turn.score is None


async def test_grading_can_be_stopped(stand_in: StandInCoach) -> None:
    stand_in.grader.scripts = [partly]
    stand_in.grader.gate = threading.Semaphore(0)
    session = session_of(stand_in, "adam")
    app = CoachApp(stand_in, resume=session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        editor(app).insert(GOOD)
        await pilot.press("ctrl+s", "ctrl+t")
        assert phase(app) == "ungraded"
        stand_in.grader.gate.release(4)
        await settle(pilot)
        assert phase(app) == "ungraded"
    assert kept(stand_in, session).turns == ()


async def test_control_c_copies_and_never_quits(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in, resume=session_of(stand_in, "adam"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        editor(app).insert("words")
        editor(app).select_all()
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert app.clipboard == "words"
        assert app.is_running
        assert editor(app).text == "words"

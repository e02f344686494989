"""Answers of the past: read beside the list, rated anew, a mark of one's own held against them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from made_history import answer, fill
from screen_helpers import settle
from screen_standins import NOON, StandInCoach
from test_history_screens import opened
from test_other_screens import text_of, told

from coach.history import Given
from coach.interview import Plan, Session
from tui.app import CoachApp
from tui.screens.answer import AnswerScreen
from tui.screens.history import HistoryScreen
from tui.screens.summary import SummaryScreen
from tui.widgets.answer_list import AnswerList
from tui.widgets.past_answer import PastAnswer

SIZE = (80, 24)
WIDE = (160, 48)


def chosen(app: CoachApp) -> Given:
    """What is highlighted in the list below."""
    history = next(screen for screen in app.screen_stack if isinstance(screen, HistoryScreen))
    given = history.query_one(AnswerList).chosen
    assert given is not None
    return given


async def test_the_highlighted_answer_stands_beside_a_wide_list(stand_in: StandInCoach) -> None:
    fill(stand_in, 12)
    app = CoachApp(stand_in)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        assert "large numbers" in text_of(app)
        await pilot.press("j")
        await settle(pilot)
        shown = text_of(app)
        assert "Answer 10." in shown
        assert "large numbers" not in shown
        await pilot.press("slash", *"no such")
        await settle(pilot)
        assert "Answer 10." not in text_of(app)


async def test_beside_an_empty_list_stands_nothing(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        assert "Nothing here yet." in text_of(app)
        assert "Your answer" not in text_of(app)


async def test_it_appears_when_the_terminal_is_made_wide(stand_in: StandInCoach) -> None:
    fill(stand_in, 12)
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("j")
        await settle(pilot)
        assert not app.screen.query_one(PastAnswer).is_on_screen
        await pilot.resize_terminal(*WIDE)
        await settle(pilot)
        assert "Answer 10." in text_of(app)


async def test_a_past_answer_is_rated_anew_and_the_memory_follows(stand_in: StandInCoach) -> None:
    fill(stand_in, 12)
    app = CoachApp(stand_in)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("j", "enter")
        await settle(pilot)
        given = chosen(app)
        before = stand_in.memories()[given.turn.card_id].whole.due
        await pilot.press("r", "4")
        await settle(pilot)
        assert "your rating: easy" in text_of(app)
        assert stand_in.history.session(given.session_id).turns[given.number].rating == "easy"
        assert stand_in.memories()[given.turn.card_id].whole.due > before
        await pilot.press("r", "escape", "escape")
        await settle(pilot)
        assert isinstance(app.screen, HistoryScreen)
        assert "your rating: easy" in text_of(app)


async def test_a_mark_of_ones_own_is_held_against_a_past_verdict(stand_in: StandInCoach) -> None:
    fill(stand_in, 12)
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("j", "enter")
        await settle(pilot)
        given = chosen(app)
        await pilot.press("d", *"90", "enter", *"said it", "enter")
        await settle(pilot)
        turn = stand_in.history.session(given.session_id).turns[given.number]
        assert (turn.own_score, turn.disagreement, turn.rating) == (0.9, "said it", "easy")
        assert "90%" in text_of(app)
        await pilot.press("d", "ctrl+u", "enter")
        await settle(pilot)
        turn = stand_in.history.session(given.session_id).turns[given.number]
        assert (turn.own_score, turn.disagreement, turn.rating) == (None, None, None)


async def test_what_was_deleted_elsewhere_cannot_be_rated(stand_in: StandInCoach) -> None:
    fill(stand_in, 3)
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("j", "enter")
        await settle(pilot)
        stand_in.history.delete(chosen(app).session_id)
        await pilot.press("r", "1")
        await settle(pilot)
        assert "has no answer" in told(app)


@pytest.mark.parametrize(
    ("changes", "keys"),
    [({}, {"rate", "dispute"}), ({"again": True}, {"dispute"}), ({"verdict": None}, set())],
)
async def test_only_what_can_be_said_is_offered(
    stand_in: StandInCoach, changes: dict[str, object], keys: set[str]
) -> None:
    first = answer(0, timedelta(hours=1))
    turns = (first, replace(first, **changes))  # type: ignore[arg-type]
    stand_in.history.save(Session("one", Plan(), ("adam",), NOON, turns, NOON))
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, AnswerScreen)
        active = {b.binding.action for b in app.screen.active_bindings.values() if b.enabled}
        assert active & {"rate", "dispute"} == keys


async def test_the_summary_knows_of_it_too(stand_in: StandInCoach) -> None:
    session = Session("one", Plan(), ("adam",), NOON, (answer(0, timedelta(hours=1)),), NOON)
    stand_in.history.save(session)
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.push_screen(SummaryScreen(session))
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("r", "4")
        await settle(pilot)
        await pilot.press("escape", "enter")
        await settle(pilot)
        assert "your rating: easy" in text_of(app)

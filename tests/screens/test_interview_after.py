"""What can be done with a verdict: rate, disagree, answer again, compare."""

import threading
from dataclasses import replace
from typing import Any

from practice_standins import PASSED
from screen_helpers import SIZE, answer, editor, kept, phase, session_of, settle, wait_until
from screen_standins import GOOD, StandInCoach, dying, partly, points, right, verdict
from textual.widgets import Input, OptionList

from tui.app import CoachApp
from tui.screens.base import keys_of
from tui.screens.difference import DifferenceScreen
from tui.screens.interview import InterviewScreen
from tui.screens.interview_dialogs import ConfirmScreen, DisputeScreen, RatingScreen
from tui.widgets.cases_panel import CasesPanel
from tui.widgets.question_panel import QuestionPanel
from tui.widgets.verdict_panel import VerdictPanel


def better(answer: str) -> list[Any]:
    found = (*points(answer)[:1], replace(points(answer)[1], verdict="covered"), points(answer)[2])
    return [*found, verdict(answer, score=0.85, key_points=found)]


def panel_text(app: CoachApp) -> str:
    panel = app.screen.query_one(VerdictPanel)
    return "\n".join(part.render().plain for part in panel.query("Static"))  # type: ignore[attr-defined]


async def test_one_can_rate_oneself_while_the_verdict_is_made(stand_in: StandInCoach) -> None:
    stand_in.grader.scripts = [partly]
    stand_in.grader.gate = threading.Semaphore(0)
    session = session_of(stand_in, "adam")
    app = CoachApp(stand_in, resume=session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        editor(app).insert(GOOD)
        await pilot.press("ctrl+s")
        assert "2 hard" in panel_text(app)
        await pilot.press("1", "2")
        assert "you thought: hard" in panel_text(app)
        stand_in.grader.gate.release(4)
        await settle(pilot)
        assert phase(app) == "judged"
        assert "you thought: hard" in panel_text(app)
    (turn,) = kept(stand_in, session).turns
    assert (turn.self_rating, turn.rating, turn.score) == ("hard", None, 0.62)


async def test_the_verdicts_rating_can_be_changed(stand_in: StandInCoach) -> None:
    stand_in.grader.scripts = [partly]
    session = session_of(stand_in, "adam")
    app = CoachApp(stand_in, resume=session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await answer(pilot, GOOD)
        await pilot.press("r")
        assert isinstance(app.screen, RatingScreen)
        assert app.screen.query_one(OptionList).highlighted == 1
        await pilot.press("down", "enter")
        await settle(pilot)
        assert "your rating: good" in panel_text(app)
        assert kept(stand_in, session).turns[0].rating == "good"
        await pilot.press("r", "4")
        await settle(pilot)
    assert kept(stand_in, session).turns[0].rating == "easy"


async def test_an_ungraded_answer_can_be_rated(stand_in: StandInCoach) -> None:
    stand_in.grader.scripts = [dying]
    session = session_of(stand_in, "adam")
    app = CoachApp(stand_in, resume=session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await answer(pilot, GOOD)
        await pilot.press("r", "2", "enter")
        await settle(pilot)
    (turn,) = kept(stand_in, session).turns
    assert (turn.score, turn.rating) == (None, "hard")


async def test_a_disagreement_is_shown_kept_and_can_be_taken_back(stand_in: StandInCoach) -> None:
    stand_in.grader.scripts = [partly]
    session = session_of(stand_in, "adam")
    app = CoachApp(stand_in, resume=session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await answer(pilot, GOOD)
        await pilot.press("d")
        assert isinstance(app.screen, DisputeScreen)
        await pilot.press(*"95", "enter", *"[i] did", "enter")
        await settle(pilot)
        assert "≠ You disagree: 95%. [i] did" in panel_text(app)
        (turn,) = kept(stand_in, session).turns
        assert (turn.own_score, turn.disagreement, turn.rating) == (0.95, "[i] did", "easy")
        assert turn.score == 0.62
        await pilot.press("d", "ctrl+u", "enter")
        await settle(pilot)
        assert "You disagree" not in panel_text(app)
    (turn,) = kept(stand_in, session).turns
    assert (turn.own_score, turn.disagreement, turn.rating) == (None, None, None)


async def test_an_own_mark_lies_between_0_and_100(stand_in: StandInCoach) -> None:
    stand_in.grader.scripts = [partly]
    session = session_of(stand_in, "adam")
    app = CoachApp(stand_in, resume=session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await answer(pilot, GOOD)
        await pilot.press("d", *"101", "enter")
        assert isinstance(app.screen, DisputeScreen)
        assert app.screen.query_one("#mark", Input).has_focus
        await pilot.press("escape")
        await settle(pilot)
    assert kept(stand_in, session).turns[0].own_score is None


async def test_a_doubtful_verdict_asks_for_ones_own_mark(stand_in: StandInCoach) -> None:
    stand_in.grader.scripts = [lambda text: [verdict(text, confidence=0.3)]]
    app = CoachApp(stand_in, resume=session_of(stand_in, "adam"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await answer(pilot, GOOD)
        assert "? Not sure about this mark" in panel_text(app)


async def test_a_question_can_be_answered_again_and_the_first_answer_counts(
    stand_in: StandInCoach,
) -> None:
    stand_in.grader.scripts = [partly, better]
    session = session_of(stand_in, "adam")
    app = CoachApp(stand_in, resume=session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await answer(pilot, GOOD)
        before = stand_in.memories()["adam"]
        await pilot.press("a")
        await settle(pilot)
        assert "Again" in app.screen.query_one(QuestionPanel).question.heading
        assert editor(app).text == GOOD
        await answer(pilot, " Then more.")
        assert "62% → 85%" in panel_text(app)
        assert "was partial" in panel_text(app)
        await pilot.press("c")
        assert isinstance(app.screen, DifferenceScreen)
        shown = [part.render().plain for part in app.screen.query("Static")]  # type: ignore[attr-defined]
        assert any("partial → covered" in text for text in shown)
        assert shown[-1] == f"{GOOD} Then more."
    first, second = kept(stand_in, session).turns
    assert (first.again, second.again, second.score) == (False, True, 0.85)
    assert stand_in.memories()["adam"] == before


async def test_a_second_answer_is_taken_up_again_after_leaving(stand_in: StandInCoach) -> None:
    stand_in.grader.scripts = [right]
    session = session_of(stand_in, "dropout", "adam")
    app = CoachApp(stand_in, resume=session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await answer(pilot, "Nothing is dropped.")
        await pilot.press("a")
        await settle(pilot)
        editor(app).insert(" At all.")
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("r")
        await settle(pilot)
        assert "Again" in app.screen.query_one(QuestionPanel).question.heading
        assert editor(app).text == "Nothing is dropped. At all."


async def test_a_passed_program_is_compared_with_the_solution(stand_in: StandInCoach) -> None:
    stand_in.practice.cases = (PASSED,)
    session = session_of(stand_in, "softmax-code")
    app = CoachApp(stand_in, resume=session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+r")
        await settle(pilot)
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert app.screen.query_one(CasesPanel).border_subtitle == "all 1 passed · attempt 2"
        await pilot.press("c")
        await wait_until(pilot, lambda: isinstance(app.screen, DifferenceScreen))
    assert kept(stand_in, session).turns[0].rating is None
    assert [attempt.passed for attempt in stand_in.history.attempts()] == [True, True]


async def test_a_failed_program_shows_the_solution_only_to_who_gives_up(
    stand_in: StandInCoach,
) -> None:
    session = session_of(stand_in, "softmax-code")
    app = CoachApp(stand_in, resume=session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await answer(pilot, "\n")
        await pilot.press("c")
        assert isinstance(app.screen, ConfirmScreen)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, InterviewScreen)
        await pilot.press("c", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, DifferenceScreen))
        await settle(pilot)
    assert kept(stand_in, session).turns[0].rating == "again"


async def test_the_footer_names_only_what_works_now(stand_in: StandInCoach) -> None:
    stand_in.grader.scripts = [partly]
    app = CoachApp(stand_in, resume=session_of(stand_in, "adam"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        answering = set(keys_of(app.screen))
        assert {"Hint", "Notes", "Skip", "Show reference"} <= answering
        assert not {"Rate", "Disagree", "Again", "Compare", "Run tests"} & answering
        await answer(pilot, GOOD)
        judged = set(keys_of(app.screen))
        assert {"Rate", "Disagree", "Again", "Read"} <= judged
        assert not {"Hint", "Notes", "Skip", "Compare", "How it went"} & judged

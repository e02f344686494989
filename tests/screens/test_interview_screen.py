"""What a candidate does in an interview, action by action."""

import threading

from practice_standins import PASSED, STARTER
from screen_helpers import (
    SIZE,
    answer,
    editor,
    kept,
    phase,
    session_of,
    settle,
    text_of,
    wait_until,
)
from screen_standins import GOOD, StandInCoach, partly, right

from coach.errors import SandboxMissing
from tui.app import CoachApp
from tui.screens.interview import InterviewScreen
from tui.screens.passage import PassageScreen
from tui.screens.summary import SummaryScreen
from tui.widgets.answer_view import AnswerView
from tui.widgets.cases_panel import CasesPanel
from tui.widgets.key_points import KeyPoints
from tui.widgets.question_panel import QuestionPanel
from tui.widgets.verdict_panel import VerdictPanel


async def test_from_setup_to_summary_with_a_follow_up(stand_in: StandInCoach) -> None:
    stand_in.grader.scripts = [partly, right]
    app = CoachApp(stand_in, resume=session_of(stand_in, "adam"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await answer(pilot, GOOD)
        assert phase(app) == "judged"
        assert app.screen.query_one(VerdictPanel).marking.verdict.score == 0.62
        await pilot.press("enter")
        await settle(pilot)
        question = app.screen.query_one(QuestionPanel).question
        assert "Follow-up" in question.heading
        assert question.text == "What is wrong with the means in the first steps?"
        await answer(pilot, "They start at zero.")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, SummaryScreen)
    session = stand_in.history.sessions()[0]
    assert [turn.kind for turn in session.turns] == ["question", "follow_up"]
    assert session.finished_at is not None
    assert stand_in.history.draft(session.id) == ""


async def test_the_follow_up_is_graded_on_its_key_point_alone(stand_in: StandInCoach) -> None:
    stand_in.grader.scripts = [partly]
    app = CoachApp(stand_in, resume=session_of(stand_in, "adam"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await answer(pilot, GOOD)
        await pilot.press("enter")
        await settle(pilot)
        await answer(pilot, "They start at zero.")
    task, text = stand_in.grader.asked[-1]
    assert [point.id for point in task.key_points] == ["bias"]
    assert text == "They start at zero."


async def test_key_points_appear_as_they_are_judged(stand_in: StandInCoach) -> None:
    stand_in.grader.scripts = [partly]
    stand_in.grader.gate = threading.Semaphore(0)
    app = CoachApp(stand_in, resume=session_of(stand_in, "adam"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        editor(app).insert(GOOD)
        await pilot.press("ctrl+s")
        panel, view = app.screen.query_one(VerdictPanel), app.screen.query_one(AnswerView)
        for count in (1, 2, 3):
            stand_in.grader.gate.release()
            await wait_until(pilot, lambda count=count: len(panel.marking.points) == count)
            assert phase(app) == "judging"
            assert len(panel.query_one(KeyPoints).rows) == count
        assert [point.id for point in view.submitted.points] == ["mean", "square", "bias"]
        stand_in.grader.gate.release()
        await settle(pilot)
        assert phase(app) == "judged"


async def test_the_next_verdict_shows_nothing_of_the_last(stand_in: StandInCoach) -> None:
    stand_in.grader.scripts = [partly, right]
    app = CoachApp(stand_in, resume=session_of(stand_in, "adam", "dropout"))
    async with app.run_test(size=(160, 48)) as pilot:
        await settle(pilot)
        await answer(pilot, GOOD)
        assert "It keeps a running mean of the gradients" in text_of(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "It keeps a running mean of the gradients" not in text_of(app)
        await answer(pilot, "They start at zero.")
        assert "Everything that was asked for" in text_of(app)
        assert len(app.screen.query_one(KeyPoints).rows) == 1


async def test_key_points_are_copied_without_the_breaks_of_their_lines(
    stand_in: StandInCoach,
) -> None:
    stand_in.grader.scripts = [partly]
    app = CoachApp(stand_in, resume=session_of(stand_in, "adam"))
    async with app.run_test(size=(60, 24)) as pilot:
        await settle(pilot)
        await answer(pilot, GOOD)
        app.screen.query_one(KeyPoints).text_select_all()
        await pilot.pause()
        copied = app.screen.get_selected_text() or ""
        assert "✓ covered     It keeps a running mean of the gradients “running" in copied
        assert "✗ missing     Means that start at zero are corrected [1] notes/" in copied
        assert len(copied.splitlines()) == 3


async def test_skipping_counts_as_nothing_known(stand_in: StandInCoach) -> None:
    session = session_of(stand_in, "adam", "dropout")
    app = CoachApp(stand_in, resume=session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+g")
        await settle(pilot)
        assert app.screen.query_one(QuestionPanel).question.heading == "Question 2 of 2"
    (turn,) = kept(stand_in, session).turns
    assert turn.skipped
    assert turn.score == 0.0


async def test_an_empty_answer_is_submitted_at_the_second_press(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in, resume=session_of(stand_in, "adam"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+s")
        assert phase(app) == "answering"
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert phase(app) == "judged"
    assert stand_in.grader.asked[-1][1] == ""


async def test_control_enter_submits_too(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in, resume=session_of(stand_in, "adam"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        editor(app).insert(GOOD)
        await pilot.press("ctrl+enter")
        await settle(pilot)
        assert phase(app) == "judged"


async def test_a_missed_point_opens_its_passage(stand_in: StandInCoach) -> None:
    stand_in.grader.scripts = [partly]
    app = CoachApp(stand_in, resume=session_of(stand_in, "adam"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await answer(pilot, GOOD)
        await pilot.press("1")
        assert isinstance(app.screen, PassageScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, InterviewScreen)


async def test_a_program_is_run_and_submitted(stand_in: StandInCoach) -> None:
    session = session_of(stand_in, "softmax-code")
    app = CoachApp(stand_in, resume=session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert editor(app).text == STARTER
        await pilot.press("ctrl+r")
        await settle(pilot)
        run = app.screen.query_one(CasesPanel).run
        assert [case.status for case in run.cases] == ["passed", "wrong"]
        assert phase(app) == "answering"
        assert kept(stand_in, session).turns == ()
        stand_in.practice.cases = (PASSED,)
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert phase(app) == "judged"
    (turn,) = kept(stand_in, session).turns
    assert turn.practice["passed"] is True
    assert turn.score == 1.0


async def test_without_a_sandbox_a_program_stays_unmarked(stand_in: StandInCoach) -> None:
    stand_in.practice.error = SandboxMissing("No namespaces here.", "`coach doctor` says why.")
    session = session_of(stand_in, "softmax-code", "dropout")
    app = CoachApp(stand_in, resume=session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await answer(pilot, "x = 1\n")
        assert phase(app) == "ungraded"
        assert app.screen.query_one(CasesPanel).run.trouble.message == "No namespaces here."
        await pilot.press("enter")
        await settle(pilot)
    (turn,) = kept(stand_in, session).turns
    assert turn.score is None


async def test_model_and_index_are_prepared_while_one_types(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in, resume=session_of(stand_in, "adam"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press(*"means")
        await wait_until(pilot, lambda: stand_in.grader.prepared[-1][1] == "means")
    assert {task.card for task, _ in stand_in.grader.prepared} == {"adam"}
    first, *drafts = [draft for _, draft in stand_in.grader.prepared]
    assert first == ""
    assert all("means".startswith(draft) for draft in drafts)


async def test_an_answer_is_never_markup(stand_in: StandInCoach) -> None:
    stand_in.grader.scripts = [partly]
    app = CoachApp(stand_in, resume=session_of(stand_in, "adam"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await answer(pilot, "[bold]x[/bold] [/] \x1b[31m")
        assert phase(app) == "judged"
        shown = app.screen.query_one(AnswerView).query_one("Static").render().plain
        assert shown == "[bold]x[/bold] [/] \N{REPLACEMENT CHARACTER}[31m"

"""What helps while one answers: hints, the reference, notes, another editor, a hidden clock."""

import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
from practice_standins import HINTS
from screen_helpers import SIZE, answer, editor, kept, phase, session_of, settle, wait_until
from screen_standins import ADAM, GOOD, StandInCoach

from coach.settings import load
from tui.app import CoachApp
from tui.screens.difference import DifferenceScreen
from tui.screens.interview import InterviewScreen
from tui.screens.interview_dialogs import ConfirmScreen
from tui.widgets.editors import NotesPad
from tui.widgets.question_panel import QuestionPanel
from tui.widgets.title_line import TitleLine
from tui.widgets.verdict_panel import VerdictPanel


def hints(app: CoachApp) -> tuple[str, ...]:
    return app.screen.query_one(QuestionPanel).question.hints


async def test_a_hint_is_a_question_and_never_given_twice(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in, resume=session_of(stand_in, "adam"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for _ in range(2):
            await pilot.press("f2")
            await settle(pilot)
        assert hints(app) == ("What is wrong with the means in the first steps?",)
        shown = app.screen.query_one(QuestionPanel).query_one("Static").render().plain
        assert "Hint: What is wrong with the means" in shown


async def test_a_hint_is_seen_in_a_small_terminal_too(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in, resume=session_of(stand_in, "adam"))
    async with app.run_test(size=(60, 15)) as pilot:
        await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)
        panel = app.screen.query_one(QuestionPanel)
        assert panel.max_scroll_y > 0
        assert panel.scroll_offset.y == panel.max_scroll_y


async def test_what_was_said_already_is_not_hinted_at(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in, resume=session_of(stand_in, "adam"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        editor(app).insert("Means that start at zero have to be corrected.")
        await pilot.press("f2")
        await settle(pilot)
        assert hints(app) == ()


async def test_an_exercise_gives_its_hints_step_by_step(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in, resume=session_of(stand_in, "softmax-code"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)
        assert hints(app) == (HINTS[0].en,)
        await pilot.press("f2")
        await settle(pilot)
        assert hints(app) == (HINTS[0].en, HINTS[1].en)


async def test_a_shown_reference_counts_as_not_known(stand_in: StandInCoach) -> None:
    session = session_of(stand_in, "adam", "dropout")
    app = CoachApp(stand_in, resume=session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        editor(app).insert("half")
        await pilot.press("f3")
        assert isinstance(app.screen, ConfirmScreen)
        await pilot.press("enter")
        await settle(pilot)
        assert phase(app) == "judged"
        marking = app.screen.query_one(VerdictPanel).marking
        assert marking.reference == ADAM.reference.en
        (turn,) = kept(stand_in, session).turns
        assert (turn.answer, turn.skipped, turn.score) == ("half", True, 0.0)
        await pilot.press("enter")
        await settle(pilot)
        assert app.screen.query_one(QuestionPanel).question.heading == "Question 2 of 2"


async def test_the_reference_stays_hidden_unless_confirmed(stand_in: StandInCoach) -> None:
    session = session_of(stand_in, "adam")
    app = CoachApp(stand_in, resume=session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        editor(app).insert("half")
        await pilot.press("f3", "escape")
        await settle(pilot)
        assert isinstance(app.screen, InterviewScreen)
        assert (phase(app), editor(app).text) == ("answering", "half")
    assert kept(stand_in, session).turns == ()


async def test_giving_up_on_code_shows_the_solution(stand_in: StandInCoach) -> None:
    session = session_of(stand_in, "softmax-code")
    app = CoachApp(stand_in, resume=session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("f3", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, DifferenceScreen))
        lines = app.screen.query("Static").last().render().plain
        assert "- " in lines
        assert "+     return powers / powers.sum()" in lines
    (turn,) = kept(stand_in, session).turns
    assert (turn.score, turn.rating) == (0.0, "again")


async def test_notes_are_kept_with_the_draft_and_with_the_answer(stand_in: StandInCoach) -> None:
    session = session_of(stand_in, "adam")
    app = CoachApp(stand_in, resume=session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("f4", *"first")
        await pilot.press("f4")
        assert editor(app).has_focus
        await pilot.press("ctrl+q")
    again = CoachApp(stand_in, resume=kept(stand_in, session))
    async with again.run_test(size=SIZE) as pilot:
        await settle(pilot)
        pad = again.screen.query_one(NotesPad)
        assert (pad.text, pad.display) == ("first", True)
        await answer(pilot, GOOD)
        assert not pad.display
    (turn,) = kept(stand_in, session).turns
    assert (turn.answer, turn.notes) == (GOOD, "first")
    assert stand_in.grader.asked[-1][1] == GOOD


async def test_an_empty_pad_closes(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in, resume=session_of(stand_in, "adam"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        pad = app.screen.query_one(NotesPad)
        assert not pad.display
        await pilot.press("f4")
        assert pad.display
        assert pad.has_focus
        await pilot.press("f4")
        assert not pad.display
        assert editor(app).has_focus


async def test_the_clock_can_be_hidden_and_stays_so(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in, resume=session_of(stand_in, "adam"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        title = app.screen.query_one(TitleLine)
        assert title.aside == "00:00"
        await pilot.press("f8")
        assert title.aside == ""
    settings = load(stand_in.paths.config_file)
    app = CoachApp(
        StandInCoach(stand_in.paths, **{"ui.clock": settings.ui.clock}),
        resume=session_of(stand_in, "adam"),
    )
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        title = app.screen.query_one(TitleLine)
        assert title.aside == ""
        await pilot.press("f8")
        assert title.aside == "00:00"


async def test_an_answer_can_be_written_in_another_editor(
    stand_in: StandInCoach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "edit or.py"
    script.write_text(
        "import sys\nwith open(sys.argv[1], 'a', encoding='utf-8') as file: file.write(' 更多\\n')\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("VISUAL", f"'{sys.executable}' '{script}'")
    session = session_of(stand_in, "adam")
    app = CoachApp(stand_in, resume=session)
    app.suspend = nullcontext  # type: ignore[method-assign, assignment]
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        editor(app).insert("some")
        await pilot.press("ctrl+o")
        assert editor(app).text == "some 更多"
        await wait_until(pilot, lambda: stand_in.history.draft(session.id) == "some 更多")
        await pilot.press("ctrl+z")
        assert editor(app).text == "some"


async def test_an_editor_that_fails_leaves_the_answer(
    stand_in: StandInCoach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "/no/such/editor")
    app = CoachApp(stand_in, resume=session_of(stand_in, "adam"))
    app.suspend = nullcontext  # type: ignore[method-assign, assignment]
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        editor(app).insert("some")
        await pilot.press("ctrl+o")
        await pilot.pause()
        assert editor(app).text == "some"
        (told,) = app._notifications
        assert "/no/such/editor" in told.message

"""History and statistics: what was answered is found, read, exported, deleted and counted."""

import json
from dataclasses import replace
from typing import Any

import pytest
from made_history import DAY, answer, fill
from screen_helpers import settle, wait_until
from screen_standins import GOOD, NOON, StandInCoach, verdict
from test_other_screens import text_of, told
from textual.pilot import Pilot
from textual.widgets import Input, Static

from coach.history import History
from coach.history.statistics import statistics
from coach.interview import Plan, Session
from tui.app import CoachApp
from tui.screens.answer import AnswerScreen
from tui.screens.history import PAGE, HistoryScreen
from tui.screens.history_dialogs import DeleteScreen, ExportScreen
from tui.screens.home import HomeScreen
from tui.screens.passage import PassageScreen
from tui.screens.statistics import StatisticsScreen
from tui.widgets.answer_list import AnswerList

SIZE = (80, 24)
NAME = "coach-history-2026-05-01.jsonl"


async def opened(pilot: "Pilot[Any]", key: str = "h") -> None:
    await settle(pilot)
    await pilot.press(key)
    await settle(pilot)


def listed(pilot: "Pilot[Any]") -> AnswerList:
    return pilot.app.screen.query_one(AnswerList)


async def newest_answer(coach: StandInCoach) -> str:
    """What the screen shows of the newest answer, opened."""
    app = CoachApp(coach)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("enter")
        await settle(pilot)
        return text_of(app)


async def test_ten_thousand_answers_are_read_a_page_at_a_time(stand_in: StandInCoach) -> None:
    fill(stand_in, 10_000, per_interview=200)
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.action_history()
        await wait_until(pilot, lambda: listed(pilot).border_subtitle == "answers: 10000")
        assert len(listed(pilot).rows) == listed(pilot).option_count == PAGE
        assert "Answer 9999" in listed(pilot).rows[0].turn.answer
        await pilot.press("end")
        await wait_until(pilot, lambda: len(listed(pilot).rows) > PAGE)
        await settle(pilot)
        assert len(listed(pilot).rows) == listed(pilot).option_count == 2 * PAGE
        numbers = [(row.session_id, row.number) for row in listed(pilot).rows]
        assert len(set(numbers)) == 2 * PAGE


async def test_reading_on_comes_to_the_first_answer(stand_in: StandInCoach) -> None:
    fill(stand_in, PAGE + 30)
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        for _ in range(3):
            await pilot.press("end")
            await settle(pilot)
        assert len(listed(pilot).rows) == PAGE + 30
        assert "Answer 0." in listed(pilot).rows[-1].turn.answer


async def test_typing_filters_and_escape_shows_everything_again(stand_in: StandInCoach) -> None:
    fill(stand_in, 12)
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("slash", *"ANSWER 7")
        await settle(pilot)
        assert [row.turn.answer for row in listed(pilot).rows] == [f"{GOOD} Answer 7."]
        assert listed(pilot).border_subtitle == "answers: 1"
        await pilot.press(*"no such")
        await settle(pilot)
        assert "No answer holds these words" in text_of(app)
        await pilot.press("escape")
        await settle(pilot)
        assert len(listed(pilot).rows) == 12
        assert listed(pilot).has_focus
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_an_answer_opens_with_its_verdict_and_its_passages(stand_in: StandInCoach) -> None:
    fill(stand_in, 12)
    app = CoachApp(stand_in)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press("j", "enter")
        await settle(pilot)
        assert isinstance(app.screen, AnswerScreen)
        shown = text_of(app)
        for words in ("Answer 10.", "covered", "missing", "you thought: good", "2 of 12"):
            assert words in shown
        await pilot.press("1")
        await settle(pilot)
        assert isinstance(app.screen, PassageScreen)
        assert "Adam keeps a running mean" in text_of(app)
        await pilot.press("escape", "j", "j")
        await settle(pilot)
        assert "[b]nan[/b] is not 1" not in text_of(app)  # number 8 passed
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, HistoryScreen)
        assert listed(pilot).highlighted == 3


async def test_a_program_of_the_past_shows_what_its_tests_said(stand_in: StandInCoach) -> None:
    fill(stand_in, 12)
    shown = await newest_answer(stand_in)
    assert "def softmax(scores):" in shown
    assert "[b]nan[/b] is not 1" in shown


async def test_an_answer_that_has_no_mark_offers_no_keys_that_do_nothing(
    stand_in: StandInCoach,
) -> None:
    why = "The model was gone."
    given = verdict(GOOD, score=None, grade="ungraded", key_points=(), ungraded_reason=why)
    turn = replace(answer(0, DAY), verdict=given)
    stand_in.history.save(Session("one", Plan(), ("adam",), NOON - DAY, (turn,), NOON))
    shown = await newest_answer(stand_in)
    assert why in shown
    assert "grade again" not in shown


async def delete(pilot: "Pilot[Any]", *keys: str) -> None:
    await opened(pilot)
    await pilot.press("x")
    assert isinstance(pilot.app.screen, DeleteScreen)
    await pilot.press(*keys)
    await settle(pilot)
    assert isinstance(pilot.app.screen, HistoryScreen)


@pytest.mark.parametrize(
    ("keys", "left"),
    [(("escape",), 12), (("enter",), 12), (("right", "enter"), 11), (("tab", "tab", "enter"), 8)],
)
async def test_an_answer_or_its_interview_is_deleted_once_that_is_confirmed(
    stand_in: StandInCoach, keys: tuple[str, ...], left: int
) -> None:
    fill(stand_in, 12)
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await delete(pilot, *keys)
        assert len(listed(pilot).rows) == left
        assert ("Deleted" in told(app)) == (left < 12)
    assert stand_in.history.count_answers() == left


async def test_the_history_is_exported_and_never_over_another_file(
    stand_in: StandInCoach, tmp_path: Any
) -> None:
    fill(stand_in, 12)
    file, taken = tmp_path / "mine.jsonl", tmp_path / "taken.jsonl"
    taken.write_text("precious")
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        for target in (file, taken):
            await pilot.press("e")
            assert isinstance(app.screen, ExportScreen)
            name = app.screen.query_one(Input).value
            assert name == str(stand_in.paths.history_file.with_name(NAME))
            app.screen.query_one(Input).value = str(target)
            await pilot.press("enter")
            await settle(pilot)
        assert "15 lines written" in told(app)
        assert "taken.jsonl: File exists" in told(app)
    assert taken.read_text() == "precious"
    other = History(tmp_path / "other.sqlite")
    assert other.import_lines(file.read_text().splitlines(), "mine")["turns"] == 12
    assert {json.loads(line)["record"] for line in file.read_text().splitlines()} == {
        "session",
        "turn",
    }


async def test_an_empty_history_says_what_will_be_there(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        assert "Nothing here yet." in text_of(app)
        await pilot.press("x", "e", "enter")
        await settle(pilot)
        assert isinstance(app.screen, HistoryScreen)
        await pilot.press("s")
        await settle(pilot)
        assert isinstance(app.screen, StatisticsScreen)
        assert "Nothing to count yet." in text_of(app)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_statistics_show_the_figures_of_the_command_line(stand_in: StandInCoach) -> None:
    fill(stand_in, 30)
    coach = stand_in
    found = statistics(coach.history, coach.deck, coach.memories(), coach.clock())
    app = CoachApp(stand_in)
    async with app.run_test(size=(160, 48)) as pilot:
        await opened(pilot, "s")
        shown = text_of(app)
        assert f"{found.today.chance:.0%} ready" in shown
        assert f"{found.today.streak} days in a row" in shown
        for row in found.retention:
            assert f"{row.recalled / row.answers:.0%} of {row.answers}" in shown
        for row in found.calibration:
            assert f"mark {row.mean:.0%}, stands for {row.expected:.0%}" in shown
        assert f"{found.forecast[0]} today, {sum(found.forecast)} in the next" in shown
        await pilot.press("h")
        await settle(pilot)
        assert isinstance(app.screen, HistoryScreen)
        assert len(app.screen_stack) == 2


async def test_statistics_scroll_by_keyboard_where_they_do_not_fit(stand_in: StandInCoach) -> None:
    fill(stand_in, 30)
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot, "s")
        assert "Your own rating" not in text_of(app)
        await pilot.press("end")
        await pilot.pause(0.5)
        assert "Your own rating" in text_of(app)
        await pilot.press(*"k" * 20)
        await pilot.pause()
        assert "Readiness over time" in text_of(app)
        assert str(app.screen.query_one("#progress Static", Static).render())

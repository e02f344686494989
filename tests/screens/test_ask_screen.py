"""A conversation with the notes, action by action."""

import threading
from typing import Any

from screen_helpers import settle, text_of, wait_until
from screen_standins import StandInCoach, passage
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.widgets import Input

from coach.errors import ModelMissing
from tui.app import CoachApp
from tui.screens.ask import AskScreen
from tui.screens.home import HomeScreen
from tui.screens.passage import PassageScreen
from tui.widgets.answer_panel import AnswerPanel, with_markers
from tui.widgets.prose import Prose
from tui.widgets.sources_list import SourcesList

SIZE = (80, 24)
TEXT = "Adam corrects means that start at zero [1]."


def panels(app: CoachApp) -> list[AnswerPanel]:
    return [*app.screen.query(AnswerPanel)]


async def opened(pilot: "Pilot[Any]") -> None:
    await settle(pilot)
    await pilot.press("a")
    await settle(pilot)
    assert isinstance(pilot.app.screen, AskScreen)


async def ask(pilot: "Pilot[Any]", question: str) -> None:
    box = pilot.app.screen.query_one(Input)
    box.value = question
    box.focus()
    await pilot.press("enter")
    await settle(pilot)


async def test_a_follow_up_brings_the_answer_before_it_along(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await ask(pilot, "Why is Adam corrected?")
        await ask(pilot, "And when?")
        assert [panel.answering.question for panel in panels(app)] == [
            "Why is Adam corrected?",
            "And when?",
        ]
    first, second = stand_in.asker.earlier
    assert first is None
    assert second.question == "Why is Adam corrected?"


async def test_a_new_conversation_leans_on_nothing(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await ask(pilot, "Why is Adam corrected?")
        await pilot.press("ctrl+n")
        await settle(pilot)
        assert panels(app) == []
        assert app.screen.query_one(SourcesList).citations == ()
        await ask(pilot, "And when?")
    assert stand_in.asker.earlier[-1] is None


async def test_an_answer_is_copied_with_its_sources(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await ask(pilot, "Why?")
        await pilot.press("c")
        await pilot.pause()
        source = '[1] notes/optimization.en.md · lines 12–19: "Both start at zero"'
        assert app.clipboard == f"Why?\n\n{TEXT}\n\n{source}"


async def test_a_running_answer_is_stopped_and_keeps_what_was_said(stand_in: StandInCoach) -> None:
    stand_in.asker.gate = threading.Semaphore(2)
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        app.screen.query_one(Input).value = "Why?"
        await pilot.press("enter")
        await wait_until(pilot, lambda: panels(app)[0].answering.text == "Adam corrects ")
        await pilot.press("escape")
        assert panels(app)[0].answering.stopped
        stand_in.asker.gate.release(100)
        await settle(pilot)
        assert panels(app)[0].answering.text == "Adam corrects "
        assert app.screen.focused is app.screen.query_one(Input)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)


async def test_a_question_asked_meanwhile_takes_the_place_of_the_running_one(
    stand_in: StandInCoach,
) -> None:
    stand_in.asker.gate = threading.Semaphore(1)
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        app.screen.query_one(Input).value = "First?"
        await pilot.press("enter")
        await wait_until(pilot, lambda: panels(app)[0].answering.text)
        app.screen.query_one(Input).value = "Second?"
        await pilot.press("enter")
        stand_in.asker.gate.release(100)
        await settle(pilot)
        first, second = panels(app)
        assert first.answering.stopped
        assert second.answering.text == TEXT


async def test_an_earlier_answer_is_chosen_and_its_sources_open(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await ask(pilot, "First?")
        stand_in.asker.answered = False
        await ask(pilot, "Second?")
        assert app.screen.query_one(SourcesList).citations == ()
        await pilot.press("ctrl+up")
        await pilot.pause()
        assert panels(app)[0].has_class("-chosen")
        assert len(app.screen.query_one(SourcesList).citations) == 1
        panels(app)[0].focus()
        await pilot.press("1")
        assert isinstance(app.screen, PassageScreen)


async def test_typing_goes_on_while_an_answer_comes_in(stand_in: StandInCoach) -> None:
    stand_in.asker.gate = threading.Semaphore(0)
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        app.screen.query_one(Input).value = "First?"
        await pilot.press("enter")
        await pilot.press(*"next")
        stand_in.asker.gate.release(100)
        await settle(pilot)
        await pilot.press("1", "c")
        assert app.screen.query_one(Input).value == "next1c"


async def test_a_failure_leaves_the_conversation_and_the_question(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await ask(pilot, "First?")
        stand_in.asker.error = ModelMissing("The server refused.", "Start it.")
        await ask(pilot, "Second?")
        assert panels(app)[0].answering.text == TEXT
        assert panels(app)[1].answering.trouble is not None
        assert app.screen.query_one(Input).value == "Second?"
        stand_in.asker.error = None
        await pilot.press("enter")
        await settle(pilot)
        assert panels(app)[2].answering.text == TEXT
        assert stand_in.asker.earlier[-1].question == "First?"


async def test_a_long_conversation_scrolls_and_shows_its_end(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        for number in range(6):
            await ask(pilot, f"Question {number}?")
        talk = app.screen.query_one("#conversation", VerticalScroll)
        assert talk.max_scroll_y > 0
        assert talk.scroll_y == talk.max_scroll_y


async def test_the_quoted_words_of_a_long_passage_are_in_sight(stand_in: StandInCoach) -> None:
    text = "\n".join([*(f"line {n}" for n in range(80)), "Both start at zero.", "the end"])
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.push_screen(PassageScreen(passage(text, "Adam"), "Both start"))
        await settle(pilot)
        assert "Both start at zero." in text_of(app)
        quoted = app.screen.query_one("#quoted", Prose).visual
        assert [quoted.plain[s.start : s.end] for s in quoted.spans] == ["Both start"]


def test_what_has_no_source_looks_otherwise_than_a_marker() -> None:
    content = with_markers("Said [1]. Made up [no source]. 编造 [无出处] [12].")
    styled = {content.plain[span.start : span.end]: str(span.style) for span in content.spans}
    assert set(styled) == {"[1]", "[no source]", "[无出处]", "[12]"}
    assert styled["[1]"] == styled["[12]"] != styled["[no source]"] == styled["[无出处]"]

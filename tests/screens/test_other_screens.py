"""Home, set-up, deck, notes, dialogs and the app around them."""

from typing import Any

import pytest
from screen_helpers import session_of, settle, text_of, wait_until
from screen_standins import GOOD, StandInCoach, partly
from textual.pilot import Pilot
from textual.widgets import Input, Static

from coach.errors import ModelMissing
from coach.paths import Paths
from coach.settings import load
from tui.app import CoachApp
from tui.screens.answer import AnswerScreen
from tui.screens.ask import AskScreen
from tui.screens.deck import DeckScreen
from tui.screens.help import HelpScreen
from tui.screens.home import HomeScreen
from tui.screens.interview import InterviewScreen
from tui.screens.offer import OfferScreen
from tui.screens.passage import PassageScreen
from tui.screens.setup import SetupScreen
from tui.screens.small import SmallScreen
from tui.widgets.answer_panel import AnswerPanel
from tui.widgets.card_list import CardList
from tui.widgets.menu import Menu
from tui.widgets.state_panel import StatePanel

SIZE = (80, 24)


def told(app: CoachApp) -> str:
    """Everything the app has notified."""
    return "\n".join(notification.message for notification in app._notifications)


async def test_home_shows_what_can_be_done_and_how_things_are(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        shown = text_of(app)
        assert "Interview" in shown
        assert [item.action for item in app.screen.query_one(Menu).items] == [
            "today",
            "app.start",
            "app.ask",
            "app.deck",
            "app.history",
            "app.statistics",
            "app.eval",
            "app.settings",
            "app.quit",
        ]
        states = {part: ready for part, ready, _ in app.screen.query_one(StatePanel).lines}
        assert states == {"model": True, "index": True, "deck": True, "settings": True}


async def test_enter_at_the_setup_starts_with_the_defaults(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in, setup=True)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, SetupScreen)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, InterviewScreen)
    plan = stand_in.history.sessions()[0].plan
    assert (plan.topics, plan.level, plan.lang, plan.questions, plan.minutes) == (
        (),
        None,
        "en",
        5,
        None,
    )


async def test_the_setup_is_filled_in_by_keyboard(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in, setup=True)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("right", "right")  # level: mid
        await pilot.press("down", "left")  # 3 questions
        await pilot.press("down", "right")  # Chinese
        await pilot.press("down", "right", "right")  # 30 minutes
        await pilot.press("tab", "down", "space")  # the second topic
        await pilot.press("enter")
        await settle(pilot)
    plan = stand_in.history.sessions()[0].plan
    assert (plan.topics, plan.level, plan.lang, plan.questions, plan.minutes) == (
        ("optimization",),
        "mid",
        "zh",
        3,
        30,
    )


async def test_a_setup_no_question_fits_does_not_start(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in, setup=True)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("left", "enter")  # level: senior, of which the deck has none
        await settle(pilot)
        assert isinstance(app.screen, SetupScreen)
    assert stand_in.history.sessions() == []


@pytest.mark.parametrize(("lang", "words"), [("en", "space Choose"), ("zh", "space 选择")])
async def test_the_keys_of_a_list_are_named_in_the_language_of_the_screen(
    paths: Paths, lang: str, words: str
) -> None:
    app = CoachApp(StandInCoach(paths, **{"ui.lang": lang}), setup=True)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.screen.query_one("#topics").focus()
        await settle(pilot)
        assert words in text_of(app)


async def test_an_unfinished_interview_can_be_closed(stand_in: StandInCoach) -> None:
    session_of(stand_in, "adam")
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert app.screen.query_one(Menu).items[0].action == "resume"
        await pilot.press("x")
        await settle(pilot)
        assert app.screen.query_one(Menu).items[0].action == "today"
    assert stand_in.history.unfinished() is None


async def test_a_question_of_the_deck_is_found_and_practised(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("d")
        await settle(pilot)
        assert isinstance(app.screen, DeckScreen)
        await pilot.press(*"dropout")
        await pilot.pause()
        assert [card.id for card in app.screen.query_one(CardList).cards] == ["dropout"]
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, InterviewScreen)
    assert stand_in.history.sessions()[0].card_ids == ("dropout",)


async def test_a_citation_opens_its_passage(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await ask(pilot, "why is adam corrected")
        answer = app.screen.query_one(AnswerPanel).answering
        assert answer.text == "Adam corrects means that start at zero [1]."
        await pilot.press("1")
        assert isinstance(app.screen, PassageScreen)
        assert "Both start at zero" in text_of(app)


async def test_the_notes_may_not_say(stand_in: StandInCoach) -> None:
    stand_in.asker.answered = False
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await ask(pilot, "who won the cup")
        assert "The notes do not say" in text_of(app)


async def test_a_model_that_dies_while_answering_is_told(stand_in: StandInCoach) -> None:
    stand_in.asker.error = ModelMissing("http://127.0.0.1:9/v1 refused.", "Start the server.")
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await ask(pilot, "why")
        shown = text_of(app)
        assert "refused" in shown
        assert "Start the server." in shown
        assert app.screen.query_one(Input).value == "why"


async def ask(pilot: "Pilot[Any]", question: str) -> None:
    await settle(pilot)
    await pilot.press("a")
    await settle(pilot)
    assert isinstance(pilot.app.screen, AskScreen)
    pilot.app.screen.query_one(Input).value = question
    await pilot.press("enter")
    await settle(pilot)


async def test_a_found_key_is_offered_once_and_declined(paths: Paths) -> None:
    coach = StandInCoach(paths, environ={"OPENAI_API_KEY": "sk-x"})
    app = CoachApp(coach)
    async with app.run_test(size=SIZE) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, OfferScreen))
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
    assert load(paths.config_file).model.name == ""
    again = CoachApp(coach)
    async with again.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert isinstance(again.screen, HomeScreen)


async def test_a_found_endpoint_is_used_once_accepted(paths: Paths) -> None:
    environ = {"OPENAI_API_KEY": "sk-x", "OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}
    coach = StandInCoach(paths, environ=environ)
    app = CoachApp(coach)
    async with app.run_test(size=SIZE) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, OfferScreen))
        await settle(pilot)
        app.screen.query_one(Input).value = "some-model"
        await pilot.press("tab", "enter")
        await settle(pilot)
    settings = load(paths.config_file).model
    assert (settings.base_url, settings.name) == ("http://127.0.0.1:9/v1", "some-model")
    assert settings.api_key == ""
    assert coach.settings.model.name == "some-model"


async def test_help_names_the_keys_of_the_screen(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in, resume=session_of(stand_in, "adam"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("f1")
        assert isinstance(app.screen, HelpScreen)
        shown = text_of(app)
        assert "Submit" in shown
        assert "Skip" in shown
        await pilot.press("f1")
        assert isinstance(app.screen, InterviewScreen)


async def test_a_terminal_too_small_says_so_and_loses_nothing(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in, resume=session_of(stand_in, "adam"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press(*"half")
        await pilot.resize_terminal(50, 12)
        await wait_until(pilot, lambda: isinstance(app.screen, SmallScreen))
        assert "60×15" in text_of(app)
        await pilot.press("escape", "x")
        await pilot.resize_terminal(*SIZE)
        await wait_until(pilot, lambda: isinstance(app.screen, InterviewScreen))
        assert app.screen.query_one("#answer").text == "half"


@pytest.mark.parametrize("size", [(60, 15), (240, 70)])
async def test_the_smallest_and_the_largest_terminal_show_the_whole_flow(
    stand_in: StandInCoach, size: tuple[int, int]
) -> None:
    stand_in.grader.scripts = [partly]
    app = CoachApp(stand_in, resume=session_of(stand_in, "adam"))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.screen.query_one("#answer").insert(GOOD)
        assert app.screen.query_one("#answer").region.height >= 4
        await pilot.press("ctrl+s")
        await settle(pilot)
        shown = text_of(app)
        assert "covered" in shown
        assert "62%" in shown


async def test_the_interface_changes_its_language_and_remembers_it(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.action_change_language()
        await settle(pilot)
        assert "开始面试" in text_of(app).replace(" ", "")
    assert load(stand_in.paths.config_file).ui.lang == "zh"


async def test_a_broken_history_is_told_and_the_home_stays(stand_in: StandInCoach) -> None:
    stand_in.paths.history_file.write_bytes(b"no database" * 100)
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert "history" in told(app)
    assert list(stand_in.paths.history_file.parent.glob("history-damaged-*.sqlite"))
    assert stand_in.history.sessions() == []


async def test_an_answer_of_the_past_opens_from_the_summary(stand_in: StandInCoach) -> None:
    stand_in.grader.scripts = [partly]
    app = CoachApp(stand_in, resume=session_of(stand_in, "adam"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.screen.query_one("#answer").insert(GOOD)
        await pilot.press("ctrl+s")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("ctrl+g")
        await settle(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, AnswerScreen)
        assert "running mean of the gradients" in text_of(app)
        await pilot.press("escape", "h")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert "62%" in str(app.screen.query_one("RecentPanel", Static).render())

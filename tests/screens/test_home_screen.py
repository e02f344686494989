"""The home of somebody who has answered before, and the first run of somebody who has not."""

from typing import Any

import pytest
from made_history import fill
from screen_helpers import session_of, settle, wait_until
from screen_standins import StandInCoach
from test_other_screens import text_of
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from coach.models.store import ModelStore
from coach.paths import Paths
from coach.settings import load
from tests import fake_openai as fake
from tests.fake_openai import FakeOpenAI
from tui.app import CoachApp
from tui.screens.home import HomeScreen
from tui.screens.interview import InterviewScreen
from tui.screens.setup import SetupScreen
from tui.screens.welcome import WelcomeScreen
from tui.widgets.menu import Menu
from tui.widgets.readiness_panel import ReadinessPanel

SIZE = (80, 24)


async def test_what_is_due_is_shown_and_started_with_one_key(stand_in: StandInCoach) -> None:
    fill(stand_in, 12)
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "due today" in app.screen.query_one(Menu).items[0].note
        shown = text_of(app)
        assert "% ready" in shown
        assert "12 days in a row" in shown
        await pilot.press("t")
        await settle(pilot)
        assert isinstance(app.screen, InterviewScreen)
    begun = stand_in.history.unfinished()
    assert begun is not None
    assert begun.card_ids
    assert all(reason.startswith("Due since") for reason in begun.reasons.values())


async def test_where_nothing_is_due_the_same_key_asks_new_questions(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "nothing is due" in app.screen.query_one(Menu).items[0].note
        assert "After your first answer" in text_of(app)
        await pilot.press("t")
        await settle(pilot)
        assert isinstance(app.screen, InterviewScreen)
    begun = stand_in.history.unfinished()
    assert begun is not None
    assert len(begun.card_ids) == 3


async def test_readiness_has_its_line_over_time(stand_in: StandInCoach) -> None:
    fill(stand_in, 12)
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        panel = app.screen.query_one(ReadinessPanel)
        assert panel.today is not None
        assert panel.progress[-1].chance == panel.today.chance
        assert len(panel.progress) == 13
        asked = [topic.name for topic in panel.today.topics if topic.answers]
        assert all(topic in text_of(app) for topic in asked)


async def test_who_has_moved_stays_on_the_item_when_another_joins(stand_in: StandInCoach) -> None:
    session_of(stand_in, "adam")
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        menu = app.screen.query_one(Menu)
        await pilot.press("j", "j")
        assert menu.highlighted_option is not None
        assert menu.highlighted_option.id == "app.start"
        await pilot.press("x")
        await settle(pilot)
        assert menu.highlighted_option.id == "app.start"


async def greeted(pilot: "Pilot[Any]") -> WelcomeScreen:
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, WelcomeScreen))
    await settle(pilot)
    assert isinstance(pilot.app.screen, WelcomeScreen)
    return pilot.app.screen


async def test_a_first_run_sets_language_and_level(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in, welcome=True)
    async with app.run_test(size=SIZE) as pilot:
        await greeted(pilot)
        await pilot.press("right")  # Chinese, at once
        await settle(pilot)
        assert "欢迎" in text_of(app).replace(" ", "")
        await pilot.press("down", "right", "right", "enter")  # mid-level
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert "开始面试" in text_of(app).replace(" ", "")
    kept = load(stand_in.paths.config_file)
    assert (kept.ui.lang, kept.interview.lang, kept.interview.level) == ("zh", "zh", "mid")
    assert (kept.model.name, kept.model.base_url) == ("", "")
    assert stand_in.settings == kept


async def test_escape_keeps_the_defaults_and_the_welcome_never_comes_back(
    stand_in: StandInCoach,
) -> None:
    app = CoachApp(stand_in, welcome=True)
    async with app.run_test(size=SIZE) as pilot:
        await greeted(pilot)
        await pilot.press("right", "escape")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert "Start an interview" in text_of(app)
    assert not stand_in.paths.config_file.exists()
    again = CoachApp(stand_in, welcome=True)
    async with again.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert isinstance(again.screen, HomeScreen)


async def test_the_keys_of_the_home_work_at_once(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in, welcome=True)
    async with app.run_test(size=SIZE) as pilot:
        await greeted(pilot)
        await pilot.press("n")
        await wait_until(pilot, lambda: isinstance(app.screen, SetupScreen))
        assert not any(isinstance(screen, WelcomeScreen) for screen in app.screen_stack)


@pytest.mark.parametrize("opened", [{}, {"setup": True}])
async def test_nobody_who_asked_for_something_is_welcomed(
    stand_in: StandInCoach, opened: dict[str, Any]
) -> None:
    app = CoachApp(stand_in, **opened)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert not any(isinstance(screen, WelcomeScreen) for screen in app.screen_stack)


def answered(request: fake.Request) -> fake.Behaviour:
    """Both questions of the check, answered rightly."""
    if request.body.get("logprobs"):
        return fake.reply("A", logprobs={"A": 0.9, "B": 0.1})
    return fake.reply('{"prime": 7}')


async def to_endpoint(pilot: "Pilot[Any]", url: str) -> WelcomeScreen:
    """Chooses an endpoint and asks for its models."""
    screen = await greeted(pilot)
    screen.query_one("#model").focus()
    await pilot.press("right", "down")
    screen.query_one("#url", Input).value = url
    await pilot.press("enter")
    await settle(pilot)
    return screen


def with_real_store(paths: Paths, **environ: str) -> StandInCoach:
    coach = StandInCoach(paths, environ=environ)
    coach.models = ModelStore(paths.models_dir)
    return coach


async def test_an_endpoint_lists_its_models_and_the_one_taken_is_tried(paths: Paths) -> None:
    coach = with_real_store(paths)
    app = CoachApp(coach, welcome=True)
    with FakeOpenAI(fake.by_request(answered), models=["small", "[b]large[/b]"]) as server:
        async with app.run_test(size=(80, 30)) as pilot:
            screen = await to_endpoint(pilot, server.base_url)
            assert screen.query_one("#models", OptionList).option_count == 2
            assert "[b]large[/b]" in text_of(app)
            await pilot.press("down", "enter")
            await wait_until(pilot, lambda: "can mark answers" in text_of(app))
            assert {request.body["model"] for request in server.chats} == {"[b]large[/b]"}
            await pilot.press("enter")
            await settle(pilot)
            assert isinstance(app.screen, HomeScreen)
    kept = load(paths.config_file).model
    assert (kept.base_url, kept.name, kept.api_key) == (server.base_url, "[b]large[/b]", "")
    assert coach.settings.model == kept


async def test_an_endpoint_that_is_down_is_told_and_nothing_is_kept(paths: Paths) -> None:
    with FakeOpenAI() as server:
        gone = server.base_url
    app = CoachApp(with_real_store(paths), welcome=True)
    async with app.run_test(size=(80, 30)) as pilot:
        await to_endpoint(pilot, gone)
        await wait_until(pilot, lambda: "! " in text_of(app) and "127.0.0.1" in text_of(app))
        assert isinstance(app.screen, WelcomeScreen)
        await pilot.press("escape")
        await settle(pilot)
    assert not paths.config_file.exists()


async def test_a_key_in_the_environment_is_offered_and_not_used_unasked(paths: Paths) -> None:
    with FakeOpenAI(fake.by_request(answered), models=["theirs"]) as server:
        environ = {"OPENAI_API_KEY": "sk-x", "OPENAI_BASE_URL": server.base_url}
        app = CoachApp(with_real_store(paths, **environ), welcome=True)
        async with app.run_test(size=(80, 30)) as pilot:
            screen = await greeted(pilot)
            assert screen.query_one("#url", Input).value == server.base_url
            assert not server.requests
            await to_endpoint(pilot, server.base_url)
            await wait_until(pilot, lambda: bool(server.requests))
            assert server.requests[0].headers["authorization"] == "Bearer sk-x"
            await pilot.press("escape")
            await settle(pilot)
    assert not paths.config_file.exists()

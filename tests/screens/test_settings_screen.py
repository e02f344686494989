"""Settings, themes, keys, jumping and moving about."""

from typing import Any

import pytest
from screen_helpers import session_of, settle, wait_until
from screen_standins import StandInCoach
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from coach.paths import Paths
from coach.settings import load
from tui.app import CoachApp
from tui.keys import commands
from tui.screens.deck import DeckScreen
from tui.screens.help import HelpScreen
from tui.screens.home import HomeScreen
from tui.screens.interview import InterviewScreen
from tui.screens.jump import JumpScreen
from tui.screens.settings import SettingsScreen
from tui.screens.themes import ThemesScreen
from tui.widgets.card_list import CardList
from tui.widgets.setting_list import SettingList

SIZE = (80, 24)


def text_of(app: CoachApp) -> str:
    """Everything the screen shows, line by line."""
    rows = app.screen._compositor.render_strips(app.size)
    return "\n".join("".join(segment.text for segment in strip) for strip in rows)


def told(app: CoachApp) -> str:
    """Everything the app has notified."""
    return "\n".join(notification.message for notification in app._notifications)


def error_of(app: CoachApp) -> str:
    shown = app.screen.query_one("#error", Static)
    return str(shown.render()) if shown.display else ""


async def open_at(pilot: "Pilot[Any]", name: str) -> None:
    """Opens the settings with one of them highlighted."""
    await settle(pilot)
    await pilot.press("f3")
    await settle(pilot)
    pilot.app.screen.query_one(SettingList).choose(name)
    await settle(pilot)


async def test_every_setting_is_listed_with_its_help(stand_in: StandInCoach) -> None:
    from coach.help_texts import HELP

    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await open_at(pilot, "model.timeout_s")
        names = [row.name for row in app.screen.query_one(SettingList).rows]
        assert set(HELP) < set(names)
        assert {f"keys.{name}" for name in commands()} < set(names)
        assert "seconds one request may take" in text_of(app)


async def test_a_value_is_checked_while_typed_and_saved_when_left(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await open_at(pilot, "interview.questions")
        await pilot.press("enter", "0")
        await settle(pilot)
        assert "between 1 and 50" in error_of(app)
        await pilot.press("tab")
        await settle(pilot)
        assert not stand_in.paths.config_file.exists()
        await pilot.press("enter", "backspace", "backspace", "8")
        assert error_of(app) == ""
        await pilot.press("enter")
        await settle(pilot)
        assert load(stand_in.paths.config_file).interview.questions == 8
        assert stand_in.settings.interview.questions == 8
        assert app.focused is app.screen.query_one(SettingList)


async def test_escape_forgets_what_was_typed(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await open_at(pilot, "interview.minutes")
        await pilot.press("enter", "5", "escape")
        await settle(pilot)
        assert isinstance(app.screen, SettingsScreen)
        assert app.screen.query_one(Input).value == "0"
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
    assert not stand_in.paths.config_file.exists()


async def test_leaving_the_program_saves_a_valid_field(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await open_at(pilot, "interview.minutes")
        await pilot.press("enter", "backspace", "4", "5", "ctrl+q")
    assert load(stand_in.paths.config_file).interview.minutes == 45


async def test_one_of_a_few_values_is_turned_and_reset(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await open_at(pilot, "interview.level")
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert load(stand_in.paths.config_file).interview.level == "mid"
        assert "[mid]" in text_of(app)
        await pilot.press("r")
        await settle(pilot)
        assert load(stand_in.paths.config_file).interview.level == ""
        assert "level" not in stand_in.paths.config_file.read_text("utf-8")


async def test_a_secret_is_never_shown(paths: Paths) -> None:
    app = CoachApp(StandInCoach(paths, **{"model.api_key": "sk-very-secret"}))
    async with app.run_test(size=SIZE) as pilot:
        await open_at(pilot, "model.api_key")
        await pilot.press("enter")
        await settle(pilot)
        assert "very-secret" not in text_of(app)
        assert "(set)" in text_of(app)


async def test_the_language_changes_at_once_and_on_the_home(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await open_at(pilot, "ui.lang")
        await pilot.press("enter")
        await settle(pilot)
        assert "界面语言" in text_of(app).replace(" ", "")
        await pilot.press("escape")
        await settle(pilot)
        assert "开始面试" in text_of(app).replace(" ", "")
    assert load(stand_in.paths.config_file).ui.lang == "zh"


async def test_moving_through_the_themes_wears_them_and_escape_puts_back(
    stand_in: StandInCoach,
) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await open_at(pilot, "ui.theme")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ThemesScreen)
        await pilot.press("down")
        await settle(pilot)
        assert app.theme == "coach-light"
        await pilot.press("escape")
        await settle(pilot)
        assert app.theme == "coach-dark"
        assert not stand_in.paths.config_file.exists()
        await pilot.press("enter", "down", "down", "enter")
        await settle(pilot)
        assert app.theme == "coach-okabe-ito"
        assert "coach-okabe-ito" in text_of(app)
    assert load(stand_in.paths.config_file).ui.theme == "coach-okabe-ito"


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light", "coach-okabe-ito"])
async def test_other_themes_show_the_home(paths: Paths, theme: str) -> None:
    app = CoachApp(StandInCoach(paths, **{"ui.theme": theme}))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert app.theme == theme
        assert "Start an interview" in text_of(app)


async def test_a_command_gets_another_key_at_once(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await open_at(pilot, "keys.home.deck")
        await pilot.press("enter", "backspace", *"f7", "enter")
        await settle(pilot)
        await pilot.press("escape", "d")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        await pilot.press("f7")
        await settle(pilot)
        assert isinstance(app.screen, DeckScreen)
    assert load(stand_in.paths.config_file).keys == {"home.deck": "f7"}


async def test_keys_of_the_settings_work_from_the_start_and_stand_in_the_help(
    paths: Paths,
) -> None:
    coach = StandInCoach(paths, **{"keys.interview.skip": "ctrl+k"})
    app = CoachApp(coach, resume=session_of(coach, "adam", "dropout"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("f1")
        assert isinstance(app.screen, HelpScreen)
        line = next(line for line in text_of(app).splitlines() if "Skip" in line)
        assert "^k" in line
        assert "Answer in your own words" in text_of(app)
        await pilot.press("escape", "ctrl+k")
        await settle(pilot)
    assert coach.history.sessions()[0].turns[0].skipped


async def test_wrong_and_clashing_keys_are_told(paths: Paths) -> None:
    changes = {"keys.interview.skp": "f7", "keys.home.ask": "d", "keys.interview.skip": "x"}
    app = CoachApp(StandInCoach(paths, **changes))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "Did you mean keys.interview.skip?" in told(app)
        assert "while you type" in told(app)
        assert "d stands for both home.ask and home.deck" in told(app)
        await open_at(pilot, "keys.home.ask")
        assert "stands for both" in error_of(app)


async def test_a_letter_jumps_to_its_panel(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("d")
        await settle(pilot)
        assert isinstance(app.focused, Input)
        await pilot.press("f2")
        await settle(pilot)
        assert isinstance(app.screen, JumpScreen)
        await pilot.press("s")
        await settle(pilot)
        assert isinstance(app.screen, DeckScreen)
        assert isinstance(app.focused, CardList)
        await pilot.press("ctrl+o", "escape")
        await settle(pilot)
        assert isinstance(app.focused, CardList)


async def test_vim_keys_move_in_lists_and_are_typed_in_fields(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("d")
        await settle(pilot)
        await pilot.press(*"jkgG")
        assert app.screen.query_one(Input).value == "jkgG"
        app.screen.query_one(Input).value = ""
        listed = app.screen.query_one(CardList)
        listed.focus()
        await settle(pilot)
        for key, place in {"j": 1, "G": 2, "k": 1, "g": 0, "ctrl+d": 2, "ctrl+u": 0}.items():
            await pilot.press(key)
            assert listed.highlighted == place, key


async def test_vim_keys_scroll_a_dialog(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in, resume=session_of(stand_in, "adam"))
    async with app.run_test(size=(60, 15)) as pilot:
        await settle(pilot)
        await pilot.press("f1")
        await settle(pilot)
        dialog = app.screen.query_one(".dialog")
        await pilot.press("G")
        await wait_until(pilot, lambda: dialog.scroll_y == dialog.max_scroll_y > 0)
        await pilot.press("g")
        await wait_until(pilot, lambda: dialog.scroll_y == 0)


async def test_the_palette_opens_settings_and_themes(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        actions = {
            command.title: command.callback for command in app.get_system_commands(app.screen)
        }
        actions["Settings"]()
        await settle(pilot)
        assert isinstance(app.screen, SettingsScreen)
        actions["Theme"]()
        await settle(pilot)
        assert isinstance(app.screen.query_one(OptionList).highlighted, int)
        assert isinstance(app.screen, ThemesScreen)


async def test_settings_work_in_the_smallest_terminal(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=(60, 15)) as pilot:
        await open_at(pilot, "interview.questions")
        await pilot.press("enter", "backspace", "9", "9")
        await settle(pilot)
        assert "It must lie between 1" in text_of(app)


async def test_an_interview_below_is_still_there_after_the_settings(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in, resume=session_of(stand_in, "adam"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press(*"half")
        await open_at(pilot, "ui.lang")
        await pilot.press("enter", "escape")
        await settle(pilot)
        assert isinstance(app.screen, InterviewScreen)
        assert app.screen.query_one("#answer").text == "half"

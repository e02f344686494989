"""The settings screen and the choice of a theme."""

import pytest
from app_helpers import SIZE, error_of, open_at, text_of
from screen_helpers import session_of, settle
from screen_standins import StandInCoach
from textual.widgets import Input, OptionList

from coach.paths import Paths
from coach.settings import load
from tui.app import CoachApp
from tui.keymap import commands
from tui.screens.home import HomeScreen
from tui.screens.interview import InterviewScreen
from tui.screens.settings import SettingsScreen
from tui.screens.themes import ThemesScreen
from tui.widgets.setting_list import SettingList


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


async def test_a_first_click_reads_and_a_second_changes(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await open_at(pilot, "interview.questions")
        await pilot.click(SettingList, offset=(6, 3))
        await settle(pilot)
        assert app.screen.query_one(SettingList).chosen.name == "interview.level"
        assert stand_in.settings.interview.level == ""
        await pilot.click(SettingList, offset=(6, 3))
        await settle(pilot)
        assert stand_in.settings.interview.level == "junior"


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


async def test_keys_that_come_too_fast_close_one_screen_only(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await open_at(pilot, "ui.theme")
        await pilot.press("enter")
        await settle(pilot)
        themes = app.screen
        themes.dismiss()
        themes.dismiss()
        await settle(pilot)
        assert isinstance(app.screen, SettingsScreen)


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

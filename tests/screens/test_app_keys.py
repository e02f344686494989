"""Keys of one's own, jumping to panels and moving about in lists."""

from app_helpers import SIZE, error_of, open_at, text_of, told
from screen_helpers import session_of, settle, wait_until
from screen_standins import StandInCoach
from textual.widgets import Input

from coach.paths import Paths
from coach.settings import load
from tui.app import CoachApp
from tui.screens.deck import DeckScreen
from tui.screens.help import HelpScreen
from tui.screens.home import HomeScreen
from tui.screens.jump import JumpScreen
from tui.widgets.card_list import CardList
from tui.widgets.key_line import KeyLine


async def test_a_command_gets_another_key_at_once(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await open_at(pilot, "keys.home.deck")
        await pilot.press("enter", "backspace", *"f12", "enter")
        await settle(pilot)
        await pilot.press("escape", "d")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        await pilot.press("f12")
        await settle(pilot)
        assert isinstance(app.screen, DeckScreen)
    assert load(stand_in.paths.config_file).keys == {"home.deck": "f12"}


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
        assert "^g" not in line
        assert "Answer in your own words" in text_of(app)
        await pilot.press("escape", "ctrl+k")
        await settle(pilot)
    assert coach.history.sessions()[0].turns[0].skipped


async def test_wrong_and_clashing_keys_are_told(paths: Paths) -> None:
    changes = {"keys.interview.skp": "f12", "keys.home.ask": "d", "keys.interview.skip": "x"}
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
        await pilot.press("f9")
        await settle(pilot)
        assert isinstance(app.screen, JumpScreen)
        await pilot.press("g")
        await settle(pilot)
        assert isinstance(app.screen, DeckScreen)
        assert isinstance(app.focused, CardList)
        await pilot.press("f9", "escape")
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
        assert dialog.max_scroll_y > 0


async def test_text_is_selected_with_the_mouse_and_copied(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await open_at(pilot, "model.timeout_s")
        await pilot.mouse_down("#help", offset=(0, 0))
        await pilot.hover("#help", offset=(6, 0))
        await pilot.mouse_up("#help", offset=(6, 0))
        await pilot.press("ctrl+c")
        await settle(pilot)
        assert app.clipboard == "seconds"


async def test_a_click_on_a_key_of_the_last_line_presses_it(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        keys = text_of(app).splitlines()[-1]
        await pilot.click(KeyLine, offset=(keys.index("Deck"), 0))
        await settle(pilot)
        assert isinstance(app.screen, DeckScreen)
        assert "Deck" not in text_of(app).splitlines()[-1]
        await pilot.click(KeyLine, offset=(SIZE[0] - 1, 0))
        await settle(pilot)
        assert isinstance(app.screen, DeckScreen)


async def test_the_last_line_tells_the_keys_of_what_has_the_focus(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in, resume=session_of(stand_in, "adam", "dropout"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "Submit" in text_of(app).splitlines()[-1]
        await pilot.press(*"ok", "ctrl+s")
        await settle(pilot)
        keys = text_of(app).splitlines()[-1]
        assert "Submit" not in keys
        assert "Next" in keys


async def test_the_last_line_follows_the_theme(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)

        def colours() -> set[object]:
            strip = app.screen._compositor.render_strips(app.size)[-1]
            return {s.style.color for s in strip if s.style and s.style.color}

        before = colours()
        app.try_theme("coach-light")
        await settle(pilot)
        assert colours().isdisjoint(before)

"""How the app looks: its themes, no colours at all, and the styles of screens to come."""

import asyncio
from pathlib import Path

import pytest
from screen_helpers import settle
from screen_standins import StandInCoach

import tui.screens
from coach.paths import Paths
from coach.settings import load
from tui.ahead import load_ahead
from tui.app import CoachApp
from tui.screens.base import CoachScreen
from tui.screens.setup import SetupScreen

SIZE = (80, 24)
SIZES = {"-narrow", "-wide", "-short", "-medium", "-tall"}


def told(app: CoachApp) -> str:
    """Everything the app has notified."""
    return "\n".join(notification.message for notification in app._notifications)


async def test_a_chosen_theme_is_remembered(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.theme = "coach-light"
        await pilot.pause()
    assert load(stand_in.paths.config_file).ui.theme == "coach-light"


async def test_a_theme_of_the_settings_is_worn_like_one_that_is_chosen(paths: Paths) -> None:
    worn = []
    for kept in ("coach-dark", "coach-light"):
        app = CoachApp(StandInCoach(paths, **{"ui.theme": kept}))
        async with app.run_test(size=SIZE) as pilot:
            await settle(pilot)
            app.theme = "coach-light"
            await settle(pilot)
            worn.append(app.classes)
    assert worn[0] == worn[1]


async def test_an_unknown_theme_is_told_and_replaced(paths: Paths) -> None:
    app = CoachApp(StandInCoach(paths, **{"ui.theme": "no-such"}))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert app.theme == "coach-dark"
        assert "no-such" in told(app)
    assert not paths.config_file.exists()


async def test_no_color_is_honoured(
    stand_in: StandInCoach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        colours = {
            colour
            for strip in app.screen._compositor.render_strips(app.size)
            for segment in strip
            if segment.style and segment.style.color
            for colour in [segment.style.color.triplet]
        }
        assert all(c.red == c.green == c.blue for c in colours if c)


async def test_the_styles_of_all_screens_are_there_once_home_has_looked(
    stand_in: StandInCoach,
) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        styles = sorted(Path(next(iter(tui.screens.__path__))).glob("*.tcss"))
        assert styles
        assert [path.name for path in styles if not app.stylesheet.has_source(str(path))] == []


async def test_a_theme_chosen_while_styles_are_loaded_counts(paths: Paths) -> None:
    async def background(theme: str, before: str) -> str:
        app = CoachApp(StandInCoach(paths, **{"ui.theme": before}))
        async with app.run_test(size=SIZE) as pilot:
            await settle(pilot)
            loading = asyncio.get_running_loop().run_in_executor(None, load_ahead, app)
            app.theme = theme
            await loading
            app.push_screen(SetupScreen())
            await settle(pilot)
            return str(app.screen.styles.background)

    light = await background("coach-light", "coach-light")
    assert await background("coach-light", "coach-dark") == light
    assert await background("coach-dark", "coach-dark") != light


@pytest.mark.parametrize(
    ("size", "classes"),
    [((60, 15), {"-narrow", "-short"}), ((160, 48), {"-wide", "-tall"})],
)
async def test_a_screen_has_the_classes_of_its_size_before_it_is_drawn(
    stand_in: StandInCoach, size: tuple[int, int], classes: set[str]
) -> None:
    mounted: list[set[str]] = []

    class Watched(CoachScreen[None]):
        def on_mount(self) -> None:
            super().on_mount()
            mounted.append({name for name in self.classes if name in SIZES})

    app = CoachApp(stand_in)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.push_screen(Watched())
        await settle(pilot)
    assert mounted == [classes]

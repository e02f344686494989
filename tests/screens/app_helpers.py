"""What an app shows and tells, and the way into its settings."""

from typing import TYPE_CHECKING, Any

from screen_helpers import settle
from textual.pilot import Pilot
from textual.widgets import Static

from tui.widgets.setting_list import SettingList

if TYPE_CHECKING:
    from tui.app import CoachApp

SIZE = (80, 24)


def text_of(app: "CoachApp") -> str:
    """Everything the screen shows, line by line."""
    rows = app.screen._compositor.render_strips(app.size)
    return "\n".join("".join(segment.text for segment in strip) for strip in rows)


def told(app: "CoachApp") -> str:
    """Everything the app has notified."""
    return "\n".join(notification.message for notification in app._notifications)


def error_of(app: "CoachApp") -> str:
    """What the settings screen says is wrong with the highlighted setting."""
    shown = app.screen.query_one("#error", Static)
    return str(shown.render()) if shown.display else ""


async def open_at(pilot: "Pilot[Any]", name: str) -> None:
    """Opens the settings with one of them highlighted."""
    await settle(pilot)
    await pilot.press("f12")
    await settle(pilot)
    pilot.app.screen.query_one(SettingList).choose(name)
    await settle(pilot)

"""Statistics: the figures of `coach stats` as charts of characters."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Static

from tui.background import in_background
from tui.screens.base import CoachScreen
from tui.widgets import figures
from tui.widgets.figures import Figure
from tui.widgets.key_line import KeyLine
from tui.widgets.readiness_panel import ReadinessPanel
from tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from coach.history.statistics import Statistics


class StatisticsScreen(CoachScreen[None]):
    """Readiness now and over time, retention, what comes back when, own ratings against the marks."""

    CSS_PATH = "statistics.tcss"
    BINDINGS: ClassVar = [
        Binding("escape", "back", "key.back"),
        Binding("h", "app.history", "key.history"),
        Binding("j", "scroll(1)", "key.move", show=False),
        Binding("k", "scroll(-1)", "key.move", show=False),
    ]

    class Counted(Message):
        """Everything was counted."""

        def __init__(self, statistics: "Statistics") -> None:
            super().__init__()
            self.statistics = statistics

    def compose(self) -> ComposeResult:
        words = self.words
        yield TitleLine(words("stats.title"))
        yield Static(words("home.looking"), id="nothing", classes="muted", markup=False)
        with VerticalScroll(id="figures"):
            yield Figure(words, "progress")
            yield ReadinessPanel(words)
            yield Figure(words, "retention")
            yield Figure(words, "forecast")
            yield Figure(words, "calibration")
        yield KeyLine()

    def on_mount(self) -> None:
        super().on_mount()
        self._count()

    @in_background("statistics", exclusive=True)
    def _count(self) -> None:
        from coach.history.statistics import statistics

        coach = self.coach
        found = statistics(coach.history, coach.deck, coach.memories(), coach.clock())
        self.post_message(self.Counted(found))

    @on(Counted)
    def _show(self, event: Counted) -> None:
        words, found = self.words, event.statistics
        if not found.today.answers:
            self.query_one("#nothing", Static).update(words("stats.none"))
            return
        self.add_class("-counted")
        panel = self.query_one(ReadinessPanel)
        panel.today, panel.progress = found.today, found.progress
        self.query_one("#progress", Figure).show(figures.progress(found.progress, words))
        self.query_one("#retention", Figure).show(figures.retention(found, words))
        self.query_one("#forecast", Figure).show(figures.forecast(found, words))
        self.query_one("#calibration", Figure).show(figures.calibration(found, words))
        self.query_one("#figures").focus()

    def action_back(self) -> None:
        self.host.go_home()

    def action_scroll(self, way: int) -> None:
        self.query_one("#figures").scroll_relative(y=3 * way, animate=False)

"""The end of an interview: the score, the topics, every answer, and what to read again."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import OptionList

from tui.background import in_background
from tui.screens.base import CoachScreen
from tui.widgets.gaps_panel import GapsPanel
from tui.widgets.key_line import KeyLine
from tui.widgets.score_panel import ScorePanel
from tui.widgets.title_line import TitleLine
from tui.widgets.turn_list import TurnList

if TYPE_CHECKING:
    from coach.interview import Session, Summary


class SummaryScreen(CoachScreen[None]):
    """Looks back at a session; Enter opens an answer with its verdict."""

    CSS_PATH = "summary.tcss"
    BINDINGS: ClassVar = [
        Binding("h,escape", "home", "key.home", key_display="h"),
        Binding("n", "app.start", "key.new"),
        Binding("enter", "open", "key.open", show=True),
    ]

    class Summed(Message):
        """The session was added up."""

        def __init__(self, summary: "Summary") -> None:
            super().__init__()
            self.summary = summary

    def __init__(self, session: "Session") -> None:
        from coach.history import Given

        super().__init__()
        self._session = session
        self._answers = [Given(session.id, *numbered) for numbered in enumerate(session.turns)]

    def compose(self) -> ComposeResult:
        words = self.words
        yield TitleLine(words("summary.title"))
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield ScorePanel(words)
                yield TurnList(words)
            yield GapsPanel(words)
        yield KeyLine()

    def on_mount(self) -> None:
        super().on_mount()
        turns = self.query_one(TurnList)
        turns.turns = self._session.turns
        turns.focus()
        self._sum_up()

    @in_background("summary", exclusive=True)
    def _sum_up(self) -> None:
        from coach.interview import summarize

        self.post_message(self.Summed(summarize(self._session, self.coach.deck)))

    @on(Summed)
    def _show(self, event: Summed) -> None:
        self.query_one(ScorePanel).summary = event.summary
        self.query_one(GapsPanel).gaps = event.summary.gaps

    @on(OptionList.OptionSelected)
    def _open_turn(self, event: OptionList.OptionSelected) -> None:
        from tui.screens.answer import AnswerScreen

        self.app.push_screen(AnswerScreen(self._answers, event.option_index))

    def action_open(self) -> None:
        self.query_one(TurnList).action_select()

    def action_home(self) -> None:
        self.host.go_home()

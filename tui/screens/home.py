"""The home: what to do next, what was done, and whether everything is ready."""

import gc
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Footer, OptionList

from tui.screens.base import CoachScreen, name_keys
from tui.widgets.menu import Menu
from tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from coach.interview import Plan, Session
    from tui.state import Line, Offer
    from tui.widgets.recent_panel import Past


class HomeScreen(CoachScreen[None]):
    """Opens everything else; looks at the state in a worker after the first paint."""

    BINDINGS: ClassVar = [
        Binding("n", "app.start", "key.start"),
        Binding("r", "resume", "key.resume"),
        Binding("a", "app.ask", "key.ask"),
        Binding("d", "app.deck", "key.deck"),
        Binding("v", "app.drafts", "key.drafts", show=False),
        Binding("q", "app.quit", "key.quit", show=False),
        Binding("x", "discard", "key.discard", show=False),
        Binding("j", "move('down')", "key.move", show=False),
        Binding("k", "move('up')", "key.move", show=False),
    ]

    class Looked(Message):
        """One part of the state was gathered."""

        def __init__(self, line: "Line") -> None:
            super().__init__()
            self.line = line

    class FoundPast(Message):
        """The history was read, and the drafts counted."""

        def __init__(
            self, past: "tuple[Past, ...]", unfinished: "Session | None", drafts: int
        ) -> None:
            super().__init__()
            self.past = past
            self.unfinished = unfinished
            self.drafts = drafts

    class Renamed(Message):
        """The app speaks another language now."""

    class FoundOffer(Message):
        """A key lies in the environment and was not offered yet."""

        def __init__(self, offer: "Offer") -> None:
            super().__init__()
            self.offer = offer

    def __init__(
        self,
        plan: "Plan | None" = None,
        resume: "Session | None" = None,
        setup: bool = False,
        drafts: bool = False,
    ) -> None:
        super().__init__()
        self._setup = setup
        self._drafts = drafts
        self._plan = plan
        self._resume = resume
        self._unfinished: Session | None = None
        self._waiting = 0
        self._lines: dict[str, Line] = {}

    def compose(self) -> ComposeResult:
        words = self.words
        yield TitleLine(words("home.subtitle"))
        menu = Menu(classes="panel")
        menu.border_title = words("home.menu")
        with Horizontal(id="body"):
            yield menu
            yield Vertical(id="side")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        super().on_mount()
        self._paint_menu()
        self.query_one(Menu).focus()
        self.call_after_refresh(self._after_first_paint)

    @on(Renamed)
    async def _speak(self) -> None:
        name_keys(self, self.words)
        await self.recompose()
        self._paint_menu()
        await self._open_side()
        self.query_one(Menu).focus()
        self.look()

    @work(thread=True, exclusive=True, exit_on_error=False, group="look")
    def look(self) -> None:
        """Gathers the state anew: the history first, then part by part."""
        from tui.state import find_offer, look, past_interviews

        coach = self.coach
        past = past_interviews(coach, self.words)
        self.post_message(self.FoundPast(past, coach.history.unfinished(), coach.drafts_waiting))
        offer = find_offer(coach)
        if offer is not None:
            self.post_message(self.FoundOffer(offer))
        for line in look(coach, self.words):
            self.post_message(self.Looked(line))

    @on(Looked)
    def _show_line(self, event: Looked) -> None:
        self._lines[event.line.part] = event.line
        self._paint_lines()

    @on(FoundPast)
    def _show_past(self, event: FoundPast) -> None:
        from tui.widgets.recent_panel import RecentPanel

        self._unfinished = event.unfinished
        self._waiting = event.drafts
        self.query_one(RecentPanel).past = event.past
        self._paint_menu()
        self.refresh_bindings()

    @on(FoundOffer)
    def _offer_key(self, event: FoundOffer) -> None:
        from tui.screens.offer import OfferScreen

        if self.is_current:
            offer = event.offer
            self.app.push_screen(OfferScreen(offer), lambda model: self._settle(offer, model))

    def _settle(self, offer: "Offer", model: str | None) -> None:
        self._save_offer(offer, model)
        if model is not None:
            text = self.words("offer.saved", model=model, where=offer.base_url)
            self.notify(text, timeout=8, markup=False)

    @work(thread=True, exit_on_error=False, group="offer")
    def _save_offer(self, offer: "Offer", model: str | None) -> None:
        from tui.state import look, settle_offer

        settle_offer(self.coach, offer, model)
        for line in look(self.coach, self.words):
            self.post_message(self.Looked(line))

    @on(OptionList.OptionSelected)
    async def _do(self, event: OptionList.OptionSelected) -> None:
        await self.run_action(event.option.id or "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        return self._unfinished is not None if action in ("resume", "discard") else True

    def action_move(self, way: str) -> None:
        menu = self.query_one(Menu)
        menu.action_cursor_down() if way == "down" else menu.action_cursor_up()

    def action_resume(self) -> None:
        if self._unfinished is not None:
            self._open_interview(self._unfinished)

    def action_discard(self) -> None:
        self.notify(self.words("home.discarded"), timeout=4)
        self._close_unfinished()

    @work(thread=True, exclusive=True, exit_on_error=False, group="past")
    def _close_unfinished(self) -> None:
        from coach.interview import finish
        from tui.state import past_interviews

        coach = self.coach
        if self._unfinished is not None:
            coach.history.save(finish(self._unfinished, coach.clock()))
        past = past_interviews(coach, self.words)
        self.post_message(self.FoundPast(past, coach.history.unfinished(), coach.drafts_waiting))

    async def _open_side(self) -> None:
        from tui.widgets.recent_panel import RecentPanel
        from tui.widgets.state_panel import StatePanel

        side = self.query_one("#side")
        await side.mount(RecentPanel(self.words), StatePanel(self.words))
        self._paint_lines()

    async def _after_first_paint(self) -> None:
        gc.enable()
        await self._open_side()
        self.look()
        if self._resume is not None:
            self._open_interview(self._resume)
        elif self._plan is not None:
            self._start_planned(self._plan)
        elif self._setup:
            self.host.action_start()
        elif self._drafts:
            self.host.action_drafts()

    @work(thread=True, exclusive=True, exit_on_error=False, group="start")
    def _start_planned(self, plan: "Plan") -> None:
        from tui.drive import begin

        session = begin(self.coach, plan)
        self.app.call_from_thread(self._open_interview, session)

    def _open_interview(self, session: "Session") -> None:
        from tui.screens.interview import InterviewScreen

        self.app.push_screen(InterviewScreen(session))

    def _paint_menu(self) -> None:
        from tui.screens.home_menu import menu_items

        items = menu_items(self.words, self._unfinished, self._waiting)
        self.query_one(Menu).items = items

    def _paint_lines(self) -> None:
        from tui.widgets.state_panel import StatePanel

        looking = self.words("home.looking")
        parts = ("model", "index", "deck", "settings")
        self.query_one(StatePanel).lines = tuple(
            (part, line.ready, line.text)
            if (line := self._lines.get(part))
            else (part, None, looking)
            for part in parts
        )

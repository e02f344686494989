"""The home: what to do next, what was done, and whether everything is ready."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import OptionList

from tui.ahead import load_ahead
from tui.background import in_background
from tui.garbage import collect_seldom, spare_loaded
from tui.screens.base import CoachScreen, name_keys
from tui.screens.home_menu import Waiting, menu_items
from tui.screens.home_news import FoundOffer, FoundPast, FoundToday, Looked
from tui.widgets.key_line import KeyLine
from tui.widgets.menu import Menu
from tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from coach.interview import Plan, Session
    from tui.model_choice import Offer


class HomeScreen(CoachScreen[None]):
    """Opens everything else; looks at the state in a worker after the first paint."""

    BINDINGS: ClassVar = [
        Binding("t", "today", "key.today"),
        Binding("n", "app.start", "key.start"),
        Binding("r", "resume", "key.resume"),
        Binding("a", "app.ask", "key.ask"),
        Binding("d", "app.deck", "key.deck"),
        Binding("h", "app.history", "key.history", show=False),
        Binding("s", "app.statistics", "key.statistics", show=False),
        Binding("e", "app.eval", "key.eval", show=False),
        Binding("comma", "app.settings", "key.settings", show=False),
        Binding("v", "app.drafts", "key.drafts", show=False),
        Binding("q", "app.quit", "key.quit", show=False),
        Binding("x", "discard", "key.discard", show=False),
    ]

    class Renamed(Message):
        """The app speaks another language now."""

    def __init__(
        self,
        plan: "Plan | None" = None,
        resume: "Session | None" = None,
        setup: bool = False,
        drafts: bool = False,
        welcome: bool = False,
    ) -> None:
        super().__init__()
        self._setup = setup
        self._drafts = drafts
        self._welcome = welcome
        self._plan = plan
        self._resume = resume
        self._waiting = Waiting()

    def compose(self) -> ComposeResult:
        words = self.words
        yield TitleLine(words("home.subtitle"))
        menu = Menu(classes="panel")
        menu.border_title = words("home.menu")
        with Horizontal(id="body"):
            yield menu
            yield Vertical(id="side")
        yield KeyLine()

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

    @in_background("look", exclusive=True)
    def look(self) -> None:
        """Gathers the state anew: the history first, then part by part."""
        from tui.model_choice import find_offer
        from tui.state import look, stand

        coach = self.coach
        self._tell_past()
        offer = find_offer(coach)
        if offer is not None:
            self.post_message(FoundOffer(offer))
        for line in look(coach, self.words):
            self.post_message(Looked(line))
        for today, progress in stand(coach):
            self.post_message(FoundToday(today, progress))
        load_ahead(self.app)
        spare_loaded("the first look")

    def _tell_past(self) -> None:
        from tui.state import past_interviews

        coach, past = self.coach, past_interviews(self.coach, self.words)
        self.post_message(FoundPast(past, coach.history.unfinished(), coach.drafts_waiting))

    @on(Looked)
    def _show_line(self, event: Looked) -> None:
        from tui.widgets.state_panel import StatePanel

        self.query_one(StatePanel).put(event.line)

    @on(FoundPast)
    def _show_past(self, event: FoundPast) -> None:
        from tui.widgets.recent_panel import RecentPanel

        self._waiting = self._waiting._replace(unfinished=event.unfinished, drafts=event.drafts)
        self.query_one(RecentPanel).past = event.past
        self._paint_menu()
        self.refresh_bindings()

    @on(FoundToday)
    def _show_today(self, event: FoundToday) -> None:
        from tui.widgets.readiness_panel import ReadinessPanel

        panel = self.query_one(ReadinessPanel)
        panel.today = event.today
        panel.progress = event.progress or panel.progress
        self._waiting = self._waiting._replace(due=len(event.today.due))
        self._paint_menu()

    @on(FoundOffer)
    def _offer_key(self, event: FoundOffer) -> None:
        from tui.screens.offer import OfferScreen

        # A screen below a dialog is current too.
        if self.app.screen is self:
            offer = event.offer
            self.app.push_screen(OfferScreen(offer), lambda model: self._settle(offer, model))

    def _settle(self, offer: "Offer", model: str | None) -> None:
        from tui.model_choice import settle_offer

        self._keep(partial(settle_offer, self.coach, offer, model), self.words.lang)
        if model is not None:
            text = self.words("offer.saved", model=model, where=offer.base_url)
            self.notify(text, timeout=8, markup=False)

    def _greet(self) -> None:
        """Shows the welcome on a first run; looking at the state writes the file that ends it."""
        from tui.model_choice import is_first_run

        if self._welcome and is_first_run(self.coach):
            from tui.screens.welcome import WelcomeScreen

            self.app.push_screen(WelcomeScreen(self.words), self._begin)

    def _begin(self, values: "dict[str, object] | None") -> None:
        from tui.model_choice import keep_first

        if values is not None:
            self._keep(partial(keep_first, self.coach, values), values["ui.lang"])

    @in_background("offer")
    def _keep(self, act: Callable[[], None], lang: object) -> None:
        act()
        self.app.call_from_thread(self._follow, lang)

    def _follow(self, lang: object) -> None:
        self.look() if lang == self.words.lang else self.host.action_change_language()

    @on(OptionList.OptionSelected)
    async def _do(self, event: OptionList.OptionSelected) -> None:
        await self.run_action(event.option.id or "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        begun = self._waiting.unfinished is not None
        return begun if action in ("resume", "discard") else True

    def action_resume(self) -> None:
        if self._waiting.unfinished is not None:
            self._open_interview(self._waiting.unfinished)

    def action_today(self) -> None:
        if all(worker.group != "start" or worker.is_finished for worker in self.app.workers):
            self._start_today()

    @in_background("start")
    def _start_today(self) -> None:
        from tui.state import begin_today

        self.app.call_from_thread(self._open_interview, begin_today(self.coach))

    def action_discard(self) -> None:
        self.notify(self.words("home.discarded"), timeout=4)
        self._close_unfinished()

    @in_background("past", exclusive=True)
    def _close_unfinished(self) -> None:
        from tui.drive import close

        if self._waiting.unfinished is not None:
            close(self.coach, self._waiting.unfinished)
        self._tell_past()

    async def _open_side(self) -> None:
        from tui.widgets.readiness_panel import ReadinessPanel
        from tui.widgets.recent_panel import RecentPanel
        from tui.widgets.state_panel import StatePanel

        side, words = self.query_one("#side"), self.words
        await side.mount(ReadinessPanel(words), RecentPanel(words), StatePanel(words))

    async def _after_first_paint(self) -> None:
        collect_seldom()
        await self._open_side()
        self._greet()
        self.look()
        if self._resume is not None:
            self._open_interview(self._resume)
        elif self._plan is not None:
            self._start_planned(self._plan)
        elif self._setup:
            self.host.action_start()
        elif self._drafts:
            self.host.action_drafts()

    @in_background("start", exclusive=True)
    def _start_planned(self, plan: "Plan") -> None:
        from tui.drive import begin

        load_ahead(self.app)
        self.app.call_from_thread(self._open_interview, begin(self.coach, plan))

    def _open_interview(self, session: "Session") -> None:
        from tui.screens.interview import InterviewScreen

        if not self.host.leaving:
            self.app.push_screen(InterviewScreen(session))

    def _paint_menu(self) -> None:
        self.query_one(Menu).items = menu_items(self.words, self._waiting)

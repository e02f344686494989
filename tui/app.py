"""The app: its commands, and the way from one screen to the next."""

import asyncio
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import SystemCommand
from textual.binding import Binding
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import OptionList

from coach.language import Lang
from coach.threads import DaemonExecutor
from tui.configured import ConfiguredApp
from tui.keys import identified
from tui.screens.base import WAYS, CoachScreen
from tui.screens.home import HomeScreen
from tui.signals import quit_on_signals

if TYPE_CHECKING:
    from textual.actions import ActionParseResult
    from textual.dom import DOMNode

    from coach.app import Coach
    from coach.interview import Plan, Session

SMALLEST = (60, 15)
COVER = "-too-small"
SWITCH_S = 0.0005


class CoachApp(ConfiguredApp):
    """The interview coach; does no work itself, screens hand it to workers."""

    TITLE = "Interview"
    CSS_PATH: ClassVar = ["app.tcss", "screens/home.tcss"]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-medium"), (36, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar = identified(
        "app",
        [
            Binding("f1", "help", "key.help"),
            Binding("ctrl+q", "quit", "key.quit", priority=True),
            Binding("ctrl+p", "command_palette", "key.palette", show=False, priority=True),
            Binding("f9", "jump", "key.jump", show=False),
            Binding("f12", "settings", "key.settings", show=False),
            Binding("f10", "eval", "key.eval", show=False),
        ],
    )

    def __init__(
        self,
        coach: "Coach",
        *,
        plan: "Plan | None" = None,
        resume: "Session | None" = None,
        setup: bool = False,
        drafts: bool = False,
        welcome: bool = False,
    ) -> None:
        super().__init__(coach)
        self._plan = plan
        self._resume = resume
        self._setup = setup
        self._drafts = drafts
        self._welcome = welcome
        self.leaving = False

    def on_mount(self) -> None:
        asyncio.get_running_loop().set_default_executor(DaemonExecutor())
        quit_on_signals(self.action_quit)
        # A key press waits for the interpreter several times before it is painted; the usual 5 ms each add up.
        sys.setswitchinterval(SWITCH_S)

    def get_default_screen(self) -> Screen[Any]:
        return HomeScreen(
            plan=self._plan,
            resume=self._resume,
            setup=self._setup,
            drafts=self._drafts,
            welcome=self._welcome,
        )

    def on_resize(self, event: Resize) -> None:
        fits = event.size.width >= SMALLEST[0] and event.size.height >= SMALLEST[1]
        covered = self.screen.has_class(COVER)
        if not fits and not covered:
            from tui.screens.small import SmallScreen

            self.push_screen(SmallScreen(classes=COVER))
        elif fits and covered:
            self.pop_screen()

    async def run_action(
        self,
        action: "str | ActionParseResult",
        default_namespace: "DOMNode | None" = None,
        namespaces: "Mapping[str, DOMNode] | None" = None,
    ) -> bool:
        """Does nothing once the app is being left: a screen that opens then can't be composed any more.

        Nor does it turn pages of a list that is not drawn yet, which Textual's would fail at.
        """
        undrawn = isinstance(default_namespace, OptionList) and not default_namespace.size
        if self.leaving or (undrawn and action in ("page_up", "page_down")):
            return False
        return await super().run_action(action, default_namespace, namespaces)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:  # noqa: ARG002
        """The palette: what the home offers, the colours, the language, help and quit."""
        words = self.words
        named = {
            "start": self.action_start,
            "ask": self.action_ask,
            "deck": self.action_deck,
            "history": self.action_history,
            "statistics": self.action_statistics,
            "drafts": self.action_drafts,
            "lang": self.action_change_language,
            "theme": self.action_change_theme,
            "settings": self.action_settings,
            "eval": self.action_eval,
            "jump": self.action_jump,
            "help": self.action_help,
            "quit": self.action_quit,
        }
        for name, action in named.items():
            yield SystemCommand(words(f"command.{name}"), words(f"command.{name}_note"), action)

    async def action_quit(self) -> None:
        """Ends the app; what was typed is written first."""
        self.leaving = True
        for screen in self.screen_stack:
            if isinstance(screen, CoachScreen):
                screen.keep_now()
        self.exit()

    def go_home(self) -> None:
        """Leaves every screen but the home, which looks at the state anew."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if isinstance(self.screen, HomeScreen):
            self.screen.look()

    def action_start(self) -> None:
        from tui.screens.setup import SetupScreen

        self.go_home()
        self.push_screen(SetupScreen())

    def action_ask(self) -> None:
        from tui.screens.ask import AskScreen

        self.push_screen(AskScreen())

    def action_deck(self) -> None:
        from tui.screens.deck import DeckScreen

        self.push_screen(DeckScreen())

    def action_history(self) -> None:
        from tui.screens.history import HistoryScreen

        self.go_home()
        self.push_screen(HistoryScreen())

    def action_statistics(self) -> None:
        from tui.screens.statistics import StatisticsScreen

        self.go_home()
        self.push_screen(StatisticsScreen())

    def action_drafts(self) -> None:
        from tui.screens.drafts import DraftsScreen

        if not isinstance(self.screen, DraftsScreen):
            self.push_screen(DraftsScreen())

    def action_settings(self) -> None:
        from tui.screens.settings import SettingsScreen

        if not isinstance(self.screen, SettingsScreen):
            self.push_screen(SettingsScreen())

    def action_eval(self) -> None:
        from tui.screens.eval import EvalScreen

        if not isinstance(self.screen, EvalScreen):
            self.push_screen(EvalScreen())

    def action_jump(self) -> None:
        from tui.screens.jump import JumpScreen

        if not self.screen.is_modal:
            self.push_screen(JumpScreen(self.screen))

    async def action_move(self, key: str) -> None:
        """Moves in the focused list or panel, as its own keys do."""
        there = self.focused
        known = (name for name in WAYS[key] if hasattr(there, f"action_{name}"))
        if name := next(known, None):
            await self.run_action(name, there)

    def action_help(self) -> None:
        from tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen) and not self.screen.has_class(COVER):
            self.push_screen(HelpScreen(self.screen))

    def action_change_language(self) -> None:
        lang: Lang = "zh" if self.words.lang == "en" else "en"
        self.remember("ui.lang", lang)
        self.go_home()
        self.speak(lang)

    def action_change_theme(self) -> None:
        from tui.screens.themes import ThemesScreen

        if not isinstance(self.screen, ThemesScreen):
            self.push_screen(ThemesScreen())


def run(
    coach: "Coach",
    *,
    plan: "Plan | None" = None,
    resume: "Session | None" = None,
    setup: bool = False,
    drafts: bool = False,
    welcome: bool = False,
) -> None:
    """Opens the app: at home, at the set-up of an interview, in a new or unfinished one, at the drafts.

    With `welcome` a first run begins with its welcome.
    """
    app = CoachApp(coach, plan=plan, resume=resume, setup=setup, drafts=drafts, welcome=welcome)
    app.run()

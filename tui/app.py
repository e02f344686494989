"""The app: themes, commands, and the way from one screen to the next."""

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.events import Resize
from textual.screen import Screen

from coach.card import Lang
from coach.errors import CoachError
from coach.settings import save_value
from tui.screens.base import CoachScreen, name_keys
from tui.screens.home import HomeScreen
from tui.signals import quit_on_signals
from tui.text import Words
from tui.themes import THEMES
from tui.threads import DaemonExecutor

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.interview import Plan, Session

SMALLEST = (60, 15)
COVER = "-too-small"


class CoachApp(App[None]):
    """The interview coach; does no work itself, screens hand it to workers."""

    TITLE = "Interview"
    CSS_PATH: ClassVar = ["app.tcss", "screens/home.tcss"]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-medium"), (36, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar = [
        Binding("f1", "help", "key.help"),
        Binding("ctrl+q", "quit", "key.quit", priority=True),
        Binding("ctrl+p", "command_palette", "key.palette", show=False, priority=True),
    ]

    def __init__(
        self,
        coach: "Coach",
        *,
        plan: "Plan | None" = None,
        resume: "Session | None" = None,
        setup: bool = False,
        drafts: bool = False,
    ) -> None:
        super().__init__()
        self.coach = coach
        self.words = Words(coach.settings.ui.lang)
        self._plan = plan
        self._resume = resume
        self._setup = setup
        self._drafts = drafts
        self._worn = ""

    def on_mount(self) -> None:
        asyncio.get_running_loop().set_default_executor(DaemonExecutor())
        quit_on_signals(self.action_quit)
        self.coach.tell = self._warn
        name_keys(self, self.words)
        for theme in THEMES:
            self.register_theme(theme)
        self._wear(self.coach.settings.ui.theme)

    def get_default_screen(self) -> Screen[Any]:
        return HomeScreen(
            plan=self._plan, resume=self._resume, setup=self._setup, drafts=self._drafts
        )

    def on_resize(self, event: Resize) -> None:
        fits = event.size.width >= SMALLEST[0] and event.size.height >= SMALLEST[1]
        covered = self.screen.has_class(COVER)
        if not fits and not covered:
            from tui.screens.small import SmallScreen

            self.push_screen(SmallScreen(classes=COVER))
        elif fits and covered:
            self.pop_screen()

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:  # noqa: ARG002
        """The palette: what the home offers, the colours, the language, help and quit."""
        words = self.words
        named = {
            "start": self.action_start,
            "ask": self.action_ask,
            "deck": self.action_deck,
            "drafts": self.action_drafts,
            "lang": self.action_change_language,
            "theme": self.action_change_theme,
            "help": self.action_help,
            "quit": self.action_quit,
        }
        for name, action in named.items():
            yield SystemCommand(words(f"command.{name}"), words(f"command.{name}_note"), action)

    async def action_quit(self) -> None:
        """Ends the app; what was typed is written first."""
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

    def action_drafts(self) -> None:
        from tui.screens.drafts import DraftsScreen

        if not isinstance(self.screen, DraftsScreen):
            self.push_screen(DraftsScreen())

    def action_help(self) -> None:
        from tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen) and not self.screen.has_class(COVER):
            self.push_screen(HelpScreen(self.screen))

    def action_change_language(self) -> None:
        lang: Lang = "zh" if self.words.lang == "en" else "en"
        self.words = Words(lang)
        name_keys(self, self.words)
        self.remember("ui.lang", lang)
        self.go_home()
        if isinstance(self.screen, HomeScreen):
            self.screen.post_message(HomeScreen.Renamed())

    def action_change_theme(self) -> None:
        self.search_themes()

    def watch_theme(self, theme_name: str) -> None:
        if self._worn and theme_name != self._worn:
            self._worn = theme_name
            self.remember("ui.theme", theme_name)

    def remember(self, name: str, value: object) -> None:
        """Keeps one setting for the next time; a failure is shown and changes nothing else."""
        try:
            save_value(self.coach.paths.config_file, name, value)
        except CoachError as error:
            self.show_error(error)

    def show_error(self, error: CoachError) -> None:
        """Tells what happened and what to do next."""
        text = f"{error.message}\n{error.hint}" if error.hint else error.message
        self.notify(
            text, title=self.words("error.title"), severity="error", timeout=12, markup=False
        )

    def _warn(self, text: str) -> None:
        self.notify(text, severity="warning", timeout=20, markup=False)

    def _wear(self, theme: str) -> None:
        known = theme in self.available_themes
        self.theme = theme if known else THEMES[0].name
        self._worn = self.theme
        if not known:
            message = self.words("theme.unknown", name=theme)
            error = CoachError(message, self.words("theme.unknown_hint"))
            self.call_after_refresh(self.show_error, error)


def run(
    coach: "Coach",
    *,
    plan: "Plan | None" = None,
    resume: "Session | None" = None,
    setup: bool = False,
    drafts: bool = False,
) -> None:
    """Opens the app: at home, at the set-up of an interview, in a new or unfinished one, at the drafts."""
    CoachApp(coach, plan=plan, resume=resume, setup=setup, drafts=drafts).run()

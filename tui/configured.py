"""What the settings say of the app itself: its language, its theme, its keys."""

from typing import TYPE_CHECKING

from textual.app import App

from coach.errors import CoachError
from coach.language import Lang
from coach.settings import Settings, get_value, reset_value, save_value, with_value
from tui.background import in_background
from tui.screens.base import name_keys
from tui.screens.home import HomeScreen
from tui.text import Words
from tui.themes import THEMES

if TYPE_CHECKING:
    from coach.app import Coach


class ConfiguredApp(App[None]):
    """An app that follows the settings, changes them and tells what is wrong with them."""

    def __init__(self, coach: "Coach") -> None:
        super().__init__()
        self.coach = coach
        self.words = Words(coach.settings.ui.lang)
        for theme in THEMES:
            self.register_theme(theme)
        wanted = coach.settings.ui.theme
        self._worn = wanted if wanted in self.available_themes else THEMES[0].name
        self._put_on(self._worn)
        self.stylesheet.set_variables(self.get_css_variables())

    def _put_on(self, name: str) -> None:
        """What setting `theme` does, but without making every style twice before the first paint."""
        self.set_reactive(App.theme, name)
        dark = self.current_theme.dark
        classes = {f"-theme-{name}": True, "-dark-mode": dark, "-light-mode": not dark}
        self.update_classes(classes, update=False)

    def on_mount(self) -> None:
        self.coach.tell = self._warn
        name_keys(self, self.words)
        if self._worn != (wanted := self.coach.settings.ui.theme):
            message = self.words("theme.unknown", name=wanted)
            error = CoachError(message, self.words("theme.unknown_hint"))
            self.call_after_refresh(self.show_error, error)
        if self.coach.settings.keys:
            self.take_keys()

    def speak(self, lang: Lang) -> None:
        """Changes the language of the app and the home; other open screens keep theirs."""
        self.words = Words(lang)
        name_keys(self, self.words)
        for screen in self.screen_stack:
            if isinstance(screen, HomeScreen):
                screen.post_message(HomeScreen.Renamed())

    def try_theme(self, name: str) -> None:
        """Wears a theme for now; the settings keep theirs."""
        self._worn = name
        self.theme = name

    def watch_theme(self, theme_name: str) -> None:
        if self._worn and theme_name != self._worn:
            self._worn = theme_name
            self.remember("ui.theme", theme_name)

    def remember(self, name: str, value: object) -> bool:
        """Keeps one setting, now and for the next time; a failure is shown, changes nothing and gives False."""
        try:
            save_value(self.coach.paths.config_file, name, value)
        except CoachError as error:
            self.show_error(error)
            return False
        self.coach.settings = with_value(self.coach.settings, name, value)
        return True

    def forget(self, name: str) -> bool:
        """Gives one setting its default again; a failure is shown, changes nothing and gives False."""
        try:
            reset_value(self.coach.paths.config_file, name)
        except CoachError as error:
            self.show_error(error)
            return False
        default = get_value(Settings(), name)
        self.coach.settings = with_value(self.coach.settings, name, default)
        return True

    @in_background("keys", exclusive=True)
    def take_keys(self) -> None:
        """Puts the keys of the settings in place; tells which are wrong or clash."""
        from tui.keymap import clashes, usable

        good, wrong = usable(self.coach.settings.keys)
        self.call_from_thread(self.set_keymap, good)
        for error in wrong:
            self.call_from_thread(self.show_error, error)
        for clash in clashes(good):
            self.call_from_thread(self._warn, self.words("keys.clash", **vars(clash)))

    def show_error(self, error: CoachError) -> None:
        """Tells what happened and what to do next."""
        text = "\n".join(self.words.failure(error))
        self.notify(
            text, title=self.words("error.title"), severity="error", timeout=12, markup=False
        )

    def _warn(self, text: str) -> None:
        self.notify(self.words.said(text), severity="warning", timeout=20, markup=False)

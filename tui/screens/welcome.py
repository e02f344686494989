"""The first run: language, level and model, each with a default that is good enough."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.events import Key
from textual.message import Message
from textual.widgets import Input, OptionList

from coach.card import LEVELS
from coach.language import LANGS
from tui.model_choice import first_url, names_at, try_model
from tui.plain import shown
from tui.screens.base import CoachDialog, as_coach_error, name_keys
from tui.text import Words
from tui.widgets.choice import Choice
from tui.widgets.prose import Prose

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.language_model import ModelCheck
    from tui.app import CoachApp

Values = dict[str, object]
MODELS = ("embedded", "endpoint", "none")
# What the home below does with these keys, it does at once: the welcome stands in nobody's way.
HOME_KEYS = ("t", "n", "a", "d", "s", "q")


class WelcomeScreen(CoachDialog[Values | None]):
    """Ends with the settings to keep, or with None; Escape keeps the defaults."""

    CSS = """
    WelcomeScreen .dialog { max-width: 76; }
    WelcomeScreen Prose { height: auto; }
    WelcomeScreen Choice { height: 1; }
    WelcomeScreen #lang { margin: 1 0 0 0; }
    WelcomeScreen #about { margin: 1 1 0 1; }
    WelcomeScreen #endpoint { height: auto; display: none; margin: 1 1 0 1; }
    WelcomeScreen #models { height: auto; max-height: 6; margin: 1 0 0 0; border: none; padding: 0; }
    WelcomeScreen #models { background: $surface; }
    WelcomeScreen #result { margin: 0 1; color: $text-accent; }
    WelcomeScreen.-short .dialog { padding: 0 1; max-height: 100%; }
    """
    BINDINGS: ClassVar = [
        Binding("enter", "done", "key.done"),
        Binding("escape", "leave", "key.defaults"),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    @dataclass
    class Listed(Message):
        """An endpoint said which models it has."""

        names: tuple[str, ...]

    @dataclass
    class Tried(Message):
        """A model was asked something tiny."""

        found: "ModelCheck"

    @dataclass
    class Failed(Message):
        """The endpoint or the model gave no answer."""

        error: Exception

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._chosen = {"lang": LANGS.index(words.lang), "level": 0, "model": 0}
        self._names: tuple[str, ...] = ()
        self._model = ""

    @property
    def words(self) -> Words:
        """The texts in the language that is chosen here."""
        return self._words

    @property
    def coach(self) -> "Coach":
        """The headless core."""
        return cast("CoachApp", self.app).coach

    def compose(self) -> ComposeResult:
        words = self._words
        with VerticalScroll(classes="dialog", can_focus=False) as dialog:
            dialog.border_title = words("welcome.title")
            dialog.border_subtitle = words("welcome.keys")
            yield Prose(words("welcome.text"), markup=False)
            yield self._choice("lang", ("English", "中文"))
            levels = tuple(words(f"setup.level_{name}") for name in ("any", *LEVELS))
            yield self._choice("level", levels)
            yield self._choice("model", tuple(words(f"welcome.model_{name}") for name in MODELS))
            yield Prose(id="about", classes="muted", markup=False)
            with Vertical(id="endpoint"):
                yield Input(first_url(self.coach), id="url", compact=True)
                placeholder = words("welcome.key")
                yield Input(placeholder=placeholder, password=True, id="key", compact=True)
                yield OptionList(*self._names, id="models", markup=False)
            yield Prose(id="result", markup=False)

    def _choice(self, name: str, values: tuple[str, ...]) -> Choice:
        return Choice(self._words(f"welcome.{name}"), values, self._chosen[name], id=name)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one("#lang").focus()
        self._explain()

    def on_key(self, event: Key) -> None:
        if event.key in HOME_KEYS:
            event.stop()
            self.dismiss(None)
            self.app.call_later(self.app.simulate_key, event.key)

    @on(Choice.Changed)
    async def _change(self) -> None:
        before = self._chosen["lang"]
        self._chosen = {name: self.query_one(f"#{name}", Choice).chosen for name in self._chosen}
        if self._chosen["lang"] != before:
            self._words = Words(LANGS[self._chosen["lang"]])
            name_keys(self, self._words)
            await self.recompose()
            self.query_one("#lang").focus()
        self._explain()

    def _explain(self) -> None:
        """Says what the chosen model means; an endpoint has more to fill in."""
        kind, words = MODELS[self._chosen["model"]], self._words
        model = self.coach.models.choice(self.coach.settings.model, {})
        absent = kind == "embedded" and not self.coach.models.installed(model.name)
        name = "welcome.about_absent" if absent else f"welcome.about_{kind}"
        self.query_one("#about", Prose).update(words(name))
        self.query_one("#endpoint").display = kind == "endpoint"
        self.query_one("#models").display = bool(self._names)
        self.query_one("#result", Prose).update("")

    @on(Input.Submitted)
    def _ask_for_models(self) -> None:
        self._tell(self._words("welcome.asking"))
        self._list_models(self._typed("url"), self._typed("key"))

    @work(thread=True, exclusive=True, group="models")
    def _list_models(self, url: str, key: str) -> None:
        try:
            self.post_message(self.Listed(names_at(self.coach, url, key)))
        except Exception as error:
            self.post_message(self.Failed(error))

    @on(Listed)
    def _offer(self, event: Listed) -> None:
        self._names = tuple(map(shown, event.names))
        listed = self.query_one("#models", OptionList)
        listed.clear_options()
        listed.add_options(self._names)
        listed.display = bool(event.names)
        self._tell(self._words("welcome.models", count=len(event.names)))
        if event.names:
            listed.highlighted = 0
            listed.focus()

    @on(Input.Changed)
    def _forget_model(self) -> None:
        self._model = ""

    @on(OptionList.OptionSelected)
    def _choose_model(self, event: OptionList.OptionSelected) -> None:
        self._model = self._names[event.option_index]
        self._tell(self._words("welcome.trying", model=shown(self._model)))
        self._try(self._endpoint())

    @work(thread=True, exclusive=True, group="models")
    def _try(self, values: Values) -> None:
        try:
            self.post_message(self.Tried(try_model(self.coach, values)))
        except Exception as error:
            self.post_message(self.Failed(error))

    @on(Tried)
    def _show_trial(self, event: Tried) -> None:
        found = event.found
        name = "welcome.works" if found.ok else "welcome.no_json"
        seconds = f"{found.latency_s:.1f}"
        self._tell(self._words(name, model=shown(found.name), seconds=seconds))
        self.query_one("#model").focus()

    @on(Failed)
    def _show_failure(self, event: Failed) -> None:
        told = as_coach_error(event.error, self._words)
        self._tell("! " + "\n".join(self._words.failure(told)))

    def _tell(self, text: str) -> None:
        self.query_one("#result", Prose).update(shown(text))

    def _endpoint(self) -> Values:
        url, key = self._typed("url"), self._typed("key")
        return {"model.base_url": url, "model.name": self._model, "model.api_key": key}

    def _typed(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value.strip()

    def action_done(self) -> None:
        lang = LANGS[self._chosen["lang"]]
        level = ("", *LEVELS)[self._chosen["level"]]
        values: Values = {"ui.lang": lang, "interview.lang": lang, "interview.level": level}
        if MODELS[self._chosen["model"]] == "endpoint":
            if not self._model:
                self._ask_for_models()
                return
            values |= self._endpoint()
        self.dismiss(values)

    def action_leave(self) -> None:
        self.dismiss(None)

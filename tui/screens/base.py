"""What all screens share: the words, the coach, failures shown, help, moving about in lists."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.screen import ModalScreen, Screen
from textual.worker import Worker, WorkerState

from coach.errors import CoachError, MissingError
from tui.keys import TEXT, identified
from tui.text import Words

# Keys that Textual gives every screen; they work without a line in the help.
_NOT_OURS = ("screen.", "app.focus", "app.command_palette", "app.help_quit", "app.suspend")

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from coach.app import Coach
    from tui.app import CoachApp

Result = TypeVar("Result")

# Editors and inputs take these keys themselves; so do screens that give them another meaning.
WAYS = {
    "j": ("cursor_down", "scroll_down"),
    "k": ("cursor_up", "scroll_up"),
    "g": ("first", "scroll_home"),
    "G": ("last", "scroll_end"),
    "ctrl+d": ("page_down",),
    "ctrl+u": ("page_up",),
}
MOVES = [Binding(key, f"app.move({key!r})", show=False) for key in WAYS]


class CoachScreen(Screen[Result]):
    """A screen that knows the coach and never lets a failed worker go unseen."""

    def __init_subclass__(cls, **options: Any) -> None:
        _identify(cls)
        super().__init_subclass__(**options)

    @property
    def host(self) -> "CoachApp":
        """The running app, by its own type."""
        return cast("CoachApp", self.app)

    @property
    def coach(self) -> "Coach":
        """The headless core."""
        return self.host.coach

    @property
    def words(self) -> Words:
        """The interface texts."""
        return self.host.words

    def on_mount(self) -> None:
        name_keys(self, self.words)
        fit(self)

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Closes the screen, unless a key before this one has closed it."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()

    def keep_now(self) -> None:
        """Writes what is not on disk yet; called before the app ends."""

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.work_failed(event.worker.group, as_coach_error(event.worker.error, self.words))

    def work_failed(self, group: str, error: CoachError) -> None:  # noqa: ARG002  # for overriding
        """Shows why a worker of this group stopped."""
        self.host.show_error(error)


class CoachDialog(ModalScreen[Result]):
    """A dialog above a screen; Escape closes it."""

    CSS_PATH = "dialog.tcss"

    BINDINGS: ClassVar = [Binding("escape", "dismiss", "key.close")]

    def __init_subclass__(cls, **options: Any) -> None:
        _identify(cls)
        super().__init_subclass__(**options)

    @property
    def words(self) -> Words:
        """The interface texts."""
        return cast("CoachApp", self.app).words

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Closes the screen, unless a key before this one has closed it."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()

    def on_mount(self) -> None:
        name_keys(self, self.words)
        fit(self)


def screen_name(screen: type) -> str:
    """What a screen is called in the settings and the text table: `interview` for InterviewScreen."""
    bare = re.sub(r"(Screen|View|Work)$", "", screen.__name__)
    return re.sub(r"(?<!^)(?=[A-Z])", "_", bare).lower()


def _identify(screen: type) -> None:
    if "BINDINGS" in vars(screen):
        screen.BINDINGS = identified(screen_name(screen), vars(screen)["BINDINGS"])  # type: ignore[attr-defined]


def as_coach_error(error: BaseException, words: Words) -> CoachError:
    """An error as the user should see it: an unexpected one keeps its text and says what is safe."""
    if isinstance(error, CoachError):
        return error
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return MissingError(f"{place}{error.strerror or error}.", words("error.file_hint"))
    text = f"{type(error).__name__}: {error}"
    return CoachError(words("error.bug", error=text), words("error.bug_hint"))


def name_keys(node: "DOMNode", words: Words) -> None:
    """Puts the words of the chosen language on a node's keys; a screen's free keys move about in lists."""
    keys = node._bindings.key_to_bindings
    named = type(node)._merged_bindings or node._bindings
    for key, bindings in named.key_to_bindings.items():
        keys[key] = [_named(binding, words) for binding in bindings]
    if isinstance(node, Screen):
        for binding in MOVES:
            keys.setdefault(binding.key, [binding])
    node.refresh_bindings()


def fit(screen: Screen[Any]) -> None:
    """Gives a screen the classes of the app's size; from Textual it gets them only once it was styled and laid out."""
    app = screen.app
    for cells, steps in (
        (app.size.width, app.HORIZONTAL_BREAKPOINTS),
        (app.size.height, app.VERTICAL_BREAKPOINTS),
    ):
        fitting = max((step for step in steps or [] if step[0] <= cells), default=None)
        if fitting is not None:
            screen.add_class(fitting[1], update=False)


def _named(binding: Binding, words: Words) -> Binding:
    if not binding.description.startswith(TEXT):
        return binding
    return replace(binding, description=words(binding.description))


def keys_of(screen: "Screen[object]") -> dict[str, list[str]]:
    """What can be done on a screen now, each with the keys that do it; editing keys are left out."""
    keys: dict[str, list[str]] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        ours = isinstance(active.node, CoachScreen) or active.node is screen.app
        if (
            ours
            and active.enabled
            and binding.description
            and not binding.action.startswith(_NOT_OURS)
        ):
            shown = screen.app.get_key_display(binding)
            named = keys.setdefault(binding.description, [])
            if shown not in named:
                named.append(shown)
    return keys

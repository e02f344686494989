"""The keys that work now, at the foot of a screen."""

from textual.binding import ActiveBinding
from textual.content import Content
from textual.events import MouseDown
from textual.screen import Screen
from textual.widget import Widget


class KeyLine(Widget):
    """One line of text, where Textual's own footer has a widget for each key.

    Those widgets would be made anew at each change of focus and of phase, and hold up the screen
    meanwhile. A click on a key presses it.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyLine {
        dock: bottom; height: 1; text-wrap: nowrap; text-overflow: ellipsis; background: $footer-background;
        & > .key-line--key { color: $footer-key-foreground; background: $footer-key-background; text-style: bold; }
        & > .key-line--text { color: $footer-description-foreground; background: $footer-description-background; }
    }
    """
    COMPONENT_CLASSES = {"key-line--key", "key-line--text"}  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[ActiveBinding] = []

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._look)

    def render(self) -> Content:
        """The line in the colours of the theme as it is now."""
        return Content("").join(map(self._label, self._keys))

    def on_mouse_down(self, event: MouseDown) -> None:
        right = 0
        for active in self._keys:
            right += self._label(active).cell_length
            if event.x < right:
                self.app.simulate_key(active.binding.key)
                return

    def _look(self, screen: Screen[object]) -> None:
        """Shows each action once, with the first of its keys."""
        shown = [active for active in screen.active_bindings.values() if active.binding.show]
        first = {active.binding.action: active for active in reversed(shown)}
        keys = [active for active in shown if active is first[active.binding.action]]
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def _label(self, active: ActiveBinding) -> Content:
        binding = active.binding
        return Content.assemble(
            (f" {self.app.get_key_display(binding)} ", self.get_visual_style("key-line--key")),
            (f"{binding.description} ", self.get_visual_style("key-line--text")),
        )

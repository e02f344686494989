"""The line at the top: where one is, and at its right end what matters now."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static


class TitleLine(Horizontal):
    """`place` stands on the left after the program's name, `aside` on the right."""

    DEFAULT_CSS = """
    TitleLine { height: 1; padding: 0 2; background: $footer-background; }
    TitleLine > #place { width: 1fr; height: 1; text-overflow: ellipsis; text-wrap: nowrap; }
    TitleLine > #aside { width: auto; height: 1; color: $text-muted; }
    """

    place: reactive[str | Content] = reactive("")
    aside: reactive[str] = reactive("")

    def __init__(self, place: str | Content = "", aside: str = "") -> None:
        super().__init__()
        self.set_reactive(TitleLine.place, place)
        self.set_reactive(TitleLine.aside, aside)

    def compose(self) -> ComposeResult:
        yield Static(self._titled(), id="place", markup=False)
        yield Static(self.aside, id="aside", markup=False)

    def watch_place(self) -> None:
        if self.is_mounted:
            self.query_one("#place", Static).update(self._titled())

    def watch_aside(self) -> None:
        if self.is_mounted:
            self.query_one("#aside", Static).update(self.aside)

    def _titled(self) -> Content:
        name = (self.app.title, "bold $primary")
        return Content.assemble(name, "  ", self.place)

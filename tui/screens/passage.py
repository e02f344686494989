"""One passage, above whatever screen asked for it."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from coach.document import Passage
from tui.screens.base import CoachDialog
from tui.widgets.passage_text import passage_parts
from tui.widgets.prose import Prose


class PassageScreen(CoachDialog[None]):
    """Shows a passage, the quoted words marked and in sight; Escape, Enter and q close it."""

    BINDINGS: ClassVar = [("enter,q", "dismiss")]

    def __init__(self, passage: Passage, quote: str = "") -> None:
        super().__init__()
        self._passage = passage
        self._quote = quote

    def compose(self) -> ComposeResult:
        above, quoted = passage_parts(self._passage, self.words, self._quote)
        with VerticalScroll(classes="dialog") as dialog:
            dialog.border_title = self.words("passage.title")
            dialog.border_subtitle = f"Esc {self.words('key.close')}"
            yield Prose(above[:-1])
            yield Prose(quoted, id="quoted")

    def on_mount(self) -> None:
        super().on_mount()
        if self._quote:
            self.call_after_refresh(self._show_quote)

    def _show_quote(self) -> None:
        dialog, quoted = self.query_one(VerticalScroll), self.query_one("#quoted")
        if quoted.virtual_region.y > dialog.size.height // 2:
            dialog.scroll_to(y=quoted.virtual_region.y - 2, animate=False)

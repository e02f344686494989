"""The answers of the past, one line each, loaded a page at a time."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.text import Words
from tui.widgets.turn_list import turn_line

if TYPE_CHECKING:
    from coach.history import Given

# So many rows before the last one loaded, more are asked for.
AHEAD = 20


class AnswerList(OptionList):
    """Date, mark and question of each answer; `rows` were loaded, and perhaps there are more."""

    class Wanted(Message):
        """The reader comes near the end of what was loaded."""

    def __init__(self, words: Words) -> None:
        super().__init__(classes="panel", markup=False)
        self._words = words
        self.border_title = words("history.title")
        self.rows: list[Given] = []
        self._more = False

    @property
    def chosen(self) -> "Given | None":
        """The highlighted answer."""
        return self.rows[self.highlighted] if self.highlighted is not None else None

    def fill(self, rows: "Sequence[Given]", more: bool) -> None:
        """Shows other answers, the reader where they were as far as that goes."""
        place = self.highlighted or 0
        self.clear_options()
        self.rows = []
        self.extend(rows, more)
        self.highlighted = min(place, len(rows) - 1) if rows else None

    def extend(self, rows: "Sequence[Given]", more: bool) -> None:
        """Shows more answers below."""
        self.rows.extend(rows)
        self._more = more
        self.add_options([Option(_line(given, self._words)) for given in rows])

    @on(OptionList.OptionHighlighted)
    def _ask_for_more(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_index >= len(self.rows) - AHEAD:
            self._want()

    def watch_scroll_y(self, old: float, new: float) -> None:
        super().watch_scroll_y(old, new)
        if new + self.size.height >= len(self.rows) - AHEAD:
            self._want()

    def _want(self) -> None:
        if self._more:
            self._more = False
            self.post_message(self.Wanted())


def _line(given: "Given", words: Words) -> Content:
    from tui.state import local

    at = given.turn.answered_at
    when = local(at) if at else " " * 16
    return Content.assemble((f"{when}  ", "$foreground-muted"), turn_line(given.turn, words))

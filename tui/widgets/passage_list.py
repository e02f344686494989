"""Passages that were found, one line each."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.plain import shown
from tui.text import Words

if TYPE_CHECKING:
    from coach.document import Passage


class PassageList(OptionList):
    """Heading and document of each passage, the nearest first."""

    BINDINGS: ClassVar = [Binding("enter", "select", "key.read")]

    passages: "reactive[tuple[Passage, ...]]" = reactive(())

    def __init__(self, words: Words) -> None:
        super().__init__(classes="panel", markup=False)
        self.border_title = words("deck.passages")

    @property
    def chosen(self) -> "Passage | None":
        """The highlighted passage."""
        return self.passages[self.highlighted] if self.highlighted is not None else None

    def watch_passages(self) -> None:
        self.clear_options()
        self.add_options([Option(_line(passage)) for passage in self.passages])
        if self.passages:
            self.highlighted = 0


def _line(passage: "Passage") -> Content:
    chunk = passage.chunk
    heading = shown(" ".join(chunk.locator.heading.split()))
    return Content.assemble(heading, (f"  {shown(chunk.document)}", "$foreground-muted"))

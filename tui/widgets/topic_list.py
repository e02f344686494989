"""The topics of the deck, any number of them chosen."""

from typing import ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

Counts = tuple[tuple[str, int], ...]


class TopicList(OptionList):
    """Topics with their number of questions; a chosen one is ticked, so colour is not needed."""

    BINDINGS: ClassVar = [
        Binding("space", "select", "key.toggle", show=True),
        Binding("j", "cursor_down", "key.move", show=False),
        Binding("k", "cursor_up", "key.move", show=False),
    ]

    topics: reactive[Counts] = reactive(())
    chosen: reactive[frozenset[str]] = reactive(frozenset())

    class Changed(Message):
        """Another set of topics was chosen."""

    def watch_topics(self) -> None:
        self.clear_options()
        self.add_options([Option(self._line(name, count), id=name) for name, count in self.topics])
        self.highlighted = 0 if self.topics else None

    def watch_chosen(self) -> None:
        for name, count in self.topics:
            self.replace_option_prompt(name, self._line(name, count))
        self.post_message(self.Changed())

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.chosen = self.chosen ^ {event.option.id or ""}

    def _line(self, name: str, count: int) -> Content:
        mark = ("✓ ", "bold $text-success") if name in self.chosen else ("  ", "")
        style = "bold" if name in self.chosen else ""
        return Content.assemble(mark, (name, style), (f"  {count}", "$foreground-muted"))

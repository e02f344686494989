"""The questions of the deck, one line each."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.plain import shown
from tui.text import Words

if TYPE_CHECKING:
    from coach.card import Card
    from coach.language import Lang
    from tui.catalogue import Entry

STATE_MARKS = {"weak": ("✗ ", "$text-error"), "due": ("○ ", "$text-warning"), "new": ("· ", "")}
"""How a card that is weak, due or new is marked; the first that fits."""
_NEITHER = ("✓ ", "$text-success")
PAGE = 200
"""Lines made at a time: more than any terminal shows."""


class CardList(OptionList):
    """Mark, topic and question of each card."""

    BINDINGS: ClassVar = [Binding("enter", "select", "key.practise")]

    entries: "reactive[tuple[Entry, ...]]" = reactive(())

    def __init__(self, words: Words, lang: "Lang") -> None:
        super().__init__(classes="panel", markup=False)
        self._lang: Lang = lang
        self.border_title = words("deck.title")

    @property
    def cards(self) -> "tuple[Card, ...]":
        """The cards listed."""
        return tuple(entry.card for entry in self.entries)

    @property
    def chosen(self) -> "Entry | None":
        """The highlighted card."""
        return self.entries[self.highlighted] if self.highlighted is not None else None

    def watch_entries(self, before: "tuple[Entry, ...]", now: "tuple[Entry, ...]") -> None:
        same = [entry.card.id for entry in before] == [entry.card.id for entry in now]
        place = self.highlighted if same else 0
        self.clear_options()
        self._add(max(PAGE, (place or 0) + 1))
        self.highlighted = place if now else None

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if new_value + 2 * self.size.height > self.option_count:
            self._add(PAGE)

    def action_last(self) -> None:
        self._add(len(self.entries))
        super().action_last()

    def _add(self, count: int) -> None:
        """Adds the next entries; a deck of thousands is listed as one gets to them."""
        there = self.option_count
        more = self.entries[there : there + count]
        self.add_options([Option(self._line(entry)) for entry in more])

    def _line(self, entry: "Entry") -> Content:
        card = entry.card
        mark = next((STATE_MARKS[s] for s in STATE_MARKS if s in entry.states), _NEITHER)
        code = "⌨ " if card.exercise else ""
        question = " ".join(card.question[self._lang].split())
        return Content.assemble(
            mark,
            (f"{shown(card.topic)}  ", "$text-primary"),
            (code, "$text-accent"),
            shown(question),
        )

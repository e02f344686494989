"""The questions of the deck, one line each."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.plain import shown
from tui.text import Words

if TYPE_CHECKING:
    from coach.card import Card, Lang


class CardList(OptionList):
    """Topic, level and question of each card."""

    cards: "reactive[tuple[Card, ...]]" = reactive(())

    def __init__(self, words: Words, lang: "Lang") -> None:
        super().__init__(classes="panel")
        self._words = words
        self._lang: Lang = lang
        self.border_title = words("deck.title")

    @property
    def chosen(self) -> "Card | None":
        """The highlighted card."""
        return self.cards[self.highlighted] if self.highlighted is not None else None

    def watch_cards(self) -> None:
        self.clear_options()
        self.add_options([Option(self._line(card), id=card.id) for card in self.cards])
        if self.cards:
            self.highlighted = 0

    def _line(self, card: "Card") -> Content:
        code = "⌨ " if card.exercise else ""
        question = " ".join(card.question[self._lang].split())
        return Content.assemble(
            (f"{shown(card.topic)}  ", "$text-primary"), (code, "$text-accent"), shown(question)
        )


def matching(cards: "Iterable[Card]", text: str) -> "tuple[Card, ...]":
    """The cards in which every word of the text occurs: id, topic, level, kind or question."""
    wanted = text.casefold().split()
    return tuple(card for card in cards if all(word in _searched(card) for word in wanted))


def _searched(card: "Card") -> str:
    fields = (card.id, card.topic, card.level, card.kind, card.question.en, card.question.zh)
    return " ".join(fields).casefold()

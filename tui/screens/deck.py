"""The deck: find a question, read it, practise it."""

import secrets
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Footer, Input, OptionList

from tui.screens.base import CoachScreen
from tui.widgets.card_list import CardList, matching
from tui.widgets.question_panel import Question, QuestionPanel
from tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from coach.card import Card
    from coach.interview import Session


class DeckScreen(CoachScreen[None]):
    """A filter, the questions that match, and the highlighted one in full; no answers are shown."""

    CSS_PATH = "deck.tcss"
    BINDINGS: ClassVar = [
        Binding("escape", "app.pop_screen", "key.back"),
        Binding("enter", "practise", "key.practise", priority=True),
        Binding("slash", "search", "key.search"),
        Binding("down", "into_list", show=False),
    ]

    class FoundCards(Message):
        """The deck was read."""

        def __init__(self, cards: "tuple[Card, ...]") -> None:
            super().__init__()
            self.cards = cards

    class Begun(Message):
        """A session of one question was made."""

        def __init__(self, session: "Session") -> None:
            super().__init__()
            self.session = session

    def __init__(self) -> None:
        super().__init__()
        self._cards: tuple[Card, ...] = ()

    def compose(self) -> ComposeResult:
        words = self.words
        yield TitleLine(words("deck.title"))
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield Input(placeholder=words("deck.filter"), classes="panel")
                yield CardList(words, self.coach.settings.interview.lang)
            yield QuestionPanel()
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(Input).focus()
        self._read()

    @work(thread=True, exclusive=True, exit_on_error=False, group="deck")
    def _read(self) -> None:
        self.post_message(self.FoundCards(tuple(self.coach.deck)))

    @work(thread=True, exclusive=True, exit_on_error=False, group="start")
    def _begin(self, card_id: str) -> None:
        from coach.interview import Plan
        from tui.drive import begin_with

        lang = self.coach.settings.interview.lang
        plan = Plan(lang=lang, questions=1, seed=secrets.randbelow(2**31))
        self.post_message(self.Begun(begin_with(self.coach, card_id, plan)))

    @on(FoundCards)
    def _fill(self, event: FoundCards) -> None:
        self._cards = event.cards
        self._filter()

    @on(Begun)
    def _enter(self, event: Begun) -> None:
        from tui.screens.interview import InterviewScreen

        self.app.switch_screen(InterviewScreen(event.session))

    @on(Input.Changed)
    def _filter(self) -> None:
        listed = self.query_one(CardList)
        listed.cards = matching(self._cards, self.query_one(Input).value)
        count = self.words("deck.count", shown=len(listed.cards), total=len(self._cards))
        listed.border_subtitle = count
        if not listed.cards and self._cards:
            self.query_one(QuestionPanel).question = Question("", self.words("deck.none"))

    @on(OptionList.OptionHighlighted)
    def _preview(self, event: OptionList.OptionHighlighted) -> None:
        card = self.query_one(CardList).cards[event.option_index]
        words = self.words
        text = f"{card.question.en}\n\n{card.question.zh}\n\n{words('deck.reference_hint')}"
        note = f"{words(f'setup.level_{card.level}')} · {words(f'kind.{card.kind}')}"
        self.query_one(QuestionPanel).question = Question(f"{card.topic} · {card.id}", text, note)

    def action_practise(self) -> None:
        card = self.query_one(CardList).chosen
        if card is not None:
            self._begin(card.id)

    def action_search(self) -> None:
        self.query_one(Input).focus()

    def action_into_list(self) -> None:
        self.query_one(CardList).focus()

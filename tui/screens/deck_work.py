"""The work behind the deck: every worker calls the headless core and only posts messages."""

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.message import Message
from textual.worker import get_current_worker

from tui.background import in_background
from tui.screens.base import CoachScreen

if TYPE_CHECKING:
    from coach.card import Card
    from coach.document import Passage
    from coach.interview import Session
    from tui.catalogue import Entry


class DeckWork(CoachScreen[None]):
    """The background half of the deck's screen."""

    class FoundCards(Message):
        """The deck and the memories were read."""

        def __init__(self, entries: "tuple[Entry, ...]", drafts: int) -> None:
            super().__init__()
            self.entries = entries
            self.drafts = drafts

    class FoundPassages(Message):
        """Passages were found for a text."""

        def __init__(self, text: str, passages: "Sequence[Passage]") -> None:
            super().__init__()
            self.text = text
            self.passages = tuple(passages)

    class Begun(Message):
        """A session was made."""

        def __init__(self, session: "Session") -> None:
            super().__init__()
            self.session = session

    @in_background("deck", exclusive=True)
    def read_deck(self) -> None:
        """Reads the cards and what is remembered of them, and counts the drafts."""
        from tui.catalogue import entries

        self.post_message(self.FoundCards(entries(self.coach), self.coach.drafts_waiting))

    @in_background("search", exclusive=True)
    def find(self, text: str) -> None:
        """Finds the passages nearest to a text."""
        from tui.catalogue import find_passages

        worker = get_current_worker()
        passages = find_passages(self.coach, text)
        if not worker.is_cancelled:
            self.post_message(self.FoundPassages(text, passages))

    @in_background("start", exclusive=True)
    def begin(self, cards: "Sequence[Card]", questions: int) -> None:
        """Makes an interview that asks so many of these cards."""
        from coach.interview import Plan
        from tui.drive import begin_among

        lang = self.coach.settings.interview.lang
        plan = Plan(lang=lang, questions=questions, seed=secrets.randbelow(2**31))
        self.post_message(self.Begun(begin_among(self.coach, cards, plan)))

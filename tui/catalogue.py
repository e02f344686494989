"""The deck with what is remembered of each card, filtered and searched; knows nothing of widgets."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from datetime import datetime

    from coach.app import Coach
    from coach.card import Card, Level
    from coach.deck import Deck
    from coach.document import Passage
    from coach.memory import Memory

State = Literal["due", "weak", "new"]
STATES: tuple[State, ...] = get_args(State)
PASSAGES = 12


@dataclass(frozen=True)
class Entry:
    """A card as it is listed: what is remembered of it, and its texts as they are searched.

    `recall` is the chance (0 to 1) of remembering it now, `related` the code card that goes with it.
    """

    card: "Card"
    memory: "Memory | None"
    recall: float
    states: frozenset[State]
    title: str
    body: str
    related: "Card | None" = None


@dataclass(frozen=True)
class Filter:
    """Which cards are wanted; what is empty or None leaves none out."""

    text: str = ""
    topic: str | None = None
    level: "Level | None" = None
    state: State | None = None

    def lets_in(self, entry: Entry) -> bool:
        """Whether a card has the topic, level and state."""
        card = entry.card
        return (
            self.topic in (None, card.topic)
            and self.level in (None, card.level)
            and (self.state is None or self.state in entry.states)
        )


def entries(coach: "Coach") -> tuple[Entry, ...]:
    """Every card of the deck; reads the history."""
    memories, now, deck = coach.memories(), coach.clock(), coach.deck
    related = _related(deck)
    return tuple(
        _entry(card, memory.whole if memory else None, now, related.get(card.id))
        for card in deck
        for memory in [memories.get(card.id)]
    )


def matching(listed: Iterable[Entry], wanted: Filter) -> tuple[Entry, ...]:
    """The cards that fit and hold every word of the text, those with the words in their question first."""
    words = wanted.text.casefold().split()
    found = [
        entry
        for entry in listed
        if wanted.lets_in(entry) and all(w in entry.title or w in entry.body for w in words)
    ]
    return tuple(sorted(found, key=lambda e: not all(word in e.title for word in words)))


def find_passages(coach: "Coach", query: str) -> "list[Passage]":
    """The passages nearest to a query, in both languages; builds the index where it has to be."""
    coach.index.ensure(lambda *_: None)
    return coach.retriever.search(query, PASSAGES)


def _entry(card: "Card", memory: "Memory | None", now: "datetime", code: "Card | None") -> Entry:
    fields = (card.id, card.topic, card.level, card.kind, card.question.en, card.question.zh)
    texts = (card.reference, *(point.text for point in card.key_points))
    return Entry(
        card=card,
        memory=memory,
        recall=memory.recall(now) if memory else 0.0,
        states=frozenset(_states(memory, now)),
        title=" ".join(fields).casefold(),
        body="\n".join(part for text in texts for part in (text.en, text.zh)).casefold(),
        related=code,
    )


def _states(memory: "Memory | None", now: "datetime") -> Iterable[State]:
    from coach.memory.reviews import GOOD_FROM

    if memory is None:
        yield "new"
        return
    if memory.due <= now:
        yield "due"
    if memory.score < GOOD_FROM:
        yield "weak"


def _related(deck: "Deck") -> "dict[str, Card]":
    """The code card that goes with each card: itself, one it names, or one that names it."""
    code = {card.id: card for card in deck if card.exercise}
    found = dict(code)
    for card in deck:
        for other in (*card.see_also, *card.prerequisites):
            if card.id in code:
                found.setdefault(other, card)
            elif other in code:
                found.setdefault(card.id, code[other])
    return found

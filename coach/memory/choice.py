"""Which cards to ask: those most likely to be answered wrongly now, what they build on first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from coach.card import Bilingual, Card
from coach.memory.ability import Readiness
from coach.memory.reviews import GOOD_FROM
from coach.memory.states import CardMemory, Memories, chance
from coach.memory.texts import LEVELS, TEXTS

Kind = Literal["basis", "new", "due", "weak", "early"]

# Each further question on a topic has to be so much more urgent than the one before.
VARIETY = 0.9


@dataclass(frozen=True)
class Choice:
    """A card to ask, the chance (0 to 1) that it is answered well now, and in a sentence why it was chosen."""

    card: Card
    kind: Kind
    chance: float
    why: Bilingual


@dataclass(frozen=True)
class Pool:
    """The cards to choose from, in an order that decides between equals; chances by card id."""

    cards: Mapping[str, Card]
    memories: Memories
    chances: Mapping[str, float]

    def basis(self, card: Card, taken: Sequence[str]) -> list[Card]:
        """The card, behind those cards never asked that it builds on, the deepest first."""
        chain: list[Card] = []
        self._climb(card, {*taken}, chain)
        return chain

    def _climb(self, card: Card, passed: set[str], chain: list[Card]) -> None:
        passed.add(card.id)
        for name in card.prerequisites:
            if name in self.cards and name not in passed and name not in self.memories:
                self._climb(self.cards[name], passed, chain)
        chain.append(card)


def choose(
    cards: Sequence[Card],
    count: int,
    memories: Memories,
    ready: Mapping[str, Readiness],
    now: datetime,
) -> list[Choice]:
    """At most `count` different cards: the least likely to be answered well come first.

    A card is answered from memory, as FSRS says, or else from understanding, as readiness in its topic
    and level says; one never seen from understanding alone. A card whose prerequisites are among `cards`
    and were never asked comes after them or not at all.
    """
    chances = {
        card.id: _likely(card, memories.get(card.id), ready[card.topic].by_level[card.level], now)
        for card in cards
    }
    pool = Pool({card.id: card for card in cards}, memories, chances)
    wanted = _pick(pool, count)
    return [
        _explained(pool, card, wanted, now) for card in _in_order([pool.cards[i] for i in wanted])
    ]


def _likely(card: Card, memory: CardMemory | None, ready: float, now: datetime) -> float:
    remembered = 0.0 if memory is None else chance(card, memory, now)
    return remembered + (1 - remembered) * ready


def _pick(pool: Pool, count: int) -> dict[str, str]:
    """Ids of the chosen cards in order, each with the card for whose sake it was chosen: itself, mostly."""
    taken: dict[str, str] = {}
    asked: Counter[str] = Counter()
    waiting = dict(pool.cards)
    while waiting and len(taken) < count:
        best = max(
            waiting.values(),
            key=lambda card: (1 - pool.chances[card.id]) * VARIETY ** asked[card.topic],
        )
        for card in pool.basis(best, list(taken))[: count - len(taken)]:
            taken[card.id] = best.id
            asked[card.topic] += 1
            waiting.pop(card.id, None)
    return taken


def _in_order(cards: Sequence[Card]) -> list[Card]:
    """The same cards in nearly the same order: each after those of its prerequisites that are among them."""
    waiting = {card.id: card for card in cards}
    done: list[Card] = []

    def place(card: Card) -> None:
        if waiting.pop(card.id, None) is None:
            return
        for name in card.prerequisites:
            if name in waiting:
                place(waiting[name])
        done.append(card)

    for card in cards:
        place(card)
    return done


def _explained(pool: Pool, card: Card, wanted: Mapping[str, str], now: datetime) -> Choice:
    memory = pool.memories.get(card.id)
    likely = pool.chances[card.id]
    kind: Kind = "basis" if wanted[card.id] != card.id else _kind(memory, now)
    facts = {
        "chance": f"{likely:.0%}",
        "topic": card.topic,
        "later": wanted[card.id],
        "since": f"{memory.whole.due:%Y-%m-%d}" if memory else "",
        "mark": f"{memory.whole.score:.2f}" if memory else "",
    }
    text, level = TEXTS[kind], LEVELS[card.level]
    why = Bilingual(
        text.en.format(**facts, level=level.en), text.zh.format(**facts, level=level.zh)
    )
    return Choice(card, kind, likely, why)


def _kind(memory: CardMemory | None, now: datetime) -> Kind:
    if memory is None:
        return "new"
    if memory.whole.due <= now:
        return "due"
    return "weak" if memory.whole.score < GOOD_FROM else "early"

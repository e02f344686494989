"""When a card should come back: FSRS states replayed from the history of marks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fsrs import Rating


@dataclass(frozen=True)
class Review:
    """One marked answer to a card; `score` from 0 to 1, `at` with time zone."""

    card_id: str
    score: float
    at: datetime


@dataclass(frozen=True)
class Memory:
    """What is remembered of a card: when it is due, and the chance (0 to 1) of recalling it now."""

    card_id: str
    due: datetime
    recall: float
    last_score: float


def memories(reviews: Iterable[Review], now: datetime) -> dict[str, Memory]:
    """Replays all reviews in order of time, without FSRS's random fuzz, so the result is repeatable."""
    from fsrs import Card, Scheduler

    scheduler = Scheduler(enable_fuzzing=False)
    states: dict[str, tuple[Card, float]] = {}
    for review in sorted(reviews, key=lambda review: review.at):
        card = states[review.card_id][0] if review.card_id in states else Card(card_id=1)
        card, _ = scheduler.review_card(card, _rating(review.score), review.at)
        states[review.card_id] = (card, review.score)
    return {
        card_id: Memory(card_id, card.due, scheduler.get_card_retrievability(card, now), score)
        for card_id, (card, score) in states.items()
    }


def recall(known: Mapping[str, Memory]) -> dict[str, float]:
    """Each card's chance of a good answer now: recall, held down by how well it last went."""
    return {card_id: memory.recall * memory.last_score for card_id, memory in known.items()}


def _rating(score: float) -> "Rating":
    from fsrs import Rating

    if score < 0.4:
        return Rating.Again
    if score < 0.65:
        return Rating.Hard
    return Rating.Good if score < 0.9 else Rating.Easy

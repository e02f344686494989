"""FSRS states, made by replaying reviews: the same reviews always give the same states."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from coach.card import Card
from coach.memory.reviews import RATINGS, Review

if TYPE_CHECKING:
    from fsrs import Card as State
    from fsrs import Scheduler


@dataclass(frozen=True)
class Memory:
    """State of one card or key point.

    `stability` is the days until recall falls to 90%, `difficulty` lies from 1 to 10; `score` is the last
    mark and `first_score` the first, before anything was learnt here; both from 0 to 1.
    """

    stability: float
    difficulty: float
    reviewed_at: datetime
    due: datetime
    score: float
    first_score: float
    reviews: int

    def recall(self, now: datetime) -> float:
        """Chance (0 to 1) of remembering it now, by FSRS's forgetting curve in whole days."""
        return _scheduler().get_card_retrievability(_state(self), now.astimezone(UTC))


@dataclass(frozen=True)
class CardMemory:
    """The state of a card, and of those of its key points that were judged."""

    whole: Memory
    points: Mapping[str, Memory] = field(default_factory=dict)


Memories = Mapping[str, CardMemory]


def remember(reviews: Iterable[Review], known: Memories | None = None) -> dict[str, CardMemory]:
    """The state of each card after these reviews, from blank or from `known`.

    Key points of a card never answered are left out.
    """
    states = {card_id: {"": m.whole, **m.points} for card_id, m in (known or {}).items()}
    for review in sorted(reviews, key=lambda review: review.at):
        card = states.setdefault(review.card_id, {})
        card[review.key_point] = _after(card.get(review.key_point), review)
    return {
        card_id: CardMemory(known[""], {key: known[key] for key in known if key})
        for card_id, known in states.items()
        if "" in known
    }


def chance(card: Card, memory: CardMemory, now: datetime) -> float:
    """Chance (0 to 1) of a right answer now: of the card as a whole, or of its points if they are weaker.

    Points count by their weights; those never judged count as the whole does.
    """
    whole = memory.whole.recall(now)
    weights = {point.id: point.weight for point in card.key_points}
    judged = {key: state for key, state in memory.points.items() if key in weights}
    if not judged:
        return whole
    lost = sum(weights[key] * (whole - state.recall(now)) for key, state in judged.items())
    return min(whole, whole - lost / sum(weights.values()))


def version() -> str:
    """What stored states depend on besides the reviews: they are made anew where it differs."""
    from importlib.metadata import version as installed

    return f"1 fsrs {installed('fsrs')}"


def _after(before: Memory | None, review: Review) -> Memory:
    from fsrs import Card as State
    from fsrs import Rating

    at = review.at.astimezone(UTC)
    rating = Rating(1 + RATINGS.index(review.rating))
    blank = State(card_id=1, due=at)
    state, _ = _scheduler().review_card(blank if before is None else _state(before), rating, at)
    return Memory(
        stability=state.stability or 0.0,
        difficulty=state.difficulty or 0.0,
        reviewed_at=at,
        due=state.due,
        score=review.score,
        first_score=review.score if before is None else before.first_score,
        reviews=1 if before is None else before.reviews + 1,
    )


def _state(memory: Memory) -> "State":
    from fsrs import Card as State
    from fsrs import State as Phase

    return State(
        card_id=1,
        state=Phase.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due,
        last_review=memory.reviewed_at,
    )


@cache
def _scheduler() -> "Scheduler":
    """FSRS without random fuzz, and without steps of minutes: an interview is no cramming session."""
    from fsrs import Scheduler

    return Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)

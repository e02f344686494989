"""Histories whose candidates agree or disagree with verdicts."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle

from coach.deck import Deck
from coach.interview import Plan, Session, Turn
from coach.memory import Rating
from coach.verdict import KeyPointVerdict, Verdict

NOW = datetime(2026, 1, 1, tzinfo=UTC)
Said = tuple[float, Rating | None]
"""A mark given, and the candidate's own rating of the answer; None where the verdict was let stand."""


def verdict(card_id: str, deck: Deck, score: float, given: float, model: str) -> Verdict:
    """Every key point has the probability `score`; `given` is the mark that was shown."""
    points = tuple(
        KeyPointVerdict(point.id, point.text.en, "partial", score)
        for point in deck.get(card_id).key_points
    )
    return Verdict(card_id, given, "partial", points, "", "", "keypoints", model, 0.1)


def turns(deck: Deck, said: Iterable[Said], model: str) -> Iterator[Turn]:
    """One turn a day, each about the next card."""
    for day, ((given, rating), card) in enumerate(zip(said, cycle(deck), strict=False)):
        yield Turn(
            card.id,
            "question",
            card.question.en,
            "words",
            verdict(card.id, deck, given, given, model),
            answered_at=NOW + timedelta(days=day),
            rating=rating,
            disagreement=None if rating is None else "No.",
        )


def session(deck: Deck, said: Iterable[Said], model: str = "fake") -> Session:
    """An interview with these answers."""
    made = tuple(turns(deck, said, model))
    return Session("s1", Plan(), tuple(turn.card_id for turn in made), NOW, made)

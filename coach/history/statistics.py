"""How the candidate is doing: readiness now and before, what stuck, what comes back, how own ratings compare."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import fmean

from coach.deck import Deck
from coach.history.answers import Rated
from coach.history.history import History
from coach.memory import CardMemory, Rating, Readiness, Review, readiness, remember
from coach.memory.reviews import RATINGS, SCORES

FORECAST_DAYS = 14
POINTS = 24
DAY = timedelta(days=1)
# Days since the answer before, the last of each group; a month and more is one.
GAPS: tuple[int | None, ...] = (1, 3, 7, 14, 30, None)
REMOVED = "(removed)"


@dataclass(frozen=True)
class Topic:
    """One topic: marked answers, their mean (0 to 1, None without any), and readiness (None: not in the deck)."""

    name: str
    answers: int
    mean: float | None
    ready: Readiness | None


@dataclass(frozen=True)
class Moment:
    """Readiness over the whole deck at one time, 0 to 1."""

    at: datetime
    chance: float


@dataclass(frozen=True)
class Retention:
    """Answers given `first` to `last` days (None: or more) after the one before: how many, how many recalled."""

    first: int
    last: int | None
    answers: int
    recalled: int


@dataclass(frozen=True)
class Calibration:
    """Answers rated so before their verdict: how many, their mean mark, and the mark the rating stands for."""

    rating: Rating
    answers: int
    mean: float
    expected: float


@dataclass(frozen=True)
class Today:
    """How things stand now: marked answers, topics, readiness over the deck (0 to 1), days in a row, cards due."""

    answers: int
    topics: tuple[Topic, ...]
    chance: float
    streak: int
    due: tuple[str, ...]


@dataclass(frozen=True)
class Statistics:
    """All figures; `recall` is the mean chance (0 to 1) of remembering a card that was answered before.

    `forecast` counts the cards due today (what is late too), tomorrow and so on; `changed` the ratings
    that the candidate put in the place of a verdict's.
    """

    today: Today
    recall: float | None
    progress: tuple[Moment, ...]
    retention: tuple[Retention, ...]
    forecast: tuple[int, ...]
    calibration: tuple[Calibration, ...]
    changed: int


def statistics(
    history: History, deck: Deck, memories: Mapping[str, CardMemory], now: datetime
) -> Statistics:
    """Every figure, from the whole history and what is remembered now."""
    reviews = history.reviews(exercises(deck))
    known = _known(deck, memories)
    rated = history.rated()
    stand = today(history, deck, memories, now)
    return Statistics(
        today=stand,
        recall=fmean(memory.whole.recall(now) for memory in known.values()) if known else None,
        progress=(*past(reviews, deck, now), Moment(now, stand.chance)),
        retention=retention(reviews),
        forecast=forecast(known, now),
        calibration=calibration(rated),
        changed=sum(bool(one.after) for one in rated),
    )


def today(history: History, deck: Deck, memories: Mapping[str, CardMemory], now: datetime) -> Today:
    """How things stand now; quick however long the history is."""
    ready = readiness(deck, memories, now)
    topics = _topics(history.marks(), deck, ready)
    return Today(
        answers=sum(topic.answers for topic in topics),
        topics=topics,
        chance=overall(deck, ready),
        streak=streak(history.days(), now.astimezone().date()),
        due=due(_known(deck, memories), now),
    )


def exercises(deck: Deck) -> dict[str, str]:
    """The card of each exercise."""
    return {card.exercise: card.id for card in deck if card.exercise}


def overall(deck: Deck, ready: Mapping[str, Readiness]) -> float:
    """Readiness over all cards, a topic counting by its number of cards; 0 to 1."""
    return fmean(ready[card.topic].chance for card in deck) if len(deck) else 0.0


def due(memories: Mapping[str, CardMemory], now: datetime) -> tuple[str, ...]:
    """Ids of the cards that are due by now, the least remembered first."""
    late = [card_id for card_id, memory in memories.items() if memory.whole.due <= now]
    return tuple(sorted(late, key=lambda card_id: memories[card_id].whole.recall(now)))


def streak(days: Set[date], today: date) -> int:
    """Days in a row with an answer, up to today or, where today has none yet, to yesterday."""
    last = today if today in days else today - DAY
    count = 0
    while last - count * DAY in days:
        count += 1
    return count


def forecast(memories: Mapping[str, CardMemory], now: datetime) -> tuple[int, ...]:
    """How many cards come due on each of the next days, in local time; what is late counts today."""
    counts = [0] * FORECAST_DAYS
    today = now.astimezone().date()
    for memory in memories.values():
        ahead = max(0, (memory.whole.due.astimezone().date() - today).days)
        if ahead < FORECAST_DAYS:
            counts[ahead] += 1
    return tuple(counts)


def retention(reviews: Sequence[Review]) -> tuple[Retention, ...]:
    """What was recalled, by the days since the card's answer before; `again` is the one lapse.

    Answers on the same day tell of no memory and are left out, and so are groups without an answer.
    """
    by_card: dict[str, list[Review]] = {}
    for review in reviews:
        by_card.setdefault(review.card_id, []).append(review)
    gaps = [
        ((after.at - before.at) // DAY, after.rating != "again")
        for group in by_card.values()
        for before, after in pairwise(group)
    ]
    rows, first = [], 1
    for last in GAPS:
        found = [ok for gap, ok in gaps if gap >= first and (last is None or gap <= last)]
        if found:
            rows.append(Retention(first, last, len(found), sum(found)))
        first = (last or 0) + 1
    return tuple(rows)


def calibration(rated: Sequence[Rated]) -> tuple[Calibration, ...]:
    """The marks of the answers that were rated before their verdict, by rating."""
    rows = []
    for rating in RATINGS:
        marks = [one.score for one in rated if one.before == rating]
        if marks:
            rows.append(Calibration(rating, len(marks), fmean(marks), SCORES[rating]))
    return tuple(rows)


def _topics(
    marks: Mapping[str, tuple[int, float]], deck: Deck, ready: Mapping[str, Readiness]
) -> tuple[Topic, ...]:
    """One for each topic of the deck, and one for the cards that left it, where such were answered."""
    topic_of = {card.id: card.topic for card in deck}
    rows = []
    for name in [*ready, REMOVED]:
        found = [mark for card, mark in marks.items() if topic_of.get(card, REMOVED) == name]
        answers = sum(n for n, _ in found)
        if name in ready or answers:
            mean = sum(n * mark for n, mark in found) / answers if answers else None
            rows.append(Topic(name, answers, mean, ready.get(name)))
    return tuple(rows)


def _known(deck: Deck, memories: Mapping[str, CardMemory]) -> dict[str, CardMemory]:
    """What is remembered of the cards that are still in the deck."""
    return {card.id: memories[card.id] for card in deck if card.id in memories}


def past(reviews: Sequence[Review], deck: Deck, now: datetime) -> list[Moment]:
    """Readiness at the end of earlier days, as it would have been computed then."""
    if not reviews:
        return []
    span = now - reviews[0].at
    step = max(DAY, span / POINTS)
    moments, known, done = [], dict[str, CardMemory](), 0
    for number in range(int(span / step), 0, -1):
        at = now - number * step
        until = next((i for i in range(done, len(reviews)) if reviews[i].at > at), len(reviews))
        known.update(remember(reviews[done:until], known))
        done = until
        moments.append(Moment(at, overall(deck, readiness(deck, known, at))))
    return moments

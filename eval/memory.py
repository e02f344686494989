"""How many questions simulated candidates need until they are ready, by the order they are asked in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from coach.card import Card
from coach.deck import Deck
from coach.interview import Plan, select
from coach.memory import Readiness, Review, rating_of, readiness, remember
from eval.bootstrap import DRAWS, interval, resampled
from eval.candidates import Candidate, World
from eval.fsrs6 import Floats

START = datetime(2026, 1, 1, 18, tzinfo=UTC)
READY = 0.8
MOST = 10
FEWEST_UNSEEN = 3
BINS = 10
GOALS = ("all cards", "every topic")


@dataclass
class Course:
    """One candidate on the way to readiness with one order of questions."""

    cards: Sequence[Card]
    candidate: Candidate
    random: np.random.Generator
    seed: int
    per_session: int
    day: int = 0

    def __post_init__(self) -> None:
        self.reviews: list[Review] = []
        self.predicted: list[tuple[float, float, float, float]] = []

    @property
    def now(self) -> datetime:
        """The time by the calendar; the questions of a session are a minute apart."""
        return START + timedelta(days=self.day, minutes=len(self.reviews) % self.per_session)


Order = Callable[[Course], Sequence[int]]


def at_random(course: Course) -> Sequence[int]:
    """Any cards, no card twice."""
    return [int(card) for card in course.random.permutation(len(course.cards))]


def by_due_date(course: Course) -> Sequence[int]:
    """What is due, the longest due first; then new cards in the deck's order; then what is due soonest."""
    due = course.candidate.seen.due()
    group = np.where(due <= course.day, 0, np.where(np.isinf(due), 1, 2))
    return [int(card) for card in np.lexsort((due, group))]


def new_first(course: Course) -> Sequence[int]:
    """New cards in the deck's order; then what was due the longest or is due soonest."""
    due = course.candidate.seen.due()
    return [int(card) for card in np.argsort(np.where(np.isinf(due), -1.0, due), kind="stable")]


def by_truth(course: Course) -> Sequence[int]:
    """The least likely to be answered, if one could look into the candidate: what no selection can do."""
    return [int(card) for card in np.argsort(course.candidate.right(course.day), kind="stable")]


def ours(course: Course) -> Sequence[int]:
    """What the coach asks, given all marks so far; notes what it takes the candidate for."""
    deck, memories = Deck(tuple(course.cards)), remember(course.reviews)
    _note(course, readiness(deck, memories, course.now), {*memories})
    plan = Plan(questions=course.per_session, seed=1000 * course.seed + course.day)
    chosen = select(plan, deck, memories, course.now)
    places = {card.id: place for place, card in enumerate(course.cards)}
    return [places[choice.card.id] for choice in chosen]


ORDERS: dict[str, Order] = {
    "coach": ours,
    "random": at_random,
    "due": by_due_date,
    "new first": new_first,
    "truth": by_truth,
}


def needed(course: Course, order: Order) -> dict[str, float]:
    """Questions until the candidate will be 80% ready on the next day, by goal; at most ten for each card."""
    reached: dict[str, float] = {}
    most = MOST * len(course.cards)
    while len(course.reviews) < most and len(reached) < len(GOALS):
        for place in order(course)[: course.per_session]:
            mark = course.candidate.answer(place, course.day)
            card_id = course.cards[place].id
            course.reviews.append(Review(card_id, course.now, mark, rating_of(mark)))
            tomorrow = course.day + 1
            shares = {
                "all cards": float(course.candidate.right(tomorrow).mean()),
                "every topic": float(course.candidate.ready(tomorrow).min()),
            }
            for goal in GOALS:
                if shares[goal] >= READY:
                    reached.setdefault(goal, float(len(course.reviews)))
        course.day += 1
    return {goal: reached.get(goal, float(most)) for goal in GOALS}


def simulate(
    deck: Deck,
    world: World,
    candidates: int,
    topics: int,
    per_session: int,
    seed: int,
    progress: Callable[[int, int, str], None],
) -> dict[str, Any]:
    """The report of so many candidates, each asked about so many topics of the deck (0: all)."""
    counts: dict[str, dict[str, list[float]]] = {g: {o: [] for o in ORDERS} for g in GOALS}
    noted: list[tuple[int, float, float, float, float]] = []
    for number in range(candidates):
        random = np.random.default_rng((seed, number))
        wanted = random.permutation(deck.topics)[: topics or None]
        cards = [card for card in deck if card.topic in wanted]
        for name, order in ORDERS.items():
            candidate = Candidate(cards, world, seed + number)
            course = Course(
                cards, candidate, np.random.default_rng((seed, number)), number, per_session
            )
            for goal, count in needed(course, order).items():
                counts[goal][name].append(count)
            noted += [(number, *row) for row in course.predicted]
        progress(number + 1, candidates, "")
    return {
        "candidates": candidates,
        "topics": topics or len(deck.topics),
        "questions_per_session": per_session,
        "goals": {goal: _compared(found, seed) for goal, found in counts.items()},
        "readiness": _honesty(np.array(noted), seed),
    }


def _note(course: Course, ready: dict[str, Readiness], seen: set[str]) -> None:
    """Keeps, for each topic with cards not seen yet, what is predicted for them beside the truth."""
    truth = course.candidate.right(course.day)
    for topic, state in ready.items():
        unseen = [
            place
            for place, card in enumerate(course.cards)
            if card.topic == topic and card.id not in seen
        ]
        if len(unseen) >= FEWEST_UNSEEN:
            row = state.chance, float(truth[unseen].mean()), state.low, state.high
            course.predicted.append(row)


def _compared(counts: dict[str, list[float]], seed: int) -> dict[str, Any]:
    """Mean questions by order, and the share that the coach saves, with 95% intervals over candidates."""
    columns = {name: np.array(found) for name, found in counts.items()}
    clusters = [str(number) for number in range(len(columns["coach"]))]
    draws = resampled(columns, clusters, DRAWS, seed)
    report: dict[str, Any] = {}
    for name, column in columns.items():
        report[name] = {
            "questions": float(column.mean()),
            "ci95": interval(draws[name] / len(column)),
        }
        if name != "coach":
            report[name]["saved"] = float(1 - columns["coach"].sum() / column.sum())
            report[name]["saved_ci95"] = interval(1 - draws["coach"] / draws[name])
    return report


def _honesty(rows: Floats, seed: int) -> dict[str, Any]:
    """How far predicted readiness lies from the truth; the calibration error is over ten bins of predictions."""
    if not len(rows):
        return {"n": 0}
    number, predicted, truth, low, high = rows.T
    one_hot = np.eye(BINS)[np.minimum((predicted * BINS).astype(int), BINS - 1)]
    columns = {
        "n": one_hot,
        "gap": one_hot * (predicted - truth)[:, None],
        "covered": ((low <= truth) & (truth <= high)).astype(float),
        "off": np.abs(predicted - truth),
    }
    draws = resampled(columns, [str(int(n)) for n in number], DRAWS, seed)
    whole = {name: column.sum(axis=0, keepdims=True) for name, column in columns.items()}
    measures: dict[str, Callable[[dict[str, Floats]], Floats]] = {
        "calibration_error": lambda d: np.abs(d["gap"]).sum(axis=1) / d["n"].sum(axis=1),
        "mean_bias": lambda d: d["gap"].sum(axis=1) / d["n"].sum(axis=1),
        "mean_absolute_error": lambda d: d["off"] / d["n"].sum(axis=1),
        "interval_covers": lambda d: d["covered"] / d["n"].sum(axis=1),
    }
    found: dict[str, Any] = {"n": len(rows)}
    for name, measure in measures.items():
        found[name] = {"value": float(measure(whole)[0]), "ci95": interval(measure(draws))}
    shown = whole["n"][0] > 0
    found["bins"] = [
        {"n": int(n), "predicted": float(p / n), "truth": float((p - gap) / n)}
        for n, p, gap in zip(
            whole["n"][0][shown],
            (one_hot * predicted[:, None]).sum(axis=0)[shown],
            whole["gap"][0][shown],
            strict=True,
        )
    ]
    return found

"""How ready the candidate is in each topic: the chance of a right answer to a card not seen before."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from coach.card import Card, Level
from coach.memory.reviews import GOOD_FROM
from coach.memory.states import Memories

# Logits: a senior card is as much harder than a middling one as a junior one is easier.
DIFFICULTY: dict[Level, float] = {"junior": -0.6, "mid": 0.0, "senior": 0.6}
SPREAD_OF_CANDIDATES = 1.0
SPREAD_OF_TOPICS = 1.3
COVERAGE = 0.9

_GRID = [step / 3 for step in range(-15, 16)]
Floats = list[float]


@dataclass(frozen=True)
class Readiness:
    """Chance (0 to 1) that an unseen card gets a mark of 0.65 or more, with its 90% interval; also by level.

    `cards` of the topic were seen so far.
    """

    topic: str
    chance: float
    low: float
    high: float
    cards: int
    by_level: Mapping[Level, float]


def readiness(cards: Iterable[Card], memories: Memories, now: datetime) -> dict[str, Readiness]:
    """Every topic's readiness from the first answers to its cards.

    The odds of a right answer are exp(ability - difficulty), difficulty by level (Rasch 1960). Abilities
    in topics scatter around the candidate's own, which all topics tell of; both are summed over a grid
    instead of guessed. An answer counts for as much as is still remembered of it: old evidence fades.
    """
    by_topic: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        by_topic[card.topic].append(card)
    likelihoods = {topic: _likelihood(group, memories, now) for topic, group in by_topic.items()}
    told = {topic: _mixed(scatter) for topic, scatter in likelihoods.items()}
    general = _normal(0.0, SPREAD_OF_CANDIDATES)
    for share in told.values():
        general = _scaled([a * b for a, b in zip(general, share, strict=True)])
    found = {}
    for topic, group in by_topic.items():
        elsewhere = [a / b for a, b in zip(general, told[topic], strict=True)]
        prior = _mixed(elsewhere)
        ability = _scaled([a * b for a, b in zip(prior, likelihoods[topic], strict=True)])
        found[topic] = _readiness(topic, group, ability, memories)
    return found


def _readiness(topic: str, cards: Sequence[Card], ability: Floats, memories: Memories) -> Readiness:
    unseen = [card for card in cards if card.id not in memories] or cards
    levels = Counter(card.level for card in unseen)
    right = {level: [_right(at - hard) for at in _GRID] for level, hard in DIFFICULTY.items()}
    chances = [
        sum(count * right[level][at] for level, count in levels.items()) / len(unseen)
        for at in range(len(_GRID))
    ]
    low, high = (_quantile(ability, chances, (1 + side * COVERAGE) / 2) for side in (-1, 1))
    return Readiness(
        topic=topic,
        chance=_mean(ability, chances),
        low=low,
        high=high,
        cards=sum(card.id in memories for card in cards),
        by_level={level: _mean(ability, chances) for level, chances in right.items()},
    )


def _likelihood(cards: Sequence[Card], memories: Memories, now: datetime) -> Floats:
    """How well each ability on the grid explains the first answers; at most 1."""
    right: dict[float, float] = defaultdict(float)
    wrong: dict[float, float] = defaultdict(float)
    for card in cards:
        if card.id in memories:
            whole = memories[card.id].whole
            told = right if whole.first_score >= GOOD_FROM else wrong
            told[DIFFICULTY[card.level]] += whole.recall(now)
    logs = [
        sum(weight * math.log(_right(at - d)) for d, weight in right.items())
        + sum(weight * math.log(_right(d - at)) for d, weight in wrong.items())
        for at in _GRID
    ]
    return [math.exp(log - max(logs)) for log in logs]


def _mixed(weights: Sequence[float]) -> Floats:
    """Weights of a topic's ability as those of the candidate's own, or the other way round."""
    return [
        sum(a * b for a, b in zip(_normal(centre, SPREAD_OF_TOPICS), weights, strict=True))
        for centre in _GRID
    ]


@cache
def _normal(centre: float, spread: float) -> Floats:
    return _scaled([math.exp(-(((at - centre) / spread) ** 2) / 2) for at in _GRID])


def _scaled(weights: Sequence[float]) -> Floats:
    total = sum(weights)
    return [weight / total for weight in weights]


def _mean(weights: Sequence[float], values: Sequence[float]) -> float:
    return sum(weight * value for weight, value in zip(weights, values, strict=True))


def _quantile(weights: Sequence[float], chances: Sequence[float], share: float) -> float:
    """The chance below which so much of the weight lies, between two points of the grid by proportion."""
    below = 0.0
    for i, weight in enumerate(weights):
        if below + weight >= share and weight > 0:
            before = chances[max(0, i - 1)]
            return before + (chances[i] - before) * (share - below) / weight
        below += weight
    return chances[-1]


def _right(advantage: float) -> float:
    return 1 / (1 + math.exp(-advantage))

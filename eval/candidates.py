"""Simulated candidates: what they know, learn and forget is exactly known, because it is made up here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from eval.fsrs6 import AGAIN, EASY, GOOD, HARD, Floats, Traces

if TYPE_CHECKING:
    from coach.card import Card

LEVELS = {"junior": -0.8, "mid": 0.0, "senior": 0.8}
GRADED = (0.4, 0.65, 0.9)


@dataclass(frozen=True)
class World:
    """What candidates are like; logits but for `forgetting`, how many times faster than FSRS says.

    A topic is weak, middling or strong with equal chance: about 20, 50 or 80% of its cards are known from
    understanding. `card_spread` is how cards differ beyond their levels, `growth` what understanding of a
    topic gains with each question on it, `noise` the spread of marks around what an answer deserves.
    """

    strengths: tuple[float, ...] = (-1.5, 0.0, 1.5)
    card_spread: float = 0.7
    growth: float = 0.05
    forgetting: float = 1.0
    noise: float = 0.1


WORLDS = {
    "usual": World(),
    "even": World(strengths=(-0.4, 0.0, 0.4)),
    "forgetful": World(forgetting=4.0),
    "no-transfer": World(growth=0.0),
    "noisy-marks": World(noise=0.25),
}


class Candidate:
    """One candidate before a deck; what happens depends on the seed and the cards asked alone."""

    def __init__(self, cards: "Sequence[Card]", world: World, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        self.world = world
        topics = sorted({card.topic for card in cards})
        self.topic = np.array([topics.index(card.topic) for card in cards])
        self.strength = self._random.choice(world.strengths, len(topics))
        own = self._random.normal(0, world.card_spread, len(cards))
        self._hard = np.array([LEVELS[card.level] for card in cards]) - own
        self._memory = Traces(len(cards), world.forgetting)
        places = {card.id: place for place, card in enumerate(cards)}
        self._basis = [[places[i] for i in c.prerequisites if i in places] for c in cards]
        self.seen = Traces(len(cards))  # what a scheduler concludes from the marks

    def right(self, day: float) -> Floats:
        """Each card's chance (0 to 1): it is remembered or, failing that, understood."""
        understood = self._understood()
        chance: Floats = understood + (1 - understood) * self._memory.recall(day)
        return chance

    def ready(self, day: float) -> Floats:
        """Each topic's mean chance over all its cards."""
        shares: Floats = np.bincount(self.topic, self.right(day)) / np.bincount(self.topic)
        return shares

    def answer(self, card: int, day: float) -> float:
        """Answers, learns from the correction, and returns the mark (0 to 1).

        Of a card whose prerequisites are not known only as much stays as of them is known.
        """
        chances = self.right(day)
        right = self._random.random() < chances[card]
        deserved = self._random.uniform(0.7, 1.0) if right else self._random.uniform(0.0, 0.5)
        mark = float(np.clip(deserved + self._random.normal(0, self.world.noise), 0, 1))
        basis = self._basis[card]
        share = float(np.mean(chances[basis])) if basis else 1.0
        easy = self._understood()[card] > 0.85
        self._memory.review(card, day, (EASY if easy else GOOD) if right else AGAIN, share)
        self.seen.review(
            card, day, (AGAIN, HARD, GOOD, EASY)[int(np.searchsorted(GRADED, mark, "right"))]
        )
        self.strength[self.topic[card]] += self.world.growth
        return mark

    def _understood(self) -> Floats:
        chance: Floats = 1 / (1 + np.exp(self._hard - self.strength[self.topic]))
        return chance

"""FSRS-6 from its published formulas and parameters, for simulated candidates; of the coach's memory nothing is used.

Source: https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm (FSRS-6, default parameters w0 to w20).
"""

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

W = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
SMALLEST = 0.001
LONGEST_DAYS = 36_500


def retrievability(days: Floats, stability: Floats) -> Floats:
    """R(t, S) = (1 + F t / S) ** -w20, with F such that R(S, S) = 0.9."""
    factor = 0.9 ** (-1 / W[20]) - 1
    shown: Floats = (1 + factor * days / stability) ** -W[20]
    return shown


def first_difficulty(rating: int) -> float:
    """D0(G) = w4 - exp(w5 (G - 1)) + 1, not yet kept from 1 to 10."""
    return W[4] - math.exp(W[5] * (rating - 1)) + 1


def next_difficulty(difficulty: float, rating: int) -> float:
    """Damped towards 10, then drawn back to D0(easy) by w7."""
    moved = difficulty - W[6] * (rating - 3) * (10 - difficulty) / 9
    return bounded(W[7] * first_difficulty(EASY) + (1 - W[7]) * moved)


def next_stability(s: float, difficulty: float, recall: float, days: float, rating: int) -> float:
    """After a review on the same day, which only a lapse can weaken; after a lapse; after a success."""
    if days < 1:
        factor = math.exp(W[17] * (rating - 3 + W[18])) * math.pow(s, -W[19])
        return s * (factor if rating == AGAIN else max(1.0, factor))
    if rating == AGAIN:
        lapsed = W[11] * math.pow(difficulty, -W[12]) * (math.pow(s + 1, W[13]) - 1)
        return min(lapsed * math.exp(W[14] * (1 - recall)), s / math.exp(W[17] * W[18]))
    weight = {HARD: W[15], EASY: W[16]}.get(rating, 1.0)
    gain = math.exp(W[8]) * (11 - difficulty) * math.pow(s, -W[9])
    return s * (1 + gain * weight * (math.exp(W[10] * (1 - recall)) - 1))


class Traces:
    """The memory of `count` cards; days may pass `speed` times as fast as the calendar says."""

    def __init__(self, count: int, speed: float = 1.0) -> None:
        self.stability = np.zeros(count)
        self.difficulty = np.zeros(count)
        self.reviewed = np.zeros(count)
        self._speed = speed

    @property
    def seen(self) -> NDArray[np.bool_]:
        """Which cards were ever reviewed."""
        reviewed: NDArray[np.bool_] = self.stability > 0
        return reviewed

    def recall(self, day: float) -> Floats:
        """Retrievability of each card (0 to 1) on a day; 0 where there is no memory."""
        recall = np.zeros(len(self.stability))
        seen = self.seen
        days = self._speed * np.maximum(0.0, day - self.reviewed[seen])
        recall[seen] = retrievability(days, self.stability[seen])
        return recall

    def review(self, card: int, day: float, rating: int, share: float = 1.0) -> None:
        """One review; of what it strengthens only a `share` (0 to 1) is kept."""
        before = float(self.stability[card])
        if before == 0:
            stability, difficulty = share * W[rating - 1], bounded(first_difficulty(rating))
        else:
            days = self._speed * float(day - self.reviewed[card])
            recall = float(self.recall(day)[card])
            difficulty = float(self.difficulty[card])
            stability = next_stability(before, difficulty, recall, days, rating)
            stability = before + (share if stability > before else 1.0) * (stability - before)
            difficulty = next_difficulty(difficulty, rating)
        self.stability[card] = max(SMALLEST, stability)
        self.difficulty[card] = difficulty
        self.reviewed[card] = day

    def due(self) -> Floats:
        """The day on which recall falls to 90%, a whole number of days after the last; infinite for new cards."""
        days = np.clip(np.round(self.stability), 1.0, LONGEST_DAYS)
        return np.where(self.seen, self.reviewed + days, np.inf)


def bounded(difficulty: float) -> float:
    """A difficulty from 1 to 10."""
    return min(10.0, max(1.0, difficulty))

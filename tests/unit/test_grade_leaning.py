"""How the embedded model leans at a key point, as features."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.grade import leaning
from coach.grade.leaning import LEANING

TOKENS = leaning.fitted().tokens
WEIGHTS = leaning.fitted().weights


def features(likely: list[float]) -> dict[str, float]:
    return dict(leaning.of_tokens(dict(zip(TOKENS, likely, strict=True))))


@given(st.integers(0, 10**6), st.floats(0.01, 1))
def test_only_how_likely_tokens_are_beside_each_other_counts(seed: int, share: float) -> None:
    drawn = random.Random(seed)
    likely = [drawn.uniform(0.001, 1) for _ in TOKENS]
    found, scaled = features(likely), features([share * value for value in likely])
    assert scaled[LEANING] == pytest.approx(found[LEANING], abs=1e-6)


@pytest.mark.parametrize("best", [True, False])
def test_a_token_that_speaks_for_the_point_raises_it(best: bool) -> None:
    weight = (max if best else min)(WEIGHTS)
    likely = [0.001] * len(TOKENS)
    even = features(likely)[LEANING]
    likely[WEIGHTS.index(weight)] = 0.5
    assert (features(likely)[LEANING] > even) == best


def test_a_token_that_cannot_come_has_features_too() -> None:
    found = features([1.0] + [0.0] * (len(TOKENS) - 1))
    assert all(map(math.isfinite, found.values()))


def test_no_token_is_there_twice() -> None:
    assert len(set(TOKENS)) == len(TOKENS) > 100

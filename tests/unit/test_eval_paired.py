"""Differences of two graders: p is SciPy's and the same both ways; intervals come from the same draws for both."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import permutation_test

from eval import paired
from eval.datasets import Sample
from eval.marks import scales
from eval.metrics import AGREEMENT, Result, columns, measured

MARKS = st.tuples(*(st.integers(0, 4),) * 3)


def samples(marks: Sequence[float]) -> list[Sample]:
    """Answers to a question each, with marks out of 4."""
    return [
        Sample(str(n), f"q{n}", "en", "Why?", ("So.",), (), "so", mark, 4.0, 1.0)
        for n, mark in enumerate(marks)
    ]


def graded(marks: list[tuple[int, int, int]]) -> tuple[list[Result], list[Result]]:
    """Two graders, given each answer's human mark and both scores out of 4."""
    human, one, other = zip(*marks, strict=True)
    answers = samples(human)
    first = [Result(sample, score / 4) for sample, score in zip(answers, one, strict=True)]
    return first, [replace(r, score=score / 4) for r, score in zip(first, other, strict=True)]


def clusters(results: list[Result]) -> list[str]:
    return [result.sample.question_id for result in results]


def p_values(one: list[Result], other: list[Result]) -> dict[str, float | None]:
    known = scales(result.sample for result in one)
    sides = (columns(side, known) for side in (one, other))
    return paired.p_values(*sides, AGREEMENT, clusters(one))


@given(st.lists(MARKS, min_size=2, max_size=paired.EXACT - 2))
def test_p_lies_between_its_least_value_and_1_and_is_the_same_for_both_directions(
    marks: list[tuple[int, int, int]],
) -> None:
    one, other = graded(marks)
    found, least = p_values(one, other), paired.least_p(clusters(one))
    assert all(p is None or least <= p <= 1 for p in found.values())
    assert found == p_values(other, one)


@given(st.lists(MARKS, min_size=2, max_size=7))
def test_p_of_a_mean_is_that_of_scipy(marks: list[tuple[int, int, int]]) -> None:
    human, one, other = np.array(marks, dtype=float).T / 4
    off = np.abs(one - human), np.abs(other - human)
    expected = permutation_test(
        off, lambda a, b: np.mean(b) - np.mean(a), permutation_type="samples", n_resamples=np.inf
    ).pvalue
    assert p_values(*graded(marks))["mean_absolute_error"] == pytest.approx(expected)


def test_the_same_draws_for_both_leave_a_constant_difference_no_width() -> None:
    human = [n % 5 for n in range(30)]
    one = [Result(s, (n * 7 % 11) / 20) for n, s in enumerate(samples(human))]
    other = [replace(result, score=(result.score or 0) + 0.25) for result in one]
    known = scales(result.sample for result in one)
    sides = (columns(side, known) for side in (one, other))
    found = paired.intervals(*sides, ("mean_bias", "pearson_r"), clusters(one))
    assert found["mean_bias"] == pytest.approx([0.25, 0.25])
    assert found["pearson_r"] == pytest.approx([0, 0], abs=1e-9)
    low, high = measured(one)["ci95"]["mean_bias"]
    assert high - low > 0.1

"""Metrics agree with hand-made cases and with SciPy and scikit-learn; intervals follow the questions."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import pearsonr
from sklearn.metrics import cohen_kappa_score, mean_absolute_error, root_mean_squared_error

from eval.bootstrap import interval, resampled
from eval.datasets import Sample
from eval.marks import nearest, scales, step_of, tolerance
from eval.metrics import NAMES, Result, agreement, measured
from eval.summary import BANDS, grader_row, human_row

SAMPLE = Sample("a", "q", "en", "Why?", ("Because.",), (), "so", 1.0, 2.0)


def results(
    pairs: Sequence[tuple[float, float | None]], questions: int = 1, top: float = 2.0
) -> list[Result]:
    return [
        Result(
            replace(
                SAMPLE,
                id=str(n),
                question_id=f"q{n % questions}",
                score=human,
                answer="x" * n,
                max_score=top,
            ),
            score,
            0.1,
        )
        for n, (human, score) in enumerate(pairs)
    ]


def test_perfect_agreement_and_its_opposite() -> None:
    same = agreement(results([(0, 0.0), (1, 0.5), (2, 1.0)]))
    assert same["pearson_r"] == pytest.approx(1)
    assert same["quadratic_weighted_kappa"] == pytest.approx(1)
    assert (same["accuracy"], same["mean_absolute_error"]) == (1, 0)
    opposite = agreement(results([(0, 1.0), (1, 0.5), (2, 0.0)]))
    assert opposite["pearson_r"] == pytest.approx(-1)
    assert opposite["quadratic_weighted_kappa"] == pytest.approx(-1)


def test_bias_and_errors_are_on_the_scale_from_0_to_1() -> None:
    found = agreement(results([(0, 0.1), (1, 0.6), (2, 1.0), (2, None)]))
    assert found["mean_bias"] == pytest.approx(0.2 / 3)
    assert found["root_mean_squared_error"] == pytest.approx((0.02 / 3) ** 0.5)
    assert found["ungraded_share"] == 0.25


def test_undefined_metrics_are_none_not_a_number() -> None:
    assert agreement(results([(1, 0.5)]))["pearson_r"] is None
    assert set(agreement([]).values()) == {None}
    ungraded = agreement(results([(1, None)]))
    assert {name for name, value in ungraded.items() if value is not None} == {
        "ungraded_share",
        "seconds_per_answer",
        "median_seconds",
    }


def test_scores_are_rounded_to_the_marks_of_their_scale() -> None:
    quarter = [Result(replace(SAMPLE, score=0.5, step=0.5), 0.3, 0.1)]
    assert agreement(quarter)["accuracy"] == 1


def test_a_step_that_does_not_divide_the_maximum_still_reaches_it() -> None:
    known = scales([replace(SAMPLE, max_score=10, step=3)])
    assert known[10, 3] == pytest.approx([0, 0.3, 0.6, 0.9, 1])


def test_without_a_step_the_marks_are_those_the_set_holds() -> None:
    held = [replace(SAMPLE, score=score) for score in (0, 1, 2, 1)]
    marks = scales(held)[2.0, None]
    assert list(marks) == [0, 0.5, 1]
    assert (step_of(marks), tolerance(marks), tolerance([0.5])) == (0.5, 0.25, 0.125)


@given(st.lists(st.floats(0, 1), min_size=1, unique=True), st.floats(0, 1))
def test_the_nearest_mark_is_the_nearest(marks: list[float], value: float) -> None:
    found = nearest(sorted(marks), value)
    assert abs(found - value) == min(abs(mark - value) for mark in marks)


whole_marks = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=2, max_size=40)


@given(whole_marks)
def test_the_formulas_are_those_of_scipy_and_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    human, score = [h for h, _ in pairs], [s for _, s in pairs]
    scored = [
        Result(replace(r.sample, step=1.0), r.score, r.elapsed_s)
        for r in results([(h, s / 8) for h, s in pairs], questions=3, top=8.0)
    ]
    found = agreement(scored)
    assert found["pearson_r"] == correlation(human, score)
    if len({*human, *score}) > 1:
        kappa = cohen_kappa_score(human, score, weights="quadratic", labels=range(9))
        assert found["quadratic_weighted_kappa"] == pytest.approx(kappa, abs=1e-9)
    assert found["accuracy"] == pytest.approx(np.mean(np.array(human) == np.array(score)))
    shares = np.array(human) / 8, np.array(score) / 8
    assert found["mean_absolute_error"] == pytest.approx(mean_absolute_error(*shares))
    assert found["root_mean_squared_error"] == pytest.approx(root_mean_squared_error(*shares))
    assert found["length_r"] == correlation(range(len(pairs)), score)


def correlation(x: Sequence[float], y: Sequence[float]) -> Any:
    """SciPy's; None where one side does not vary."""
    if min(len(set(x)), len(set(y))) < 2:
        return None
    return pytest.approx(pearsonr(x, y).statistic, abs=1e-9)


def test_confidence_that_is_always_right_has_no_calibration_error_and_one_never_right_has_all() -> (
    None
):
    sure = [replace(r, confidence=1.0) for r in results([(0, 0.05), (1, 0.5), (2, 0.95)])]
    assert agreement(sure)["calibration_error"] == 0
    wrong = [replace(r, confidence=1.0) for r in results([(0, 1.0), (2, 0.0)])]
    assert agreement(wrong)["calibration_error"] == 1
    assert agreement(results([(0, 1.0)]))["calibration_error"] is None


def test_the_calibration_error_is_taken_bin_by_bin() -> None:
    low = [replace(r, confidence=0.2) for r in results([(0, 0.0)] * 10)]
    high = [replace(r, confidence=0.9) for r in results([(0, 1.0)] * 10)]
    found = agreement([*low, *high, *results([(0, 0.0)])])["calibration_error"]
    assert found == pytest.approx((0.8 + 0.9) / 2)


def test_coverage_counts_the_human_marks_inside_the_interval() -> None:
    spans = [(0.0, 0.0), (0.4, 0.6), (0.0, 0.5), None]
    held = results([(0, 0.0), (1, 0.5), (2, 0.4), (2, 0.9)])
    found = agreement([replace(r, interval=s) for r, s in zip(held, spans, strict=True)])
    assert found["interval_coverage"] == pytest.approx(2 / 3)


def noisy(count: int, questions: int, shared: float) -> list[Result]:
    """Scores whose errors have a part in common in each question."""
    random = np.random.default_rng(1)
    humans = random.integers(0, 9, count)
    own, common = random.normal(0, 0.1, count), random.normal(0, shared, questions)
    errors = [own[n] + common[n % questions] for n in range(count)]
    pairs = [(float(h), float(h) / 8 + e) for h, e in zip(humans, errors, strict=True)]
    return results(pairs, questions, top=8.0)


def width(found: dict[str, object], metric: str) -> float:
    intervals = found["ci95"]
    assert isinstance(intervals, dict)
    low, high = intervals[metric]
    return float(high - low)


def test_intervals_hold_the_value_and_are_those_of_theory_where_answers_are_independent() -> None:
    held = noisy(1000, 500, shared=0.0)
    found = measured(held)
    for metric, limits in found["ci95"].items():
        if limits is not None:
            assert limits[0] <= found[metric] + 1e-9
            assert found[metric] <= limits[1] + 1e-9
    assert width(found, "mean_bias") == pytest.approx(2 * 1.96 * 0.1 / math.sqrt(1000), rel=0.15)


def test_what_answers_of_a_question_share_widens_the_interval() -> None:
    held = noisy(1000, 20, shared=0.1)
    alone = [replace(r, sample=replace(r.sample, question_id="q")) for r in held]
    assert width(measured(held), "mean_bias") > 3 * width(measured(alone), "mean_bias")


def test_intervals_are_the_same_for_the_same_seed_only() -> None:
    held = noisy(60, 6, shared=0.1)
    assert measured(held, seed=1) == measured(held, seed=1)
    assert measured(held, seed=1)["ci95"] != measured(held, seed=2)["ci95"]


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=30), st.integers(1, 50))
def test_each_draw_takes_as_many_whole_clusters_as_there_are(names: list[str], draws: int) -> None:
    one_hot = np.array([[float(name == held) for held in sorted(set(names))] for name in names])
    drawn = resampled({"held": one_hot}, names, draws, 0)["held"]
    assert drawn.shape == (draws, len(set(names)))
    if len(set(names)) > 1:
        sizes = one_hot.sum(axis=0)
        assert np.allclose((drawn / sizes).sum(axis=1), len(set(names)))
        assert np.allclose(drawn / sizes, np.round(drawn / sizes))


def test_an_interval_needs_half_of_the_draws() -> None:
    assert interval(np.array([math.nan, math.nan, 1.0])) is None
    assert interval(np.array([math.nan, 1.0, 1.0])) == [1.0, 1.0]


def test_a_row_counts_and_groups() -> None:
    held = results([(0, 0.0), (1, 0.5), (2, None)], questions=2)
    row = grader_row("g", None, held, scales(r.sample for r in held), draws=20)
    assert (row["graded"], row["ungraded"], set(row["by_question"])) == (2, 1, {"q0", "q1"})
    assert {name: group["n"] for name, group in row["by_band"].items()} == dict.fromkeys(BANDS, 1)
    assert set(NAMES) <= set(row["by_lang"]["en"])


def test_humans_are_the_ceiling_where_there_are_two() -> None:
    pairs = [(0.0, 0.0), (1.0, 2.0), (2.0, 2.0)]
    two = [replace(SAMPLE, score_1=one, score_2=other) for one, other in pairs]
    row = human_row([*two, SAMPLE], draws=20)
    assert row is not None
    expected = pearsonr([0, 1, 2], [0, 2, 2]).statistic
    assert (row["n"], row["pearson_r"]) == (3, pytest.approx(expected))
    assert human_row([SAMPLE]) is None

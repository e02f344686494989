"""How sure a mark is: intervals around it, confidence from 0 to 1, and what the candidate is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.card import LANGS, Lang
from coach.grade import Task, certainty, feedback
from coach.grade.task import Rubric
from coach.verdict import KeyPointVerdict

RUBRICS = st.sampled_from(("card", "exam"))
SHARES = st.floats(0, 1)
TASK = Task.from_reference("Why?", ["Because."], ["One thing.", "Another thing."], "en")


def judged(*probabilities: float) -> list[KeyPointVerdict]:
    return [KeyPointVerdict(f"p{i}", "", "partial", p) for i, p in enumerate(probabilities, 1)]


@given(SHARES, RUBRICS)
def test_an_interval_holds_its_score(score: float, rubric: Rubric) -> None:
    low, high = certainty.interval(score, rubric)
    assert 0 <= low <= round(score, 4) + 1e-4
    assert round(score, 4) - 1e-4 <= high <= 1
    assert low < high


@given(SHARES, SHARES, SHARES, RUBRICS)
def test_confidence_is_a_probability(score: float, one: float, other: float, kind: Rubric) -> None:
    assert 0 < certainty.confidence(score, TASK.key_points, judged(one, other), kind) < 1


@pytest.mark.parametrize("rubric", ["card", "exam"])
def test_undecided_points_make_a_mark_less_sure(rubric: Rubric) -> None:
    decided = certainty.confidence(0.5, TASK.key_points, judged(1.0, 0.0), rubric)
    undecided = certainty.confidence(0.5, TASK.key_points, judged(0.5, 0.5), rubric)
    assert undecided < decided


def test_spread_is_0_where_all_is_decided_and_1_where_nothing_is() -> None:
    assert certainty.spread_of([1, 2], [0.0, 1.0]) == 0
    assert certainty.spread_of([1, 2], [0.5, 0.5]) == 1


@pytest.mark.parametrize("lang", LANGS)
def test_a_doubtful_mark_says_so(lang: Lang) -> None:
    task = Task.from_reference("为什么？", ["因为。"], ["第一点。", "第二点。"], lang)
    points = judged(0.5, 0.5)
    sure, doubtful = (feedback.feedback_for(task, points, known) for known in (True, False))
    assert doubtful.startswith(sure)
    assert len(doubtful) > len(sure)

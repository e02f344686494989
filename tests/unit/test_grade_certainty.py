"""How sure a mark is: intervals around it, confidence from 0 to 1, and what the candidate is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.grade import Task, certainty, feedback
from coach.grade.task import Rubric
from coach.language import LANGS, Lang
from coach.verdict import KeyPointVerdict

RUBRICS = st.sampled_from(("card", "exam"))
SHARES = st.floats(0, 1)


def judged(*probabilities: float) -> list[KeyPointVerdict]:
    return [KeyPointVerdict(f"p{i}", "", "partial", p) for i, p in enumerate(probabilities, 1)]


@given(SHARES, RUBRICS)
def test_an_interval_holds_its_score(score: float, rubric: Rubric) -> None:
    low, high = certainty.interval(score, rubric)
    assert 0 <= low <= round(score, 4) + 1e-4
    assert round(score, 4) - 1e-4 <= high <= 1
    assert low < high


@given(SHARES, RUBRICS)
def test_confidence_is_a_probability(score: float, rubric: Rubric) -> None:
    assert 0 <= certainty.confidence(score, rubric) <= 1


@pytest.mark.parametrize("rubric", ["card", "exam"])
def test_a_mark_near_an_end_is_surer_than_one_in_the_middle(rubric: Rubric) -> None:
    assert certainty.confidence(0.97, rubric) > certainty.confidence(0.6, rubric)


@pytest.mark.parametrize("lang", LANGS)
def test_a_doubtful_mark_says_so(lang: Lang) -> None:
    task = Task.from_reference("为什么？", ["因为。"], ["第一点。", "第二点。"], lang)
    points = judged(0.5, 0.5)
    sure, doubtful = (feedback.feedback_for(task, points, known) for known in (True, False))
    assert doubtful.startswith(sure)
    assert len(doubtful) > len(sure)

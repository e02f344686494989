"""What the plots of a report count: every answer once, in the right bin, band and level."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.report.collect import Mark
from eval.report.counts import bands, calibration, levels


def mark(
    human: float, score: float, confidence: float | None = None, step: float | None = 0.5
) -> Mark:
    return Mark(human, score, confidence, 1.0, step, 1.0, "")


def test_calibration_counts_what_is_within_half_a_step() -> None:
    near, far = mark(0.5, 0.75, 0.8), mark(0.5, 0.76, 0.8)
    (found,) = calibration([near])
    assert (found.n, found.right, found.confidence) == (1, 1, 0.8)
    assert calibration([far])[0].right == 0
    unsaid = [mark(0.0, 0.2, 0.9, None), mark(0.5, 0.5, 0.9, None)]
    assert [b.right for b in calibration(unsaid)] == [1, 1]
    assert calibration([mark(0, 0)]) == []


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)), min_size=1))
def test_no_answer_is_lost_in_bins_bands_and_levels(rows: list[tuple[float, float, float]]) -> None:
    marks = [mark(*row) for row in rows]
    for groups in (calibration(marks), bands(marks), levels(marks)):
        assert sum(group.n for group in groups) == len(marks)
    assert all(b.low <= b.right + 1e-9 and b.right <= b.high + 1e-9 for b in calibration(marks))
    assert sum(b.bias * b.n for b in bands(marks)) == pytest.approx(
        sum(score - human for human, score, _ in rows), abs=1e-9
    )


def test_a_border_belongs_to_the_outer_band() -> None:
    assert [b.name for b in bands([mark(1 / 3, 0)])] == ["0 to 1/3"]
    assert [b.name for b in bands([mark(2 / 3, 0)])] == ["2/3 to 1"]

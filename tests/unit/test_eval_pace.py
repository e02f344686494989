"""The pace of a run as the app reads it from the command's progress line."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tui.evaluation import Pace, paces

LINES = [
    f"\r{f'grading: {100 * done // 20}% {done}/20, 2.0/s, {20 - done} s left':<78}"
    for done in range(1, 21)
]
WHOLE = "".join(LINES) + "\r\n"


@given(cuts=st.sets(st.integers(0, len(WHOLE))))
def test_however_the_line_is_cut_the_newest_pace_is_read(cuts: set[int]) -> None:
    ends = [0, *sorted(cuts), len(WHOLE)]
    told = list(paces(WHOLE[a:b] for a, b in pairwise(ends)))
    assert told[-1] == Pace(20, 20, "2.0", "0 s")
    assert [pace.done for pace in told] == sorted(pace.done for pace in told)
    assert {(pace.total, pace.rate) for pace in told} == {(20, "2.0")}


def test_two_lines_at_once_give_the_newer() -> None:
    assert list(paces(["".join(LINES[17:19])])) == [Pace(19, 20, "2.0", "1 s")]

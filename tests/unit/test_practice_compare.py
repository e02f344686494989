"""How values are compared and how the difference is told: nothing an answer returns may break it."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.exercise import FLOAT64
from coach.practice.compare import compare

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats() | st.text(max_size=5)
    | st.sampled_from([np.zeros(3), np.ones((2, 2)), np.array(1.0), np.array([True]), np.zeros(0)]),
    lambda part: st.lists(part, max_size=3) | st.tuples(part, part)
    | st.dictionaries(st.text(max_size=3), part, max_size=2),
    max_leaves=6,
)  # fmt: skip


@given(expected=plain, got=plain)
def test_property_any_two_plain_values_can_be_compared(expected: Any, got: Any) -> None:
    fault = compare(expected, got, FLOAT64)
    assert fault is None or (fault.en and fault.zh)


@given(value=plain)
def test_property_a_value_is_like_itself(value: Any) -> None:
    assert compare(value, value, FLOAT64) is None


@pytest.mark.parametrize(
    ("expected", "got", "said"),
    [
        (None, np.zeros(3), "Expected None, got an array."),
        ("up", np.zeros(3), "Expected 'up', got an array."),
        (True, False, "Expected True, got False."),
        (True, np.array(0.0), "Expected True, got False."),
        (False, "no", "Expected False, got 'no'."),
        ({"w": 1.0}, {"v": 1.0}, "Expected a dict with w, got a dict with v."),
        ({"w": 1.0}, {"w": 2.0}, "w: Expected 1, got 2."),
        ({"w": 1.0}, 3, "Expected a dict with w, got a number."),
        (1.0, 1.000001, "Expected 1, got 1.000001."),
        ((1.0, 2.0), (1.0, 3.0), "Value 2 of the result: Expected 2, got 3."),
    ],
)
def test_the_difference_is_named(expected: Any, got: Any, said: str) -> None:
    fault = compare(expected, got, FLOAT64)
    assert fault is not None
    assert fault.en == said


@pytest.mark.parametrize("got", [True, 1, 1.0, np.array(True), np.float32(1)])
def test_a_truth_value_may_be_of_any_numeric_type(got: Any) -> None:
    assert compare(True, got, FLOAT64) is None


def test_parts_are_called_by_their_names() -> None:
    fault = compare((1.0, 2.0), (1.0, 3.0), FLOAT64, names=("loss", "gradient"))
    assert fault is not None
    assert fault.en == "gradient: Expected 2, got 3."
    assert fault.zh.startswith("gradient：")

"""Judging a shipped exercise never fails on plain values, whatever they are, and NaN is never right."""

import functools
import importlib.util
import sys
import types
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.exercise import Case, Returned, Rng, Tensor
from coach.paths import CORPUS
from coach.practice import Practice
from coach.practice.catalogue import load_cases
from coach.practice.judge import Signature, judge
from coach.practice.practice import case_result
from coach.sandbox import ScriptedRunner
from coach.text import clean
from tests.fuzz import frames

PRACTICE = Practice(CORPUS / "exercises", ScriptedRunner(lambda name, args: None))
EXERCISES = {exercise.slug: exercise for exercise in PRACTICE.list()}
SEED = 3
PLACES = 4  # of a value with many parts the first few are spoiled

every_exercise = pytest.mark.parametrize(
    "slug",
    [
        pytest.param(slug, marks=[pytest.mark.torch] if exercise.needs == "torch" else [])
        for slug, exercise in EXERCISES.items()
    ],
)

# What may come back in the place of an array or a number; arrays are made of the right one.
odd_arrays: list[Callable[[Any], Any]] = [
    lambda a: np.full(a.shape, np.nan),
    lambda a: np.full(a.shape, np.inf),
    lambda a: np.full(a.shape, -1e308),
    lambda a: np.full((*a.shape, 2), np.nan),
    lambda a: a[None],
    lambda a: a.ravel()[:-1],
    lambda a: np.zeros((0, *a.shape)),
    lambda a: np.zeros((1 << 20, 0)),
    lambda a: np.zeros((1,) * 16),
    lambda a: a.astype(complex) + 1j,
    lambda a: a != a,
    lambda a: np.full(a.shape, -(2**63), np.int64),
    lambda a: np.full(a.shape, 2**64 - 1, np.uint64),
    lambda a: np.full(a.shape, 65504, np.float16),
    lambda a: a.tolist(),
]
ODD: tuple[Any, ...] = (
    *(
        None,
        True,
        0,
        -1,
        2**63 - 1,
        -(2**63),
        1e308,
        float("nan"),
        float("inf"),
        "",
        "nan",
        "\ud800",
    ),
    *([], (), {}, [[]], [None], (None, None), [1, [2, ["x"]]], {"t": "array"}, [np.zeros(3)] * 3),
)


@every_exercise
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_property_any_plain_value_is_judged(slug: str, data: st.DataObject) -> None:
    value = data.draw(frames.answers)
    for case in _checked(slug):
        _passes(case, value)


@every_exercise
def test_property_right_values_with_one_part_spoiled_are_judged(slug: str) -> None:
    answer, driver = _module(slug, "solution"), _module(slug, "driver")
    for case in _checked(slug):
        right = _value(slug, case, answer, driver)
        for spoiled, wrong in _spoiled(right):
            passed = _passes(case, spoiled)
            assert not (passed and wrong), f"{case.name}: passes with {wrong}"
        # Last, for the checks that remember a value for the next case.
        assert _passes(case, right), f"{case.name}: the solution's own value is wrong"


@every_exercise
def test_property_what_is_said_about_a_value_is_safe_to_show(slug: str) -> None:
    """A text that was returned may be shown, but never as it came."""
    answer, driver = _module(slug, "solution"), _module(slug, "driver")
    for case in _checked(slug):
        right = _value(slug, case, answer, driver)
        for place, _ in list(_parts(right, ()))[:PLACES]:
            returned = _returned(case, _with(right, place, "\x1b[2J\x9b1m\ud800\u202e\x07"))
            result = case_result(EXERCISES[slug], case, returned, "en")
            assert clean(result.message, 100_000) == result.message


@functools.cache
def _checked(slug: str) -> list[Case]:
    """The cases with a check of their own; what compares with an expected value is tested elsewhere."""
    return [case for case in load_cases(EXERCISES[slug])(SEED) if case.check]


def _passes(case: Case, value: Any) -> bool:
    """Whether a value passes; whatever it is, a fault is told in both languages."""
    with warnings.catch_warnings(action="ignore"):
        fault = judge(case, Signature("f"), _returned(case, value))
    assert fault is None or (fault.en and fault.zh)
    return fault is None


def _returned(case: Case, value: Any) -> Returned:
    return Returned(value, _sent(case.args), 0.0, case.gradient.expected if case.gradient else ())


def _sent(args: Any) -> Any:
    """Arguments as they come back where nothing has changed them."""
    if isinstance(args, (list, tuple)):
        return type(args)(map(_sent, args))
    return getattr(args, "array", args)


def _module(slug: str, name: str) -> types.ModuleType:
    """The exercise's own solution or driver; an empty module where there is none."""
    exercise = EXERCISES[slug]
    file = exercise.folder / f"{name}.py"
    label = f"{name}_of_{slug.replace('-', '_')}"
    if not file.is_file():
        return types.ModuleType(label)
    if exercise.needs == "torch" and importlib.util.find_spec("torch") is None:
        pytest.skip("PyTorch is not installed")
    spec = importlib.util.spec_from_file_location(label, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[label] = module
    spec.loader.exec_module(module)
    return module


def _value(slug: str, case: Case, answer: types.ModuleType, driver: types.ModuleType) -> Any:
    """What the solution returns, as the host would get it."""
    name = case.call or EXERCISES[slug].entry_points[0]
    args = [_argument(arg) for arg in case.args]
    if hasattr(driver, name):
        return _plain(getattr(driver, name)(answer, *args))
    return _plain(getattr(answer, name)(*args))


def _argument(arg: Any) -> Any:
    if isinstance(arg, Tensor):
        import torch

        return torch.from_numpy(arg.array.copy())
    if isinstance(arg, Rng):
        return np.random.default_rng(arg.seed)
    if isinstance(arg, (list, tuple)):
        return type(arg)(map(_argument, arg))
    return arg.copy() if isinstance(arg, np.ndarray) else arg


def _plain(value: Any) -> Any:
    if type(value) in (list, tuple):
        return type(value)(_plain(item) for item in value)
    if type(value) is dict:
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, np.generic):
        return np.asarray(value)
    return value.detach().numpy() if hasattr(value, "detach") else value


def _spoiled(right: Any) -> Iterator[tuple[Any, str]]:
    """The right value with one part exchanged, and what makes it wrong for certain, if anything does."""
    for place, part in list(_parts(right, ()))[:PLACES]:
        for odd in ODD:
            yield _with(right, place, odd), ""
        if isinstance(part, (np.ndarray, float)) and not isinstance(part, bool):
            array = np.asarray(part)
            for make in odd_arrays:
                yield _with(right, place, make(np.atleast_1d(array))), ""
            if array.size and array.dtype.kind == "f" and np.isfinite(array).all():
                yield _with(right, place, array * np.nan), f"NaN at {place}"
                yield _with(right, place, array + np.inf), f"infinity at {place}"


def _parts(value: Any, place: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    yield place, value
    if isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from _parts(item, (*place, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _parts(item, (*place, key))


def _with(value: Any, place: Sequence[Any], new: Any) -> Any:
    """The value with another part in one place."""
    if not place:
        return new
    if isinstance(value, dict):
        return {k: _with(v, place[1:], new) if k == place[0] else v for k, v in value.items()}
    items = [_with(v, place[1:], new) if i == place[0] else v for i, v in enumerate(value)]
    return type(value)(items)

"""The seam between exercises and what runs them: the sandbox and its stand-in keep the same contract."""

import os
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach.exercise import Failed, Loaded, Returned, Rng, Runner
from coach.sandbox import Sandbox, ScriptedRunner
from tests.contract.sandbox_runs import LIMITS, SOURCE, started


def _reply(name: str, args: Sequence[Any]) -> Any:
    return 2 * args[0] if name == "double" else Failed("error", "line 5: ValueError: no", 0.0)


@pytest.fixture(params=["sandbox", "scripted"])
def runner(request: pytest.FixtureRequest) -> Runner:
    return Sandbox() if request.param == "sandbox" else ScriptedRunner(_reply)


def test_a_call_returns_plain_values_and_the_arguments_afterwards(runner: Runner) -> None:
    x = np.arange(6.0).reshape(2, 3)
    with started(runner) as run:
        outcome = run.call("double", [x], 1)
    assert isinstance(outcome, Returned)
    assert np.array_equal(outcome.value, 2 * x)
    assert np.array_equal(outcome.args[0], x)


def test_an_exception_is_an_outcome_and_the_run_goes_on(runner: Runner) -> None:
    with started(runner) as run:
        failed = run.call("fail", [1.0], 1)
        assert isinstance(failed, Failed)
        assert (failed.status, failed.over) == ("error", False)
        assert failed.message.endswith("ValueError: no")
        assert isinstance(run.call("double", [1.0], 1), Returned)


def test_layers_are_named_and_closing_twice_is_harmless(runner: Runner) -> None:
    with started(runner) as run:
        assert run.isolation
        assert run.close() == run.close()


def test_output_is_captured_apart_and_made_safe() -> None:
    with started(Sandbox(), SOURCE.replace('"out"', r'"\x1b[2Jo\x07ut"'), ["shout"]) as run:
        run.call("shout", [1], 1)
        assert run.close() == ("out\n", "err\n")


@pytest.mark.parametrize(
    "value",
    [
        None, True, -3, 2.5, float("inf"), "text", [1, [2.0]], (1, "a"), {"k": [1]},
        np.float32(1.5), np.array(3), np.zeros((0, 4)), np.array([True, False]),
        np.arange(6, dtype=np.int32).reshape(2, 3).T, np.array([1 + 2j]), np.arange(10.0)[::2],
    ],
)  # fmt: skip
def test_plain_values_cross_unchanged(value: Any) -> None:
    with started(Sandbox(), "def same(x): return x", ["same"]) as run:
        outcome = run.call("same", [value], 1)
    assert isinstance(outcome, Returned)
    if isinstance(value, (np.ndarray, np.generic)):
        assert outcome.value.dtype == value.dtype
        assert np.array_equal(outcome.value, value)
    else:
        assert (type(outcome.value), outcome.value) == (type(value), value)


def test_generators_and_memory_layout_reach_the_answer() -> None:
    with started(Sandbox(), SOURCE, ["draw"]) as run:
        drawn = run.call("draw", [Rng(5)], 1)
        assert isinstance(drawn, Returned)
        assert np.array_equal(drawn.value, np.random.default_rng(5).random(3))
        for array, contiguous in [(np.ones((2, 3)), True), (np.ones((2, 6))[:, ::2], False)]:
            outcome = run.call("spread", [array], 1)
            assert isinstance(outcome, Returned)
            assert outcome.value is contiguous


def test_a_timeout_ends_the_run_in_time_and_leaves_no_process() -> None:
    before = _children()
    with started(Sandbox(), SOURCE, ["sleep"]) as run:
        began = time.monotonic()
        outcome = run.call("sleep", [1], 1)
        assert isinstance(outcome, Failed)
        assert (outcome.status, outcome.over) == ("timeout", True)
        run.close()
        assert 1 <= time.monotonic() - began < 2
    assert _children() == before


def test_an_answer_over_its_limit_is_no_answer() -> None:
    source = "import numpy as np\ndef big(x): return np.zeros(1 << 20)"
    with started(Sandbox(), source, ["big"]) as run:
        outcome = run.call("big", [1], 1)
    assert isinstance(outcome, Failed)
    assert "limit" in outcome.message


def test_runs_in_parallel_threads_do_not_disturb_each_other() -> None:
    sandbox, seen = Sandbox(), []

    def work(number: float) -> None:
        with started(sandbox) as run:
            outcome = run.call("double", [number], 1)
            assert isinstance(outcome, Returned)
            seen.append(outcome.value)

    threads = [threading.Thread(target=work, args=(float(n),)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == [0.0, 2.0, 4.0, 6.0]


def test_a_driver_works_with_the_answer_from_inside() -> None:
    source = "class Counter:\n    n = 0\n    def add(self, x):\n        self.n += x\n        return self.n"
    driver = "def added(answer, xs):\n    counter = answer.Counter()\n    return [counter.add(x) for x in xs]"
    with Sandbox().start("numpy", LIMITS, 2) as run:
        assert run.load(source, ["Counter"], 5, driver) == Loaded((), pytest.approx(0, abs=5))
        outcome = run.call("added", [[1, 2, 3]], 5)
        assert isinstance(outcome, Returned)
        assert outcome.value == [1, 3, 6]


def test_a_second_answer_in_one_run_replaces_the_first() -> None:
    with started(Sandbox(), "def f(x): return 1", ["f"]) as run:
        assert isinstance(run.load("def f(x): return 2", ["f"], 5), Loaded)
        outcome = run.call("f", [0], 5)
        assert isinstance(outcome, Returned)
        assert outcome.value == 2
        assert isinstance(run.load("def f(x) return 3", ["f"], 5), Failed)
        assert isinstance(run.call("f", [0], 5), Failed)


def _children() -> list[str]:
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split()

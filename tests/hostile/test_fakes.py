"""Ways to pass without being right, tried on every sort of judging: none of them works."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from importlib.util import find_spec

import pytest

from coach.exercise import PracticeResult
from coach.practice import Practice
from coach.sandbox import open_runner, probe
from tests.hostile.batch import AT_ONCE, HERE, parameter
from tests.hostile.targets import TARGETS, Target
from tests.hostile.threats import fakes

FAKES = fakes()
PRELUDE = (HERE / "prelude.py").read_text(encoding="utf-8")
Results = dict[tuple[str, str], "Future[PracticeResult]"]


def _sources() -> Iterator[tuple[str, str, str]]:
    """Name, target and source text of every fake, and of the honest answers."""
    for target, made in TARGETS.items():
        yield "honest", target, made.honest
    for name, _, targets, source in FAKES:
        yield from ((name, target, PRELUDE + source) for target in targets)


SOURCES = {(name, target): source for name, target, source in _sources()}


def _parameters() -> list[object]:
    return [
        pytest.param(key, id="-".join(key), marks=[pytest.mark.torch] if key[1] == "cube" else [])
        for key in SOURCES
    ]


@pytest.fixture(scope="module")
def results(request: pytest.FixtureRequest) -> Iterator[Results]:
    """The runs that were asked for, several at a time."""
    found = probe()
    if not found.available:
        pytest.skip(found.message)
    wanted = [parameter(item, "key") for item in request.session.items]
    sandbox = open_runner()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        practice = Practice(HERE, sandbox)
        yield {
            key: pool.submit(_run, practice, TARGETS[key[1]], source)
            for key, source in SOURCES.items()
            if key in wanted and (key[1] != "cube" or find_spec("torch"))
        }
    sandbox.close()


def _run(practice: Practice, target: Target, source: str) -> PracticeResult:
    return practice.run_cases(target.exercise, source, target.cases)


@pytest.mark.parametrize("key", _parameters())
def test_only_right_values_pass(key: tuple[str, str], results: Results) -> None:
    result = results[key].result()
    assert result.passed == (key[0] == "honest"), result
    failure = result.first_failure
    assert result.passed or (failure is not None and failure.message)
    assert "NameError" not in str(result.cases)  # a fake that does nothing proves nothing


def test_there_are_fakes_enough_for_every_sort_of_judging() -> None:
    assert len(FAKES) >= 20
    for target in TARGETS:
        assert sum(1 for _, other in SOURCES if other == target) > 3, target

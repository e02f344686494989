"""Every shipped exercise: its solution passes, its starter does not, and its tests catch known mistakes."""

import importlib.util
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from coach.errors import SandboxMissing
from coach.exercise import CaseResult, Exercise, Run
from coach.paths import CORPUS
from coach.practice import Practice, advice
from coach.practice.catalogue import load_cases
from coach.practice.practice import case_result, outcomes
from coach.sandbox import Sandbox

FOLDER = CORPUS / "exercises"
SANDBOX = Sandbox()
PRACTICE = Practice(FOLDER, SANDBOX)
EXERCISES = PRACTICE.list()
SOLUTION_SEEDS, MUTANT_SEEDS, OTHER_SEEDS = range(50), range(20), range(5)


def _parameters() -> list[object]:
    return [
        pytest.param(e, id=e.slug, marks=[pytest.mark.torch] if e.needs == "torch" else [])
        for e in EXERCISES
    ]


every_exercise = pytest.mark.parametrize("exercise", _parameters())


def _programs(exercise: Exercise, folder: str) -> Iterator[tuple[str, str]]:
    for file in sorted((exercise.folder / folder).glob("*.py")):
        yield file.name, file.read_text(encoding="utf-8")


def _by_seed(
    run: Run, exercise: Exercise, source: str, seeds: Iterable[int]
) -> Iterator[tuple[int, list[CaseResult]]]:
    draw = load_cases(exercise)
    for seed in seeds:
        tried = outcomes(run, exercise, source, draw(seed))
        yield seed, [case_result(exercise, case, outcome, "en") for case, outcome in tried]


def _failed(results: list[CaseResult]) -> list[CaseResult]:
    return [result for result in results if result.status != "passed"]


@every_exercise
def test_right_programs_pass_and_wrong_ones_fail_whatever_is_drawn(exercise: Exercise) -> None:
    """All of an exercise's own programs in one sandbox: starting one for each would take too long."""
    if exercise.needs == "torch" and importlib.util.find_spec("torch") is None:
        pytest.skip("PyTorch is not installed")
    patient = replace(exercise, limits=replace(exercise.limits, seconds=20))
    try:
        with SANDBOX.start(exercise.needs, patient.limits, calls=5000) as run:
            _solution_passes(run, patient)
            _starter_fails(run, patient)
            _alternatives_pass(run, patient)
            _mutants_fail(run, patient)
    except SandboxMissing as missing:
        pytest.skip(missing.message)


def _solution_passes(run: Run, exercise: Exercise) -> None:
    source = (exercise.folder / "solution.py").read_text(encoding="utf-8")
    for seed, results in _by_seed(run, exercise, source, SOLUTION_SEEDS):
        assert results
        assert _failed(results) == [], f"seed {seed}"


def _starter_fails(run: Run, exercise: Exercise) -> None:
    for _, results in _by_seed(run, exercise, exercise.starter, [0]):
        assert {r.status for r in results} == {"error"}
        assert "NotImplementedError" in results[0].message


def _alternatives_pass(run: Run, exercise: Exercise) -> None:
    alternatives = list(_programs(exercise, "alternatives"))
    assert alternatives
    for name, source in alternatives:
        for seed, results in _by_seed(run, exercise, source, OTHER_SEEDS):
            assert _failed(results) == [], f"{name} with seed {seed}"


def _mutants_fail(run: Run, exercise: Exercise) -> None:
    mutants = list(_programs(exercise, "mutants"))
    assert len(mutants) >= 3
    for name, source in mutants:
        assert re.match(r"# [A-Z].{12,}\.\n", source), f"{name}: the first line says the mistake"
        for seed, results in _by_seed(run, exercise, source, MUTANT_SEEDS):
            failed = _failed(results)
            assert failed, f"{name} passes with seed {seed}"
            assert {r.status for r in failed} <= {"wrong", "error"}, name


@every_exercise
def test_texts_and_cases_are_complete(exercise: Exercise) -> None:
    for lang in ("en", "zh"):
        assert exercise.title[lang]
        assert len(exercise.task[lang]) > 60
        assert len(exercise.hints) == 3
        described = PRACTICE.describe(exercise.slug, lang)
        assert all(name in described for name in exercise.entry_points)
    cases = load_cases(exercise)(1)
    assert len({case.name for case in cases}) == len(cases) >= 5
    assert all(case.why.en and case.why.zh for case in cases)
    called = {case.call or exercise.entry_points[0] for case in cases}
    if exercise.driver:
        assert not called & set(exercise.entry_points) or len(called) > 1
    else:
        assert called == set(exercise.entry_points)


@every_exercise
def test_right_programs_do_without_what_the_exercise_advises_against(exercise: Exercise) -> None:
    solution = (exercise.folder / "solution.py").read_text(encoding="utf-8")
    for source in (solution, *(text for _, text in _programs(exercise, "alternatives"))):
        assert advice(source, exercise.forbidden) == []

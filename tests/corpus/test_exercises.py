"""Every shipped exercise: its solution passes, its starter does not, and its tests catch known mistakes."""

import importlib.util
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

import pytest

from coach.errors import SandboxMissing
from coach.exercise import Case, CaseResult, Exercise, Run
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


class Trial:
    """An exercise's programs in one sandbox: starting one for each program and seed would take too long."""

    def __init__(self, run: Run, exercise: Exercise) -> None:
        self.exercise = exercise
        self._run = run
        self._draw = load_cases(exercise)
        self._cases = [self._draw(seed) for seed in SOLUTION_SEEDS]

    def results(self, source: str, seed: int) -> list[CaseResult]:
        """What becomes of every case."""
        return list(self._tried(source, self._cases[seed]))

    def failure(self, source: str, seed: int, first: str) -> CaseResult | None:
        """A case that fails; the one named `first` is tried by itself before all of them are."""
        likely = [case for case in self._cases[seed] if case.name == first]
        # Drawn again for the second try: some cases compare what they saw with what an earlier one saw.
        tried = chain(self._tried(source, likely), self._tried(source, self._draw(seed)))
        return next((result for result in tried if result.status != "passed"), None)

    def _tried(self, source: str, cases: Sequence[Case]) -> Iterator[CaseResult]:
        for case, outcome in outcomes(self._run, self.exercise, source, cases):
            yield case_result(self.exercise, case, outcome, "en")


@every_exercise
def test_right_programs_pass_and_wrong_ones_fail_whatever_is_drawn(exercise: Exercise) -> None:
    if exercise.needs == "torch" and importlib.util.find_spec("torch") is None:
        pytest.skip("PyTorch is not installed")
    patient = replace(exercise, limits=replace(exercise.limits, seconds=20))
    try:
        with SANDBOX.start(exercise.needs, patient.limits, calls=5000) as run:
            trial = Trial(run, patient)
            _solution_passes(trial)
            _starter_fails(trial)
            _alternatives_pass(trial)
            _mutants_fail(trial)
    except SandboxMissing as missing:
        pytest.skip(missing.message)


def _solution_passes(trial: Trial) -> None:
    source = (trial.exercise.folder / "solution.py").read_text(encoding="utf-8")
    for seed in SOLUTION_SEEDS:
        results = trial.results(source, seed)
        assert results
        assert [result for result in results if result.status != "passed"] == [], f"seed {seed}"


def _starter_fails(trial: Trial) -> None:
    results = trial.results(trial.exercise.starter, 0)
    assert {result.status for result in results} == {"error"}
    assert "NotImplementedError" in results[0].message


def _alternatives_pass(trial: Trial) -> None:
    alternatives = list(_programs(trial.exercise, "alternatives"))
    assert alternatives
    for name, source in alternatives:
        for seed in OTHER_SEEDS:
            failure = trial.failure(source, seed, first="")
            assert failure is None, f"{name} with seed {seed}: {failure}"


def _mutants_fail(trial: Trial) -> None:
    mutants = list(_programs(trial.exercise, "mutants"))
    assert len(mutants) >= 3
    for name, source in mutants:
        assert re.match(r"# [A-Z].{12,}\.\n", source), f"{name}: the first line says the mistake"
        last = ""
        for seed in MUTANT_SEEDS:
            failure = trial.failure(source, seed, first=last)
            assert failure is not None, f"{name} passes with seed {seed}"
            assert failure.status in ("wrong", "error"), name
            last = failure.name


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


def test_there_are_exercises_enough_of_both_kinds() -> None:
    assert len(EXERCISES) >= 60
    assert sum(exercise.needs == "torch" for exercise in EXERCISES) >= 20

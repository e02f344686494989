"""Every shipped exercise: its solution passes, its starter does not, and its tests catch known mistakes."""

import importlib.util
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from coach.errors import SandboxMissing
from coach.exercise import Case, CaseResult, Exercise
from coach.paths import CORPUS
from coach.practice import Practice, advice
from coach.practice.catalogue import load_cases
from coach.sandbox import Sandbox

FOLDER = CORPUS / "exercises"
PRACTICE = Practice(FOLDER, Sandbox())
SEEDS = range(8)
WANTED = {
    *("softmax", "softmax-cross-entropy", "conv2d-forward", "torch-attention", "dropout"),
    *("logistic-regression", "pca-whitening"),
}


def _parameters() -> list[object]:
    return [
        pytest.param(e, id=e.slug, marks=[pytest.mark.torch] if e.needs == "torch" else [])
        for e in PRACTICE.list()
    ]


every_exercise = pytest.mark.parametrize("exercise", _parameters())


def _by_seed(exercise: Exercise, source: str, seeds: Sequence[int]) -> list[list[CaseResult]]:
    """The results of each seed's cases, all of them from one sandbox."""
    if exercise.needs == "torch" and importlib.util.find_spec("torch") is None:
        pytest.skip("PyTorch is not installed")
    draw = load_cases(exercise)
    groups = [list(draw(seed)) for seed in seeds]
    cases: list[Case] = [case for group in groups for case in group]
    patient = replace(exercise, limits=replace(exercise.limits, seconds=20))
    try:
        results = list(PRACTICE.run_cases(patient, source, cases).cases)
    except SandboxMissing as missing:
        pytest.skip(missing.message)
    taken = iter(results)
    return [[result for _, result in zip(group, taken, strict=False)] for group in groups]


@every_exercise
def test_the_solution_passes_whatever_is_drawn(exercise: Exercise) -> None:
    source = (exercise.folder / "solution.py").read_text(encoding="utf-8")
    for results in _by_seed(exercise, source, SEEDS):
        assert results
        assert [r for r in results if r.status != "passed"] == []


@every_exercise
def test_the_starter_fails_and_says_where(exercise: Exercise) -> None:
    (results,) = _by_seed(exercise, exercise.starter, [0])
    assert {r.status for r in results} == {"error"}
    assert "NotImplementedError" in results[0].message


@every_exercise
def test_every_mutant_fails_on_every_seed(exercise: Exercise) -> None:
    mutants = sorted((exercise.folder / "mutants").glob("*.py"))
    assert len(mutants) >= 3
    for mutant in mutants:
        source = mutant.read_text(encoding="utf-8")
        assert re.match(r"# [A-Z].{12,}\.\n", source), f"{mutant}: the first line says the mistake"
        for seed, results in zip(SEEDS, _by_seed(exercise, source, SEEDS), strict=True):
            wrong = [r for r in results if r.status != "passed"]
            assert wrong, f"{mutant.name} passes with seed {seed}"
            assert all(r.status in ("wrong", "error") for r in wrong)


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
    assert {case.call or exercise.entry_points[0] for case in cases} == set(exercise.entry_points)


@every_exercise
def test_the_solution_does_without_what_it_advises_against(exercise: Exercise) -> None:
    source = (exercise.folder / "solution.py").read_text(encoding="utf-8")
    assert advice(source, exercise.forbidden) == []


def test_the_exercises_that_cards_lead_to_are_there() -> None:
    assert {exercise.slug for exercise in PRACTICE.list()} >= WANTED

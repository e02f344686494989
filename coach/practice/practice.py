"""The exercises of a folder, and runs of answers to them."""

import secrets
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from coach.errors import UsageError
from coach.exercise import (
    Case,
    CaseResult,
    Exercise,
    Failed,
    Loaded,
    OnCase,
    PracticeResult,
    Returned,
    Run,
    Runner,
    Status,
    Tensor,
)
from coach.language import Lang
from coach.practice.catalogue import load_cases, load_exercise
from coach.practice.judge import (
    Signature,
    describe_failed_case,
    describe_failure,
    judge,
    signatures,
)
from coach.practice.texts import TEXTS
from coach.text import clean, did_you_mean

MESSAGE_SHOWN = 4000


class Practice:
    """Exercises found in a folder; `runner` is what isolates the answers."""

    def __init__(self, folder: Path, runner: Runner) -> None:
        self.folder = folder
        self._runner = runner

    def list(self) -> tuple[Exercise, ...]:
        """All exercises, by slug."""
        return tuple(load_exercise(self.folder / slug) for slug in self._slugs())

    def get(self, slug: str) -> Exercise:
        """The exercise with this slug; UsageError names the nearest ones."""
        slugs = self._slugs()
        if slug in slugs:
            return load_exercise(self.folder / slug)
        hint = did_you_mean(slug, slugs) or "`coach practice list` shows them all."
        raise UsageError(f"There is no exercise {slug!r}.", hint)

    def describe(self, slug: str, lang: Lang) -> str:
        """The task as plain text: what to write, what it may use, the file to start from."""
        exercise = self.get(slug)
        needs = TEXTS[f"needs_{exercise.needs}"][lang]
        limits = TEXTS["limits"][lang].format(
            seconds=f"{exercise.limits.seconds:g}", memory=exercise.limits.memory_mb
        )
        parts = [exercise.title[lang], exercise.task[lang], f"{needs} {limits}"]
        if exercise.forbidden:
            parts.append(TEXTS["forbidden"][lang].format(names=", ".join(exercise.forbidden)))
        return "\n\n".join([*parts, exercise.starter.strip()])

    def start(self, slug: str, to: Path) -> Path:
        """Writes the file to start from; UsageError where there already is something."""
        exercise = self.get(slug)
        try:
            to.parent.mkdir(parents=True, exist_ok=True)
            with to.open("x", encoding="utf-8") as file:
                file.write(exercise.starter)
        except FileExistsError as error:
            raise UsageError(
                f"{to} exists already and is left as it is.", "Name another file with --to."
            ) from error
        except OSError as error:
            raise UsageError(f"{to} can't be written: {error.strerror}.") from error
        return to

    def run(
        self,
        slug: str,
        source: str,
        seed: int | None = None,
        on_case: OnCase | None = None,
        *,
        lang: Lang = "en",
    ) -> PracticeResult:
        """Runs an answer on cases drawn from the seed (none: drawn anew), smallest first.

        Raises SandboxMissing and PackageMissing; whatever the answer does is part of the result.
        """
        exercise = self.get(slug)
        cases = load_cases(exercise)(secrets.randbits(32) if seed is None else seed)
        return self.run_cases(exercise, source, cases, on_case, lang=lang)

    def run_cases(
        self,
        exercise: Exercise,
        source: str,
        cases: Sequence[Case],
        on_case: OnCase | None = None,
        *,
        lang: Lang = "en",
    ) -> PracticeResult:
        """Runs an answer on these very cases, in one sandbox; in a second one from where the first was lost."""
        began = time.monotonic()
        results: list[CaseResult] = []
        for last in (False, True):
            rest = cases[len(results) :]
            with self._runner.start(exercise.needs, exercise.limits, len(rest)) as run:
                lost = False
                for case, outcome in outcomes(run, exercise, source, rest):
                    if isinstance(outcome, Failed) and outcome.lost and not last:
                        lost = True
                        break
                    results.append(case_result(exercise, case, outcome, lang))
                    if on_case is not None:
                        on_case(results[-1])
                stdout, stderr = run.close()
            if not lost:
                break
        return PracticeResult(
            exercise=exercise.slug,
            passed=len(results) == len(cases) > 0 and all(r.status == "passed" for r in results),
            cases=tuple(results),
            stdout=stdout,
            stderr=stderr,
            limits=exercise.limits,
            isolation=run.isolation,
            elapsed_s=time.monotonic() - began,
        )

    def prepare(self, slug: str) -> None:
        """Has a sandbox ready for this exercise, so that running an answer takes no time to start."""
        self._runner.prepare(self.get(slug).needs)

    def close(self) -> None:
        """Ends what was prepared."""
        self._runner.close()

    def _slugs(self) -> Sequence[str]:
        return sorted(file.parent.name for file in self.folder.glob("*/exercise.toml"))


def outcomes(
    run: Run, exercise: Exercise, source: str, cases: Sequence[Case]
) -> Iterator[tuple[Case | None, Loaded | Returned | Failed]]:
    """What becomes of each case until the run is over; without a case: of an answer that can't be used."""
    seconds = exercise.limits.seconds
    loaded = run.load(source, exercise.entry_points, seconds, exercise.driver)
    if isinstance(loaded, Failed) or len(loaded.missing) == len(exercise.entry_points):
        yield None, loaded
        return
    for case in cases:
        name = case.call or exercise.entry_points[0]
        cotangent = None if case.gradient is None else Tensor(case.gradient.cotangent)
        outcome = run.call(name, case.args, seconds, cotangent)
        yield case, outcome
        if isinstance(outcome, Failed) and outcome.over:
            return


def case_result(
    exercise: Exercise, case: Case | None, outcome: Loaded | Returned | Failed, lang: Lang
) -> CaseResult:
    """The verdict on one case, in words for the candidate."""
    seconds = outcome.elapsed_s
    if case is None or isinstance(outcome, Loaded):
        status, text = _unusable(exercise, outcome, lang)
        return CaseResult("load", status, text, seconds)
    name = case.call or exercise.entry_points[0]
    call = signatures(exercise.driver).get(name, Signature(name))
    if isinstance(outcome, Failed):
        text = describe_failed_case(case, call, outcome, exercise.limits, lang)
        return CaseResult(case.name, outcome.status, text, seconds)
    fault = judge(case, call, outcome)
    if fault is None:
        return CaseResult(case.name, "passed", "", seconds)
    # A check of an exercise may quote what the answer returned.
    return CaseResult(case.name, "wrong", clean(fault[lang], MESSAGE_SHOWN), seconds)


def _unusable(
    exercise: Exercise, outcome: Loaded | Returned | Failed, lang: Lang
) -> tuple[Status, str]:
    """Why no case can be tried: the module does not load, or defines nothing that was asked for."""
    if isinstance(outcome, Failed):
        return outcome.status, describe_failure(outcome, exercise.limits, lang)
    return "error", TEXTS["no_entry_point"][lang].format(names=", ".join(exercise.entry_points))

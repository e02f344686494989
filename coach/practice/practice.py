"""The exercises of a folder, and runs of answers to them."""

import difflib
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from coach.card import Lang
from coach.errors import UsageError
from coach.exercise import (
    Case,
    CaseResult,
    Exercise,
    Failed,
    Loaded,
    PracticeResult,
    Run,
    Runner,
    Status,
)
from coach.practice.catalogue import load_cases, load_exercise
from coach.practice.judge import describe_failure, judge
from coach.practice.texts import TEXTS

OnCase = Callable[[CaseResult], None]


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
        near = difflib.get_close_matches(slug, slugs, n=3, cutoff=0.4)
        hint = (
            f"Did you mean {' or '.join(near)}?"
            if near
            else "`coach practice list` shows them all."
        )
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
        """Runs an answer on these very cases, in one sandbox."""
        began = time.monotonic()
        results: list[CaseResult] = []
        with self._runner.start(exercise.needs, exercise.limits, len(cases)) as run:
            for result in _results(run, exercise, source, cases, lang):
                results.append(result)
                if on_case is not None:
                    on_case(result)
            stdout, stderr = run.close()
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

    def _slugs(self) -> Sequence[str]:
        return sorted(file.parent.name for file in self.folder.glob("*/exercise.toml"))


def _results(
    run: Run, exercise: Exercise, source: str, cases: Sequence[Case], lang: Lang
) -> Iterator[CaseResult]:
    """One result for each case until the run is over; a module that does not load is one of its own."""
    loaded = run.load(source, exercise.entry_points, exercise.limits.seconds)
    unusable = _unusable(loaded, exercise, lang)
    if unusable is not None:
        yield unusable
        return
    for case in cases:
        name = case.call or exercise.entry_points[0]
        outcome = run.call(name, case.args, exercise.limits.seconds)
        if isinstance(outcome, Failed):
            message = f"{describe_failure(outcome, exercise.limits, lang)}\n{case.why[lang]}"
            yield CaseResult(case.name, outcome.status, message, outcome.elapsed_s)
            if outcome.over:
                return
            continue
        fault = judge(case, name, outcome)
        message = "" if fault is None else fault[lang]
        status: Status = "passed" if fault is None else "wrong"
        yield CaseResult(case.name, status, message, outcome.elapsed_s)


def _unusable(loaded: Loaded | Failed, exercise: Exercise, lang: Lang) -> CaseResult | None:
    """Why no case can be tried: the module does not load, or defines nothing that was asked for."""
    if isinstance(loaded, Failed):
        message = describe_failure(loaded, exercise.limits, lang)
        return CaseResult("load", loaded.status, message, loaded.elapsed_s)
    if len(loaded.missing) == len(exercise.entry_points):
        text = TEXTS["no_entry_point"][lang].format(names=", ".join(loaded.missing))
        return CaseResult("load", "error", text, loaded.elapsed_s)
    return None

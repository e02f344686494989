"""What `coach eval run` can let mark: the coach's own grader, and the baselines it must beat."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coach.app import Coach
from coach.errors import CoachError, ModelMissing, PackageMissing, UsageError
from coach.grade.serialize import verdict_to_json
from coach.settings import with_value
from coach.text import did_you_mean
from eval.baselines import SIGNALS, signal
from eval.datasets import Sample
from eval.plain import plain_mark
from eval.tasks import by_question, task_of

if TYPE_CHECKING:
    from coach.verdict import Verdict

DEFAULT = "keypoints"
PLAIN = "plain"
WITH_MODEL = (DEFAULT, PLAIN)
BASELINES = (*SIGNALS, PLAIN)
_MISSING = (ModelMissing.kind, PackageMissing.kind)


@dataclass(frozen=True)
class Outcome:
    """What came of one answer: a score (0 to 1), a baseline's signal, or neither where it stays ungraded.

    `missing` says that there was no model to ask; then the next answer will hardly fare better.
    """

    elapsed_s: float
    score: float | None = None
    signal: float | None = None
    confidence: float | None = None
    interval: tuple[float, float] | None = None
    verdict: dict[str, Any] | None = None
    reason: str | None = None
    missing: bool = False


Judge = Callable[[Sample], Outcome]


def check_name(name: str) -> None:
    """UsageError unless something can mark by that name."""
    base, at, model = name.partition("@")
    if base not in (DEFAULT, *BASELINES) or (at and (base not in WITH_MODEL or not model)):
        raise UsageError(
            f"--grader is {name!r}. {did_you_mean(base, (DEFAULT, *BASELINES))}".strip(),
            f"It can be {', '.join((DEFAULT, *BASELINES))}, and {' or '.join(WITH_MODEL)} with @MODEL.",
        )


def needs_model(name: str) -> bool:
    """Whether the name asks a language model."""
    return name.partition("@")[0] in WITH_MODEL


class Graders:
    """Opens what marks by name; a name with @MODEL uses that model of the same settings."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach
        self._others: dict[str, Coach] = {}

    def model(self, name: str) -> str | None:
        """The language model's name, opened; None where none is asked. ModelMissing where it is not there."""
        return self._for(name).language_model().name if needs_model(name) else None

    def judge(self, name: str) -> Judge:
        """What marks one sample; may be called from several threads."""
        coach, base = self._for(name), name.partition("@")[0]
        if base == DEFAULT:
            cards, grader = by_question(coach.deck), coach.grader.marking_only()
            return lambda sample: _of_verdict(grader.grade(task_of(sample, cards), sample.answer))
        if base == PLAIN:
            return lambda sample: _plain(coach, sample)
        return _timed(signal(base, coach.embed))

    def close(self) -> None:
        """Closes what was opened here, not the coach given."""
        for coach in self._others.values():
            coach.close()

    def _for(self, name: str) -> Coach:
        model = name.partition("@")[2]
        if not model:
            return self._coach
        if model not in self._others:
            settings = with_value(self._coach.settings, "model.name", model)
            self._others[model] = Coach(
                settings, self._coach.paths, environ=self._coach.environ, clock=self._coach.clock
            )
        return self._others[model]


def _of_verdict(verdict: "Verdict") -> Outcome:
    return Outcome(
        elapsed_s=verdict.elapsed_s,
        score=verdict.score,
        confidence=verdict.confidence,
        interval=verdict.interval,
        verdict=verdict_to_json(verdict),
        reason=verdict.ungraded_reason,
        missing=verdict.ungraded_kind in _MISSING,
    )


def _plain(coach: Coach, sample: Sample) -> Outcome:
    began = time.monotonic()
    try:
        score = plain_mark(coach.language_model(), sample)
    except UsageError:
        raise
    except CoachError as error:
        reason = f"{error.message} {error.hint}".strip()
        return Outcome(_since(began), reason=reason, missing=error.kind in _MISSING)
    return Outcome(_since(began), score=score)


def _timed(see: Callable[[Sample], float]) -> Judge:
    def judge(sample: Sample) -> Outcome:
        began = time.monotonic()
        seen = see(sample)
        return Outcome(_since(began), signal=seen)

    return judge


def _since(began: float) -> float:
    return round(time.monotonic() - began, 4)

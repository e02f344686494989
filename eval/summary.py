"""The rows of a report: a grader's agreement with human marks over all, and by language, question and band."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from eval.bootstrap import DRAWS
from eval.datasets import Sample
from eval.marks import Scales, scales
from eval.metrics import AGREEMENT, Result, measured

BANDS = ("low", "middle", "high")
_THIRD = 1 / 3 + 1e-9


def grader_row(
    name: str,
    model: str | None,
    results: Sequence[Result],
    known: Scales,
    *,
    seed: int = 0,
    draws: int = DRAWS,
) -> dict[str, Any]:
    """One grader's row; `known` are the marks of the whole set."""

    def groups(key: Callable[[Sample], str]) -> dict[str, Any]:
        found: dict[str, list[Result]] = {}
        for result in results:
            found.setdefault(key(result.sample), []).append(result)
        return {
            group: {"n": len(held), **measured(held, known, draws, seed)}
            for group, held in sorted(found.items())
        }

    graded = sum(result.score is not None for result in results)
    return {
        "name": name,
        "model": model,
        "graded": graded,
        "ungraded": len(results) - graded,
        **measured(results, known, draws, seed),
        "by_lang": groups(lambda sample: sample.lang),
        "by_question": groups(lambda sample: sample.question_id),
        "by_band": groups(band),
    }


def human_row(
    samples: Sequence[Sample], *, seed: int = 0, draws: int = DRAWS
) -> dict[str, Any] | None:
    """How far one marker agrees with the other: the ceiling; None where no answer has two marks."""
    both = [s for s in samples if s.score_1 is not None and s.score_2 is not None]
    if not both:
        return None
    first = [replace(sample, score=sample.score_1 or 0.0) for sample in both]
    second = [replace(sample, score=sample.score_2 or 0.0) for sample in both]
    results = [Result(one, other.human) for one, other in zip(first, second, strict=True)]
    found = measured(results, scales([*first, *second]), draws, seed)
    return {
        "name": "human",
        "n": len(both),
        **{name: found[name] for name in AGREEMENT},
        "ci95": {name: found["ci95"][name] for name in AGREEMENT},
    }


def band(sample: Sample) -> str:
    """The third of the scale the human mark lies in; a mark on a border belongs to the outer third."""
    low, high = sample.human <= _THIRD, sample.human >= 1 - _THIRD
    return BANDS[0] if low else BANDS[2] if high else BANDS[1]

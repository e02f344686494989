"""Fits what makes marks equal in both languages: the weight of the feature "foreign", for exams.

    python scripts/fit_language.py [--write]

Each card with answers in `eval/sets` has a partial answer and its translation; without the card, against the
reference alone, both should get the same mark. Prints the mean absolute difference (0 to 1) before, after, and on the
half of the cards that was left out. With `--write` stores the weight in `coach/grade/weights.json`. The embedded model
is not asked.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar

from coach.embeddings.bundled import BundledEmbeddings
from coach.grade import Task, combine
from coach.grade.evidence import Evidence
from coach.grade.opinions import fitted
from coach.grade.steering import masked
from coach.grade.task_vectors import TaskVectors
from coach.language import LANGS, Lang
from eval.datasets import SETS, Sample, read_set

WEIGHTS = Path(__file__).parent.parent / "coach/grade/weights.json"
PAIR = ("partial", "other_language")
Features = Sequence[Mapping[str, float]]


@dataclass(frozen=True)
class Translated:
    """The features of an answer's and of its translation's key points."""

    lang: Lang
    own: Features
    other: Features

    def difference(self) -> float:
        """By how much the translation's mark is higher (-1 to 1)."""
        return _mark(self.other) - _mark(self.own)


def main() -> None:
    """Measures, fits, reports, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    fit_foreign([pair for lang in LANGS for pair in translated(lang)])
    if options.write:
        WEIGHTS.write_text(json.dumps(fitted(), indent=1) + "\n", encoding="utf-8")


def fit_foreign(pairs: Sequence[Translated]) -> None:
    """Sets the weight of "foreign" for exams, and reports."""
    for left_out in (pairs[::2], pairs[1::2]):
        gain = best_gain([pair for pair in pairs if pair not in left_out])
        report(f"left out, gain {gain:.3f}", left_out)
    best = best_gain(pairs)
    for gain in (0.0, best):
        set_gain(gain)
        report(f"gain {gain:.3f}", pairs)


def translated(lang: Lang) -> list[Translated]:
    """The pairs of one set."""
    answers: dict[str, dict[str, Sample]] = {}
    for sample in read_set(SETS / f"answers-{lang}.jsonl"):
        answers.setdefault(sample.question_id, {})[sample.extra["kind"]] = sample
    embed = BundledEmbeddings().embed_queries
    found = []
    for kinds in answers.values():
        asked = kinds[PAIR[0]]
        # Without the card's key points: most exams have none.
        task = Task.from_reference(asked.question, asked.references, (), lang)
        vectors = TaskVectors.of(task, embed)
        texts = [kinds[kind].answer for kind in PAIR]
        own, other = (Evidence(task, t, masked(t, task), vectors, embed) for t in texts)
        points = range(len(task.key_points))
        found.append(Translated(lang, *([e.features(i) for i in points] for e in (own, other))))
    return found


def best_gain(pairs: Sequence[Translated]) -> float:
    """What brings the mean squared difference to its least."""

    def loss(gain: float) -> float:
        set_gain(gain)
        return float(np.mean([pair.difference() ** 2 for pair in pairs]))

    best = float(minimize_scalar(loss, bounds=(-2, 2)).x)
    set_gain(best)
    return best


def set_gain(gain: float) -> None:
    """Makes an answer in another language gain so much on the logit scale."""
    row = {"mean": 0.0, "sd": 1.0, "weight": round(gain, 4)}
    fitted()["exam"]["features"][combine.FOREIGN] = row


def report(title: str, pairs: Sequence[Translated]) -> None:
    """Prints mean absolute difference and mean difference for each language of the reference."""
    for lang in LANGS:
        by = np.array([pair.difference() for pair in pairs if pair.lang == lang])
        print(
            f"{title}: {lang} {len(by)} pairs, {np.abs(by).mean():.4f} apart, mean {by.mean():+.4f}"
        )


def _mark(points: Features) -> float:
    return combine.exam_mark(float(np.mean([combine.probability(p, "exam") for p in points])))


if __name__ == "__main__":
    main()

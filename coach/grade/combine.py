"""Sharpens the model's opinion of a key point with what code sees; turns it into words and a score.

A logistic regression for each kind of rubric, in both languages the same but for one weight: its standardised
features and coefficients lie in `weights.json`, fitted by `scripts/fit_grader.py` on the deck's
marked exemplars and on exams marked by people. A feature that is absent counts as average.
"""

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from coach.grade import opinions
from coach.grade.opinions import AGAINST, fitted
from coach.grade.task import Point, Rubric
from coach.language_model import LanguageModel
from coach.verdict import Grade, KeyPointVerdict, PointVerdict

FOREIGN = "foreign"
"""A feature of answers in another language than the rubric: their signals are weaker, its weight makes up for it."""
UNLIKE = "unlike"
"""A feature of those of them that share few words with the rubric."""
WORDS = frozenset({"specific", "grams", "known", "told", "said", "long"})
"""Features that compare words: across languages little is shared, so they count half, and average for the rest."""
COVERED = 0.65
MISSING = 0.35
CONTRADICTED = 0.5
CORRECT_SCORE = 0.75
INCORRECT_SCORE = 0.3
UNMENTIONED: Mapping[Rubric, float] = MappingProxyType({"card": 0.2, "exam": 0.03})
"""At most so probable is a point nothing in the answer bears on; an exam's mild marks would credit more."""
CLEAR = 1.1
"""From a tenth short of certainty on an answer counts as being about its question."""
_EDGE = 1e-4


def probability(features: Mapping[str, float], rubric: Rubric) -> float:
    """Returns the probability (0 to 1) that a key point is covered.

    A point the answer does not mention, or contradicts by the model's own word, stays low.
    """
    weights = fitted()[rubric]
    total = float(weights["bias"])
    for name, row in weights["features"].items():
        value = features.get(name, row["mean"])
        if name in WORDS and UNLIKE in features:
            value = (value + row["mean"]) / 2
        # Nothing lies further out than the exemplars did: no single signal can carry a mark alone.
        total += row["weight"] * max(-3.0, min(3.0, (value - row["mean"]) / row["sd"]))
    highest = UNMENTIONED[rubric] if unmentioned(features) else 1.0
    against = features.get(AGAINST, 0.0)
    if against >= CONTRADICTED:
        highest = min(highest, max(0.0, 1 - against))
    return topicality(features, rubric) * min(highest, _sigmoid(total))


def topicality(features: Mapping[str, float], rubric: Rubric) -> float:
    """Returns what is left (0 to 1) of an answer's points: 1 unless it seems to be about another question.

    A logistic regression that tells answers from good answers to other questions; 1 where it cannot tell.
    """
    weights = fitted()[rubric].get("topic")
    if weights is None or any(name not in features for name in weights["features"]):
        return 1.0
    total = sum(weight * features[name] for name, weight in weights["features"].items())
    return min(1.0, CLEAR * _sigmoid(weights["bias"] + total))


def highest(features: Mapping[str, float], rubric: Rubric, model: LanguageModel) -> float:
    """Returns the highest probability that any opinion of a model could give a key point."""
    extremes = opinions.extremes(model)
    return max(probability({**features, **extreme}, rubric) for extreme in extremes)


def unmentioned(features: Mapping[str, float]) -> bool:
    """Whether nothing in the answer bears on this very point, however good the rest of it is.

    None of the words that set the point apart is there, and what comes nearest to it is nearer to
    another point. Of the exemplars' covered points this takes 1 in 40, of the others 2 in 5 that
    the regression alone would credit.
    """
    if UNLIKE in features:
        return False
    return features.get("specific", 1.0) == 0.0 and features.get("own", -1.0) < 0.0


def word_for(covered: float, against: float) -> PointVerdict:
    """Returns the verdict for a covered-probability and the model's probability of a contradiction."""
    if against >= CONTRADICTED and covered < COVERED:
        return "contradicted"
    if covered >= COVERED:
        return "covered"
    return "partial" if covered >= MISSING else "missing"


def score_of(points: Sequence[Point], verdicts: Sequence[KeyPointVerdict]) -> float:
    """Returns the weighted mean (0 to 1) of the key points' probabilities."""
    total = sum(point.weight for point in points)
    earned = sum(p.weight * v.probability for p, v in zip(points, verdicts, strict=True))
    return min(1.0, max(0.0, earned / total))


def grade_of(score: float, points: Sequence[Point], verdicts: Sequence[KeyPointVerdict]) -> Grade:
    """Returns the word for a score; "correct" also asks that no essential point was missed."""
    lost = ("missing", "contradicted")
    missed = any(p.essential and v.verdict in lost for p, v in zip(points, verdicts, strict=True))
    if score < INCORRECT_SCORE:
        return "incorrect"
    return "correct" if score >= CORRECT_SCORE and not missed else "partial"


def exam_mark(score: float) -> float:
    """Returns the mark (0 to 1) examiners give for a score (0 to 1) against a reference answer.

    They are milder than a rubric made to learn by: sigmoid(logit(score) + offset).
    """
    return _sigmoid(opinions.logit(score, _EDGE) + fitted()["exam"]["offset"])


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))

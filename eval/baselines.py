"""Simple ways to mark, which a grader must beat: what they see of an answer, and the line that makes it a mark."""

import math
from collections.abc import Callable, Sequence

from coach.grade.clauses import recall, tokens
from coach.grade.similarity import Embed, Vector, centred, dot
from eval.datasets import Sample

Signal = Callable[[Sample], float]
SIGNALS = ("mean", "length", "overlap", "embedding")
_FOLDS = 5
# The embedding model reads no further than some 500 tokens.
_READ = 4000


def signal(name: str, embed: Embed) -> Signal:
    """What one of `SIGNALS` sees of an answer: a number without a scale."""
    known: dict[str, Signal] = {
        "mean": lambda _: 0.0,
        "length": lambda sample: math.log1p(len(sample.answer)),
        "overlap": overlap,
        "embedding": _Similarity(embed),
    }
    return known[name]


def overlap(sample: Sample) -> float:
    """Share (0 to 1) of the nearest reference's words that the answer has; in Chinese, of its pairs of characters."""
    said = tokens(sample.answer)
    return max((recall(tokens(text), said) for text in sample.references), default=0.0)


def marks(samples: Sequence[Sample], signals: Sequence[float], seed: int) -> list[float | None]:
    """Marks (0 to 1) by a straight line fitted on the other questions; None where there is nothing to fit on.

    With one question: on the other four fifths of the answers. Depends on the order of the samples
    only there. A signal that never varies gives the mean of the other marks.
    """
    from sklearn.linear_model import LinearRegression
    from sklearn.model_selection import KFold, LeaveOneGroupOut, cross_val_predict

    if len(samples) < 2:
        return [None] * len(samples)
    questions = [sample.question_id for sample in samples]
    several = len(set(questions)) > 1
    folds = KFold(min(_FOLDS, len(samples)), shuffle=True, random_state=seed)
    found = cross_val_predict(
        LinearRegression(),
        [[value] for value in signals],
        [sample.human for sample in samples],
        groups=questions if several else None,
        cv=LeaveOneGroupOut() if several else folds,
    )
    return [min(1.0, max(0.0, round(float(value), 6))) for value in found]


class _Similarity:
    """Cosine (-1 to 1) of the whole answer and the nearest reference; 0 for an answer without words."""

    def __init__(self, embed: Embed) -> None:
        self._embed = embed
        self._kept: tuple[tuple[str, ...], list[Vector]] = ((), [])

    def __call__(self, sample: Sample) -> float:
        if not sample.answer.strip():
            return 0.0
        (answer,) = centred(self._embed, [sample.answer[:_READ]])
        return max((dot(answer, vector) for vector in self._references(sample)), default=0.0)

    def _references(self, sample: Sample) -> list[Vector]:
        known, vectors = self._kept
        if known != sample.references:
            vectors = centred(self._embed, [text[:_READ] for text in sample.references])
            self._kept = (sample.references, vectors)
        return vectors

"""Vectors in which closeness means the same in both languages."""

import json
import math
import operator
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files

from coach.language import Lang, detect

Vector = Sequence[float]
Embed = Callable[[Sequence[str]], Sequence[Vector]]


def centred(embed: Embed, texts: Sequence[str]) -> list[Vector]:
    """Returns unit vectors with the mean of each text's language taken off.

    The means are the deck's and do not move with the user's documents: the same answer keeps its
    mark whatever is indexed. Vectors of another length than the shipped means are left as they are.
    """
    if not texts:
        return []
    vectors = embed(list(texts))
    return [unit(_shifted(v, detect(t))) for t, v in zip(texts, vectors, strict=True)]


def unit(vector: Vector) -> Vector:
    """Returns the vector at length 1; a zero vector stays zero."""
    norm = math.sqrt(math.fsum(value * value for value in vector))
    return [float(value) / norm for value in vector] if norm > 0 else [0.0] * len(vector)


def middle(vectors: Sequence[Vector]) -> Vector:
    """Returns the unit vector in the middle of some (at least one)."""
    return unit([math.fsum(values) for values in zip(*vectors, strict=True)])


def dot(first: Vector, second: Vector) -> float:
    """Returns the inner product."""
    return math.fsum(map(operator.mul, first, second))


def _shifted(vector: Vector, lang: Lang) -> Vector:
    mean = _means()[lang]
    if len(mean) != len(vector):
        return vector
    return [value - middle for value, middle in zip(vector, mean, strict=True)]


@cache
def _means() -> dict[Lang, list[float]]:
    text = (files("coach.grade") / "means.json").read_text(encoding="utf-8")
    means: dict[Lang, list[float]] = json.loads(text)
    return means

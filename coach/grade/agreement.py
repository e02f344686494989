"""How far an answer as a whole speaks the words of its reference, and its words only.

A small language model asked for the truth of a whole answer rates fluent wrong ones as high as
right ones; the words of the reference tell them apart.
"""

import math
import re
from collections.abc import Mapping, Sequence

from coach.grade.clauses import Piece, recall, sentences, tokens
from coach.grade.task import Task

MAX_STATEMENTS = 48
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NOT_WORD = re.compile(r"\W+")
_UNKNOWN = 0.5


def statements(task: Task) -> list[str]:
    """Returns the task's right statements: its key points, then its references' first sentences."""
    found = [piece.text for text in task.references for piece in sentences(text)]
    return [*(point.text for point in task.key_points), *found][:MAX_STATEMENTS]


def agreement(
    task: Task, answer: str, said: Sequence[Piece], words: list[str]
) -> Mapping[str, float]:
    """The signals by name, higher for a right answer.

    said: the mean over the answer's sentences of the share of words that one right statement has;
    known: the share of the answer's words that stand somewhere in the right statements;
    told: the share of the right statements' words that the answer has;
    numbers: the share of the references' numbers that the answer has, a half where there are none;
    Words and numbers that the question gives away count in no share.
    """
    right = [tokens(text) for text in statements(task)]
    asked = set(tokens(task.question))
    new = [word for word in words if word not in asked]
    stated = [word for statement in right for word in statement]
    sentence_words = [tokens(piece.text) for piece in said]
    shares = [max(recall(own, other) for other in right) for own in sentence_words]
    return {
        "said": _weighted_mean(shares, [len(own) for own in sentence_words]),
        "known": recall(new, stated),
        "told": recall([word for word in stated if word not in asked], words),
        "numbers": _numbers(task, answer),
    }


def extent(said: Sequence[Piece]) -> Mapping[str, float]:
    """Logarithms of the characters (long) and the number (parts) of sentences.

    With them a fit can take the part of length out of other signals: what is long shares more with anything.
    """
    return {
        "long": math.log(sum(len(piece.text) for piece in said) + 10),
        "parts": math.log(1 + len(said)),
    }


def grams(text: str, size: int) -> frozenset[str]:
    """Returns the runs of `size` characters of a text, punctuation and line breaks as one blank."""
    plain = _NOT_WORD.sub(" ", text.lower()).strip()
    return frozenset(plain[i : i + size] for i in range(len(plain) - size + 1))


def _numbers(task: Task, answer: str) -> float:
    asked = set(_NUMBER.findall(task.question))
    wanted = {n for text in task.references for n in _NUMBER.findall(text)} - asked
    return len(wanted & set(_NUMBER.findall(answer))) / len(wanted) if wanted else _UNKNOWN


def _weighted_mean(values: Sequence[float], sizes: Sequence[int]) -> float:
    """Returns the mean weighted by size, a size counting as at least one; 0 of nothing."""
    weights = [max(1, size) for size in sizes]
    total = sum(weights)
    return sum(v * w for v, w in zip(values, weights, strict=True)) / total if total else 0.0

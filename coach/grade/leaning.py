"""How the embedded model leans when it is asked about a key point: more than the letter that it would choose.

Its letters tell little of a right answer in other words, or of right words in a wrong relation. How likely it finds a
thousand other tokens in the letter's place tells more: their logits are linear views of its last hidden state. A
logistic regression over them, fitted by `scripts/fit_leaning.py`, says whether the answer states the point. Tokens,
weights and bias lie in `leaning.json`.
"""

import json
import math
import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LEANING = "leaning"
"""A feature: the logit of a point being stated, by the model alone."""
_FLOOR = 1e-12


@dataclass(frozen=True)
class Fitted:
    """What `leaning.json` holds: a weight for each token, and the bias."""

    tokens: tuple[str, ...]
    weights: tuple[float, ...]
    bias: float


@cache
def fitted() -> Fitted:
    """Returns the content of `leaning.json`."""
    table = json.loads((files("coach.grade") / "leaning.json").read_text(encoding="utf-8"))
    tokens, weights = zip(*table["tokens"], strict=True)
    return Fitted(tokens, weights, table["bias"])


def of_tokens(likely: Mapping[str, float]) -> Mapping[str, float]:
    """Returns the feature of how likely (0 to 1) each of the fitted tokens is."""
    known = fitted()
    seen = views([likely[token] for token in known.tokens])
    return {LEANING: known.bias + math.fsum(map(operator.mul, known.weights, seen))}


def views(likely: Sequence[float]) -> list[float]:
    """Returns logarithms of probabilities less their mean: logits up to a constant that cancels out."""
    logs = [math.log(max(_FLOOR, value)) for value in likely]
    middle = math.fsum(logs) / len(logs)
    return [value - middle for value in logs]

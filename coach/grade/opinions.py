"""What a language model is asked about an answer, and the features its replies become.

The weights were fitted with the replies of one model, the embedded one. Of that nothing is asked that did not
make marks better on unseen questions: how it leans at each key point of a card (see `leaning`), a mark for the whole
answer to an exam's question, in the languages `weights.json` names. What another model's opinion is
worth is not known: it is asked for a letter for each key point, and these count with a fixed weight.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from coach.errors import ModelReplyError
from coach.grade import leaning
from coach.grade.leaning import LEANING
from coach.grade.task import Task
from coach.language_model import LanguageModel

OPTIONS = ("A", "B", "C", "D")
"""The letters a model chooses from: says it, says part of it, does not say it, contradicts it."""
MARKS = ("0", "1", "2", "3", "4", "5")
"""The marks a model chooses from for a whole answer."""
POINTS = "points"
"""What a model is asked about: each key point, or the whole answer (MARK)."""
MARK, OTHERS, AGAINST = "mark", "others", "against"
"""Features: the fitted model's mark, another model's letters, how probable either finds a contradiction (0 to 1)."""
_FLOOR = 0.02
_LEAST = 1e-9


def is_fitted(model: str) -> bool:
    """Whether the weights were fitted with the replies of the model of this name."""
    return bool(model == fitted()["with"])


def leans(model: LanguageModel) -> bool:
    """Whether a model is the fitted one, and here: endpoints do not tell enough of its replies."""
    return is_fitted(model.name) and not model.remote


def wanted(task: Task, model: str) -> frozenset[str]:
    """Returns what to ask a model about: POINTS, one by one, or the whole answer's MARK."""
    if not is_fitted(model):
        return frozenset({POINTS})
    rows = fitted()[task.rubric]["features"]
    features = {POINTS: LEANING, MARK: MARK}
    asked = {
        name
        for name, feature in features.items()
        if feature in rows and task.lang in rows[feature].get("langs", task.lang)
    }
    return frozenset(asked if task.references else asked - {MARK})


def of_tokens(likely: Mapping[str, float]) -> Mapping[str, float]:
    """Returns the features of how likely the fitted model finds each of `leaning`'s tokens, the letters among them."""
    letters = [likely[letter] for letter in OPTIONS]
    return {**leaning.of_tokens(likely), AGAINST: letters[-1] / max(sum(letters), _LEAST)}


def of_letters(chosen: Mapping[str, float]) -> Mapping[str, float]:
    """Returns the features of a choice between the letters; ModelReplyError unless it is sound."""
    says, partly, _, against = _checked(chosen, OPTIONS)
    return {OTHERS: logit(says + 0.5 * partly), AGAINST: against}


def of_mark(chosen: Mapping[str, float]) -> Mapping[str, float]:
    """Returns the feature of a choice between the marks: their mean by probability; ModelReplyError as above.

    The likeliest mark alone says less.
    """
    values = _checked(chosen, MARKS)
    return {MARK: logit(sum(i * value for i, value in enumerate(values)) / (len(MARKS) - 1))}


def extremes(model: LanguageModel) -> Iterator[Mapping[str, float]]:
    """Yields the features of the most that a model could think of a key point, and of the least."""
    if leans(model):
        yield from ({LEANING: value, AGAINST: 0.0} for value in (-math.inf, math.inf))
    else:
        yield from (of_letters({letter: 1.0}) for letter in OPTIONS)


def logit(value: float, floor: float = _FLOOR) -> float:
    """log(p / (1 - p)) of a probability kept between `floor` and 1 - `floor`."""
    kept = min(1 - floor, max(floor, value))
    return math.log(kept / (1 - kept))


@cache
def fitted() -> dict[str, Any]:
    """Returns the content of `weights.json`."""
    text = (files("coach.grade") / "weights.json").read_text(encoding="utf-8")
    value: dict[str, Any] = json.loads(text)
    return value


def _checked(chosen: Mapping[str, float], options: Sequence[str]) -> list[float]:
    values = [chosen.get(option, 0.0) for option in options]
    sound = all(isinstance(v, int | float) and math.isfinite(v) and 0 <= v <= 1.001 for v in values)
    if not sound or not 0.99 <= sum(values) <= 1.01:
        named = f"{', '.join(options[:-1])} and {options[-1]}"
        raise ModelReplyError(f"The model's choice between {named} makes no sense: {chosen}.")
    return values

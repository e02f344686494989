"""What a language model is asked about an answer, and the features its replies become.

The weights were fitted with the replies of one model. Of that one nothing is asked that did not
make marks better on unseen questions: letters for the key points of a card, a mark for the whole
answer to an exam's question, in the languages `weights.json` names. What another model's opinion is
worth is not known: it is asked for the letters, and they count with a fixed weight.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from coach.errors import ModelReplyError
from coach.grade.task import Task

OPTIONS = ("A", "B", "C", "D")
"""The letters a model chooses from: says it, says part of it, does not say it, contradicts it."""
MARKS = ("0", "1", "2", "3", "4", "5")
"""The marks a model chooses from for a whole answer."""
LETTERS, MARK, OTHERS = "letters", "mark", "others"
"""Features: the fitted model's letters and mark, another model's letters."""
_FLOOR = 0.02


def is_fitted(model: str) -> bool:
    """Whether the weights were fitted with the replies of the model of this name."""
    return bool(model == fitted()["with"])


def wanted(task: Task, model: str) -> frozenset[str]:
    """Returns what to ask a model for: LETTERS for each key point, MARK for the whole answer."""
    if not is_fitted(model):
        return frozenset({LETTERS})
    rows = fitted()[task.rubric]["features"]
    asked = {
        name
        for name in (LETTERS, MARK)
        if name in rows and task.lang in rows[name].get("langs", task.lang)
    }
    return frozenset(asked if task.references else asked - {MARK})


def of_letters(chosen: Mapping[str, float], model: str) -> Mapping[str, float]:
    """Returns the features of a choice between the letters; ModelReplyError unless it is sound."""
    says, partly, _, against = _checked(chosen, OPTIONS)
    name = LETTERS if is_fitted(model) else OTHERS
    return {name: logit(says + 0.5 * partly), "against": against}


def of_mark(chosen: Mapping[str, float]) -> Mapping[str, float]:
    """Returns the feature of a choice between the marks: their mean by probability; ModelReplyError as above.

    The likeliest mark alone says less.
    """
    values = _checked(chosen, MARKS)
    return {MARK: logit(sum(i * value for i, value in enumerate(values)) / (len(MARKS) - 1))}


def extremes(model: str) -> Iterator[Mapping[str, float]]:
    """Yields the features of each letter chosen without any doubt."""
    return (of_letters({letter: 1.0}, model) for letter in OPTIONS)


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

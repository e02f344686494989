"""Before the notes count as silent: the question in a textbook's words, and what is found with those."""

import math
from collections.abc import Callable
from dataclasses import replace

from coach.document import Reading
from coach.errors import ModelReplyError
from coach.grade.steering import as_data
from coach.language import Lang
from coach.language_model import LanguageModel
from coach.prompts import opening

COVERED = 0.6
"""Probability that the passages answer the question, below which the notes count as silent."""
SURE = 0.8
"""Where the first look finds this much, there is no second."""
HOPELESS = 0.012
"""Where the first look finds no more than this, no other words would help."""
_NAME_TOKENS = 24
FLOOR = 1e-4
"""Odds are counted as if no look were surer than this."""
# Logistic regression on the questions of eval/sets/ask.jsonl whose first look left it open, both answers weighing the
# same (scripts/fit_evidence.py); the signals are the log odds of the question, its topic, and both together.
_BIAS = 0.583
_WEIGHTS = (0.422, 0.165, 0.569)


def look_again(
    question: str,
    first: Reading,
    model: LanguageModel,
    read: Callable[[str], Reading],
    lang: Lang,
) -> tuple[str, Reading]:
    """Returns the question with its topic, and what is found with both and how likely that answers."""
    topic = name_topic(question, model, lang)
    if not topic:
        return question, first
    query = f"{question} {topic}"
    both = read(query)
    looks = (first, read(topic), both)
    total = sum(w * odds(look.covered) for w, look in zip(_WEIGHTS, looks, strict=True))
    return query, replace(both, covered=probability(_BIAS + total))


def name_topic(question: str, model: LanguageModel, lang: Lang) -> str:
    """Returns the concept a question is about, as the model names it; empty where it names none."""
    messages = [*opening("topic", lang), ("user", as_data(question))]
    try:
        reply = "".join(model.stream(messages, _NAME_TOKENS)).strip()
    except ModelReplyError:
        # An empty or broken reply is no reason to fail: the first look stands.
        return ""
    return as_data(reply.splitlines()[0])


def odds(covered: float) -> float:
    """Returns the log odds of a probability (0 to 1), which is taken as no surer than `FLOOR`."""
    kept = min(1 - FLOOR, max(FLOOR, covered))
    return math.log(kept / (1 - kept))


def probability(log_odds: float) -> float:
    """Returns the probability (0 to 1) that has these log odds."""
    return 1 / (1 + math.exp(-log_odds))

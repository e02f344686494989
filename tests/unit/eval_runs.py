"""A set of answers, and models that mark it or fail."""

from collections.abc import Callable

from coach.language_model import Message
from coach.models.scripted import Reply, ScriptedChat
from eval.datasets import Sample
from eval.pool import LocalPool

FACTS = (
    "Dropout removes random units while a network is trained",
    "Momentum keeps a running mean of past gradients",
    "A sigmoid squeezes every number between zero and one",
)
Answering = Callable[[list[Message]], Reply]
Opened = Callable[..., tuple[LocalPool, ScriptedChat]]


def samples(count: int = 12) -> list[Sample]:
    """Every second answer is the reference; the others say nothing about it."""
    return [
        Sample(
            id=f"a{n:02}",
            question_id=f"q{n % 3}",
            lang="en",
            question=f"Explain number {n % 3}.",
            references=(FACTS[n % 3],),
            key_points=(),
            answer=f"{FACTS[n % 3]}. Remark {n}",
            score=float(n % 6),
            max_score=5.0,
            step=1.0,
            extra={"marker": n},
        )
        for n in range(count)
    ]


def sound(asked: list[Message]) -> Reply:
    return {"4": 0.9, "1": 0.1} if "Mark:" in asked[-1][1] else {"A": 1.0}


def failing(error: Exception, *numbers: int) -> Answering:
    """Fails for the answers with these numbers, and replies to the others."""

    def reply(asked: list[Message]) -> Reply:
        told = [n for n in numbers if f"Remark {n}\n" in asked[-1][1] + "\n"]
        return error if told else sound(asked)

    return reply

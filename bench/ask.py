"""Time from a question to the first words of its answer, against a bare client of the same server.

The bare client streams the very messages that the coach sends; the coach's time holds finding the passages, too.
"""

import os
import statistics
import time
from contextlib import closing

from coach.app import Coach
from coach.ask.asker import messages
from coach.language import detect
from coach.language_model import Message
from coach.models.embedded import start_embedded
from coach.models.store import ModelStore
from coach.paths import Paths

LIMIT = 1.2
QUESTIONS = (
    "What does dropout do at test time?",
    "为什么注意力分数要除以根号 d_k？",
    "Why is batch norm unreliable with two images per batch?",
    "LSTM 的遗忘门起什么作用？",
    "How does byte-pair encoding build its vocabulary?",
)
WARM_UP = ("What does max pooling keep?", "什么是最大池化？")


class Bare:
    """The openai client and nothing else."""

    def __init__(self, base_url: str, key: str, model: str) -> None:
        from openai import OpenAI

        self._client = OpenAI(base_url=base_url, api_key=key)
        self._model = model

    def first_words(self, asked: list[Message], max_tokens: int = 8) -> float:
        """Seconds to the first text."""
        began = time.perf_counter()
        stream = self._client.chat.completions.create(
            model=self._model,
            messages=[{"role": role, "content": text} for role, text in asked],  # type: ignore[misc]
            max_tokens=max_tokens,
            temperature=0,
            stream=True,
        )
        for chunk in stream:
            if chunk.choices and chunk.choices[0].delta.content:
                first = time.perf_counter() - began
                stream.close()
                return first
        raise RuntimeError("The server said nothing.")


def _messages(coach: Coach, question: str) -> list[Message]:
    return messages(question, coach.retriever.read(question).passages, detect(question))


def _coach_first_words(coach: Coach, question: str) -> float:
    began = time.perf_counter()
    with closing(coach.asker.ask(question)) as events:
        next(events)
        return time.perf_counter() - began


def measure(questions: tuple[str, ...] = QUESTIONS) -> bool:
    """Prints both medians and their ratio; whether it is within the limit.

    Each side has a server of its own: on one, the second side would find the prompt evaluated.
    """
    store = ModelStore(Paths.from_environ(os.environ).models_dir)
    model = store.model()
    servers = [
        start_embedded(
            store.need(), name=model.name, context=model.context, log_file=store.log_file
        )
        for _ in range(2)
    ]
    bare = Bare(servers[0].base_url, servers[0].api_key, model.name)
    chosen = {"model_base_url": servers[1].base_url, "model_api_key": servers[1].api_key}
    with Coach.open(os.environ, model_name=model.name, **chosen) as coach:
        coach.index.ensure()
        taken: dict[str, list[float]] = {"bare client": [], "coach ask": []}
        for question in WARM_UP:
            _coach_first_words(coach, question)
            bare.first_words(_messages(coach, question))
        for number, question in enumerate(questions):
            asked = _messages(coach, question)
            sides = {
                "bare client": lambda asked=asked: bare.first_words(asked),
                "coach ask": lambda question=question: _coach_first_words(coach, question),
            }
            for name in sorted(sides, reverse=bool(number % 2)):
                taken[name].append(sides[name]())
    for server in servers:
        server.close()
    medians = {name: statistics.median(seconds) for name, seconds in taken.items()}
    ratio = medians["coach ask"] / medians["bare client"]
    print(f"First words of an answer (median of {len(questions)}, in turns)")
    for name, seconds in medians.items():
        print(f"  {name:<12} {seconds:6.2f} s")
    print(f"  {ratio:.2f} times (at most {LIMIT})")
    return ratio <= LIMIT


def main() -> bool:
    """Needs the embedded model."""
    return measure()


if __name__ == "__main__":
    raise SystemExit(0 if main() else 1)

"""Time from submitting an answer to its verdict, against one whole prompt per key point without prefix reuse.

Both sides ask the same model about the same answers. The coach has read, while the candidate typed,
all but the last words. The plain way sends question, reference, answer and key point each time.
"""

import os
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from coach.app import Coach
from coach.card import Card
from coach.deck import load_deck
from coach.grade.task import Task
from coach.models.embedded import EmbeddedServer, start_embedded
from coach.models.store import ModelStore
from coach.paths import Paths

CARDS = ("shuffling", "lstm-gates", "overfitting-remedies", "gan")
TYPED = 0.9
"""Share of the answer that stands there at the last pause before it is submitted."""
FIRST, WHOLE, RUN = 4.0, 2.0, 3.0
_PLAIN = (
    "You mark a candidate's answer. Does it contain this key point? Reply with one letter: A = yes, "
    "B = partly, C = no, D = it contradicts it."
)
Times = tuple[float, float]


class Plain:
    """The openai client, one prompt for each key point, every prompt evaluated from its start."""

    def __init__(self, server: EmbeddedServer, model: str) -> None:
        from openai import OpenAI

        self._client = OpenAI(base_url=server.base_url, api_key=server.api_key)
        self._model = model

    def grade(self, task: Task, answer: str) -> Times:
        """Seconds to the first key point's letter and to the last one's."""
        began = time.perf_counter()
        taken = []
        for point in task.key_points:
            asked = (
                f"Question: {task.question}\n\nReference: {task.references[0]}\n\n"
                f"Answer: {answer}\n\nKey point: {point.text}\n\nLetter:"
            )
            self._client.chat.completions.create(
                model=self._model,
                messages=[
                    {"role": "system", "content": _PLAIN},
                    {"role": "user", "content": asked},
                ],
                max_tokens=1,
                logprobs=True,
                top_logprobs=10,
                extra_body={"cache_prompt": False},
            )
            taken.append(time.perf_counter() - began)
        return taken[0], taken[-1]


def graded(coach: Coach, task: Task, answer: str) -> Times:
    """The coach's seconds to the first key point and to the verdict."""
    began = time.perf_counter()
    taken = [time.perf_counter() - began for _ in coach.grader.judge(task, answer)]
    return taken[0], taken[-1]


def typed(coach: Coach, task: Task, answer: str) -> Times:
    """The same for an answer most of which was read while it was typed."""
    coach.grader.prepare(task)
    coach.grader.prepare(task, answer[: int(TYPED * len(answer))])
    return graded(coach, task, answer)


def measure(cards: Sequence[Card]) -> bool:
    """Prints medians and ratios; whether all are as wanted.

    Typed answers are English, those of the eval run Chinese: no side finds a prompt evaluated before.
    """
    taken: dict[str, list[Times]] = {"plain, en": [], "typed": [], "plain, zh": [], "eval run": []}
    sides = (("en", "typed", typed), ("zh", "eval run", graded))
    with _opened() as (plain, coach):
        for number, card in enumerate(cards):
            for lang, name, ours in sides:
                task = Task.from_card(card, lang)
                answer = next(e.answer for e in card.exemplars if e.lang == lang)
                found = plain.grade(task, answer), ours(coach, task, answer)
                if number:  # The first one is for warming up.
                    taken[f"plain, {lang}"].append(found[0])
                    taken[name].append(found[1])
    return _told(taken)


def _told(taken: dict[str, list[Times]]) -> bool:
    first, whole = (
        {k: statistics.median(t[i] for t in v) for k, v in taken.items()} for i in (0, 1)
    )
    print(f"From submitting an answer to its verdict (median of {len(taken['typed'])})")
    for name in taken:
        print(f"  {name:<9} first key point {first[name]:6.2f} s, verdict {whole[name]:6.2f} s")
    rows = (
        ("first key point, typed", first["plain, en"] / first["typed"], FIRST),
        ("verdict, typed", whole["plain, en"] / whole["typed"], WHOLE),
        ("answers per minute, eval run", whole["plain, zh"] / whole["eval run"], RUN),
    )
    for name, ratio, least in rows:
        print(f"  {name}: {ratio:.1f} times as fast (at least {least:g})")
    return all(ratio >= least for _, ratio, least in rows)


@contextmanager
def _opened() -> Iterator[tuple[Plain, Coach]]:
    """A server for each side: on one, they would push each other's prompts out of its memory."""
    store = ModelStore(Paths.from_environ(os.environ).models_dir)
    model = store.model()
    server = start_embedded(
        store.need(), name=model.name, context=model.context, log_file=store.log_file
    )
    try:
        with Coach.open(os.environ) as coach:
            coach.index.ensure()
            yield Plain(server, model.name), coach
    finally:
        server.close()


def main() -> bool:
    """Needs the embedded model."""
    deck = load_deck()
    return measure([deck.get(name) for name in CARDS])


if __name__ == "__main__":
    raise SystemExit(0 if main() else 1)

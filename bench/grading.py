"""From submitting an answer to its verdict, against one whole prompt for each key point.

Both sides ask the same model the same questions about the same answers, each on a server of its own,
in turns. The plain way evaluates every prompt from its start.
"""

import os
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from coach.app import Coach
from coach.card import Card
from coach.deck import load_deck
from coach.grade import Task
from coach.grade.questions import judgement, shown_answer
from coach.language_model import Message
from coach.models.embedded import EmbeddedServer, start_embedded
from coach.models.store import ModelStore
from coach.paths import Paths

CARDS = ("rnn-principle", "why-nonlinearity", "shuffling")
TYPED = 0.9
"""Share of an answer that stands there at the last pause before it is submitted."""
FIRST, WHOLE, RUN = 4.0, 2.0, 3.0
Times = tuple[float, float]


class Plain:
    """The openai client: a letter for each key point, nothing kept between two prompts."""

    def __init__(self, server: EmbeddedServer, model: str, coach: Coach) -> None:
        from openai import OpenAI

        self._client = OpenAI(base_url=server.base_url, api_key=server.api_key)
        self._model = model
        self._coach = coach

    def graded(self, task: Task, answer: str) -> Times:
        """Seconds to the first key point's letter and to the last one's."""
        shown = shown_answer(self._coach.grader.evidence(task, answer))
        began, taken = time.perf_counter(), []
        for index in range(len(task.key_points)):
            self._letter(judgement(task, shown, index))
            taken.append(time.perf_counter() - began)
        return taken[0], taken[-1]

    def _letter(self, asked: list[Message]) -> None:
        self._client.chat.completions.create(
            model=self._model,
            messages=[{"role": role, "content": text} for role, text in asked],  # type: ignore[misc]
            max_tokens=1,
            temperature=0,
            extra_body={"cache_prompt": False},
        )


def typed(coach: Coach, task: Task, answer: str) -> Times:
    """The coach's seconds to the first key point and to the verdict of an answer read while it was typed."""
    coach.grader.prepare(task)
    coach.grader.prepare(task, answer[: int(TYPED * len(answer))])
    return in_a_run(coach, task, answer)


def in_a_run(coach: Coach, task: Task, answer: str) -> Times:
    """The same for an answer nobody typed, after another one to its question."""
    began = time.perf_counter()
    taken = [time.perf_counter() - began for _ in coach.grader.judge(task, answer)]
    return taken[0], taken[-1]


def measure(cards: Sequence[Card]) -> bool:
    """Prints medians and ratios; whether all are as wanted."""
    taken: dict[str, list[tuple[Times, Times]]] = {"typed": [], "in a run": []}
    with _opened() as (plain, coach):
        for number, card in enumerate(cards):
            task = Task.from_card(card, "en")
            _, terse, _, longer = [e.answer for e in card.exemplars if e.lang == "en"][:4]
            for name, ours, answer in (("typed", typed, longer), ("in a run", in_a_run, terse)):
                if number % 2:
                    mine, theirs = ours(coach, task, answer), plain.graded(task, answer)
                else:
                    theirs, mine = plain.graded(task, answer), ours(coach, task, answer)
                taken[name].append((theirs, mine))
    return _told(taken)


def _told(taken: Mapping[str, Sequence[tuple[Times, Times]]]) -> bool:
    rows = (
        ("first key point, typed", "typed", 0, FIRST),
        ("verdict, typed", "typed", 1, WHOLE),
        ("verdict in an eval run", "in a run", 1, RUN),
    )
    print(f"From an answer to its verdict (median of {len(taken['typed'])}, in turns)")
    ratios = []
    for title, name, part, least in rows:
        plain, ours = (
            statistics.median(times[side][part] for times in taken[name]) for side in (0, 1)
        )
        ratios.append(plain / ours)
        print(
            f"  {title:<22}  plain {plain:6.2f} s, coach {ours:6.2f} s: "
            f"{ratios[-1]:.1f} times as fast (at least {least:g})"
        )
    return all(ratio >= least for ratio, (*_, least) in zip(ratios, rows, strict=True))


@contextmanager
def _opened() -> Iterator[tuple[Plain, Coach]]:
    """A server for each side: on one they would push each other's prompts out of its memory."""
    store = ModelStore(Paths.from_environ(os.environ).models_dir)
    model = store.model()
    server = start_embedded(
        store.need(), name=model.name, context=model.context, log_file=store.log_file
    )
    try:
        with Coach.open(os.environ) as coach:
            coach.index.ensure()
            # What is loaded once for a whole session is no part of an answer's time.
            coach.retriever.search("warm")
            coach.embed(["warm"])
            yield Plain(server, model.name, coach), coach
    finally:
        server.close()


def main() -> bool:
    """Needs the embedded model."""
    deck = load_deck()
    return measure([deck.get(name) for name in CARDS])


if __name__ == "__main__":
    raise SystemExit(0 if main() else 1)

"""Finds the passage that states a key point, so that a missed point can be read up."""

import math
from collections.abc import Sequence

from coach.document import Chunk, Locator, Passage
from coach.grade.clauses import recall, tokens
from coach.grade.task import Point, Task

_STATES = 0.4


def reference_passages(task: Task) -> list[Passage]:
    """Returns each reference (else the key points) as a passage of the document "reference"."""
    texts = task.references or ("\n".join(point.text for point in task.key_points),)
    return [
        Passage(
            Chunk(
                document="reference",
                locator=Locator(1, text.count("\n") + 1, task.question[:80]),
                lang=task.lang,
                text=text,
                kind="section",
            ),
            score=1.0,
        )
        for text in texts
    ]


def best_passage(point: Point, task: Task, found: Sequence[Passage]) -> Passage:
    """Returns the passage that states the key point best; the reference where none does."""
    wanted = tokens(point.text)

    def states(passage: Passage) -> float:
        own_language = 0.05 * (passage.chunk.lang == task.lang)
        score = passage.score if math.isfinite(passage.score) else 0.0
        return recall(wanted, tokens(passage.chunk.text)) + own_language + 0.05 * score

    given = reference_passages(task)
    # A card's reference can be read in the index; one supplied with the question only here.
    best = max(found if task.card else [*given, *found], key=states, default=None)
    if best is not None and recall(wanted, tokens(best.chunk.text)) >= _STATES:
        return best
    own = [p for p in found if p.chunk.document.endswith(f"/{task.card}.toml")]
    return max([p for p in own if p.chunk.lang == task.lang] or given, key=states)

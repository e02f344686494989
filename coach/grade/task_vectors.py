"""The vectors of a task's own texts, and of what lies around it."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from coach.grade.clauses import sentences
from coach.grade.neighbours import Neighbours
from coach.grade.similarity import Embed, Vector, centred, middle
from coach.grade.task import Task

MAX_PIECES = 48


@dataclass(frozen=True)
class TaskVectors:
    """The task's own texts, embedded once: key points, known mistakes, references' sentences, question.

    `others` are the middles of the other cards of the deck, where the task is one of its cards.
    """

    points: tuple[Vector, ...] = ()
    mistakes: tuple[Vector, ...] = ()
    stated: tuple[Vector, ...] = ()
    question: tuple[Vector, ...] = ()
    others: tuple[Vector, ...] = ()

    @classmethod
    def of(
        cls, task: Task, embed: Embed | None, neighbours: Neighbours | None = None
    ) -> "TaskVectors":
        """Embeds a task; without an embedder there are no vectors and nothing is similar."""
        if embed is None:
            return cls()
        pieces = [piece.text for text in task.references for piece in sentences(text)]
        groups = (
            [point.text for point in task.key_points],
            task.mistakes,
            pieces[:MAX_PIECES] or [point.text for point in task.key_points],
            [task.question],
        )
        vectors = iter(centred(embed, [text for group in groups for text in group]))
        points, mistakes, stated, question = (
            tuple(itertools.islice(vectors, len(group))) for group in groups
        )
        others: Sequence[Vector] = ()
        if neighbours is not None and task.card is not None:
            others = neighbours.besides(task.card, task.lang)
        return cls(points, mistakes, stated, question, tuple(others))

    @cached_property
    def middle(self) -> Vector:
        """Where the task itself lies among the others."""
        return middle([*self.question, *self.points])

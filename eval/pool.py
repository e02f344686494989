"""Who does the marking: this process, in one thread or several."""

from collections.abc import Generator, Iterable, Sequence
from multiprocessing.pool import ThreadPool
from typing import Protocol

from eval.datasets import Sample
from eval.graders import Graders, Outcome

Marked = tuple[Sample, Outcome]


class Pool(Protocol):
    """Marks samples by the name of a grader."""

    def model(self, name: str) -> str | None:
        """The language model the grader asks, None without one; ModelMissing where it is not there."""

    def mark(self, name: str, samples: Sequence[Sample]) -> Generator[Marked]:
        """Yields each sample with its outcome as it comes; closing the iterator gives up the rest."""


class LocalPool:
    """Marks in so many threads; with one, in the order of the samples."""

    def __init__(self, graders: Graders, workers: int = 1) -> None:
        self._graders = graders
        self._workers = workers

    def model(self, name: str) -> str | None:
        """As in `Pool`."""
        return self._graders.model(name)

    def mark(self, name: str, samples: Sequence[Sample]) -> Generator[Marked]:
        """As in `Pool`."""
        judge = self._graders.judge(name)
        if self._workers == 1:
            yield from ((sample, judge(sample)) for sample in samples)
            return
        # Its threads are daemons: an interrupted run does not wait for a model that is still busy.
        threads = ThreadPool(self._workers)
        try:
            yield from threads.imap_unordered(lambda sample: (sample, judge(sample)), samples)
        finally:
            threads.terminate()


def by_question(samples: Iterable[Sample]) -> list[Sample]:
    """Question by question, in an order that does not depend on the file's."""
    return sorted(samples, key=lambda sample: (sample.question_id, sample.id))

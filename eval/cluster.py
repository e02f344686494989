"""Marks on a Dask cluster: the worker processes open their own coach, this process keeps the results."""

import logging
import os
from collections.abc import Generator, Iterator, Sequence
from functools import cache
from itertools import groupby, islice
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from coach import __version__
from coach.app import Coach
from coach.errors import CoachError, MissingError, PackageMissing
from eval.datasets import Sample
from eval.graders import Graders, Outcome
from eval.pool import Marked

if TYPE_CHECKING:
    from distributed import Client

CONNECT_S = 10
CHUNK = 10
"""So many answers of one question are a task: enough to share a prompt's prefix, few enough to lose little."""
RETRIES = 3

_INSTALL = "pip install 'interview-coach[cluster]' here and on every machine of the cluster."
_opening = Lock()


class Found(NamedTuple):
    """What a worker says of itself."""

    version: str
    model: str | None
    error: CoachError | None = None


class ClusterPool:
    """Marks on the workers of the scheduler at `url` (tcp://host:port).

    Each worker process reads the settings of its own user and machine; all must have this version of
    the coach and the same model. Tasks of a worker that ends are done by others.
    """

    def __init__(self, url: str, connect_s: float = CONNECT_S) -> None:
        self._url = url
        self._client = _connect(url, connect_s)

    def model(self, name: str) -> str | None:
        """The model that all workers use for a grader; MissingError where one lacks it or has another."""
        found: dict[str, Any] = self._client.run(_look, name, on_error="return")
        for address, seen in found.items():
            if isinstance(seen, Exception):
                raise MissingError(f"Worker {address}: {seen}", _INSTALL)
            if seen.version != __version__:
                raise MissingError(
                    f"Worker {address} has version {seen.version} of the coach, here is {__version__}.",
                    "Install the same version everywhere.",
                )
            if seen.error:
                raise MissingError(f"Worker {address}: {seen.error.message}", seen.error.hint)
        models: dict[str, str | None] = {address: seen.model for address, seen in found.items()}
        if len(set(models.values())) > 1:
            raise MissingError(
                f"The workers use different models: {models}.", "Give them the same settings."
            )
        return next(iter(models.values()))

    def mark(self, name: str, samples: Sequence[Sample]) -> Generator[Marked]:
        """Yields each sample with its outcome as it comes; closing the iterator gives up the rest."""
        from distributed import CancelledError, KilledWorker, as_completed

        tasks = {
            self._client.submit(_mark, name, chunk, retries=RETRIES, pure=False): chunk
            for chunk in _chunks(samples)
        }
        try:
            for future in as_completed(list(tasks), loop=self._client.loop):
                yield from zip(tasks.pop(future), future.result(), strict=True)
        except (CancelledError, KilledWorker, OSError) as error:
            raise MissingError(
                f"The cluster at {self._url} gave up: {str(error) or type(error).__name__}",
                "What was marked is kept where --out names a folder; --resume goes on with it.",
            ) from error
        finally:
            if tasks and self._client.status == "running":
                self._client.cancel(list(tasks))

    def close(self) -> None:
        """Ends the connection; the cluster stays."""
        self._client.close()


def _connect(url: str, connect_s: float) -> "Client":
    try:
        from distributed import Client
    except ImportError as error:
        raise PackageMissing("--cluster needs dask.distributed.", _INSTALL) from error
    # What it says of lost connections is told by our own errors.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        client = Client(url, timeout=connect_s, set_as_default=False)
    except (OSError, ValueError) as error:
        raise MissingError(
            f"No Dask scheduler can be reached at {url}: {error}",
            "Start one with `dask scheduler` and workers with `dask worker tcp://host:8786`.",
        ) from error
    try:
        client.wait_for_workers(1, timeout=connect_s)
    except TimeoutError as error:
        client.close()
        raise MissingError(
            f"The Dask scheduler at {url} has no workers.", f"Start some with `dask worker {url}`."
        ) from error
    return client


def _chunks(samples: Sequence[Sample]) -> Iterator[list[Sample]]:
    for _, group in groupby(samples, key=lambda sample: sample.question_id):
        while chunk := list(islice(group, CHUNK)):
            yield chunk


@cache
def _graders() -> Graders:
    """This worker process's graders, opened once."""
    return Graders(Coach.open(os.environ))


@cache
def _judge(name: str) -> Any:
    return _graders().judge(name)


def _look(name: str) -> Found:
    """Runs on a worker: what it would mark with."""
    with _opening:
        try:
            return Found(__version__, _graders().model(name))
        except CoachError as error:
            return Found(__version__, None, error)


def _mark(name: str, samples: Sequence[Sample]) -> list[Outcome]:
    """Runs on a worker: marks some answers of one question."""
    with _opening:
        judge = _judge(name)
    return [judge(sample) for sample in samples]

"""Runs graders over an eval set, question by question, and reports how far they agree with human marks."""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

from coach.errors import MissingError, ModelMissing
from eval.baselines import SIGNALS, marks
from eval.datasets import Sample
from eval.journal import Line
from eval.marks import scales
from eval.metrics import Result
from eval.pool import Pool, by_question
from eval.store import Store, content_of, key_of
from eval.summary import grader_row, human_row

GIVE_UP = 5
"""After so many answers in a row that found no model to ask, a run ends."""

OnProgress = Callable[[int, int, int], None]
"""Hears how many answers are done, how many there are in all, and how many an earlier run had done."""


class Run:
    """One run of graders and baselines, by name, over the samples of a set.

    The report depends on the outcomes alone, not on the order of the samples or on who marked them.
    """

    def __init__(self, pool: Pool, store: Store, samples: Sequence[Sample], seed: int = 0) -> None:
        self._pool = pool
        self._store = store
        self._samples = by_question(samples)
        self._seed = seed
        self._models: dict[str, str | None] = {}
        self._contents = {sample.id: content_of(sample) for sample in self._samples}

    def report(
        self,
        graders: Sequence[str],
        baselines: Sequence[str] = (),
        on_progress: OnProgress = lambda *_: None,
    ) -> dict[str, Any]:
        """Marks what is not marked yet and returns the report.

        Raises the error of a grader that has no model; a baseline without one is left out.
        """
        left_out = self._open(graders, baselines)
        self._mark_all(on_progress)
        rows = {name: self._row(name) for name in self._models}
        return {
            "n": len(self._samples),
            "seed": self._seed,
            "graders": [rows[name] for name in graders],
            "baselines": [rows[name] for name in baselines if name in rows],
            "human": human_row(self._samples, seed=self._seed),
            "left_out": left_out,
        }

    def lines(self) -> Iterator[Line]:
        """The results as they stand in the folder: grader by grader, question by question."""
        return self._store.lines(
            self._key(sample, name) for name in self._models for sample in self._samples
        )

    def _open(self, graders: Sequence[str], baselines: Sequence[str]) -> Mapping[str, str]:
        """Opens the models; returns which baselines have none, and why."""
        self._models = {name: self._pool.model(name) for name in graders}
        left_out = {}
        for name in baselines:
            try:
                self._models[name] = self._pool.model(name)
            except MissingError as error:
                left_out[name] = f"{error.message} {error.hint}".strip()
        return left_out

    def _mark_all(self, on_progress: OnProgress) -> None:
        done = self._store.done
        waiting = {
            name: [sample for sample in self._samples if self._key(sample, name) not in done]
            for name in self._models
        }
        total = len(self._samples) * len(self._models)
        before = total - sum(map(len, waiting.values()))
        counted = itertools.count(before + 1)
        for name, samples in waiting.items():
            self._mark(name, samples, lambda: on_progress(next(counted), total, before))
            if name in SIGNALS:
                self._fit(name)

    def _mark(self, name: str, samples: Sequence[Sample], tick: Callable[[], None]) -> None:
        """Marks samples; ModelMissing after too many in a row for which there was no model."""
        missing = 0
        with closing(self._pool.mark(name, samples)) as marked:
            for sample, outcome in marked:
                key = self._key(sample, name)
                if name in SIGNALS:
                    self._store.see(key, outcome)
                else:
                    self._store.add(key, sample, name, self._models[name], outcome)
                tick()
                missing = missing + 1 if outcome.missing else 0
                if missing == GIVE_UP:
                    raise ModelMissing(
                        f"{missing} answers in a row stayed ungraded: {outcome.reason}",
                        "What was marked is kept where --out names a folder; --resume goes on with it.",
                    )

    def _fit(self, name: str) -> None:
        """Makes marks of what a baseline saw."""
        keys = [self._key(sample, name) for sample in self._samples]
        seen = [self._store.done[key] for key in keys]
        fitted = marks(self._samples, [outcome.signal or 0.0 for outcome in seen], self._seed)
        for key, sample, outcome, mark in zip(keys, self._samples, seen, fitted, strict=True):
            self._store.add(key, sample, name, None, replace(outcome, score=mark))

    def _row(self, name: str) -> dict[str, Any]:
        results = [self._result(sample, name) for sample in self._samples]
        return grader_row(name, self._models[name], results, scales(self._samples), seed=self._seed)

    def _result(self, sample: Sample, name: str) -> Result:
        found = self._store.done[self._key(sample, name)]
        return Result(sample, found.score, found.elapsed_s, found.confidence, found.interval)

    def _key(self, sample: Sample, name: str) -> str:
        return key_of(self._contents[sample.id], name, self._models[name])

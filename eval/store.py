"""What a run has found out so far, in memory and, with a folder, in its files."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from eval.baselines import SIGNALS
from eval.datasets import Sample
from eval.graders import Outcome
from eval.journal import Journal, Line, check_free
from eval.kept import RESULTS
from eval.rows import digest_of

SEEN = "signals.jsonl"
"""What the baselines saw of each answer; their marks follow when all of the set is seen."""


class Store:
    """Outcomes by key; a key stands for the whole sample, the grader and its model.

    Verdicts are only in the files. `resume` goes on with what an earlier run left in the folder:
    answers that stayed ungraded are not done, and the marks of baselines are made anew.
    """

    def __init__(self, folder: Path | None, *, resume: bool = False) -> None:
        self.done: dict[str, Outcome] = {}
        self._results = Journal(folder / RESULTS) if folder else None
        self._seen = Journal(folder / SEEN) if folder else None
        if folder and not resume:
            check_free(folder, (RESULTS, SEEN))
        if self._results and self._seen:
            self._results.open(self._keep_result)
            self._seen.open(self._keep_seen)

    def add(self, key: str, sample: Sample, name: str, model: str | None, found: Outcome) -> None:
        """Takes in an outcome and writes its line of the results."""
        self.done[key] = replace(found, verdict=None)
        if self._results:
            self._results.add(_result(key, sample, name, model, found))

    def see(self, key: str, found: Outcome) -> None:
        """Takes in a signal, which becomes a mark later."""
        self.done[key] = found
        if self._seen:
            self._seen.add({"key": key, "signal": found.signal, "elapsed_s": found.elapsed_s})

    def lines(self, keys: Iterable[str]) -> Iterator[Line]:
        """The lines of the results with these keys, in their order."""
        if self._results:
            held = {line["key"]: line for line in self._results.read()}
            yield from (held[key] for key in keys if key in held)

    def close(self) -> None:
        """Closes the files; `lines` still reads them."""
        for journal in (self._results, self._seen):
            if journal:
                journal.close()

    def _keep_result(self, line: Line) -> bool:
        if line.get("score") is None or line.get("grader") in SIGNALS:
            return False
        interval = line.get("interval")
        self.done[line["key"]] = Outcome(
            elapsed_s=line["elapsed_s"],
            score=line["score"],
            confidence=line.get("confidence"),
            interval=(interval[0], interval[1]) if interval else None,
        )
        return True

    def _keep_seen(self, line: Line) -> bool:
        self.done[line["key"]] = Outcome(line["elapsed_s"], signal=line["signal"])
        return True


def content_of(sample: Sample) -> str:
    """Stands for all that a sample holds; the same in any run."""
    return digest_of(json.dumps(asdict(sample), sort_keys=True, ensure_ascii=False), 16).hex()


def key_of(content: str, name: str, model: str | None) -> str:
    """Stands for a sample's content, a grader and its model."""
    return digest_of(f"{content} {name} {model}", 16).hex()


def _result(
    key: str, sample: Sample, name: str, model: str | None, found: Outcome
) -> dict[str, Any]:
    return {
        "id": sample.id,
        "question_id": sample.question_id,
        "lang": sample.lang,
        "question": sample.question,
        "answer": sample.answer,
        "reference": list(sample.references),
        "grader": name,
        "model": model,
        "human": sample.human,
        "score": found.score,
        "confidence": found.confidence,
        "interval": list(found.interval) if found.interval else None,
        "elapsed_s": found.elapsed_s,
        "max_score": sample.max_score,
        "step": sample.step,
        "score_1": sample.score_1,
        "score_2": sample.score_2,
        "key": key,
        "verdict": found.verdict,
        "ungraded_reason": found.reason,
        "extra": dict(sample.extra),
    }

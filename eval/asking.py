"""Asking sets: what is asked, what came back, and how often that was right.

A line is `{"id", "lang", "question", "answerable", "split"?, "relevant"?}`; extra fields are allowed. `answerable`
says whether the corpus holds an answer, `relevant` where (targets as in a retrieval set), `split` is dev or test.
"""

import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median
from typing import Any

from coach.app import Coach
from coach.ask import Answer
from coach.errors import InputFileError
from coach.language import Lang
from eval.rows import Row, read_rows

FIELDS = ("id", "lang", "question", "answerable")
RESULTS = "results.jsonl"
CITATIONS = "citations.jsonl"
_SENTENCE = re.compile(r"(.*?)(?:(\[\d+\])|\[no source\]|\[无出处\])", re.DOTALL)


@dataclass(frozen=True)
class Asking:
    """A question and whether the corpus answers it."""

    id: str
    lang: Lang
    question: str
    answerable: bool
    split: str


def read_askings(path: Path) -> Iterator[Asking]:
    """Yields the questions in the file's order; InputFileError names the line and field that is wrong."""
    return read_rows(path, FIELDS, _asking)


def ask_all(
    coach: Coach,
    askings: Sequence[Asking],
    folder: Path | None,
    on_progress: Callable[[int, int, str], None],
) -> dict[str, Any]:
    """Asks what has not been asked yet and returns the report over all of it.

    With a folder, each answer is appended to `results.jsonl` before the next question, and those already there
    count as asked; `citations.jsonl` holds each citation with its sentence, to be checked by hand.
    """
    kept = _kept(folder) if folder else {}
    rows = []
    for done, asking in enumerate(askings):
        on_progress(done, len(askings), asking.id)
        row = kept.get(asking.id)
        if row is None or row["question"] != asking.question:
            row = _ask(coach, asking)
            if folder:
                _append(folder, row)
        rows.append(row)
    on_progress(len(askings), len(askings), "")
    if folder:
        lines = [{"id": row["id"], **cited} for row in rows for cited in row["citations"]]
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (folder / CITATIONS).write_text(text, encoding="utf-8")
    return summary(rows)


def summary(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Shares over all questions, and for each split and language."""
    groups = {"all": list(rows)}
    for field in ("split", "lang"):
        for value in sorted({row[field] for row in rows if row[field]}):
            groups[value] = [row for row in rows if row[field] == value]
    return {"n": len(rows), "groups": {name: _figures(group) for name, group in groups.items()}}


def sentences(text: str) -> list[tuple[str, str | None]]:
    """The sentences of an answer, each with its marker; None for one that is marked as without source."""
    return [(found[1].strip(), found[2]) for found in _SENTENCE.finditer(text) if found[1].strip()]


def _figures(rows: Sequence[dict[str, Any]]) -> dict[str, float | int | None]:
    silent = [row for row in rows if not row["answerable"]]
    covered = [row for row in rows if row["answerable"]]
    answered = [row for row in rows if row["answered"]]
    said = [marker for row in answered for _, marker in sentences(row["answer"])]
    return {
        "unanswerable": len(silent),
        "unanswerable_refused": _mean([not row["answered"] for row in silent]),
        "answerable": len(covered),
        "answerable_refused": _mean([not row["answered"] for row in covered]),
        "sentences": len(said),
        "sentences_cited": _mean([marker is not None for marker in said]),
        "seconds_to_first": median([r["first_s"] for r in answered]) if answered else None,
        "seconds_per_answer": _mean([row["elapsed_s"] for row in answered]),
    }


def _mean(values: Sequence[float]) -> float | None:
    return fmean(values) if values else None


def _ask(coach: Coach, asking: Asking) -> dict[str, Any]:
    began, first, answer = time.monotonic(), 0.0, None
    for event in coach.asker.ask(asking.question):
        first = first or time.monotonic() - began
        answer = event if isinstance(event, Answer) else answer
    assert answer is not None  # noqa: S101  # an asker ends with the whole answer
    passages = {citation.marker: citation for citation in answer.citations}
    return {
        "id": asking.id,
        "lang": asking.lang,
        "split": asking.split,
        "question": asking.question,
        "answerable": asking.answerable,
        "answered": answer.answered,
        "answer": answer.text,
        "citations": [
            {
                "sentence": sentence,
                "quote": passages[marker].quote,
                "passage_id": passages[marker].passage.chunk.id,
                "document": passages[marker].passage.chunk.document,
            }
            for sentence, marker in sentences(answer.text)
            if marker is not None
        ],
        "model": answer.model,
        "first_s": round(first, 3),
        "elapsed_s": answer.elapsed_s,
    }


def _kept(folder: Path) -> dict[str, dict[str, Any]]:
    file = folder / RESULTS
    if not file.exists():
        return {}
    kept = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        row = Row.parse(file, number, line, ("id", "question", "answer"))
        kept[str(row.need("id"))] = dict(row.row)
    return kept


def _append(folder: Path, row: dict[str, Any]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / RESULTS).open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    except OSError as error:
        raise InputFileError(
            f"{folder}: {error}", "Choose a folder that can be written."
        ) from error


def _asking(row: Row) -> Asking:
    lang, answerable = row.lang(), row.row.get("answerable")
    if not isinstance(answerable, bool):
        row.fail("answerable", f"is {answerable!r}; it can be true or false")
    question, split = row.said("question"), row.row.get("split", "")
    if split not in ("", "dev", "test"):
        row.fail("split", f"is {split!r}; it can be dev or test")
    return Asking(str(row.need("id")), lang, question, answerable, split)

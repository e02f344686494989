"""Compares ways to find passages on one set of questions."""

import time
from collections.abc import Callable, Sequence
from typing import Any

from coach.app import Coach
from coach.errors import InputFileError
from eval.questions import Question
from eval.rankings import by_kind, by_pair, rankings
from eval.rivals import systems


def compare(
    coach: Coach,
    questions: Sequence[Question],
    names: Sequence[str],
    on_progress: Callable[[int, int, str], None],
) -> dict[str, Any]:
    """The report of `coach eval retrieval`: one row for each system, all on the same index."""
    chunks = coach.index.chunks()
    rows = []
    for done, name in enumerate(names):
        on_progress(done, len(names), name)
        rank = systems()[name](coach)
        began = time.monotonic()
        results = rankings(questions, chunks, rank)
        if not results:
            raise InputFileError(
                "None of the documents that the set names is indexed.",
                "Ingest them first; names are those of `coach search --json`.",
            )
        seconds = (time.monotonic() - began) / len(results)
        rows.append(
            {
                "name": name,
                "seconds_per_query": round(seconds, 4),
                "pairs": by_pair(results),
                "kinds": by_kind(results),
            }
        )
    on_progress(len(names), len(names), "")
    return {"n": len(questions), "not_indexed": len(questions) - len(results), "systems": rows}

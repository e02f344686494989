"""Says how often a follow-up question finds the card that answers it, alone and with the question before it.

    python scripts/measure_follow_ups.py

Of eval/sets/follow-ups.jsonl: each follow-up after its own earlier question, and its wording that stands alone after
an earlier question on another topic. Without `relevant` the corpus does not answer it. No language model is used.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from coach.app import Coach
from coach.ask.follow_up import read_on
from coach.ask.second_look import COVERED
from coach.document import Reading
from coach.paths import Paths
from coach.settings import Settings

FILE = Path(__file__).parent.parent / "eval/sets/follow-ups.jsonl"
PASSAGES = 5


def main() -> None:
    """Reads the set, looks everything up, prints the counts."""
    coach = Coach(Settings(), Paths.from_environ(os.environ))
    coach.index.ensure()
    rows = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    answered = [row for row in rows if row["relevant"]]

    def read(query: str) -> Reading:
        return coach.retriever.read(query, PASSAGES)

    def read_after(question: str, earlier: str) -> Reading:
        return read_on(question, (earlier, ""), read)[1]

    ways = {
        "follow-up looked up alone": [read(row["question"]) for row in answered],
        "follow-up, as in ask": [read_after(row["question"], row["earlier"]) for row in answered],
        "standing alone": [read(row["alone"]) for row in answered],
        "standing alone, after another topic, as in ask": [
            read_after(row["alone"], _other(row, answered)["earlier"]) for row in answered
        ],
    }
    for name, readings in ways.items():
        found = sum(_holds(r, row["relevant"]) for r, row in zip(readings, answered, strict=True))
        covered = sum(reading.covered >= COVERED for reading in readings)
        print(f"{name:<48} card found {found}, covered {covered} of {len(answered)}")
    silent = [row for row in rows if not row["relevant"]]
    refused = sum(read_after(row["question"], row["earlier"]).covered < COVERED for row in silent)
    print(f"{'not in the notes, as in ask':<48} silent {refused} of {len(silent)}")


def _other(row: dict[str, str], rows: Sequence[dict[str, str]]) -> dict[str, str]:
    """The next row of the language whose card has another topic."""
    later = [*rows[rows.index(row) :], *rows]
    topic = Path(row["relevant"]).parent
    return next(
        r for r in later if r["lang"] == row["lang"] and topic != Path(r["relevant"]).parent
    )


def _holds(reading: Reading, document: str) -> bool:
    return any(
        chunk.document == document
        for passage in reading.passages
        for chunk in (passage.chunk, *passage.also_in)
    )


if __name__ == "__main__":
    main()

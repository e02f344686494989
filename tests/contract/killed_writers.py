"""Kills processes that ingest, each at a random moment, and asks the index afterwards.

Run as a script with a number of kills, a folder and a seed. After each kill a new process searches for what an earlier
ingest had finished, ingests the same documents, and searches for those. Prints JSON: killed, busy (how many were
killed while they held the lock), resumed (how many found vectors of the killed one), failed (what went wrong).
"""

import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import chromadb.api.client  # noqa: F401  # loaded once, before the forks
import langchain_text_splitters  # noqa: F401
import markdown_it  # noqa: F401

from coach.embeddings.hashing import HashingEmbeddings
from coach.index import Index
from coach.index.journal import NAME
from tests.index_corpus import small_index

DOCUMENTS = 16


class Slow(HashingEmbeddings):
    """Takes a few milliseconds a batch, so that some are killed while they embed."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        time.sleep(0.004)
        return super().embed_documents(texts)


def write(folder: Path, round_: int) -> None:
    """The documents of a round; half of them are new, the others changed."""
    notes = folder / "notes"
    notes.mkdir(exist_ok=True)
    for number in range(DOCUMENTS):
        name = f"{number if number % 2 else (round_, number)}"
        texts = [
            f"## What is {name} part {part}?\nIn round {round_} it is {number}.\n"
            for part in range(5)
        ]
        (notes / f"{name}.md").write_text("\n".join(texts))
    for old in notes.glob(f"({round_ - 2},*"):
        old.unlink()


def ingest(folder: Path) -> None:
    small_index(folder, Slow(512)).ingest([folder / "notes"])


def mend(folder: Path, before: int, now: int) -> None:
    """What must work after a kill, in a process of its own."""
    index = small_index(folder, Slow(512))
    rounds = [number for number in (before, now) if _found(index, number)]
    assert rounds, "the index answers with what was there before or with what was being written"
    report = index.ingest([folder / "notes"])
    assert report.documents > DOCUMENTS / 2
    assert index.status().state == "ready"
    assert _found(index, now)
    # One killed between publishing and clearing up leaves its vectors; the next change clears them away.
    assert report.added + report.updated == 0 or not (folder / "index" / NAME).exists()
    generations = [path for path in (folder / "index").iterdir() if path.is_dir()]
    # One killed while it cleared up leaves an old one, which the next change clears away.
    assert len(generations) <= 3, generations


def _found(index: Index, round_: int) -> bool:
    question = f"What is 1 part 2? In round {round_} it is 1."
    found = index.search(question, 3)
    return any(f"In round {round_} it" in passage.chunk.text for passage in found)


def forked(work: Callable[[], None]) -> int:
    """Starts work in a child and returns its id."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    return child


def main(kills: int, folder: Path, seed: int) -> None:
    """One writer after the other."""
    chance = random.Random(seed)
    write(folder, 0)
    took = []
    for round_ in (0, 1):
        write(folder, round_)
        began = time.monotonic()
        os.waitpid(forked(lambda: ingest(folder)), 0)
        took.append(time.monotonic() - began)
    busy = resumed = failed = 0
    for round_ in range(2, kills + 2):
        write(folder, round_)
        child = forked(lambda: ingest(folder))
        time.sleep(chance.uniform(0, 1.1 * took[-1]))
        os.kill(child, signal.SIGKILL)
        busy += os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
        resumed += (folder / "index" / NAME).exists()
        after = forked(lambda before=round_ - 1, now=round_: mend(folder, before, now))  # type: ignore[misc]
        failed += os.waitpid(after, 0)[1] != 0
    print(json.dumps({"killed": kills, "busy": busy, "resumed": resumed, "failed": failed}))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))

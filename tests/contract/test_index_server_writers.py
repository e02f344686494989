"""Many write to one index on a Chroma server, and none loses or disturbs what another has."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.index import Index, Server
from coach.index.server import ServerGenerations
from coach.retrieve import Retriever
from coach.retrieve.proof import prove
from tests.contract.team import ADAM, documents, machine, note

ROOT = Path(__file__).resolve().parents[2]


def test_writers_at_once_lose_nothing_of_each_other(tmp_path: Path, url: str) -> None:
    count = 5
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.contract.server_writer", str(tmp_path / name), url, name, str(count)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("ann", "bob")
    ]  # fmt: skip
    told = [json.loads(writer.communicate(timeout=120)[0]) for writer in started]
    assert [report["documents"] for report in told] == [count, count]
    reader = machine(tmp_path, url, "eve")
    assert prove(reader) == reader.status().passages
    assert len(documents(reader)) == 2 * count
    for name in ("ann", "bob"):
        for number in range(count):
            best = reader.search(f"What is {name} {number}? Answer {number} of {name}.", 1)[0]
            assert best.chunk.document == f"{name}{number}.md"


class FirstIsLate(ServerGenerations):
    """Says that there is nothing yet, and by then another has begun."""

    def __init__(self, folder: Path, server: Server, other: Index) -> None:
        super().__init__(folder, server)
        self.other = other

    def current(self) -> str | None:
        found = super().current()
        self.other.ensure()
        return found


@pytest.mark.parametrize("act", [Index.ensure, Index.rebuild])
def test_two_may_begin_an_index_at_once(
    tmp_path: Path, url: str, act: Callable[[Index], object]
) -> None:
    quick, slow = machine(tmp_path, url, "quick"), machine(tmp_path, url, "slow")
    slow.generations = FirstIsLate(tmp_path / "slow", Server(url, origin="slow"), quick)
    act(slow)
    assert slow.status().state == quick.status().state == "ready"


def test_a_writer_that_was_outrun_adds_to_what_the_other_wrote(tmp_path: Path, url: str) -> None:
    """The slow one has read the old generation when the quick one publishes."""
    quick, slow = machine(tmp_path, url, "quick"), machine(tmp_path, url, "slow")
    quick.ensure()
    note(tmp_path / "a", "a.md", ADAM)
    note(tmp_path / "b", "b.md", "## What is dropout?\nUnits are dropped.\n")
    said: list[str] = []

    def progress(done: int, total: int, text: str) -> None:
        if text == "reading b.md" and not said:
            quick.ingest([tmp_path / "a"])
        said.append(text)

    slow.ingest([tmp_path / "b"], progress)
    assert any("meanwhile" in text for text in said)
    assert [name for name, _ in documents(quick)] == ["a.md", "b.md"]


def test_a_writer_that_slept_through_many_generations_is_outrun_too(
    tmp_path: Path, url: str
) -> None:
    quick, slow = machine(tmp_path, url, "quick"), machine(tmp_path, url, "slow")
    quick.ensure()
    note(tmp_path / "b", "b.md", "## What is dropout?\nUnits are dropped.\n")
    said: list[str] = []

    def progress(done: int, total: int, text: str) -> None:
        if text == "reading b.md" and not said:
            for number in range(5):
                quick.ingest([note(tmp_path / "a", f"{number}.md", ADAM)])
        said.append(text)

    slow.ingest([tmp_path / "b"], progress)
    assert len(documents(quick)) == 6


def test_readers_have_the_old_one_until_the_new_one_is_whole(tmp_path: Path, url: str) -> None:
    writer = machine(tmp_path, url, "ann")
    notes = note(tmp_path / "notes", "adam.md", ADAM)
    writer.ingest([notes])
    reader = Retriever(machine(tmp_path, url, "bob"))
    seen: list[int] = []
    failures: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                assert reader.search("What is Adam? Two moments.", 1)[0].chunk.document == "adam.md"
                seen.append(len(documents(reader.index)))
        except BaseException as error:
            failures.append(error)

    reading = threading.Thread(target=read)
    reading.start()
    for number in range(4):
        note(notes, f"{number}.md", f"## Question {number}?\nAnswer.\n")
        writer.ingest([notes])
    writer.rebuild()
    done.set()
    reading.join()
    assert failures == []
    assert seen == sorted(seen)
    assert len(documents(reader.index)) == 5


def test_a_path_means_another_file_on_another_machine(tmp_path: Path, url: str) -> None:
    notes = note(tmp_path / "notes", "a.md", ADAM)
    ann, bob = machine(tmp_path, url, "ann"), machine(tmp_path, url, "bob")
    ann.ingest([notes])
    # Bob has a folder of the same name, with another file in it.
    (notes / "a.md").unlink()
    note(notes, "b.md", "## What is dropout?\nUnits are dropped.\n")
    bob.ingest([notes])
    assert documents(bob) == [("a.md", f"ann:{notes / 'a.md'}"), ("b.md", str(notes / "b.md"))]
    bob.rebuild()
    assert [name for name, _ in documents(ann)] == ["a.md", "b.md"]
    assert bob.search("What is Adam? Two moments.", 1)[0].chunk.document == "a.md"
    assert bob.remove(Path(f"ann:{notes / 'a.md'}")) == ["a.md"]
    assert [name for name, _ in documents(ann)] == ["b.md"]

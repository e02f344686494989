"""An ingest that is cut off keeps the vectors it has made; writers wait for each other and say so."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from coach.embeddings.hashing import HashingEmbeddings
from coach.errors import ModelMissing
from coach.index import generations
from coach.index.journal import BATCH, NAME
from tests.index_corpus import CountingEmbedder, small_index

PASSAGES = 4 * BATCH


class CutOff(CountingEmbedder):
    """Fails after some batches, as an endpoint that goes down does."""

    def __init__(self, batches: int) -> None:
        super().__init__(512)
        self.batches = batches

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        if self.batches == 0:
            raise ModelMissing("the endpoint is down")
        self.batches -= 1
        return super().embed_documents(texts)


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    for number in range(PASSAGES):
        (folder / f"{number}.md").write_text(f"## What is {number}?\nIt is number {number}.\n")
    small_index(tmp_path, HashingEmbeddings(512)).ensure()
    with pytest.raises(ModelMissing):
        small_index(tmp_path, CutOff(3)).ingest([folder])
    return folder


def _again(folder: Path, notes: Path) -> int:
    """How many passages a second run embeds; it must find all of them afterwards."""
    embedder = CountingEmbedder(512)
    index = small_index(folder, embedder)
    report = index.ingest([notes])
    assert report.embedded == len(embedder.seen)
    assert report.added == PASSAGES
    for number in (0, PASSAGES // 2, PASSAGES - 1):
        found = index.search(f"What is {number}? It is number {number}.", 1)
        assert found[0].chunk.locator.heading == f"What is {number}?"
    assert not (folder / "index" / NAME).exists(), "what is in the index is kept only there"
    return len(embedder.seen)


def test_the_second_run_embeds_only_the_rest(tmp_path: Path, notes: Path) -> None:
    assert _again(tmp_path, notes) == BATCH


def _torn(data: bytes) -> bytes:
    return data[:-7]


def _scribbled(data: bytes) -> bytes:
    return data[:-1000] + b"\xa5" * 1000


def _longer(data: bytes) -> bytes:
    return data + b"\xff" * 99


@pytest.mark.parametrize("harm", [_torn, _scribbled, _longer])
def test_what_is_not_whole_is_made_again(
    tmp_path: Path, notes: Path, harm: Callable[[bytes], bytes]
) -> None:
    file = tmp_path / "index" / NAME
    file.write_bytes(harm(file.read_bytes()))
    assert BATCH <= _again(tmp_path, notes) <= 2 * BATCH


@pytest.mark.parametrize("data", [b"", b"\0" * 5000, b"00\n"], ids=["empty", "zeros", "other"])
def test_a_file_that_is_no_journal_is_written_anew(
    tmp_path: Path, notes: Path, data: bytes
) -> None:
    (tmp_path / "index" / NAME).write_bytes(data)
    assert _again(tmp_path, notes) == PASSAGES


def test_vectors_of_another_embedder_are_not_used(tmp_path: Path, notes: Path) -> None:
    other = small_index(tmp_path, HashingEmbeddings(32))
    other.rebuild()
    assert other.ingest([notes]).embedded == PASSAGES
    assert other.status().dimensions == 32


def test_who_waits_for_a_writer_says_so(
    tmp_path: Path, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generations, "PATIENCE_S", 0.2)
    said: list[str] = []
    other = FileLock(tmp_path / "index" / ".lock")
    other.acquire()
    writer = threading.Thread(
        target=lambda: small_index(tmp_path, HashingEmbeddings(512)).ingest(
            [notes], lambda _, total, note: said.append(note)
        )
    )
    writer.start()
    deadline = time.monotonic() + 20
    while not said and time.monotonic() < deadline:
        time.sleep(0.02)
    assert "waiting" in said[0]
    other.release()
    writer.join(60)
    assert small_index(tmp_path, HashingEmbeddings(512)).status().documents == PASSAGES


def test_a_dead_writer_holds_no_lock(tmp_path: Path, notes: Path) -> None:
    code = (
        "import sys, time; from filelock import FileLock; FileLock(sys.argv[1]).acquire();"
        "print('held', flush=True); time.sleep(100)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "index" / ".lock")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        holder.kill()
    said: list[str] = []
    small_index(tmp_path, HashingEmbeddings(512)).ingest(
        [notes], lambda _, total, note: said.append(note)
    )
    assert not any("waiting" in note for note in said)


def test_a_reader_that_died_while_chroma_wrote_harms_no_search(tmp_path: Path) -> None:
    """Chroma writes to its database even when it only reads; what a dead one began must be undone first."""
    index = small_index(tmp_path)
    index.ensure()
    index.close()
    database = next((tmp_path / "index").rglob("chroma.sqlite3"))
    # With hardly any cache, pages go to the file, and their old state to a journal, before the commit.
    code = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA cache_size = 1")
db.execute("BEGIN IMMEDIATE")
db.execute("UPDATE embeddings SET embedding_id = embedding_id || 'x'")
db.execute("UPDATE embedding_metadata SET string_value = string_value || 'x'")
os._exit(9)
"""
    assert subprocess.run([sys.executable, "-c", code, database], check=False).returncode == 9
    assert database.with_name(f"{database.name}-journal").stat().st_size > 0
    assert small_index(tmp_path).search("dropout")

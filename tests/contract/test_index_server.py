"""An index on a Chroma server: the same is found as with files, and what goes wrong there is said."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from coach.embeddings.hashing import HashingEmbeddings
from coach.errors import CoachError, IndexMissing
from coach.index import Server
from coach.index.local import LocalGenerations
from coach.index.server import ServerGenerations
from coach.retrieve import Retriever
from tests.contract.chroma_server import ChromaServer
from tests.contract.team import ADAM, documents, machine, note
from tests.index_corpus import small_index


def test_the_same_is_found_as_with_files(tmp_path: Path, url: str) -> None:
    notes = tmp_path / "notes"
    for number in range(20):
        note(
            notes,
            f"{number}.md",
            f"## What is {number}?\nIt is {number}.\n\n## 为什么 {number}？\n因为。\n",
        )
    found = []
    for index in (small_index(tmp_path / "files"), machine(tmp_path, url, "ann")):
        index.ingest([notes])
        retriever = Retriever(index)
        for query in ("What is 7? It is 7.", "为什么 3？", "pooling", "Adam 保存什么？"):
            hits = retriever.search(query, 5)
            found.append([(hit.chunk, round(hit.score, 4)) for hit in hits])
        index.close()
    assert found[:4] == found[4:]


def test_old_generations_and_what_dead_writers_left_are_cleared(tmp_path: Path, url: str) -> None:
    index = machine(tmp_path, url, "ann")
    index.ensure()
    dead = ServerGenerations(tmp_path / "dead", Server(url))
    dead.store(dead.new(dead.current()), None)
    for number in range(5):
        index.ingest([note(tmp_path / "notes", f"{number}.md", ADAM.replace("Two", str(number)))])
    # The last three, of each its passages, its manifest and its number.
    assert len(dead._client.list_collections()) == 9
    kept = [path for path in (tmp_path / "ann" / "index" / "server").iterdir() if path.is_dir()]
    assert len(kept) <= 2


def test_a_server_that_falls_silent_is_told_and_not_waited_for(tmp_path: Path) -> None:
    chroma = ChromaServer(tmp_path / "chroma")
    try:
        server = Server(chroma.url(), origin="ann", patience_s=1)
        index = small_index(tmp_path, HashingEmbeddings(64), server)
        index.ensure()
        chroma.freeze()
        with pytest.raises(IndexMissing, match="timed out") as caught:
            index.search("Adam", 1)
        assert server.url in caught.value.message
        chroma.thaw()
        assert index.search("Adam", 1)
    finally:
        chroma.kill()


def test_a_server_killed_in_the_middle_serves_what_it_had(tmp_path: Path) -> None:
    chroma = ChromaServer(tmp_path / "chroma")
    try:
        url = chroma.url()
        index = machine(tmp_path, url, "ann")
        notes = note(tmp_path / "notes", "a.md", ADAM)
        index.ingest([notes])
        note(notes, "b.md", "## What is dropout?\nUnits are dropped.\n")
        killing = index.embedder = _Killing(chroma)
        with pytest.raises(IndexMissing) as caught:
            index.ingest([notes])
        assert killing.killed
        assert url in caught.value.message
        assert "stays as it was" in caught.value.hint
        assert index.status().state == "unreachable"
        chroma.start()
        for reader in (index, machine(tmp_path, url, "bob")):
            assert [name for name, _ in documents(reader)] == ["a.md"]
            assert reader.search("What is Adam? Two moments.", 1)[0].chunk.document == "a.md"
        assert index.ingest([notes]).added == 1
        assert [name for name, _ in documents(index)] == ["a.md", "b.md"]
    finally:
        chroma.kill()


class _Killing(HashingEmbeddings):
    """Kills the server while an ingest has read the index and not yet written."""

    def __init__(self, chroma: ChromaServer) -> None:
        super().__init__(64)
        self.chroma = chroma
        self.killed = False

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        if not self.killed:
            self.chroma.kill()
            self.killed = True
        return super().embed_documents(texts)


def test_a_collection_that_is_gone_is_built_again(tmp_path: Path, url: str) -> None:
    index = machine(tmp_path, url, "ann")
    notes = note(tmp_path / "notes", "a.md", ADAM)
    index.ingest([notes])
    place = ServerGenerations(tmp_path / "other", Server(url))
    name = place.current()
    place._client.delete_collection(f"coach-{name}")
    fresh = machine(tmp_path, url, "ann")
    assert fresh.status().state == "damaged"
    said: list[str] = []
    fresh.ensure(lambda done, total, text: said.append(text))
    assert any("Building it again" in text for text in said)
    assert fresh.search("What is Adam? Two moments.", 1)[0].chunk.document == "a.md"


def test_another_embedder_is_told_before_it_harms_anyone(tmp_path: Path, url: str) -> None:
    machine(tmp_path, url, "ann").ensure()
    with pytest.raises(IndexMissing, match=url) as caught:
        machine(tmp_path, url, "bob", size=32).ingest([note(tmp_path / "notes", "a.md", ADAM)])
    assert "everyone" in caught.value.hint


def test_only_a_newer_program_replaces_the_shipped_passages(tmp_path: Path, url: str) -> None:
    index = machine(tmp_path, url, "ann")
    index.ensure()
    other = machine(tmp_path, url, "bob")
    assert index.corpus.folder != other.corpus.folder
    shutil.rmtree(other.corpus.folder / "notes")
    assert other.corpus.digest() != index.corpus.digest()
    assert other.status().state == "ready", "of the same version"
    place = ServerGenerations(tmp_path / "old", Server(url))
    opened = place.open(str(place.current()))
    name = place.new(opened.name)
    place.store(name, opened)
    place.publish(name, replace(opened.manifest, program="0.0.0"))
    assert other.status().state == "stale"
    other.ensure()
    assert other.status().passages < len(opened.manifest.ids)
    assert index.status().state == "ready"


def test_what_this_machine_had_is_taken_along_to_a_new_server(tmp_path: Path, url: str) -> None:
    notes = note(tmp_path / "notes", "a.md", ADAM)
    small_index(tmp_path / "ann").ingest([notes])
    moved = machine(tmp_path, url, "ann")
    moved.ensure()
    assert moved.search("What is Adam? Two moments.", 1)[0].chunk.document == "a.md"
    assert LocalGenerations(tmp_path / "ann" / "index").current(), "the files stay, to go back to"


def test_the_index_of_a_newer_program_is_left_alone(tmp_path: Path, url: str) -> None:
    machine(tmp_path, url, "ann").ensure()
    place = ServerGenerations(tmp_path / "other", Server(url))
    before = place.current()
    collection = place._client.get_collection(f"coach-manifest-{place.current()}")
    text = collection.get()["documents"][0]
    collection.update(
        ids=[collection.get()["ids"][0]],
        documents=[text.replace('"format": 1', '"format": 9')],
        embeddings=[[0.0]],
    )
    with pytest.raises(CoachError, match="not for this version"):
        machine(tmp_path, url, "bob").ensure()
    assert place.current() == before

"""An index on a Chroma server: many write, all read, and what goes wrong there is said."""

import http.server
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from coach.embeddings.hashing import HashingEmbeddings
from coach.errors import CoachError, IndexMissing, SettingsError
from coach.index import Index, Server
from coach.index.local import LocalGenerations
from coach.index.server import ServerGenerations
from coach.retrieve import Retriever
from coach.retrieve.proof import prove
from tests.contract.chroma_server import ChromaServer
from tests.index_corpus import small_index

ROOT = Path(__file__).resolve().parents[2]
ADAM = "## What is Adam?\nTwo moments.\n"


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    server = ChromaServer(tmp_path_factory.mktemp("chroma"))
    yield server
    server.kill()


@pytest.fixture
def url(chroma: ChromaServer) -> str:
    return chroma.url()


def machine(folder: Path, url: str, name: str, size: int = 64) -> Index:
    """The index as one user of the server sees it, with files of their own."""
    return small_index(folder / name, HashingEmbeddings(size), Server(url, origin=name))


def note(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    return folder


def documents(index: Index) -> list[tuple[str, str]]:
    return [(row.document, row.path) for row in index.documents() if not row.shipped]


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


@contextmanager
def answering(status: int, body: str = "", token: str = "") -> Iterator[str]:
    """Something on the loopback interface that is no Chroma server, or a proxy before one."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            allowed = not token or self.headers["Authorization"] == f"Bearer {token}"
            self.send_response(status if allowed else 401)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_what_is_no_chroma_server_is_told(tmp_path: Path) -> None:
    for status, body, said in (
        (200, "<html>hello</html>", "is no Chroma server"),
        (404, "", "is no Chroma server"),
        (410, '{"error": "the v1 API"}', "is no Chroma server"),
        (401, "", "refuses this machine"),
    ):
        with answering(status, body) as url, pytest.raises(IndexMissing, match=said) as caught:
            machine(tmp_path, url, "ann").ensure()
        assert url in caught.value.message
        assert "index.chroma" in caught.value.hint


def test_the_token_is_sent(tmp_path: Path) -> None:
    said = []
    with answering(404, token="s3cret") as url:
        for token in ("s3cret", "other"):
            with pytest.raises(IndexMissing) as caught:
                small_index(tmp_path, server=Server(url, token)).ensure()
            said.append(caught.value.message)
    assert "no Chroma server" in said[0]
    assert "refuses" in said[1]
    assert not any("s3cret" in text for text in said)


@pytest.mark.parametrize(
    "url", ["ftp://x", "http://", "http://a:b@c", "http://x:99999", "//", "http://x?y"]
)
def test_an_address_that_is_none_is_wrong_usage(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsError, match=r"index\.chroma_url"):
        small_index(tmp_path, server=Server(url)).ensure()


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

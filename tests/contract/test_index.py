"""What an index promises, whether its passages lie in files of ours or on a Chroma server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.errors import IndexMissing
from coach.index import Index, Server
from coach.retrieve import Retriever
from tests.contract.chroma_server import ChromaServer
from tests.index_corpus import small_index

DOCUMENT = "# Notes\n\n## What is dropout?\nUnits are dropped at random.\n\n## What is Adam?\nTwo moments.\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    chroma = ChromaServer(tmp_path_factory.mktemp("chroma"))
    yield chroma
    chroma.kill()


@pytest.fixture(params=["files", "server"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    place = None
    if request.param == "server":
        place = Server(request.getfixturevalue("server").url())
    index = small_index(tmp_path, server=place)
    yield index
    index.close()


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.md").write_text(DOCUMENT)
    return folder


def test_finds_what_was_ingested(index: Index, notes: Path) -> None:
    assert index.ingest([notes]).added == 1
    found = Retriever(index).search("What is dropout? Units are dropped", 3)
    assert found[0].chunk.document == "a.md"
    assert found[0].chunk.locator.start_line == 3
    assert found[0].score > found[1].score
    assert all(-1 <= passage.score <= 1 for passage in found)
    same = index.passage(found[0].chunk.id)
    assert same is not None
    assert same.chunk == found[0].chunk
    assert index.passage("0" * 16) is None


def test_an_exact_text_scores_one(index: Index) -> None:
    index.ensure()
    text = "Pooling\nIt shrinks maps."
    assert index.search(text, 1)[0].score == pytest.approx(1, abs=1e-5)


def test_updates_replace_and_removal_removes(index: Index, notes: Path) -> None:
    index.ingest([notes])
    (notes / "a.md").write_text(DOCUMENT.replace("Two moments", "Two averages"))
    assert index.ingest([notes]).updated == 1
    texts = [passage.chunk.text for passage in index.search("What is Adam?", 10)]
    assert sum("Two averages" in text for text in texts) == 1
    assert not any("Two moments" in text for text in texts)
    index.remove(notes)
    assert index.status().documents == 0
    assert all(p.chunk.document != "a.md" for p in index.search("dropout", 10))


def test_a_rebuild_holds_the_same(index: Index, notes: Path) -> None:
    index.ingest([notes])
    before = [(p.chunk.id, round(p.score, 5)) for p in index.search("dropout", 10)]
    report = index.rebuild()
    assert report.documents == 1
    assert [(p.chunk.id, round(p.score, 5)) for p in index.search("dropout", 10)] == before


def test_a_new_object_reads_what_the_old_one_wrote(
    index: Index, notes: Path, tmp_path: Path
) -> None:
    index.ingest([notes])
    url = index.status().chroma_url
    again = small_index(tmp_path, server=Server(url) if url else None)
    assert again.status().state == "ready"
    assert again.search("What is dropout?", 1)[0].chunk.document == "a.md"


@pytest.mark.parametrize(
    ("query", "lang"), [("What is dropout?", "en"), ("什么是 dropout？", "zh")]
)
def test_passages_to_read_begin_with_the_querys_language(
    index: Index, query: str, lang: str
) -> None:
    index.ensure()
    found = Retriever(index).read(query, 3).passages
    assert len(found) == len({passage.chunk.id for passage in found}) == 3
    assert {passage.chunk.lang for passage in found[:2]} == {lang}


def test_a_server_that_is_down_is_named(tmp_path: Path) -> None:
    index = small_index(tmp_path, server=Server("http://127.0.0.1:9"))
    with pytest.raises(IndexMissing, match=r"127\.0\.0\.1:9") as caught:
        index.ensure()
    assert "chroma run" in caught.value.hint

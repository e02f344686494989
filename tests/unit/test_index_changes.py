"""What ingesting, removing and rebuilding change, and what they leave alone."""

from pathlib import Path

import pytest

from coach.embeddings.hashing import HashingEmbeddings
from coach.errors import IndexMissing, InputFileError, UsageError
from coach.index import Index
from tests.index_corpus import (
    CountingEmbedder,
    RefusingEmbedder,
    ship_vectors,
    small_corpus,
    small_index,
)

NOTES = (
    "# Notes\n\n## What is dropout?\nUnits are dropped at random.\n\n## What is Adam?\nMoments.\n"
)


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.md").write_text(NOTES)
    (folder / "deep" / "b.md").write_text(
        "## 什么是批归一化？\n按小批量归一化。\n", encoding="utf-8"
    )
    return folder


def test_documents_are_named_by_their_path_in_the_folder(tmp_path: Path, notes: Path) -> None:
    index = small_index(tmp_path)
    report = index.ingest([notes])
    assert (report.documents, report.added, report.passages) == (2, 2, 3)
    own = [row.document for row in index.documents() if not row.shipped]
    assert own == ["a.md", "deep/b.md"]
    assert any(
        row.shipped and row.document == "cards/optimization/adam.toml" for row in index.documents()
    )


def test_second_run_embeds_nothing(tmp_path: Path, notes: Path) -> None:
    embedder = CountingEmbedder()
    index = small_index(tmp_path, embedder)
    index.ingest([notes])
    embedder.seen.clear()
    report = index.ingest([notes])
    assert embedder.seen == []
    assert (report.unchanged, report.added, report.updated, report.embedded) == (2, 0, 0, 0)


def test_only_the_changed_passage_is_embedded_again(tmp_path: Path, notes: Path) -> None:
    embedder = CountingEmbedder()
    index = small_index(tmp_path, embedder)
    index.ingest([notes])
    embedder.seen.clear()
    (notes / "a.md").write_text("\n" + NOTES.replace("Moments.", "Two moments."))
    report = index.ingest([notes])
    assert (report.updated, report.unchanged, report.embedded) == (1, 1, 1)
    assert embedder.seen == ["What is Adam?\nTwo moments."]
    best = index.search("What is dropout?", 1)[0].chunk
    assert best.locator.start_line == 4


def test_a_file_gone_from_its_folder_goes_from_the_index(tmp_path: Path, notes: Path) -> None:
    index = small_index(tmp_path)
    index.ingest([notes])
    (notes / "a.md").unlink()
    report = index.ingest([notes])
    assert (report.removed, report.unchanged) == (1, 1)
    assert [row.document for row in index.documents() if not row.shipped] == ["deep/b.md"]


def test_the_last_file_of_a_folder_can_go(tmp_path: Path, notes: Path) -> None:
    index = small_index(tmp_path)
    index.ingest([notes / "deep"])
    (notes / "deep" / "b.md").unlink()
    assert index.ingest([notes / "deep"]).removed == 1


def test_a_file_that_became_unreadable_stays_as_it_was(tmp_path: Path, notes: Path) -> None:
    index = small_index(tmp_path)
    index.ingest([notes])
    (notes / "a.md").write_bytes(b"\x00\x01\x02")
    report = index.ingest([notes])
    assert report.removed == 0
    assert [problem.path for problem in report.problems] == [str(notes / "a.md")]
    assert index.search("What is dropout?", 1)[0].chunk.document == "a.md"


def test_a_file_of_a_known_folder_keeps_its_name(tmp_path: Path, notes: Path) -> None:
    index = small_index(tmp_path)
    index.ingest([notes])
    assert index.ingest([notes / "deep" / "b.md"]).unchanged == 1


def test_the_same_file_in_two_folders_is_kept_until_both_are_gone(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "n.md").write_text(NOTES)
    index = small_index(tmp_path)
    index.ingest([tmp_path / "one", tmp_path / "two"])
    index.remove(tmp_path / "one")
    assert index.search("What is dropout?", 1)[0].chunk.document == "n.md"
    index.remove(tmp_path / "two")
    assert index.search("What is dropout?", 1)[0].chunk.document != "n.md"


def test_nothing_readable_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(b"\x00\x01")
    index = small_index(tmp_path)
    with pytest.raises(InputFileError, match=r"x\.bin"):
        index.ingest([tmp_path / "x.bin"])
    with pytest.raises(InputFileError, match="no such file"):
        index.ingest([tmp_path / "absent"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputFileError, match="nothing to read"):
        index.ingest([tmp_path / "empty"])


def test_removing_what_is_not_there_and_what_is_shipped(tmp_path: Path, notes: Path) -> None:
    index = small_index(tmp_path)
    index.ingest([notes])
    with pytest.raises(UsageError, match="not in the index"):
        index.remove(tmp_path / "other.md")
    with pytest.raises(UsageError, match="belongs to the deck"):
        index.remove(Path("cards/optimization/adam.toml"))
    assert index.remove(Path("a.md")) == ["a.md"]


def test_first_start_embeds_nothing(tmp_path: Path) -> None:
    ship_vectors(small_corpus(tmp_path / "corpus"), HashingEmbeddings(64))
    index = small_index(tmp_path, RefusingEmbedder(64))
    index.ensure()
    assert index.status().state == "ready"
    assert index.status().passages == 4


def test_a_changed_corpus_is_taken_over_and_documents_stay(tmp_path: Path, notes: Path) -> None:
    index = small_index(tmp_path)
    index.ingest([notes])
    (tmp_path / "corpus" / "notes" / "cnn.en.md").write_text(
        "# CNN\n\n## Stride\nSteps of a filter.\n"
    )
    assert index.status().state == "stale"
    index.ensure()
    assert index.search("Stride", 1)[0].chunk.document == "notes/cnn.en.md"
    assert index.status().documents == 2


def test_another_embedder_is_refused_until_a_rebuild(tmp_path: Path, notes: Path) -> None:
    small_index(tmp_path).ingest([notes])
    other = small_index(tmp_path, HashingEmbeddings(32))
    for act in (other.ensure, lambda: other.search("x"), lambda: other.ingest([notes])):
        with pytest.raises(IndexMissing, match="hashing:64") as caught:
            act()
        assert "coach index rebuild" in caught.value.hint
    assert other.status().state == "other embedder"
    (notes / "a.md").unlink()
    other.rebuild()
    assert other.status().dimensions == 32
    found = {passage.chunk.document for passage in other.search("What is dropout?", 2)}
    assert "a.md" in found, "a document whose file is gone is kept from its stored text"


def test_search_checks_what_it_is_asked(tmp_path: Path) -> None:
    index = small_index(tmp_path)
    with pytest.raises(IndexMissing):
        index.search("x")
    index.ensure()
    with pytest.raises(UsageError):
        index.search("  ")
    with pytest.raises(UsageError):
        index.search("x", 0)
    assert {p.chunk.lang for p in index.search("pooling", 10, "zh")} == {"zh"}
    assert len(index.search("x" * 100_000, 100)) == 4


def test_a_failing_embedder_leaves_the_index_as_it_was(tmp_path: Path, notes: Path) -> None:
    class Failing(HashingEmbeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            raise IndexMissing("the endpoint is down")

    small_index(tmp_path).ensure()
    index: Index = small_index(tmp_path, Failing(64))
    with pytest.raises(IndexMissing, match="down"):
        index.ingest([notes])
    assert index.status().state == "ready"
    assert index.status().documents == 0
    assert [path.name for path in (tmp_path / "index").iterdir() if path.is_dir()]

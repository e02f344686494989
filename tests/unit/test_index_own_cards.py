"""The user's own cards are in the index as long as their files are in the deck, without an ingest."""

from pathlib import Path

import pytest

from coach.embeddings.hashing import HashingEmbeddings
from coach.errors import UsageError
from coach.index import Index, ShippedCorpus
from tests.index_corpus import CARD, CountingEmbedder, small_corpus

MINE = (
    CARD.replace('id = "adam"', 'id = "weight-noise"')
    .replace("Adam", "Weight noise")
    .replace("Two moving averages", "Gaussian jitter of weights")
    + '[[key_points]]\nid = "p1"\nen = "Jitter."\nzh = "抖动。"\nweight = 1\n'
)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    small_corpus(tmp_path / "corpus")
    folder = tmp_path / "cards"
    folder.mkdir()
    return folder


def opened(own: Path, embedder: HashingEmbeddings | None = None) -> Index:
    corpus = ShippedCorpus(own.parent / "corpus", own)
    index = Index(own.parent / "index", embedder or HashingEmbeddings(64), corpus=corpus)
    index.ensure()
    return index


def mine(index: Index) -> dict[str, str]:
    return {row.document: row.path for row in index.documents() if not row.shipped}


def test_a_new_card_is_found_and_only_its_passages_are_embedded(own: Path) -> None:
    opened(own).close()
    embedder = CountingEmbedder()
    file = own / "weight-noise.toml"
    file.write_text(MINE, "utf-8")
    index = opened(own, embedder)
    assert len(embedder.seen) == 2
    assert mine(index) == {"own/weight-noise.toml": str(file)}
    found = index.search("Gaussian jitter of weights", 1)[0].chunk
    assert (found.document, found.kind) == ("own/weight-noise.toml", "card")
    assert found.locator.start_line > 1
    status = index.status()
    assert (status.state, status.documents) == ("ready", 0)
    assert status.passages - status.shipped_passages == 2


def test_a_card_that_changed_or_went_does_so_in_the_index(own: Path) -> None:
    file = own / "weight-noise.toml"
    file.write_text(MINE, "utf-8")
    index = opened(own)
    file.write_text(MINE.replace("Gaussian", "Uniform"), "utf-8")
    assert index.status().state == "stale"
    index.ensure()
    assert "Uniform jitter" in index.search("Uniform jitter of weights", 1)[0].chunk.text
    file.unlink()
    index.ensure()
    assert mine(index) == {}
    assert all("jitter" not in chunk.text for chunk in index.chunks())


def test_cards_outlive_an_ingest_and_a_rebuild_and_are_not_removed(own: Path) -> None:
    (own / "weight-noise.toml").write_text(MINE, "utf-8")
    notes = own.parent / "notes.md"
    notes.write_text("# Notes\n\nPooling shrinks maps.\n", "utf-8")
    index = opened(own)
    index.ingest([notes])
    assert set(mine(index)) == {"own/weight-noise.toml", "notes.md"}
    index.rebuild()
    assert set(mine(index)) == {"own/weight-noise.toml", "notes.md"}
    with pytest.raises(UsageError, match="belongs to the deck"):
        index.remove(Path("own/weight-noise.toml"))


def test_what_is_not_in_the_deck_is_not_in_the_index(own: Path) -> None:
    (own / "a-weight-noise.toml").write_text(MINE, "utf-8")
    (own / "b-copy.toml").write_text(MINE, "utf-8")
    (own / "broken.toml").write_text("id = ", "utf-8")
    (own / "adam.toml").write_text(CARD, "utf-8")
    (own / "latin.toml").write_bytes(b'id = "\xe9"')
    (own / "folder.toml").mkdir()
    (own / "gone.toml").symlink_to(own / "nowhere")
    assert set(mine(opened(own))) == {"own/a-weight-noise.toml"}

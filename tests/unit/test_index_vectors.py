"""Centring, and the vectors that come with the corpus."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest

from coach.embeddings.hashing import HashingEmbeddings
from coach.index.shipped import ShippedCorpus
from coach.index.vectors import MIN_TEXTS, Means, embed, fit_means, matrix


def test_centring_brings_two_languages_together() -> None:
    random = np.random.default_rng(0)
    topics = random.normal(size=(20, 32)).astype(np.float32)
    offset = 4 * random.normal(size=32).astype(np.float32)
    vectors = np.vstack([topics, topics + offset])
    langs = ["en"] * 20 + ["zh"] * 20
    means = fit_means(vectors, langs, vectors, langs)
    centred = means.passages(vectors, langs)
    assert (np.argmax(centred[:20] @ centred.T, axis=1) % 20 == np.arange(20)).all()
    assert float(np.min(np.sum(centred[:20] * centred[20:], axis=1))) == pytest.approx(1, abs=1e-4)


def test_hardly_any_texts_give_no_mean() -> None:
    vectors = matrix([[1.0, 0.0]] * (MIN_TEXTS - 1))
    means = fit_means(vectors, ["en"] * (MIN_TEXTS - 1), vectors, ["en"] * (MIN_TEXTS - 1))
    assert not means.passage["en"].any()
    assert means.passages(matrix([[0.0, 0.0]]), ["zh"]).tolist() == [[0.0, 0.0]]


def test_means_survive_the_manifest() -> None:
    vectors = matrix([[float(n), 1.0] for n in range(MIN_TEXTS)])
    langs = ["en"] * MIN_TEXTS
    means = fit_means(vectors, langs, vectors, langs)
    again = Means.from_json(means.to_json())
    assert np.array_equal(again.passage["en"], means.passage["en"])
    assert np.array_equal(again.query["zh"], means.query["zh"])


def test_the_shipped_corpus_comes_with_all_its_vectors() -> None:
    corpus = ShippedCorpus()
    shipped, vectors = corpus.load(), corpus.vectors()
    assert vectors is not None, "run: python scripts/embed_corpus.py"
    missing = [chunk.document for chunk in shipped.chunks if chunk.id not in vectors.by_id]
    assert missing == [], "run: python scripts/embed_corpus.py"
    from coach.embeddings.bundled import BundledEmbeddings
    from coach.index.shipped import question_id

    assert vectors.embedder == BundledEmbeddings.name
    assert all(question_id(text) in vectors.questions for text in shipped.queries)
    assert {chunk.lang for chunk in shipped.chunks} == {"en", "zh"}


def test_shipped_passages_know_their_place() -> None:
    corpus = ShippedCorpus()
    for chunk in corpus.load().chunks:
        lines = (corpus.folder / chunk.document).read_text(encoding="utf-8").split("\n")
        assert 1 <= chunk.locator.start_line <= chunk.locator.end_line <= len(lines)
        assert chunk.text.startswith(chunk.locator.heading)


class Quicker(HashingEmbeddings):
    """An embedder with another one for many passages."""

    def __init__(self) -> None:
        super().__init__(8)
        self.told: list[int] = []
        self.open = False

    @contextmanager
    def in_bulk(self, count: int) -> Iterator[HashingEmbeddings]:
        self.told.append(count)
        self.open = True
        yield HashingEmbeddings(16)
        self.open = False


def test_the_quicker_way_of_an_embedder_is_used_and_ended() -> None:
    embedder = Quicker()
    vectors = embed(embedder, ["a", "b", "c"])
    assert vectors.shape == (3, 16)
    assert embedder.told == [3]
    assert not embedder.open

"""How near a question comes to the deck is asked where the best passage is one of the program's own."""

from pathlib import Path

import pytest

from coach.embeddings.bundled import BundledEmbeddings
from coach.embeddings.hashing import HashingEmbeddings
from coach.index import Index
from coach.retrieve import Retriever
from coach.retrieve.nearness import Nearness

OWN = "## How do we deploy on Fridays?\nThe team in Ghent rolls back the ledger service by hand.\n"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    made = Index(tmp_path_factory.mktemp("deck") / "index", BundledEmbeddings())
    made.ensure()
    return made


def near(index: Index, question: str) -> tuple[Nearness, float]:
    """How near a question comes to the deck, and how likely the passages answer it."""
    _, evidence = Retriever(index).weighed(question)
    assert evidence.near is not None
    return evidence.near, evidence.covered


@pytest.mark.parametrize(
    ("asked", "elsewhere"),
    [
        ("Why does dropout scale activations?", "Which wine goes with a mushroom risotto?"),
        ("What does the forget gate of an LSTM do?", "How do I tune the autoscaling of a cluster?"),
        ("为什么 dropout 要缩放激活值？", "红烧肉怎么做才好吃？"),
    ],
)
def test_a_question_of_the_deck_is_nearer_to_it(index: Index, asked: str, elsewhere: str) -> None:
    (here, covered), (there, silent) = near(index, asked), near(index, elsewhere)
    assert here.own > there.own
    assert here.apart > there.apart > 0
    assert silent < 0.1 < 0.9 < covered


def test_what_a_user_ingested_is_judged_without_the_deck(tmp_path: Path) -> None:
    index = Index(tmp_path / "index", BundledEmbeddings())
    (tmp_path / "ours.md").write_text(OWN)
    index.ingest([tmp_path / "ours.md"])
    passages, evidence = Retriever(index).weighed("Who rolls back the ledger service on Fridays?")
    assert passages[0].chunk.document == "ours.md"
    assert evidence.near is None
    assert evidence.covered > 0.8


def test_vectors_of_another_embedder_say_nothing_of_the_deck(tmp_path: Path) -> None:
    index = Index(tmp_path / "index", HashingEmbeddings(64))
    index.ensure()
    assert Retriever(index).weighed("Why does dropout scale activations?")[1].near is None


def test_a_search_does_without_the_deck(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    def unwanted(*_: object) -> None:
        raise AssertionError("the deck was read")

    monkeypatch.setattr("coach.retrieve.nearness.load_deck", unwanted)
    retriever = Retriever(index)
    assert retriever.search("Why does dropout scale activations?", 1)
    with pytest.raises(AssertionError, match="the deck was read"):
        retriever.weighed("Why does dropout scale activations?")

"""A good answer to another question earns little, an answer to this one loses nothing."""

import itertools
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.card import LANGS, Lang
from coach.deck import load_deck
from coach.embeddings.bundled import BundledEmbeddings
from coach.grade import combine
from coach.grade.evidence import Evidence, TaskVectors
from coach.grade.opinions import fitted
from coach.grade.task import Task

NAMES = tuple(fitted()["exam"]["topic"]["features"])
SOME = 5


@pytest.fixture(scope="module")
def embedder() -> BundledEmbeddings:
    return BundledEmbeddings()


@pytest.mark.parametrize("lang", LANGS)
def test_good_answers_to_other_questions_are_told_from_good_answers(
    embedder: BundledEmbeddings, lang: Lang
) -> None:
    deck = list(load_deck())
    cards = [next(group) for _, group in itertools.groupby(deck, lambda card: card.topic)][:SOME]
    strong = [next(e.answer for e in card.exemplars if e.lang == lang) for card in cards]
    own, other = [], []
    for number, card in enumerate(cards):
        task = Task.from_reference(card.question[lang], (card.reference[lang],), (), lang)
        vectors = TaskVectors.of(task, embedder.embed_queries)
        for found, answer in ((own, strong[number]), (other, strong[number - 1])):
            evidence = Evidence(task, answer, answer, vectors, embedder.embed_queries)
            found.append(combine.topicality(evidence.features(0), "exam"))
    assert fmean(own) > 0.9
    assert fmean(other) < 0.5


@given(values=st.lists(st.floats(-1, 1), min_size=len(NAMES), max_size=len(NAMES)))
def test_a_share_of_the_points_is_left(values: list[float]) -> None:
    features = dict(zip(NAMES, values, strict=True))
    assert 0 <= combine.topicality(features, "exam") <= 1
    assert combine.probability(features, "exam") <= combine.topicality(features, "exam")


@pytest.mark.parametrize("answer", ["3.14", "10.0.0.0/8, 127.0.0.0/8", "梯度的均值和平方的均值。"])
def test_numbers_and_another_language_tell_nothing_of_the_topic(
    embedder: BundledEmbeddings, answer: str
) -> None:
    task = Task.from_reference("What does Adam keep?", ("It keeps two running means.",), (), "en")
    vectors = TaskVectors.of(task, embedder.embed_queries)
    evidence = Evidence(task, answer, answer, vectors, embedder.embed_queries)
    assert combine.topicality(evidence.features(0), "exam") == 1.0

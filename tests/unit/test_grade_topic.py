"""A good answer to another question earns little, an answer to this one loses nothing."""

import itertools
from dataclasses import replace
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.card import Card
from coach.deck import load_deck
from coach.embeddings.bundled import BundledEmbeddings
from coach.grade import Neighbours, combine
from coach.grade.evidence import Evidence
from coach.grade.opinions import fitted
from coach.grade.task import Task
from coach.grade.task_vectors import TaskVectors
from coach.index.shipped import looking_up
from coach.language import LANGS, Lang, detect
from tests.grading_standins import SAYS_IT, always, grader

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


@pytest.fixture(scope="module")
def neighbours(embedder: BundledEmbeddings) -> Neighbours:
    return Neighbours.shipped(embedder.embed_queries, embedder.name)


def beside(card: Card, answer: str, embedder: BundledEmbeddings, neighbours: Neighbours) -> float:
    """What is left of an answer's points where it is given to a card."""
    task = Task.from_card(card, "zh" if detect(answer) == "zh" else "en")
    # The vectors of references and mistakes do not matter here and would have to be made.
    embed = looking_up(embedder.embed_queries, embedder.name)
    vectors = TaskVectors.of(replace(task, references=(), mistakes=()), embed, neighbours)
    elsewhere = Evidence(task, answer, answer, vectors, embed).elsewhere
    return combine.topicality({} if elsewhere is None else {"elsewhere": elsewhere}, "card")


@pytest.mark.parametrize("lang", LANGS)
def test_an_answer_to_another_card_keeps_hardly_any_points(
    embedder: BundledEmbeddings, neighbours: Neighbours, lang: Lang
) -> None:
    deck = list(load_deck())
    cards = [next(group) for _, group in itertools.groupby(deck, lambda card: card.topic)][:SOME]
    said = [[e.answer for e in card.exemplars if e.lang == lang] for card in cards]
    own = [
        beside(card, answer, embedder, neighbours)
        for card, answers in zip(cards, said, strict=True)
        for answer in answers
    ]
    other = [
        beside(card, said[number - 1][0], embedder, neighbours) for number, card in enumerate(cards)
    ]
    assert min(own) > 0.9
    assert fmean(other) < 0.2


@pytest.mark.parametrize(
    "answer", ["0.5", "I would use it.", "Because of the bias.", "防止过拟合。"]
)
def test_what_could_be_about_anything_loses_nothing(
    embedder: BundledEmbeddings, neighbours: Neighbours, answer: str
) -> None:
    for card in itertools.islice(load_deck(), 0, 60, 12):
        assert beside(card, answer, embedder, neighbours) > 0.9


def test_the_candidate_is_told(embedder: BundledEmbeddings, neighbours: Neighbours) -> None:
    deck = load_deck()
    answer = next(e.answer for e in deck.get("word2vec").exemplars if e.lang == "en")
    task = Task.from_card(deck.get("batch-normalization"), "en")
    given = grader(always(SAYS_IT), embed=embedder.embed_queries, neighbours=neighbours)
    verdict = given.grade(task, answer)
    assert verdict.feedback.startswith("This seems to answer another question.")
    assert verdict.grade == "incorrect"
    assert "another question" not in given.grade(task, task.references[0]).feedback


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

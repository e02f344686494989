"""The embedded 1.5B model puts answers of known quality in their order, in both languages."""

import pytest

from coach.app import Coach
from coach.ask import Answer
from coach.card import Card
from coach.deck import load_deck
from coach.grade import Task
from coach.language import LANGS, Lang

pytestmark = pytest.mark.real_model

CARDS = ("vanishing-gradients-relu", "gan", "lstm-gates")


def in_order(coach: Coach, card: Card, lang: Lang) -> bool:
    """Whether the strong exemplar scores above the partial one, and that not below the wrong one."""
    task = Task.from_card(card, lang)
    strong, _, partial, wrong = [e.answer for e in card.exemplars if e.lang == lang][:4]
    grader = coach.grader.marking_only()
    scores = [grader.grade(task, answer).score for answer in (strong, partial, wrong)]
    good, half, bad = (-1.0 if score is None else score for score in scores)
    return good > half >= bad >= 0


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("lang", LANGS)
def test_good_above_partial_not_below_wrong(coach: Coach, lang: Lang) -> None:
    deck = load_deck()
    ordered = {name: in_order(coach, deck.get(name), lang) for name in CARDS}
    assert all(ordered.values()), ordered


@pytest.mark.soak
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("lang", LANGS)
def test_good_above_partial_not_below_wrong_on_sixteen_cards_of_twenty(
    coach: Coach, lang: Lang
) -> None:
    cards = load_deck().shuffled(2)[:20]
    ordered = {card.id: in_order(coach, card, lang) for card in cards}
    assert sum(ordered.values()) >= 16, ordered


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_the_notes_answer_what_they_cover(coach: Coach) -> None:
    *_, answer = coach.asker.ask("What does dropout do during training and at test time?")
    assert isinstance(answer, Answer)
    assert answer.answered, answer.text
    for citation in answer.citations:
        assert citation.quote in citation.passage.chunk.text

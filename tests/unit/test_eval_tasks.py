"""An eval set's answer to a question of the deck is marked by the card, any other by its own reference."""

from dataclasses import replace

from coach.deck import load_deck
from coach.language import LANGS
from eval.exemplars import exemplars
from eval.tasks import by_question, task_of

DECK = list(load_deck())


def test_a_question_of_the_deck_is_marked_by_its_card() -> None:
    card = DECK[0]
    cards = by_question(DECK)
    for sample in exemplars(card):
        task = task_of(sample, cards)
        assert (task.card, task.lang) == (card.id, sample.lang)
    assert {sample.lang for sample in exemplars(card)} == set(LANGS)


def test_the_same_question_with_another_reference_is_marked_by_that() -> None:
    sample = replace(exemplars(DECK[0])[0], references=("Something else entirely.",))
    task = task_of(sample, by_question(DECK))
    assert task.card is None
    assert task.references == ("Something else entirely.",)


def test_a_question_the_deck_does_not_ask_is_marked_by_its_own_reference() -> None:
    sample = replace(exemplars(DECK[0])[0], question="What is a whale?")
    assert task_of(sample, by_question(DECK)).question == "What is a whale?"

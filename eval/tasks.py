"""What a sample's answer is graded against."""

from collections.abc import Iterable, Mapping

from coach.card import Card
from coach.grade.task import Task
from eval.datasets import Sample


def by_question(cards: Iterable[Card]) -> Mapping[str, Card]:
    """The deck's cards by each question's text."""
    return {text: card for card in cards for text in (card.question.en, card.question.zh)}


def task_of(sample: Sample, cards: Mapping[str, Card]) -> Task:
    """The card's task where the deck asks this question with this reference, else the sample's own."""
    card = cards.get(sample.question)
    if card is not None and card.reference[sample.lang].strip() in sample.references:
        return Task.from_card(card, sample.lang)
    return sample.task

"""Marked answers of the project itself: its answer sets, else the exemplars of the deck."""

from coach.app import Coach
from coach.card import Card
from eval.datasets import SETS, Sample, read_set

OWN_SETS = ("answers-en.jsonl", "answers-zh.jsonl")


def default_set(coach: Coach) -> tuple[str, list[Sample]]:
    """The name of the answers and the answers: the shipped sets, else the deck's marked exemplars."""
    files = [SETS / name for name in OWN_SETS if (SETS / name).exists()]
    if files:
        return "eval/sets", [sample for file in files for sample in read_set(file)]
    return "deck", [sample for card in coach.deck for sample in exemplars(card)]


def exemplars(card: Card) -> list[Sample]:
    """A card's exemplars; a step is its lightest key point."""
    weights = [point.weight for point in card.key_points]
    samples = []
    for number, exemplar in enumerate(card.exemplars):
        lang = exemplar.lang
        samples.append(
            Sample(
                id=f"{card.id}-{lang}-{number}",
                question_id=card.id,
                lang=lang,
                question=card.question[lang],
                references=(card.reference[lang].strip(),),
                key_points=tuple(point.text[lang] for point in card.key_points),
                answer=exemplar.answer,
                score=exemplar.score,
                max_score=1.0,
                step=min(weights) / sum(weights),
            )
        )
    return samples

"""The same answer gets the same mark, alone or in a batch, in any order, whatever was marked before."""

import hashlib
import random
from collections.abc import Sequence

import pytest

from coach.card import LANGS
from coach.deck import load_deck
from coach.language_model import Message
from eval.datasets import Sample
from tests.unit.eval_runs import Opened

ANSWERS, CARDS = 200, 30
ALONE = 12


def answers() -> list[Sample]:
    """Exemplars of some cards in both languages, two hundred in all."""
    found = [
        Sample(
            id=f"{card.id}-{number}",
            question_id=card.id,
            lang=exemplar.lang,
            question=card.question[exemplar.lang],
            references=(card.reference[exemplar.lang].strip(),),
            key_points=(),
            answer=exemplar.answer,
            score=exemplar.score,
            max_score=1.0,
        )
        for card in load_deck().shuffled(3)[:CARDS]
        for lang in LANGS
        for number, exemplar in enumerate(card.exemplars)
        if exemplar.lang == lang
    ]
    return found[:ANSWERS]


def opinion(asked: list[Message]) -> dict[str, float]:
    """Any opinion, but always the same of the same prompt."""
    drawn = hashlib.sha256(asked[-1][1].encode()).digest()[:4]
    shares = [byte + 1 for byte in drawn]
    return {letter: share / sum(shares) for letter, share in zip("ABCD", shares, strict=True)}


def marks(opened: Opened, held: Sequence[Sample], workers: int = 1) -> dict[str, float]:
    """The marks by id, given in this order by a grader that has seen nothing yet."""
    pool, _ = opened(opinion, workers)
    return {sample.id: outcome.score or 0.0 for sample, outcome in pool.mark("keypoints", held)}


def test_two_hundred_answers_shuffled_over_four_threads_and_alone(opened: Opened) -> None:
    held = answers()
    assert len(held) == ANSWERS
    one_by_one = marks(opened, held)
    assert len({round(mark, 2) for mark in one_by_one.values()}) > 20
    random.Random(1).shuffle(held)
    assert marks(opened, held, workers=4) == pytest.approx(one_by_one, abs=0.01)
    for sample in held[:ALONE]:
        alone = marks(opened, [sample])
        assert alone[sample.id] == pytest.approx(one_by_one[sample.id], abs=0.01)

"""The same answer gets the same mark, alone or in a batch, in any order, whatever was marked before."""

import hashlib
import random
from collections.abc import Sequence
from multiprocessing.pool import ThreadPool

import pytest

from coach.deck import load_deck
from coach.embeddings.hashing import HashingEmbeddings
from coach.grade import Task
from coach.language import LANGS
from coach.language_model import Message
from tests.grading_standins import grader, scripted

CARDS, ALONE = 34, 10
Answers = Sequence[tuple[Task, str]]


def answers() -> list[tuple[Task, str]]:
    """Two hundred short exemplars of some cards, in both languages."""
    found = [
        (Task.from_card(card, lang), exemplar.answer)
        for card in load_deck().shuffled(3)[:CARDS]
        for lang in LANGS
        for exemplar in [one for one in card.exemplars if one.lang == lang][1:4]
    ]
    return found[:200]


def opinion(asked: list[Message]) -> dict[str, float]:
    """Any opinion, but always the same of the same prompt."""
    shares = [byte + 1 for byte in hashlib.sha256(asked[-1][1].encode()).digest()[:4]]
    return {letter: share / sum(shares) for letter, share in zip("ABCD", shares, strict=True)}


def marks(held: Answers, threads: int = 1) -> dict[tuple[str, str], float]:
    """The marks by question and answer, given in this order by a grader that has seen nothing yet."""
    fresh = grader(scripted(opinion), embed=HashingEmbeddings().embed_documents).marking_only()
    with ThreadPool(threads) as pool:
        verdicts = pool.starmap(fresh.grade, held, chunksize=1)
    return {
        (task.question, answer): -1.0 if verdict.score is None else verdict.score
        for (task, answer), verdict in zip(held, verdicts, strict=True)
    }


def test_two_hundred_answers_shuffled_over_four_threads_and_alone() -> None:
    held = answers()
    in_order = marks(held)
    assert len(in_order) == 200
    assert min(in_order.values()) >= 0
    assert len({round(mark, 2) for mark in in_order.values()}) > 20
    random.Random(1).shuffle(held)
    assert marks(held, threads=4) == pytest.approx(in_order, abs=0.01)
    for one in held[:ALONE]:
        ((key, mark),) = marks([one]).items()
        assert mark == pytest.approx(in_order[key], abs=0.01)

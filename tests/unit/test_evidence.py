"""Whether passages answer a question is judged by meaning and by the question's own words."""

import numpy as np
import pytest

from coach.document import Chunk, Locator, Passage
from coach.retrieve.evidence import Closeness, Evidence, content_words, weigh
from coach.retrieve.nearness import Nearness

TEXT = "Dropout zeroes random units during training. Batch norm normalises each channel."
HELD = {"dropout": 3, "units": 5, "training": 40, "batch": 20, "norm": 8}


def passage(text: str = TEXT, score: float = 0.4) -> Passage:
    return Passage(Chunk("a.md", Locator(1, 2, "Noise"), "en", text, "section"), score)


def evidence(question: str, *passages: Passage) -> Evidence:
    best = max((found.score for found in passages), default=0.0)
    close = (Closeness(best, best), Closeness(best / 2, best / 2))
    return weigh(question, passages, close, lambda word: HELD.get(word, 0), 100)


def test_words_a_question_is_merely_put_in_do_not_count() -> None:
    assert content_words("So what does dropout actually do?") == ["dropout"]
    assert content_words("dropout 到底是干嘛的") == ["dropout"]


@pytest.mark.parametrize("question", ["dropout units", "dropout unit", "droppout units"])
def test_forms_and_slips_of_the_pen_are_the_same_word(question: str) -> None:
    assert evidence("batchnorm channels", passage()).held == 1
    assert evidence(question, passage()).held > 0.4


def test_a_word_nobody_wrote_counts_most() -> None:
    known = evidence("dropout during training", passage())
    strange = evidence("dropout during viticulture", passage())
    assert strange.held < known.held
    assert strange.known < known.known == 1
    assert strange.covered < known.covered


def test_a_passage_close_in_meaning_is_better_evidence() -> None:
    near, far = evidence("dropout", passage(score=0.5)), evidence("dropout", passage(score=0.1))
    assert far.covered < near.covered


@pytest.mark.parametrize("question", ["", "?", "what is it"])
def test_a_question_without_words_of_its_own_is_judged_by_meaning_alone(question: str) -> None:
    found = evidence(question, passage())
    assert found.signals == (0.4, 0.4, 0.2, 0.2, 0.0, 0.0)


def test_a_passage_that_is_near_and_holds_the_words_counts_more_than_two_that_do_one_each() -> None:
    near = np.array([0.5, 0.1], np.float32)
    apart = Closeness.of(near, np.array([0.0, 5.0], np.float32))
    together = Closeness.of(near, np.array([5.0, 0.0], np.float32))
    assert apart.cosine == together.cosine == pytest.approx(0.5)
    assert apart.together < together.together


def test_what_the_other_language_holds_is_evidence_too() -> None:
    one, none = Closeness(0.3, 0.4), Closeness.of(np.zeros(0, np.float32), np.zeros(0, np.float32))
    assert none == Closeness(0.0, 0.0)
    assert Evidence(one, none, 0.5, 1.0).covered < Evidence(one, one, 0.5, 1.0).covered


def test_a_question_near_to_the_deck_is_more_likely_answered_by_it() -> None:
    close = Closeness(0.4, 0.5)
    far, near = (Evidence(close, close, 0.5, 1.0, Nearness(c, c, 0.1)) for c in (0.2, 0.5))
    assert len(near.signals) == len(Evidence(close, close, 0.5, 1.0).signals) + 3
    assert far.covered < near.covered


def test_without_passages_nothing_is_covered() -> None:
    assert evidence("dropout").covered < 0.1

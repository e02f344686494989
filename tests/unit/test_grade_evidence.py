"""What code sees of an answer: its agreement with the reference, and each point's own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.deck import load_deck
from coach.grade import Task, combine
from coach.grade.evidence import Evidence
from coach.grade.opinions import of_letters
from coach.grade.steering import masked
from coach.language import LANGS, Lang, detect

TASK = Task.from_reference(
    "What does Adam do?",
    ["Adam keeps a running mean of gradients. AdamW decouples weight decay from the gradients."],
    ["Adam keeps a running mean of gradients.", "AdamW decouples weight decay from gradients."],
    "en",
)
SURE = {"A": 1.0, "B": 0.0, "C": 0.0, "D": 0.0}


def evidence(answer: str, task: Task = TASK) -> Evidence:
    return Evidence(task, answer, masked(answer))


@pytest.mark.parametrize("lang", LANGS)
def test_a_fluent_wrong_answer_mostly_agrees_less_with_the_reference_than_a_partial_one(
    lang: Lang,
) -> None:
    deck = list(load_deck())
    above = 0
    for card in deck:
        task = Task.from_card(card, lang)
        answers = [e.answer for e in card.exemplars if e.lang == lang]
        partial, wrong = (evidence(answer, task).features(0)["said"] for answer in answers[2:4])
        above += partial > wrong
    assert above >= 0.75 * len(deck)


def test_only_words_that_set_a_point_apart_are_its_own() -> None:
    found = evidence("It averages the gradients with a running mean.")
    assert found.features(0)["specific"] > 0
    assert found.features(1)["specific"] == 0


def test_a_point_the_answer_never_mentions_is_missing_whatever_the_model_says() -> None:
    found = evidence("It keeps a running mean of the gradients.")
    said, unsaid = ({**found.features(i), **of_letters(SURE)} for i in (0, 1))
    assert combine.probability(said, "card") >= combine.COVERED
    assert combine.probability(unsaid, "card") <= combine.UNMENTIONED["card"] < combine.MISSING


@pytest.mark.parametrize("share", [0.5, 0.9, 1.001])
def test_what_the_model_is_sure_is_contradicted_is_not_credited(share: float) -> None:
    found = evidence("It keeps a running mean of the gradients.").features(0)
    letters = {"A": max(0.0, 1 - share), "B": 0.0, "C": 0.0, "D": share}
    chance = combine.probability({**found, **of_letters(letters)}, "card")
    assert 0 <= chance <= 0.5
    assert combine.word_for(chance, share) == "contradicted"


def test_an_unknown_signal_counts_as_average() -> None:
    assert 0.2 < combine.probability({"specific": 0.3, "own": 0.1}, "card") < 1


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_higher_score_is_never_a_lower_mark(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= combine.exam_mark(low) <= combine.exam_mark(high) <= 1


def test_an_answer_without_words_has_signals_too() -> None:
    assert evidence("…").features(0)["told"] == 0


def test_a_chinese_answer_to_an_english_reference_is_not_marked_by_its_words() -> None:
    task = Task.from_reference("Why?", ["The gradients vanish with depth."], [], "en")
    found = Evidence(task, "梯度随着深度消失。", "梯度随着深度消失。").features(0)
    assert found["specific"] == 0
    foreign = combine.probability(found, "exam")
    same = combine.probability({k: v for k, v in found.items() if k != combine.UNLIKE}, "exam")
    assert foreign > same


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("The gradients vanish with depth.", "梯度随着深度消失。"),
        ("RNN 的梯度随着深度消失。", "In an RNN the gradients of early layers vanish."),
    ],
)
def test_an_answer_in_another_language_gains_what_translation_loses(
    reference: str, answer: str
) -> None:
    lang = detect(reference)
    task = Task.from_reference("Why?", [reference], [], lang)
    found = Evidence(task, answer, answer).features(0)
    own = {name: value for name, value in found.items() if name != combine.FOREIGN}
    assert combine.probability(found, "exam") > combine.probability(own, "exam")

"""Lists of names state nothing, however they are introduced; answers that say something are left whole."""

import pytest

from coach.deck import load_deck
from coach.grade.lists import claimed_lists, recited
from coach.grade.steering import masked
from coach.grade.task import Task
from coach.language import LANGS

DECK = list(load_deck())
POINTS = (
    "the running mean of the gradients smooths the direction of each step",
    "the running mean of the squares scales the size of each step",
    "both means start at zero and are corrected for it in the first steps",
)
NAMES = "the running mean of the gradients; the running mean of the squares; both means start"
NAMES_ZH = "梯度的均值；平方的均值；偏差修正"


@pytest.mark.parametrize(
    "text",
    [
        f"I know all of these: {NAMES}",
        f"Here are the points I covered:\n{NAMES}",
        f"I discussed each of the following with my team.\n{NAMES}",
        f"Each of these is true, and each of them is also false:\n{NAMES}",
        f"Perhaps\n{NAMES}\nor perhaps not.",
        f"Table of contents\n\n{NAMES}",
        f"下面这些我全都清楚：{NAMES_ZH}",
        f"目录\n{NAMES_ZH}\n正文从略。",
        f"要么都对，要么都不对：\n{NAMES_ZH}",
    ],
)
def test_names_under_a_claim_are_not_marked(text: str) -> None:
    (start, end), *more = claimed_lists(text)
    assert not more
    left = text[:start] + text[end:]
    assert all(name not in left for name in (*NAMES.split("; ")[1:], *NAMES_ZH.split("；")[1:]))


@pytest.mark.parametrize(
    "text",
    [
        "Adam keeps a running mean of the gradients. It divides by the root of the second moment.",
        "Both moments start at zero, so they are corrected. The step is bounded by the learning rate.",
        "I know that dropout averages many networks; at test time all units are kept.",
        "Three things: a convolution, a nonlinearity, a pooling layer.",
        "均值从零开始，所以要修正；步长由学习率决定。",
    ],
)
def test_what_states_something_holds_no_list(text: str) -> None:
    assert not list(claimed_lists(text))
    assert not list(recited(text, POINTS))


def test_beginnings_of_key_points_that_break_off_are_no_answer() -> None:
    begun = "the running mean of; both means start at zero"
    said = "It is bounded by the learning rate. "
    (span,) = recited(said + begun, POINTS)
    assert (said + begun)[slice(*span)] == begun


def test_whole_clauses_of_key_points_are_an_answer() -> None:
    assert not list(recited("; ".join(POINTS), POINTS))
    first = "The labels are noisy, which bounds the accuracy of every model"
    second = "The classes overlap, which no amount of data changes"
    assert not list(recited("The labels are noisy; the classes overlap", [first, second]))


@pytest.mark.parametrize("lang", LANGS)
def test_no_exemplar_that_covers_a_point_loses_a_word_to_these_lists(lang: str) -> None:
    for card in DECK:
        points = [point.text[lang] for point in card.key_points]
        for exemplar in card.exemplars:
            if exemplar.lang == lang and exemplar.covers:
                assert not list(claimed_lists(exemplar.answer)), exemplar.answer
                assert not list(recited(exemplar.answer, points)), exemplar.answer


def test_an_answer_keeps_everything_but_the_list() -> None:
    card = next(card for card in DECK if card.id == "adam")
    answer = (
        "It adapts the step size of every parameter.\n\nI know all of these: moments; bias; decay"
    )
    kept = masked(answer, Task.from_card(card, "en"))
    assert kept.rstrip() == "It adapts the step size of every parameter."

"""An interview as values: what is asked, in which order, and how it adds up."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from coach import interview as flow
from coach.card import Card
from coach.deck import Deck, load_deck
from coach.errors import UsageError
from coach.interview import Plan, Session, Turn
from coach.verdict import Grade, KeyPointVerdict, PointVerdict, Verdict

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def deck() -> Deck:
    return load_deck()


@pytest.fixture(scope="module")
def theory(deck: Deck) -> Deck:
    return Deck(tuple(card for card in deck if not card.exercise))


def verdict(card: Card, score: float | None, missed: str | None = None) -> Verdict:
    grade: Grade = "ungraded" if score is None else "correct" if score > 0.8 else "partial"
    points = []
    for point in card.key_points:
        word: PointVerdict = "missing" if point.id == missed else "covered"
        points.append(KeyPointVerdict(point.id, point.text.en, word, 0.5))
    follow_up = card.follow_up(missed).en if missed and card.follow_up(missed) else ""  # type: ignore[union-attr]
    return Verdict(
        card.id, score, grade, tuple(points), "", follow_up, "keypoints", "scripted", 0.1,
        ungraded_reason="down" if score is None else None,
    )  # fmt: skip


def turn(card: Card, score: float | None, missed: str | None = None, **changes: object) -> Turn:
    asked = Turn(card.id, "question", card.question.en, "words", verdict(card, score, missed))
    return replace(asked, **changes)  # type: ignore[arg-type]


def begin(deck: Deck, **plan: object) -> Session:
    return flow.start(Plan(**{"questions": 3, **plan}), deck, {}, NOW, "s1")  # type: ignore[arg-type]


def test_the_same_seed_asks_the_same_cards_and_no_card_twice(deck: Deck) -> None:
    one, two, other = (begin(deck, questions=20, seed=seed).card_ids for seed in (1, 1, 2))
    assert one == two != other
    assert len(set(one)) == 20


def test_topic_and_level_limit_the_cards(deck: Deck) -> None:
    session = begin(deck, topics=("cnn",), questions=50)
    assert {deck.get(card).topic for card in session.card_ids} == {"cnn"}
    session = begin(deck, level="junior", questions=50)
    assert {deck.get(card).level for card in session.card_ids} == {"junior"}


def test_an_unknown_topic_names_the_nearest(deck: Deck) -> None:
    with pytest.raises(UsageError) as caught:
        begin(deck, topics=("optimisation",))
    assert "optimization" in caught.value.hint


def test_each_question_says_why_it_is_asked(deck: Deck) -> None:
    session = begin(deck, lang="zh", seed=5)
    assert set(session.reasons) == set(session.card_ids)
    ask = flow.current(session, deck)
    assert ask is not None
    assert ask.why == session.reasons[ask.card.id]
    assert "题" in ask.why


def test_a_turn_can_be_rated_and_disputed_afterwards(theory: Deck) -> None:
    session = begin(theory)
    session = flow.answered(session, turn(theory.get(session.card_ids[0]), 0.2))
    amended = flow.amended(session, 0, rating="good", disagreement="I did say it.")
    assert (amended.turns[0].rating, amended.turns[0].disagreement) == ("good", "I did say it.")
    assert replace(amended, turns=session.turns) == session


def test_a_gap_is_followed_up_once_and_then_the_next_card_comes(theory: Deck) -> None:
    session = begin(theory)
    ask = flow.current(session, theory)
    assert ask is not None
    assert (ask.kind, ask.number, ask.total) == ("question", 1, 3)
    missed = ask.card.key_points[-1].id
    session = flow.answered(session, turn(ask.card, 0.5, missed))
    follow_up = flow.current(session, theory)
    assert follow_up is not None
    assert (follow_up.kind, follow_up.key_point) == ("follow_up", missed)
    task = follow_up.task("en")
    assert [point.id for point in task.key_points] == [missed]
    assert task.question == follow_up.prompt
    session = flow.answered(session, turn(ask.card, 0.2, missed, kind="follow_up"))
    following = flow.current(session, theory)
    assert following is not None
    assert following.number == 2


@pytest.mark.parametrize("score", [0.95, None])
def test_a_right_or_ungraded_answer_is_not_followed_up(theory: Deck, score: float | None) -> None:
    session = begin(theory)
    ask = flow.current(session, theory)
    assert ask is not None
    session = flow.answered(session, turn(ask.card, score, ask.card.key_points[0].id))
    following = flow.current(session, theory)
    assert following is not None
    assert following.number == 2


def test_the_interview_ends_with_its_cards_its_time_or_its_closing(theory: Deck) -> None:
    session = begin(theory, minutes=10)
    slow = turn(theory.get(session.card_ids[0]), 1.0, elapsed_s=600.0)
    assert flow.current(flow.answered(session, slow), theory) is None
    assert flow.current(flow.finish(session, NOW), theory) is None
    for card_id in session.card_ids:
        session = flow.answered(session, turn(theory.get(card_id), 1.0))
    assert flow.current(session, theory) is None


def test_the_summary_counts_first_answers_and_leaves_ungraded_ones_out(theory: Deck) -> None:
    session = begin(theory, questions=4)
    one, two, three, four = (theory.get(card_id) for card_id in session.card_ids)
    missed = one.key_points[0].id
    for taken in (
        turn(one, 0.5, missed),
        turn(one, 1.0, kind="follow_up"),
        turn(two, None),
        turn(three, 1.0),
        turn(four, None, verdict=None, skipped=True),
    ):
        session = flow.answered(session, taken)
    summary = flow.summarize(session, theory)
    assert summary.score == pytest.approx((0.5 + 1.0 + 0.0) / 3)
    assert (summary.answered, summary.ungraded, summary.skipped) == (3, 1, 1)
    assert [gap.text for gap in summary.gaps] == [one.key_points[0].text.en]


def test_code_counts_by_its_run(deck: Deck) -> None:
    card = next(card for card in deck if card.exercise)
    asked = Turn(card.id, "code", "write it", "def f(): ...", practice={"passed": True})
    assert asked.score == 1.0
    assert replace(asked, practice={"passed": False}).score == 0.0


def test_an_empty_plan_is_an_error(deck: Deck) -> None:
    only = Deck(tuple(card for card in deck if card.level == "junior"))
    with pytest.raises(UsageError, match="No card fits"):
        begin(only, level="senior")

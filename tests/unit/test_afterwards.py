"""What a candidate can do with an answer that has its verdict."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coach import interview as flow
from coach.afterwards import disputed, first_answer, once_more, rated
from coach.deck import Deck, load_deck
from coach.history import HalfAnswer, History
from coach.interview import Plan, Session, Turn
from coach.verdict import KeyPointVerdict, Verdict

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def deck() -> Deck:
    return Deck(tuple(card for card in load_deck() if not card.exercise))


@pytest.fixture
def session(deck: Deck) -> Session:
    begun = flow.start(Plan(questions=2), deck, {}, NOW, "s1")
    return flow.answered(begun, turn(deck, begun, 0.3, "missing"))


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "history.sqlite", lambda: NOW)


def turn(deck: Deck, session: Session, score: float, word: str, **changes: object) -> Turn:
    card = deck.get(session.card_ids[0])
    points = tuple(KeyPointVerdict(p.id, p.text.en, word, 0.5) for p in card.key_points)  # type: ignore[arg-type]
    grade = "correct" if score > 0.8 else "partial"
    asked = card.follow_ups[0].text.en if word == "missing" else ""
    verdict = Verdict(card.id, score, grade, points, "", asked, "keypoints", "scripted", 0.1)  # type: ignore[arg-type]
    given = Turn(card.id, "question", card.question.en, "words", verdict, answered_at=NOW)
    return replace(given, **changes)  # type: ignore[arg-type]


def test_the_same_is_asked_once_more(session: Session, deck: Deck) -> None:
    ask = once_more(session, deck)
    assert ask is not None
    assert (ask.again, ask.kind, ask.prompt) == (True, "question", session.turns[0].prompt)
    assert once_more(replace(session, turns=()), deck) is None


def test_a_second_answer_counts_neither_for_memory_nor_for_the_summary(
    session: Session, deck: Deck, history: History
) -> None:
    history.save(session)
    before = history.memories({})
    session = flow.answered(session, turn(deck, session, 0.95, "covered", again=True))
    history.save(session)
    assert history.session("s1") == session
    assert history.memories({}) == before
    assert history.marks() == {session.card_ids[0]: (1, 0.3)}
    assert flow.summarize(session, deck).score == 0.3
    assert first_answer(session) == session.turns[0]


def test_a_gap_that_the_second_answer_closed_is_not_followed_up(
    session: Session, deck: Deck
) -> None:
    following = flow.current(session, deck)
    assert following is not None
    assert following.kind == "follow_up"
    session = flow.answered(session, turn(deck, session, 0.95, "covered", again=True))
    following = flow.current(session, deck)
    assert following is not None
    assert (following.kind, following.number) == ("question", 2)


def test_an_own_mark_rates_the_card_and_can_be_taken_back(
    session: Session, history: History
) -> None:
    history.save(session)
    session = disputed(session, 0.9, "I said it.")
    history.save(session)
    (found,) = history.session("s1").turns
    assert (found.own_score, found.disagreement, found.rating) == (0.9, "I said it.", "easy")
    assert found.score == 0.3
    (found,) = disputed(session, None).turns
    assert (found.own_score, found.disagreement, found.rating) == (None, None, None)


def test_a_rating_goes_to_the_answer_that_counts(session: Session, deck: Deck) -> None:
    session = flow.answered(session, turn(deck, session, 0.95, "covered", again=True))
    session = flow.answered(session, turn(deck, session, 0.5, "covered", kind="follow_up"))
    session = rated(session, "hard")
    assert [turn.rating for turn in session.turns] == ["hard", None, None]


def test_ratings_given_before_memories_are_read_are_kept(
    session: Session, history: History
) -> None:
    for rating in ("easy", "again", "good"):
        history.save(rated(session, rating))  # type: ignore[arg-type]
    assert history.session("s1").turns[0].rating == "good"


def test_a_closed_interview_stays_closed(session: Session, history: History) -> None:
    history.save(flow.finish(session, NOW))
    history.save(rated(session, "easy"))
    assert history.session("s1").finished_at == NOW


def test_notes_and_a_second_answer_lie_in_the_draft_and_are_exported(
    session: Session, history: History, tmp_path: Path
) -> None:
    history.save(session)
    half = HalfAnswer("half a sent", "first the limit", again=True)
    history.save_draft("s1", half)
    assert history.half_answer("s1") == half
    other = History(tmp_path / "other.sqlite")
    other.import_lines(history.export(), "mine.jsonl")
    assert other.half_answer("s1") == half
    history.save(flow.answered(session, session.turns[0]))
    assert history.half_answer("s1") == HalfAnswer()

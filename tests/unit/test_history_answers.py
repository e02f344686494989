"""Answers listed page by page, searched, deleted, and what figures are made of them."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from coach.errors import UsageError
from coach.history import Attempt, History, Rated
from coach.history.copies import copies
from coach.interview import Plan, Session, Turn
from coach.memory import remember
from coach.verdict import Verdict

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "history.sqlite", lambda: NOW)


def turn(answer: str, hours: int = 0, **changes: object) -> Turn:
    verdict = Verdict("adam", 0.7, "partial", (), "", "", "keypoints", "scripted", 0.1)
    given = {"card_id": "adam", "kind": "question", "prompt": "How?", "verdict": verdict, **changes}
    return Turn(answer=answer, answered_at=NOW + hours * HOUR, **given)  # type: ignore[arg-type]


def save(history: History, session_id: str, *turns: Turn, finished: bool = True) -> None:
    cards = tuple(dict.fromkeys(turn.card_id for turn in turns))
    history.save(Session(session_id, Plan(), cards, NOW, turns, NOW if finished else None))


def texts(history: History, *wanted: object) -> list[str]:
    return [given.turn.answer for given in history.answers(*wanted)]  # type: ignore[arg-type]


def test_pages_follow_one_another_the_newest_answer_first(history: History) -> None:
    save(history, "old", *(turn(str(hour), hour) for hour in range(0, 10, 2)))
    save(history, "new", *(turn(str(hour), hour) for hour in range(1, 10, 2)))
    assert texts(history, "", 4, 0) == ["9", "8", "7", "6"]
    assert texts(history, "", 4, 8) == ["1", "0"]
    assert texts(history) == [str(hour) for hour in range(9, -1, -1)]
    assert history.count_answers() == 10


def test_a_page_says_where_its_answers_stand(history: History) -> None:
    save(history, "s", turn("first", 0), turn("second", 1))
    assert [(given.session_id, given.number) for given in history.answers()] == [
        ("s", 1),
        ("s", 0),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("momentum", ["uses MOMENTUM 100%"]),
        ("动量", ["动量和均方"]),
        ("how partial momentum", ["uses MOMENTUM 100%"]),
        ("100%", ["uses MOMENTUM 100%"]),
        ("1%0", []),
        ("_ses", []),
        ("a\\b", ["a\\b"]),
        ("' OR 1", []),
        ("dropout", ["scale"]),
    ],
)
def test_a_search_finds_answers_that_hold_every_word(
    history: History, text: str, found: list[str]
) -> None:
    answers = ["uses MOMENTUM 100%", "动量和均方", "a\\b"]
    save(history, "s", *map(turn, answers), turn("scale", card_id="dropout"))
    assert texts(history, text) == found
    assert history.count_answers(text) == len(found)


def test_a_deleted_answer_is_in_no_copy_and_forgotten(history: History) -> None:
    save(history, "s", turn("keep me", 0), turn("my secret words", 1, card_id="dropout"))
    assert set(history.memories({})) == {"adam", "dropout"}
    assert any(b"my secret words" in copy.read_bytes() for copy in copies(history.file))
    history.delete_answer("s", 1)
    assert texts(history) == ["keep me"]
    assert set(history.memories({})) == {"adam"}
    files = [file for file in history.file.parent.rglob("*") if file.is_file()]
    assert not [file for file in files if b"my secret words" in file.read_bytes()]


def test_an_interview_goes_on_after_one_of_its_answers_was_deleted(history: History) -> None:
    save(history, "s", turn("a", 0), turn("b", 1), turn("c", 2), finished=False)
    history.save_draft("s", "half a sent")
    history.delete_answer("s", 0)
    session = history.session("s")
    assert [turn.answer for turn in session.turns] == ["b", "c"]
    assert history.draft("s") == "half a sent"
    save(history, "s", *session.turns, turn("d", 3), finished=False)
    assert texts(history) == ["d", "c", "b"]


def test_an_interview_goes_with_its_only_answer(history: History) -> None:
    save(history, "s", turn("alone"))
    history.delete_answer("s", 0)
    assert history.sessions() == []


def test_a_program_that_is_deleted_is_no_longer_among_the_runs(history: History) -> None:
    practice = {"exercise": "softmax", "passed": True}
    save(history, "s", turn("def f(): ...", kind="code", verdict=None, practice=practice))
    for program in ("def f(): ...", "def other(): ..."):
        history.save_attempt(Attempt("softmax", NOW, True, None, None, program))
    history.delete_answer("s", 0)
    assert [attempt.answer for attempt in history.attempts()] == ["def other(): ..."]


def test_deleting_what_is_not_there_says_so(history: History) -> None:
    save(history, "s", turn("a"))
    with pytest.raises(UsageError, match="'s' has no answer 6"):
        history.delete_answer("s", 5)
    assert texts(history) == ["a"]


def test_reviews_are_those_that_the_memories_are_made_of(history: History) -> None:
    code = {"exercise": "softmax", "passed": False}
    save(
        history,
        "s",
        turn("a", 0),
        turn("b", 50, rating="again"),
        turn("c", 60, kind="follow_up", card_id="dropout"),
        turn("d", 70, kind="code", card_id="softmax-code", verdict=None, practice=code),
        turn("e", 80, skipped=True, verdict=None),
    )
    history.save_attempt(Attempt("softmax", NOW + 71 * HOUR, True, None, None, "x"))
    cards = {"softmax": "softmax-code"}
    replayed = remember(history.reviews(cards))
    assert replayed == history.memories(cards)


def test_days_and_ratings(history: History) -> None:
    save(
        history,
        "s",
        turn("a", 0, self_rating="easy"),
        turn("b", 24, rating="hard"),
        turn("c", 24),
        turn("d", 24, self_rating="good", verdict=None, skipped=True),
    )
    history.save_attempt(Attempt("softmax", NOW + 72 * HOUR, True, None, None, "x"))
    assert {day.day for day in history.days()} <= {*range(10, 15)}
    assert len(history.days()) == 3
    assert all(isinstance(day, date) for day in history.days())
    assert history.rated() == [Rated(0.7, "easy", None), Rated(0.7, None, "hard")]

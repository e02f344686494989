"""The candidate's record: nothing lost, nothing mixed up."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coach import interview as flow
from coach.deck import load_deck
from coach.document import Chunk, Locator, Passage
from coach.errors import InputFileError, UsageError
from coach.history import History
from coach.interview import Plan, Session, Turn
from coach.verdict import KeyPointVerdict, Quote, Usage, Verdict

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "deep" / "history.sqlite")


def session(session_id: str = "s1", **changes: object) -> Session:
    plan = Plan(topics=("cnn",), questions=3, lang="zh", seed=7)
    return flow.start(plan, load_deck(), {}, NOW, session_id)


def turn(card_id: str, answer: str = "答案 “x” [b]not markup[/b]\x00") -> Turn:
    passage = Passage(Chunk("notes/cnn.zh.md", Locator(3, 9, "池化"), "zh", "正文", "section"), 0.5)
    points = (
        KeyPointVerdict("a", "点一", "covered", 0.9, Quote("答案", 0, 2)),
        KeyPointVerdict("b", "点二", "missing", 0.1, citation=passage),
    )
    verdict = Verdict(
        card_id, 0.5, "partial", points, "还行", "为什么？", "keypoints", "some model", 1.5,
        usage=Usage(10, 3),
    )  # fmt: skip
    return Turn(card_id, "question", "问题？", answer, verdict, answered_at=NOW)


def test_a_session_comes_back_as_it_was_saved(history: History) -> None:
    saved = session()
    saved = flow.answered(saved, turn(saved.card_ids[0]))
    history.save(saved)
    found = history.session("s1")
    assert found.plan == saved.plan
    assert found.card_ids == saved.card_ids
    assert found.turns[0].answer == saved.turns[0].answer
    verdict = found.turns[0].verdict
    assert verdict is not None
    assert verdict.score == 0.5
    assert verdict.key_points[0].quote == Quote("答案", 0, 2)
    citation = verdict.key_points[1].citation
    assert citation is not None
    assert citation.chunk.document == "notes/cnn.zh.md"


def test_a_draft_belongs_to_its_question(history: History) -> None:
    saved = session()
    history.save(saved)
    history.save_draft("s1", "half a sent")
    assert history.draft("s1") == "half a sent"
    history.save(flow.answered(saved, turn(saved.card_ids[0])))
    assert history.draft("s1") == ""


def test_the_newest_open_session_is_the_one_to_resume(history: History) -> None:
    history.save(flow.finish(session("s0"), NOW))
    assert history.unfinished() is None
    history.save(session("s1"))
    found = history.unfinished()
    assert found is not None
    assert found.id == "s1"
    history.save(flow.finish(found, NOW))
    assert history.unfinished() is None


def test_deleting_takes_turns_and_drafts_along(history: History) -> None:
    saved = session()
    history.save(flow.answered(saved, turn(saved.card_ids[0])))
    history.save_draft("s1", "x")
    history.delete("s1")
    assert history.sessions() == []
    assert history.marks() == {}
    with pytest.raises(UsageError):
        history.session("s1")


def test_marks_are_those_of_first_answers(history: History) -> None:
    saved = session()
    first = turn(saved.card_ids[0])
    saved = flow.answered(saved, first)
    saved = flow.answered(saved, Turn(first.card_id, "follow_up", "?", "x", first.verdict))
    saved = flow.answered(saved, Turn(saved.card_ids[1], "question", "?", "x", None))
    history.save(saved)
    assert history.marks() == {first.card_id: (1, 0.5)}


def test_the_newest_sessions_can_be_had_without_reading_all(history: History) -> None:
    for number in range(4):
        begun = replace(session(f"s{number}"), started_at=NOW + timedelta(days=number))
        history.save(flow.answered(begun, turn(begun.card_ids[0])) if number != 2 else begun)
    assert [found.id for found in history.sessions(2)] == ["s3", "s2"]
    assert [found.id for found in history.sessions(2, answered=True)] == ["s3", "s1"]


def test_reasons_and_ratings_come_back(history: History) -> None:
    begun = session()
    saved = flow.answered(begun, turn(begun.card_ids[0]))
    saved = flow.amended(saved, 0, self_rating="good", rating="hard", disagreement="不对")
    history.save(saved)
    assert history.session("s1") == saved
    assert saved.reasons


@pytest.mark.parametrize("attempt", range(10))
def test_many_openers_of_a_new_file_make_its_tables_once(tmp_path: Path, attempt: int) -> None:
    ready = threading.Barrier(6)

    def look(_: int) -> list[Session]:
        ready.wait()
        return History(tmp_path / "history.sqlite").sessions()

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(look, range(6))) == [[]] * 6


def test_two_writers_at_once_lose_nothing(history: History) -> None:
    def write(number: int) -> None:
        for step in range(10):
            history.save(session(f"s{number}-{step}"))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(history.sessions()) == 40


def test_a_file_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    with sqlite3.connect(file) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(InputFileError, match="newer version"):
        History(file).sessions()


def test_small_facts_are_remembered(history: History) -> None:
    assert history.note("offer") is None
    history.save_note("offer", "declined")
    assert history.note("offer") == "declined"

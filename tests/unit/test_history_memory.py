"""Memories kept with the history: always what replaying every answer would give."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach import interview as flow
from coach.history import Attempt, History
from coach.history.memory import reviews_of
from coach.interview import Plan, Session, Turn
from coach.memory import CardMemory, remember
from coach.verdict import KeyPointVerdict, PointVerdict, Verdict

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CARDS = {"softmax": "softmax-code"}


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "history.sqlite", lambda: NOW)


def turn(card_id: str, score: float | None, minutes: int = 0, **points: PointVerdict) -> Turn:
    judged = tuple(KeyPointVerdict(name, name, word, 0.5) for name, word in points.items())
    grade = "ungraded" if score is None else "partial"
    verdict = Verdict(card_id, score, grade, judged, "", "", "keypoints", "scripted", 0.1)
    at = NOW + timedelta(minutes=minutes)
    return Turn(card_id, "question", "?", "words", verdict, answered_at=at)


def session(session_id: str, *turns: Turn) -> Session:
    cards = tuple(dict.fromkeys(turn.card_id for turn in turns))
    return Session(session_id, Plan(), cards, NOW, turns)


def attempt(passed: bool, minutes: int) -> Attempt:
    return Attempt("softmax", NOW + timedelta(minutes=minutes), passed, None, None, "def f(): ...")


def replayed(history: History) -> dict[str, CardMemory]:
    """What a new file makes of everything that this one holds."""
    other = History(history.file.with_name("other.sqlite"))
    other.import_lines(history.export(), "history")
    found = other.memories(CARDS)
    other.file.unlink()
    return found


def test_an_answer_is_a_review_of_its_card_and_of_each_judged_point(history: History) -> None:
    answer = turn("a", 0.7, said="covered", half="partial", not_="missing", open="unsure")
    history.save(session("s1", answer))
    known = history.memories(CARDS)["a"]
    assert known.whole.score == 0.7
    assert {name: state.score for name, state in known.points.items()} == {
        "said": 1.0, "half": 0.5, "not_": 0.0,
    }  # fmt: skip


def test_a_follow_up_is_a_review_of_its_point_alone(history: History) -> None:
    first = turn("a", 0.5, bias="missing")
    second = replace(turn("a", 1.0, minutes=1, bias="covered"), kind="follow_up")
    history.save(session("s1", first, second))
    known = history.memories(CARDS)["a"]
    assert (known.whole.reviews, known.points["bias"].reviews) == (1, 2)


def test_the_candidates_rating_stands_beside_the_mark_and_decides(history: History) -> None:
    marked = session("s1", turn("a", 0.1))
    history.save(marked)
    before = history.memories(CARDS)["a"].whole
    history.save(flow.amended(marked, 0, rating="easy"))
    after = history.memories(CARDS)["a"].whole
    assert before.due < after.due
    assert (after.score, after.reviews) == (0.1, 1)
    assert history.session("s1").turns[0].verdict == marked.turns[0].verdict


def test_an_ungraded_answer_counts_where_the_candidate_rated_it(history: History) -> None:
    ungraded = session("s1", turn("a", None))
    history.save(ungraded)
    assert history.memories(CARDS) == {}
    history.save(flow.amended(ungraded, 0, rating="hard"))
    assert history.memories(CARDS)["a"].whole.score == 0.5


def test_code_is_reviewed_by_sitting_whether_practised_or_asked(history: History) -> None:
    history.save_attempt(attempt(False, 0))
    history.save_attempt(attempt(True, 30))
    submitted = Turn(
        "softmax-code", "code", "?", "def f(): ...",
        practice={"passed": True}, answered_at=NOW + timedelta(minutes=31),
    )  # fmt: skip
    history.save(session("s1", submitted))
    known = history.memories(CARDS)["softmax-code"].whole
    assert (known.score, known.reviews) == (0.7, 1)
    history.save_attempt(attempt(True, 5000))
    assert history.memories(CARDS)["softmax-code"].whole.reviews == 2


def test_a_skipped_question_is_a_lapse(history: History) -> None:
    history.save(session("s1", replace(turn("a", None), verdict=None, skipped=True)))
    assert history.memories(CARDS)["a"].whole.score == 0.0


def test_what_is_deleted_is_forgotten(history: History) -> None:
    history.save(session("s1", turn("a", 0.7, x="covered"), turn("b", 0.7)))
    history.save(session("s2", turn("a", 0.2, minutes=9)))
    assert history.memories(CARDS)["a"].whole.reviews == 2
    history.delete("s1")
    known = history.memories(CARDS)
    assert set(known) == {"a"}
    assert (known["a"].whole.reviews, dict(known["a"].points)) == (1, {})


def test_memories_of_another_version_are_made_anew(history: History) -> None:
    history.save(session("s1", turn("a", 0.7)))
    known = history.memories(CARDS)
    with closing(sqlite3.connect(history.file)) as db, db:
        db.execute("UPDATE memory SET stability = 9999")
        db.execute("UPDATE notes SET value = 'another' WHERE name = 'memory_version'")
    assert history.memories(CARDS) == known


def test_any_number_of_cards_is_caught_up_with(history: History) -> None:
    history.save(session("s1", *(turn(f"card-{n}", 0.7) for n in range(70))))
    assert len(history.memories(CARDS)) == 70


def test_memories_are_read_not_replayed_where_nothing_changed(history: History) -> None:
    history.save(session("s1", turn("a", 0.7)))
    history.memories(CARDS)
    with closing(sqlite3.connect(history.file)) as db, db:
        db.execute("UPDATE memory SET stability = 9999")
    assert history.memories(CARDS)["a"].whole.stability == 9999
    history.save(session("s2", turn("b", 0.7)))
    known = history.memories(CARDS)
    assert known["a"].whole.stability == 9999
    assert known["b"].whole.stability < 99


def test_a_file_of_the_version_before_gets_memories_of_what_it_holds(tmp_path: Path) -> None:
    from coach.history.migrations import VERSIONS
    from coach.history.rows import turn_row

    file = tmp_path / "history.sqlite"
    with closing(sqlite3.connect(file)) as db, db:
        for statement in (*VERSIONS[0], *VERSIONS[1]):
            db.execute(statement)
        db.execute("PRAGMA user_version = 2")
        plan = '{"topics": [], "level": null, "lang": "en", "questions": 5, "minutes": null, "seed": 0}'
        db.execute(
            "INSERT INTO sessions VALUES ('s1', ?, '[\"a\"]', ?, NULL)", (plan, NOW.isoformat())
        )
        row = turn_row("s1", 0, turn("a", 0.7, x="covered"))
        db.execute("INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    known = History(file).memories(CARDS)
    assert (known["a"].whole.score, known["a"].points["x"].score) == (0.7, 1.0)
    assert History(file).session("s1").reasons == {}


steps = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), st.sampled_from("abc"), st.integers(0, 9999), st.floats(0, 1)),
        st.tuples(st.just("attempt"), st.booleans(), st.integers(0, 9999), st.just(0.0)),
        st.tuples(st.just("delete"), st.just(""), st.integers(0, 9), st.just(0.0)),
        st.tuples(st.just("look"), st.just(""), st.just(0), st.just(0.0)),
    ),
    max_size=12,
)


@given(steps)
def test_whatever_happens_memories_are_those_of_a_whole_replay(
    tmp_path_factory: pytest.TempPathFactory, taken: list[tuple[str, object, int, float]]
) -> None:
    history = History(tmp_path_factory.mktemp("h") / "history.sqlite", lambda: NOW)
    for number, (what, which, minutes, score) in enumerate(taken):
        if what == "answer":
            history.save(session(f"s{number}", turn(str(which), score, minutes, x="covered")))
        elif what == "attempt":
            history.save_attempt(attempt(bool(which), minutes))
        elif what == "delete" and (found := history.sessions()):
            history.delete(found[minutes % len(found)].id)
        else:
            history.memories(CARDS)
    assert history.memories(CARDS) == replayed(history)


def test_reviews_of_a_card_are_the_same_from_file_and_memory(history: History) -> None:
    turns = [turn("a", 0.3, 0, x="missing"), turn("a", 0.9, 3000, x="covered")]
    history.save(session("s1", *turns))
    assert history.memories(CARDS) == remember(reviews_of("a", turns))

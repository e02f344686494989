"""`coach eval memory`: simulated candidates learn as published, and the report counts honestly."""

import json
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from coach.deck import Deck, load_deck
from eval.candidates import WORLDS, Candidate, World
from eval.cli import app
from eval.cli_memory import WORLDS as NAMES
from eval.fsrs6 import Traces
from eval.memory import ORDERS, Course, needed, simulate

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def deck() -> Deck:
    return load_deck()


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 4)), min_size=1, max_size=12))
def test_traces_are_those_of_the_published_library(steps: list[tuple[int, int]]) -> None:
    from fsrs import Card, Rating, Scheduler

    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card, traces, day = Card(card_id=1, due=NOW), Traces(1), 0
    for days, rating in steps:
        day += days
        card, _ = scheduler.review_card(card, Rating(rating), NOW + timedelta(days=day))
        traces.review(0, day, rating)
        assert traces.stability[0] == pytest.approx(card.stability)
        assert traces.difficulty[0] == pytest.approx(card.difficulty)
    later = NOW + timedelta(days=day + 30)
    assert traces.recall(day + 30)[0] == pytest.approx(
        scheduler.get_card_retrievability(card, later)
    )
    assert NOW + timedelta(days=float(traces.due()[0])) == card.due


def test_a_candidate_is_made_of_its_seed(deck: Deck) -> None:
    one, same, other = (Candidate(deck.cards, World(), seed) for seed in (1, 1, 2))
    assert [one.answer(n, 0) for n in range(9)] == [same.answer(n, 0) for n in range(9)]
    assert (one.right(1) == same.right(1)).all()
    assert (one.right(1) != other.right(1)).any()


@given(st.sampled_from(sorted(WORLDS)), st.lists(st.integers(0, 207), max_size=30))
def test_chances_are_chances_and_what_was_asked_is_known_better(
    deck: Deck, world: str, asked: list[int]
) -> None:
    candidate = Candidate(deck.cards, WORLDS[world], 3)
    before = candidate.right(0)
    for day, card in enumerate(asked):
        mark = candidate.answer(card, day)
        assert 0 <= mark <= 1
    after = candidate.right(len(asked))
    assert ((after >= 0) & (after <= 1)).all()
    assert (after[asked] > before[asked]).all()
    assert (candidate.ready(9) >= after.min() * 0.5).all()
    assert list(np.flatnonzero(candidate.seen.seen)) == sorted({*asked})


@pytest.mark.parametrize("name", ORDERS)
def test_no_order_asks_a_card_twice_in_a_session(deck: Deck, name: str) -> None:
    cards = [card for card in deck if card.topic in ("cnn", "rnn")]
    course = Course(cards, Candidate(cards, World(), 5), np.random.default_rng(5), 5, 10)
    reached = needed(course, ORDERS[name])
    assert 0 < reached["all cards"] <= reached["every topic"] <= len(course.reviews)
    for start in range(0, len(course.reviews), 10):
        session = [review.card_id for review in course.reviews[start : start + 10]]
        assert len(session) == len(set(session))
    assert all(review.at.tzinfo for review in course.reviews)


def test_the_coach_needs_fewer_questions_than_chance_and_due_dates(deck: Deck) -> None:
    report = simulate(deck, World(), 20, 4, 10, 1, lambda *_: None)
    for orders in report["goals"].values():
        for other in ("random", "due"):
            assert orders[other]["saved_ci95"][0] > 0
            low, high = orders[other]["ci95"]
            assert low <= orders[other]["questions"] <= high
        assert orders["truth"]["questions"] < orders["coach"]["questions"]
    honest = report["readiness"]
    assert honest["calibration_error"]["value"] < 0.1
    assert honest["interval_covers"]["value"] > 0.8
    assert sum(found["n"] for found in honest["bins"]) == honest["n"]


def test_the_command_reports_and_repeats_itself() -> None:
    command = ["memory", "--candidates", "3", "--topics", "1", "--questions", "5", "--json"]
    one, two = (CliRunner().invoke(app, command) for _ in range(2))
    report = json.loads(one.stdout)
    assert one.stdout == two.stdout
    assert (report["candidates"], report["topics"], report["world"]) == (3, 1, "usual")
    assert set(report["goals"]) == {"all cards", "every topic"}
    assert set(report["goals"]["all cards"]) == set(ORDERS)
    shown = CliRunner().invoke(app, command[:-1])
    assert "new first" in shown.stdout


def test_worlds_are_named_without_loading_them() -> None:
    assert set(NAMES) == set(WORLDS)
    result = CliRunner().invoke(app, ["memory", "--world", "flat"])
    assert result.exit_code == 2
    assert "forgetful" in result.output

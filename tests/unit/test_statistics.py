"""The figures of `coach stats`: from what they are counted, and that they fit one another."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coach.cli.stats import app as stats_app
from coach.deck import Deck, load_deck
from coach.history import History, Rated
from coach.history.statistics import (
    Calibration,
    Retention,
    calibration,
    due,
    forecast,
    overall,
    retention,
    statistics,
    streak,
)
from coach.interview import Plan, Session, Turn
from coach.memory import Review, readiness, remember
from coach.memory.reviews import rating_of
from coach.paths import Paths
from coach.verdict import Verdict

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def deck() -> Deck:
    return load_deck()


def review(card_id: str, days_ago: float, score: float = 0.9) -> Review:
    return Review(card_id, NOW - days_ago * DAY, score, rating_of(score))


@pytest.mark.parametrize(
    ("ago", "count"), [((), 0), ((0,), 1), ((1,), 1), ((2,), 0), ((0, 1, 2, 4), 3), ((1, 2, 3), 3)]
)
def test_a_streak_ends_today_or_yesterday(ago: tuple[int, ...], count: int) -> None:
    today = date(2026, 3, 10)
    assert streak({today - days * DAY for days in ago}, today) == count


def test_retention_groups_answers_by_the_days_since_the_one_before() -> None:
    reviews = [
        review("a", 50),
        review("a", 49, 0.3),
        review("a", 48.9),  # the same day: no memory is asked for
        review("a", 46.0, 0.4),
        review("b", 46),
        review("b", 1),
    ]
    assert retention(reviews) == (
        Retention(1, 1, 1, 0),
        Retention(2, 3, 1, 1),
        Retention(31, None, 1, 1),
    )


def test_cards_come_back_on_the_day_they_are_due() -> None:
    memories = remember([review("late", 30), review("new", 0, 0.1), review("known", 0.1, 1.0)])
    counts = forecast(memories, NOW)
    assert counts[0] == 1
    assert counts[(memories["new"].whole.due.date() - NOW.date()).days] >= 1
    assert sum(counts) == sum(m.whole.due < NOW + 13 * DAY for m in memories.values())
    assert due(memories, NOW) == ("late",)


def test_the_least_remembered_card_is_due_first() -> None:
    memories = remember([review("fresh", 10, 0.1), review("old", 90, 0.1), review("safe", 0)])
    assert due(memories, NOW) == ("old", "fresh")


def test_own_ratings_stand_beside_the_marks_they_were_given_for() -> None:
    rated = [Rated(0.5, "good", None), Rated(0.7, "good", "hard"), Rated(0.1, None, "again")]
    (row,) = calibration(rated)
    assert row == Calibration("good", 2, pytest.approx(0.6), 0.8)  # type: ignore[arg-type]


def filled(file: Path, deck: Deck) -> History:
    """Twelve cards, answered every third day, each better than the one before."""
    history = History(file, lambda: NOW)
    turns = []
    for number, card in enumerate(deck.cards[:12]):
        verdict = Verdict(card.id, number / 12, "partial", (), "", "", "keypoints", "m", 0.1)
        at = NOW - (36 - 3 * number) * DAY
        turns.append(
            Turn(card.id, "question", "?", "x", verdict, answered_at=at, self_rating="good")
        )
    history.save(Session("s", Plan(), tuple(t.card_id for t in turns), NOW, tuple(turns), NOW))
    return history


def test_readiness_over_time_is_what_was_computed_then(tmp_path: Path, deck: Deck) -> None:
    history = filled(tmp_path / "history.sqlite", deck)
    found = statistics(history, deck, history.memories({}), NOW)
    assert found.progress[-1].at == NOW
    assert found.progress[-1].chance == found.today.chance
    assert 12 <= len(found.progress) <= 25
    for moment in found.progress:
        known = remember(review for review in history.reviews({}) if review.at <= moment.at)
        then = overall(deck, readiness(deck, known, moment.at))
        assert moment.chance == pytest.approx(then)


def test_without_answers_there_is_nothing_but_the_present(tmp_path: Path, deck: Deck) -> None:
    history = History(tmp_path / "history.sqlite")
    found = statistics(history, deck, {}, NOW)
    assert (found.today.answers, found.today.streak, found.today.due) == (0, 0, ())
    assert (found.recall, found.retention, found.calibration) == (None, (), ())
    assert len(found.progress) == 1
    assert sum(found.forecast) == 0


def test_the_command_line_tells_the_same_figures(paths: Paths, deck: Deck) -> None:
    history = filled(paths.history_file, deck)
    done = CliRunner().invoke(stats_app, ["--json"])
    told = json.loads(done.stdout)
    found = statistics(history, deck, history.memories({}), datetime.now(UTC))
    assert told["answers"] == found.today.answers == 12
    assert told["due"] == len(found.today.due) > 0
    assert told["forecast"] == list(found.forecast)
    assert told["readiness"] == round(found.today.chance, 3)
    assert told["calibration"][0]["rating"] == "good"
    assert told["streak_days"] == 0
    shown = CliRunner().invoke(stats_app, [])
    assert "Your own rating before the verdict" in shown.stdout
    assert f"due now: {len(found.today.due)}" in shown.stdout

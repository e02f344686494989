"""When cards come back."""

from datetime import UTC, datetime, timedelta

from coach.schedule import Review, memories, recall

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_a_card_answered_badly_is_due_before_one_answered_well() -> None:
    known = memories([Review("bad", 0.1, NOW), Review("good", 1.0, NOW)], NOW)
    assert known["bad"].due < known["good"].due


def test_recall_fades_with_time_and_grows_with_the_mark() -> None:
    reviews = [Review("bad", 0.2, NOW), Review("good", 1.0, NOW)]
    soon, late = (recall(memories(reviews, NOW + timedelta(days=days))) for days in (1, 60))
    assert late["good"] < soon["good"]
    assert soon["bad"] < soon["good"]
    assert all(0 <= chance <= 1 for chance in [*soon.values(), *late.values()])


def test_the_order_in_which_reviews_are_given_does_not_matter() -> None:
    reviews = [Review("a", 0.9, NOW + timedelta(days=day)) for day in range(4)]
    later = NOW + timedelta(days=9)
    assert memories(reviews, later) == memories(reversed(reviews), later)


def test_nothing_reviewed_is_nothing_known() -> None:
    assert memories([], NOW) == {}

"""What is remembered: ratings, states by FSRS, how likely a card is answered, readiness of a topic."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from fsrs import Rating as FsrsRating
from hypothesis import given
from hypothesis import strategies as st

from coach.card import Bilingual, Card, KeyPoint, Level
from coach.memory import Memories, Review, Run, chance, rating_of, readiness, remember, sittings
from coach.memory.reviews import RATINGS, SCORES

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
TEXT = Bilingual("?", "？")

reviews = st.builds(
    Review,
    card_id=st.sampled_from(["a", "b", "c"]),
    at=st.integers(0, 500_000).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    score=st.floats(0, 1),
    rating=st.sampled_from(RATINGS),
    key_point=st.sampled_from(["", "x", "y"]),
)


def review(card_id: str, score: float, at: datetime = NOW, key_point: str = "") -> Review:
    return Review(card_id, at, score, rating_of(score), key_point)


def card(card_id: str, topic: str = "cnn", level: Level = "mid", **changes: object) -> Card:
    points = (KeyPoint("x", TEXT, 3), KeyPoint("y", TEXT, 1))
    return replace(Card(card_id, topic, level, "concept", TEXT, TEXT, points), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("score", "rating"),
    [(0, "again"), (0.39, "again"), (0.4, "hard"), (0.65, "good"), (0.89, "good"), (0.9, "easy"), (1, "easy")],
)  # fmt: skip
def test_a_mark_stands_for_a_rating(score: float, rating: str) -> None:
    assert rating_of(score) == rating


def test_ratings_are_in_the_order_of_the_library_and_each_mark_they_stand_for_gives_them_back() -> (
    None
):
    assert [rating.name.lower() for rating in FsrsRating] == list(RATINGS)
    assert all(rating_of(score) == rating for rating, score in SCORES.items() if rating != "easy")
    assert rating_of(SCORES["easy"]) == "easy"


@given(st.lists(reviews, max_size=12), st.randoms())
def test_states_do_not_depend_on_the_order_in_which_reviews_are_given(
    given_: list[Review], random: object
) -> None:
    unique = list({(r.card_id, r.key_point, r.at): r for r in given_}.values())
    shuffled = unique.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert remember(unique) == remember(shuffled)


@given(st.lists(reviews, max_size=12), st.integers(0, 5000))
def test_recall_is_a_chance_and_fades(given_: list[Review], days: int) -> None:
    for memory in remember(given_).values():
        for state in (memory.whole, *memory.points.values()):
            later = state.reviewed_at + days * DAY
            assert 0 < state.recall(later + DAY) <= state.recall(later) <= 1
            assert state.due >= state.reviewed_at + DAY
            assert 1 <= state.difficulty <= 10


def test_states_come_from_the_library_without_its_fuzz() -> None:
    from fsrs import Card as State
    from fsrs import Rating, Scheduler

    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    state = State(card_id=7, due=NOW)
    given_ = [(0, 1.0), (9, 0.5), (12, 0.1), (12.2, 0.7)]
    for day, score in given_:
        rating = Rating[rating_of(score).title()]
        state, _ = scheduler.review_card(state, rating, NOW + day * DAY)
    known = remember(review("a", score, NOW + day * DAY) for day, score in given_)["a"].whole
    assert (known.stability, known.difficulty, known.due) == (
        state.stability, state.difficulty, state.due,
    )  # fmt: skip
    assert (known.score, known.first_score, known.reviews) == (0.7, 1.0, 4)


def test_any_time_zone_is_the_same_moment() -> None:
    there = timezone(timedelta(hours=8))
    local = [
        replace(r, at=r.at.astimezone(there)) for r in (review("a", 0.7), review("a", 1, NOW + DAY))
    ]
    assert remember(local) == remember([review("a", 0.7), review("a", 1, NOW + DAY)])


def test_the_candidates_own_rating_decides_when_a_card_comes_back() -> None:
    low = remember([Review("a", NOW, 1.0, "again")])["a"].whole
    high = remember([Review("a", NOW, 0.1, "easy")])["a"].whole
    assert low.due < high.due
    assert (low.score, high.score) == (1.0, 0.1)


def test_a_weak_key_point_makes_its_card_likelier_to_fail_by_its_weight() -> None:
    good = [review("a", 1.0), review("a", 1.0, key_point="x"), review("a", 1.0, key_point="y")]
    heavy = [*good[:1], review("a", 0, key_point="x"), good[2]]
    light = [*good[:2], review("a", 0, key_point="y")]
    later = NOW + 5 * DAY
    chances = [chance(card("a"), remember(told)["a"], later) for told in (heavy, light, good[:1])]
    assert chances == sorted(chances)
    assert len(set(chances)) == 3


def test_points_that_left_a_card_tell_nothing_of_it() -> None:
    told = [review("a", 1.0), review("a", 0, key_point="gone")]
    later = NOW + 5 * DAY
    assert chance(card("a"), remember(told)["a"], later) == remember(told)["a"].whole.recall(later)


def test_runs_of_one_sitting_are_one_review() -> None:
    minutes = [timedelta(minutes=m) for m in (0, 20, 40)]
    failing = [Run(NOW + m, False) for m in minutes[:2]]
    passed = Run(NOW + minutes[2], True)
    assert [r.score for r in sittings("a", [passed, *failing])] == [0.7]
    assert [r.score for r in sittings("a", [passed, replace(passed, at=NOW + DAY)])] == [1.0, 1.0]
    assert [(r.score, r.rating) for r in sittings("a", failing)] == [(0.0, "again")]
    own = [*failing, replace(passed, rating="hard")]
    assert [r.rating for r in sittings("a", own)] == ["hard"]
    assert sittings("a", []) == []


def deck_of(topic: str, count: int, level: Level = "mid") -> list[Card]:
    return [card(f"{topic}-{level}-{n}", topic, level) for n in range(count)]


def known(cards: list[Card], score: float, at: datetime = NOW) -> Memories:
    return remember(review(c.id, score, at) for c in cards)


def test_without_an_answer_readiness_is_open() -> None:
    ready = readiness(deck_of("cnn", 5), {}, NOW)["cnn"]
    assert ready.chance == pytest.approx(0.5)
    assert ready.low < 0.15
    assert ready.high > 0.85
    assert ready.cards == 0


def test_good_answers_raise_a_topic_most_and_others_a_little() -> None:
    cards = deck_of("cnn", 10) + deck_of("rnn", 10)
    for score, sign in ((1.0, 1), (0.0, -1)):
        ready = readiness(cards, known(cards[:6], score), NOW)
        assert sign * (ready["cnn"].chance - ready["rnn"].chance) > 0.05
        assert sign * (ready["rnn"].chance - 0.5) > 0.02
        wide, narrow = (ready[topic].high - ready[topic].low for topic in ("rnn", "cnn"))
        assert narrow < wide


def test_old_evidence_counts_for_less() -> None:
    cards = deck_of("cnn", 10)
    fresh, old = (readiness(cards, known(cards[:6], 1.0), NOW + n * DAY)["cnn"] for n in (0, 900))
    assert 0.5 < old.chance < fresh.chance
    assert old.high - old.low > fresh.high - fresh.low


def test_unseen_cards_of_a_harder_level_are_less_likely() -> None:
    easy, hard = deck_of("cnn", 6, "junior"), deck_of("cnn", 6, "senior")
    ready = readiness([*easy, *hard], known(easy, 1.0), NOW)["cnn"]
    both = readiness([*easy, *deck_of("cnn", 6)], known(easy, 1.0), NOW)["cnn"]
    assert ready.chance < both.chance


@given(st.lists(st.tuples(st.integers(0, 29), st.floats(0, 1)), max_size=40))
def test_readiness_is_a_chance_inside_its_interval(answers: list[tuple[int, float]]) -> None:
    cards = deck_of("cnn", 10) + deck_of("rnn", 10, "junior") + deck_of("data", 10, "senior")
    memories = remember(review(cards[n].id, score) for n, score in answers)
    found = readiness(cards, memories, NOW + DAY)
    assert set(found) == {"cnn", "rnn", "data"}
    for ready in found.values():
        assert 0 <= ready.low <= ready.high <= 1
        assert 0 < ready.chance < 1
    assert sum(ready.cards for ready in found.values()) == len(memories)

"""Which cards are asked: the least likely to be answered, what they build on first, each with its reason."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.card import Bilingual, Card, KeyPoint
from coach.deck import Deck, load_deck
from coach.errors import UsageError
from coach.interview import Plan, select
from coach.memory import Choice, Review, rating_of, readiness, remember
from coach.memory.choice import choose

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
TEXT = Bilingual("?", "？")


@pytest.fixture(scope="module")
def deck() -> Deck:
    return load_deck()


def card(card_id: str, *prerequisites: str, topic: str = "cnn") -> Card:
    points = (KeyPoint("x", TEXT),)
    return Card(card_id, topic, "mid", "concept", TEXT, TEXT, points, prerequisites=prerequisites)


def answered(card_id: str, score: float, days_ago: float) -> Review:
    return Review(card_id, NOW - days_ago * DAY, score, rating_of(score))


def pick(cards: list[Card], count: int, *told: Review) -> list[Choice]:
    memories = remember(told)
    return choose(cards, count, memories, readiness(cards, memories, NOW), NOW)


def ids(choices: list[Choice]) -> list[str]:
    return [choice.card.id for choice in choices]


def test_what_is_forgotten_comes_before_what_is_known() -> None:
    cards = [card("fresh"), card("stale"), card("failed")]
    told = answered("fresh", 1.0, 1), answered("stale", 0.7, 40), answered("failed", 0.1, 20)
    chosen = pick(cards, 3, *told)
    assert ids(chosen) == ["failed", "stale", "fresh"]
    assert [choice.kind for choice in chosen] == ["due", "due", "early"]
    chances = [choice.chance for choice in chosen]
    assert chances == sorted(chances)


def test_an_unseen_card_is_as_likely_as_its_topic() -> None:
    cards = [card(f"good-{n}") for n in range(6)] + [
        card(f"bad-{n}", topic="rnn") for n in range(6)
    ]
    told = [answered(f"good-{n}", 1.0, 2) for n in range(4)]
    told += [answered(f"bad-{n}", 0.0, 2) for n in range(4)]
    first = next(choice for choice in pick(cards, 12, *told) if choice.kind == "new")
    assert first.card.topic == "rnn"
    assert first.chance < 0.4
    assert f"{first.chance:.0%}" in first.why.en
    assert f"{first.chance:.0%}" in first.why.zh


def test_prerequisites_never_asked_come_first_and_say_for_whose_sake() -> None:
    cards = [card("top", "middle"), card("middle", "base"), card("base")]
    chosen = pick(cards, 3)
    assert ids(chosen) == ["base", "middle", "top"]
    assert [choice.kind for choice in chosen] == ["basis", "basis", "new"]
    assert "top" in chosen[0].why.en


def test_where_there_is_no_room_a_card_waits_for_what_it_builds_on() -> None:
    cards = [card("top", "middle"), card("middle", "base"), card("base")]
    assert ids(pick(cards, 2)) == ["base", "middle"]


def test_prerequisites_in_a_circle_do_no_harm() -> None:
    cards = [card("a", "b"), card("b", "c"), card("c", "a")]
    assert sorted(ids(pick(cards, 3))) == ["a", "b", "c"]


def test_a_recent_weak_answer_says_its_mark() -> None:
    cards = [card("weak"), card("good")]
    chosen = pick(cards, 2, answered("weak", 0.5, 0.1), answered("good", 0.95, 0.1))
    reasons = {choice.card.id: choice for choice in chosen}
    assert (reasons["weak"].kind, reasons["good"].kind) == ("weak", "early")
    assert "0.50" in reasons["weak"].why.en


def test_topics_take_turns_where_they_are_equally_urgent() -> None:
    cards = [
        card(f"{topic}-{n}", topic=topic) for topic in ("cnn", "rnn", "data") for n in range(9)
    ]
    topics = [choice.card.topic for choice in pick(cards, 9)]
    assert sorted(topics) == 3 * ["cnn"] + 3 * ["data"] + 3 * ["rnn"]


histories = st.lists(
    st.tuples(st.integers(0, 207), st.floats(0, 1), st.floats(0, 400)), max_size=60
)


@given(
    histories,
    st.integers(1, 50),
    st.integers(0, 5),
    st.sampled_from([(), ("cnn",), ("rnn", "attention")]),
    st.sampled_from([None, "junior", "senior"]),
)
def test_every_selection_keeps_its_promises(
    deck: Deck,
    told: list[tuple[int, float, float]],
    count: int,
    seed: int,
    topics: tuple[str, ...],
    level: str | None,
) -> None:
    memories = remember(answered(deck.cards[n].id, score, ago) for n, score, ago in told)
    plan = Plan(topics=topics, level=level, questions=count, seed=seed)  # type: ignore[arg-type]
    try:
        chosen = select(plan, deck, memories, NOW)
    except UsageError:
        assert not [c for c in deck if c.level == level and c.topic in topics]
        return
    assert chosen == select(plan, deck, memories, NOW)
    fitting = {c.id for c in deck if (not topics or c.topic in topics) and level in (None, c.level)}
    names = ids(chosen)
    assert len(names) == len(set(names)) == min(count, len(fitting))
    assert set(names) <= fitting
    for at, choice in enumerate(chosen):
        assert 0 <= choice.chance <= 1
        assert choice.why.en
        assert choice.why.zh
        assert "{" not in choice.why.en + choice.why.zh
        for name in choice.card.prerequisites:
            assert name not in names[at:]
            assert name not in fitting or name in memories or name in names[:at]


def test_the_seed_decides_between_equals(deck: Deck) -> None:
    one, same, other = (ids(select(Plan(questions=20, seed=s), deck, {}, NOW)) for s in (1, 1, 2))
    assert one == same != other

"""Opening a history with 10,000 answers against one with 10: the latest ten interviews, whole."""

import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

from coach.card import Card
from coach.deck import load_deck
from coach.history import History
from coach.interview import Plan, Session, Turn
from coach.verdict import KeyPointVerdict, Verdict

FEW, MANY, SHOWN = 10, 10_000, 10
LIMIT = 1.2
START = datetime(2020, 1, 1, tzinfo=UTC)


def interview(cards: Iterator[Card], number: int, answers: int) -> Session:
    """A finished interview of so many marked answers."""
    at = START + timedelta(hours=4 * number)
    turns = tuple(_turn(card, at) for card in islice(cards, answers))
    asked = tuple(turn.card_id for turn in turns)
    return Session(f"s{number:05}", Plan(), asked, at, turns, at + timedelta(hours=1))


def _turn(card: Card, at: datetime) -> Turn:
    points = tuple(KeyPointVerdict(p.id, p.text.en, "missing", 0.1) for p in card.key_points)
    verdict = Verdict(card.id, 0.5, "partial", points, "So.", "", "keypoints", "made", 1.0)
    return Turn(card.id, "question", card.question.en, card.reference.en, verdict, answered_at=at)


def filled(folder: Path, count: int) -> History:
    """A history with so many answers; the latest ten interviews have one each, those before five."""
    history, cards = History(folder / f"{count}.sqlite"), cycle(load_deck())
    before = (count - SHOWN) // 5
    for number in range(before + SHOWN):
        history.save(interview(cards, number, 5 if number < before else 1))
    return history


def opened(history: History) -> float:
    """Seconds until the latest interviews are read."""
    began = time.perf_counter()
    found = History(history.file).sessions(SHOWN, answered=True)
    taken = time.perf_counter() - began
    assert len(found) == SHOWN
    return taken


def main(rounds: int = 25) -> bool:
    """Prints both medians; whether the ratio is within its limit."""
    with tempfile.TemporaryDirectory() as base:
        histories = [filled(Path(base), count) for count in (FEW, MANY)]
        taken = [[opened(history) for history in histories] for _ in range(rounds)]
    few, many = (statistics.median(times) for times in zip(*taken, strict=True))
    print(f"Opening the history (median of {rounds}, in turns)")
    print(f"  {FEW:>6} answers  {1000 * few:6.1f} ms")
    print(f"  {MANY:>6} answers  {1000 * many:6.1f} ms  {many / few:.2f} times (at most {LIMIT:g})")
    return many / few <= LIMIT


if __name__ == "__main__":
    raise SystemExit(0 if main() else 1)

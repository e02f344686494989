"""What an answer tells about memory: a rating of a card or of one of its key points."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from coach.verdict import PointVerdict

Rating = Literal["again", "hard", "good", "easy"]
RATINGS: tuple[Rating, ...] = get_args(Rating)

# Below 0.4 most of what counts was missing, which is a lapse. From 0.65 on what is missing is detail. From 0.9 on
# nothing of weight is; a mark is not exact enough to ask for more.
HARD_FROM, GOOD_FROM, EASY_FROM = 0.4, 0.65, 0.9

# What a rating stands for where nothing was marked.
SCORES: dict[Rating, float] = {"again": 0.2, "hard": 0.5, "good": 0.8, "easy": 1.0}

# A point is said or it is not: nothing in an answer shows that saying it was easy.
POINT_RATINGS: dict[PointVerdict, tuple[Rating, float]] = {
    "covered": ("good", 1.0),
    "partial": ("hard", 0.5),
    "missing": ("again", 0.0),
    "contradicted": ("again", 0.0),
}

# Runs of one exercise no further apart than this are one attempt to solve it.
SITTING = timedelta(hours=3)
PASSED_AFTER_FAILING = 0.7


@dataclass(frozen=True)
class Review:
    """One marked answer to a card, or to its `key_point`; `score` from 0 to 1, `at` with time zone."""

    card_id: str
    at: datetime
    score: float
    rating: Rating
    key_point: str = ""


@dataclass(frozen=True)
class Run:
    """One run of a program that answers a card; `rating` is the candidate's own, where one was given."""

    at: datetime
    passed: bool
    rating: Rating | None = None


def rating_of(score: float) -> Rating:
    """The rating a mark from 0 to 1 stands for."""
    if score < HARD_FROM:
        return "again"
    if score < GOOD_FROM:
        return "hard"
    return "good" if score < EASY_FROM else "easy"


def sittings(card_id: str, runs: Iterable[Run]) -> list[Review]:
    """One review for all runs of a sitting: 1 passed at once, 0.7 passed in the end, 0 not passed."""
    groups: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.at):
        if groups and run.at - groups[-1][-1].at <= SITTING:
            groups[-1].append(run)
        else:
            groups.append([run])
    return [_sitting(card_id, group) for group in groups]


def _sitting(card_id: str, runs: list[Run]) -> Review:
    passed = any(run.passed for run in runs)
    score = 1.0 if runs[0].passed else PASSED_AFTER_FAILING if passed else 0.0
    own = [run.rating for run in runs if run.rating is not None]
    return Review(card_id, runs[-1].at, score, own[-1] if own else rating_of(score))

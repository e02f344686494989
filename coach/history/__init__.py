"""The candidate's record: sessions, turns, half-written answers and attempts at code in one SQLite file."""

from coach.history.answers import Given, Rated
from coach.history.history import History
from coach.history.rows import Attempt, HalfAnswer, turn_from_json, turn_to_json

__all__ = [
    "Attempt",
    "Given",
    "HalfAnswer",
    "History",
    "Rated",
    "turn_from_json",
    "turn_to_json",
]

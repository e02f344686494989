"""The candidate's record: sessions, turns, half-written answers and attempts at code in one SQLite file."""

from coach.history.history import History
from coach.history.rows import Attempt, HalfAnswer, turn_from_json, turn_to_json

__all__ = ["Attempt", "HalfAnswer", "History", "turn_from_json", "turn_to_json"]

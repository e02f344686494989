"""Grading: a task, an answer, and a verdict that shows its evidence."""

from coach.grade.calibration import Calibrations
from coach.grade.grader import Grader, Search
from coach.grade.neighbours import Neighbours
from coach.grade.serialize import verdict_from_json, verdict_to_json
from coach.grade.task import Point, Task

__all__ = [
    "Calibrations",
    "Grader",
    "Neighbours",
    "Point",
    "Search",
    "Task",
    "verdict_from_json",
    "verdict_to_json",
]

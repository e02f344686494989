"""Code exercises: what there is, and running answers to them. Judging happens here, outside the sandbox."""

from coach.practice.advice import advice
from coach.practice.catalogue import read_submission
from coach.practice.practice import Practice
from coach.practice.serialize import result_to_json

__all__ = ["Practice", "advice", "read_submission", "result_to_json"]

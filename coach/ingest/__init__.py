"""Reads documents of any shape into passages that keep a question and its answer together."""

from coach.ingest.files import Found, LeftOut, Problem, find
from coach.ingest.files import read as read
from coach.ingest.passages import chunks, pairs

__all__ = ["Found", "LeftOut", "Problem", "chunks", "find", "pairs", "read"]

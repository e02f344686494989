"""Reads documents of any shape into passages that keep a question and its answer together."""

from coach.ingest.files import Found, LeftOut, Problem, find, load, parse, read
from coach.ingest.passages import chunks, pairs

__all__ = ["Found", "LeftOut", "Problem", "chunks", "find", "load", "pairs", "parse", "read"]

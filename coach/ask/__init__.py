"""Answers a free question from the indexed passages, with citations that code attaches."""

from coach.ask.asker import Answer, Asker
from coach.ask.citing import Citation

__all__ = ["Answer", "Asker", "Citation"]

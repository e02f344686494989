"""Finding passages: vectors and words, fused inside each language, then both languages in one list."""

from coach.retrieve.retriever import Retriever
from coach.retrieve.weights import Weights
from coach.retrieve.words import words

__all__ = ["Retriever", "Weights", "words"]

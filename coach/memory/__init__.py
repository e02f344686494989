"""What the candidate remembers: FSRS over cards and key points, readiness by topic, and the choice of cards."""

from coach.memory.ability import Readiness, readiness
from coach.memory.choice import Choice, choose
from coach.memory.reviews import Rating, Review, Run, rating_of, sittings
from coach.memory.states import CardMemory, Memories, Memory, chance, remember, version

__all__ = [
    "CardMemory",
    "Choice",
    "Memories",
    "Memory",
    "Rating",
    "Readiness",
    "Review",
    "Run",
    "chance",
    "choose",
    "rating_of",
    "readiness",
    "remember",
    "sittings",
    "version",
]

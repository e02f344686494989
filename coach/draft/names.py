"""Ids for cards, made of the question's words: what a model writes never names a file."""

import re
import unicodedata
from collections.abc import Container

MAX_LENGTH = 60
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WORD = re.compile(r"[a-z0-9]+")
_FILLERS = {
    "a", "an", "and", "are", "be", "can", "do", "does", "for", "how", "in", "is", "it", "of", "on",
    "or", "please", "s", "the", "to", "we", "what", "which", "why", "you",
}  # fmt: skip


def slug(question: str, otherwise: str) -> str:
    """Lower-case words joined by hyphens; `otherwise` (an id too) where no Latin word is left."""
    plain = unicodedata.normalize("NFKD", question).lower()
    words: list[str] = _WORD.findall(plain)
    telling = [word for word in words if word not in _FILLERS] or words
    name = "-".join(telling)[: MAX_LENGTH + 1]
    if len(name) > MAX_LENGTH:
        # Cut between words; one endless word is cut where it must be.
        name = name.rpartition("-")[0] or name[:MAX_LENGTH]
    return name if any(c.isalpha() for c in name) else otherwise


def unique(name: str, taken: Container[str]) -> str:
    """The id itself, or with the first number from 2 on that makes it one not taken."""
    candidate, number = name, 1
    while candidate in taken:
        number += 1
        ending = f"-{number}"
        candidate = name[: MAX_LENGTH - len(ending)].rstrip("-") + ending
    return candidate


def is_id(text: str) -> bool:
    """Whether a text can be the id of a card, and so the name of its file."""
    return len(text) <= MAX_LENGTH and ID.fullmatch(text) is not None

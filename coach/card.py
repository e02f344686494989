"""Interview cards: a question, its reference answer, and the key points an answer is marked by."""

from dataclasses import dataclass
from typing import Literal, get_args

from coach.language import Lang

Level = Literal["junior", "mid", "senior"]
CardKind = Literal["concept", "derivation", "true_false", "compare", "code"]

LEVELS: tuple[Level, ...] = get_args(Level)
CARD_KINDS: tuple[CardKind, ...] = get_args(CardKind)


@dataclass(frozen=True)
class Bilingual:
    """One content in both languages."""

    en: str
    zh: str

    def __getitem__(self, lang: Lang) -> str:
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True)
class KeyPoint:
    """One separately checkable claim of a good answer; `weight` is a positive integer."""

    id: str
    text: Bilingual
    weight: int = 1
    essential: bool = False


@dataclass(frozen=True)
class FollowUp:
    """A question that leads to one key point without giving it away."""

    key_point: str
    text: Bilingual


@dataclass(frozen=True)
class Exemplar:
    """A marked answer: the ids it covers and its score from 0 to 1."""

    lang: Lang
    answer: str
    covers: tuple[str, ...]
    score: float


@dataclass(frozen=True)
class Source:
    """Where a source document asks this card's question: file name and starting line."""

    document: str
    item: int


@dataclass(frozen=True)
class Card:
    """One interview question with everything needed to ask, mark and teach it."""

    id: str
    topic: str
    level: Level
    kind: CardKind
    question: Bilingual
    reference: Bilingual
    key_points: tuple[KeyPoint, ...]
    common_mistakes: tuple[Bilingual, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    exemplars: tuple[Exemplar, ...] = ()
    sources: tuple[Source, ...] = ()
    see_also: tuple[str, ...] = ()
    prerequisites: tuple[str, ...] = ()
    exercise: str | None = None
    notes: str = ""

    def follow_up(self, key_point: str) -> Bilingual | None:
        """Returns the follow-up question that leads to one key point, if the card has one."""
        return next((f.text for f in self.follow_ups if f.key_point == key_point), None)

"""What an answer is graded against: a card's rubric, or a reference cut into key points."""

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

from coach.card import Card
from coach.errors import UsageError
from coach.grade.clauses import Piece, sentences, tokens
from coach.language import LANGS, Lang, detect

Rubric = Literal["card", "exam"]
"""Points written to learn by, or points that come with an exam's reference: what is asked of an answer differs."""
MAX_DERIVED = 6
_SHORT = 4
_LATIN_WORD = re.compile(r"[A-Za-z]{3,}")
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Point:
    """One claim of a good answer in one language; `weight` is positive."""

    id: str
    text: str
    weight: float = 1.0
    essential: bool = False


@dataclass(frozen=True)
class Task:
    """A question in one language with everything an answer to it is marked by."""

    question: str
    references: tuple[str, ...]
    key_points: tuple[Point, ...]
    lang: Lang
    card: str | None = None
    follow_ups: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    mistakes: tuple[str, ...] = ()
    twin: "Task | None" = field(default=None, repr=False, compare=False)
    """The same task in the other language, where there is one: the same points in the same order."""

    @property
    def rubric(self) -> Rubric:
        """Where the key points come from."""
        return "exam" if self.card is None else "card"

    @classmethod
    def from_card(cls, card: Card, lang: Lang) -> "Task":
        """Returns the task a card sets in one language, with its twin in the other."""
        (other,) = (one for one in LANGS if one != lang)
        return replace(cls._from_card(card, lang), twin=cls._from_card(card, other))

    @classmethod
    def _from_card(cls, card: Card, lang: Lang) -> "Task":
        return cls(
            question=card.question[lang],
            references=(card.reference[lang].strip(),),
            key_points=tuple(
                Point(
                    id=point.id,
                    text=point.text[lang],
                    weight=point.weight,
                    essential=point.essential,
                )
                for point in card.key_points
            ),
            lang=lang,
            card=card.id,
            follow_ups={follow_up.key_point: follow_up.text[lang] for follow_up in card.follow_ups},
            mistakes=tuple(mistake[lang] for mistake in card.common_mistakes),
        )

    def speaks(self, answer: str) -> bool:
        """Whether an answer is written in the task's language."""
        if detect(answer) == self.lang:
            return True
        # A few English terms or a formula do not make an answer English.
        return self.lang == "zh" and len(_LATIN_WORD.findall(answer)) < _SHORT

    def for_answer(self, answer: str) -> "Task":
        """Returns the task in the language an answer is written in, as far as it exists in that."""
        return self if self.twin is None or self.speaks(answer) else self.twin

    @classmethod
    def from_reference(
        cls, question: str, references: Sequence[str], key_points: Sequence[str], lang: Lang
    ) -> "Task":
        """Returns a task from a reference; without key points they are derived from the first reference."""
        given = tuple(text.strip() for text in references if text.strip())
        stated = [text.strip() for text in key_points if text.strip()]
        points = stated or (derive_points(given[0]) if given else [])
        if not question.strip() or not points:
            raise UsageError(
                "Grading without a card needs a question and a reference or key points.",
                "Give --question and --reference (or at least one --key-point).",
            )
        numbered = (Point(id=f"p{i}", text=text) for i, text in enumerate(points, 1))
        return cls(
            question=question.strip(), references=given, key_points=tuple(numbered), lang=lang
        )


def derive_points(reference: str) -> list[str]:
    """Cuts a reference into at most six statements, in order; short sentences join their neighbour."""
    pieces = list(_joined(sentences(reference), reference)) or [reference.strip()]
    while len(pieces) > MAX_DERIVED:
        sizes = [len(tokens(a)) + len(tokens(b)) for a, b in itertools.pairwise(pieces)]
        at = sizes.index(min(sizes))
        pieces[at : at + 2] = [f"{pieces[at]} {pieces[at + 1]}"]
    return [piece for piece in pieces if piece]


def _joined(found: Iterable[Piece], source: str) -> Iterable[str]:
    start: int | None = None
    end = 0
    for piece in found:
        start = piece.start if start is None else start
        end = piece.end
        if len(tokens(source[start:end])) >= _SHORT:
            yield source[start:end]
            start = None
    if start is not None:
        yield source[start:end]

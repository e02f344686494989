"""How near a question comes to what the deck is about: passages alone hardly tell a subject from its neighbour."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from coach.deck import load_deck
from coach.index.shipped import load_vectors, question_id
from coach.index.vectors import Means, matrix, unit
from coach.language import LANGS, Lang

if TYPE_CHECKING:
    from coach.index.vectors import Matrix

_SOME = 3
_FEW = 5


@dataclass(frozen=True)
class Nearness:
    """`own`: cosine with the nearest card in the question's language; `other`: mean of the three nearest in the other.

    `apart`: by how much the nearest question of the deck is nearer than the fifth, in the question's language.
    """

    own: float
    other: float
    apart: float

    @property
    def signals(self) -> tuple[float, ...]:
        """What the weights are for, in their order."""
        return astuple(self)


@dataclass(frozen=True)
class Cards:
    """Rows of unit vectors, centred as queries are: each card's question, and the middle of it and the key points."""

    questions: "Mapping[Lang, Matrix]"
    middles: "Mapping[Lang, Matrix]"

    @classmethod
    def shipped(cls, embedder: str, means: Means) -> "Cards | None":
        """The shipped deck as far as its vectors come with it; None where they are another embedder's."""
        stored = load_vectors()
        if stored is None or stored.embedder != embedder:
            return None
        deck, questions, middles = list(load_deck()), {}, {}
        for lang in LANGS:
            texts = [
                [card.question[lang], *(p.text[lang] for p in card.key_points)] for card in deck
            ]
            keys = [list(map(question_id, group)) for group in texts]
            groups = [
                means.question(matrix([stored.questions[key] for key in group]), lang)
                for group in keys
                if stored.questions.keys() >= set(group)
            ]
            if len(groups) < _FEW:
                return None
            questions[lang] = matrix([group[0] for group in groups])
            middles[lang] = unit(matrix([group.sum(axis=0) for group in groups]))
        return cls(questions, middles)

    def nearness(self, vector: "Matrix", lang: Lang) -> Nearness:
        """Of a question's centred unit vector."""
        other = LANGS[1] if lang == LANGS[0] else LANGS[0]
        asked = sorted((self.questions[lang] @ vector).tolist(), reverse=True)
        others = sorted((self.middles[other] @ vector).tolist(), reverse=True)[:_SOME]
        return Nearness(
            own=float((self.middles[lang] @ vector).max()),
            other=sum(others) / len(others),
            apart=asked[0] - asked[_FEW - 1],
        )

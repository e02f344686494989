"""Which words of some passages support a statement."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coach.document import Passage
from coach.grade.clauses import Piece, clauses, recall, sentences, tokens
from coach.grade.similarity import Embed, Vector, centred, dot
from coach.grade.steering import masked_passage

_SHARED = 0.5
_ENOUGH = 1.0
"""Share of a statement's words, and that share plus the cosine: being about the same thing is no support."""
_PAIR_GAIN = 0.1
_IN_ORDER = 0.5
_IN_STRICT_ORDER = 0.7
_MEANT = 0.5
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|neither|nor|cannot|without|\w+n['’]t)\b|不(?!同|仅|但|断|少|过|如)|没有|并非|无法|毫无|未(?!来|知)",
    re.IGNORECASE,
)
_RELATION = re.compile(
    r"\b(?:than|beats?|outperforms?|exceeds?|(?:fast|slow|larg|small|great|high|low)er|more|less|fewer|before|after"
    r"|causes?|leads?\ to|instead|rather)\b|比|大于|小于|高于|低于|优于|多于|少于|导致|引起|先|之前|之后",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Quote:
    """One sentence of a passage, or two that follow one another."""

    passage: Passage
    text: str
    words: list[str]
    parts: tuple[int, ...]


class Sources:
    """The sentences of passages; without an embedder shared words alone decide.

    Words of the `question` are no support: a passage that shares only those says nothing new.
    """

    def __init__(
        self, passages: Sequence[Passage], embed: Embed | None = None, question: str = ""
    ) -> None:
        self._embed = embed
        self._enough = _SHARED if embed is None else _ENOUGH
        self._vectors: dict[str, Vector] = {}
        self._asked = set(tokens(question))
        self._pieces = [(passage, piece) for passage in passages for piece in quotable(passage)]
        self._quotes = [*map(self._single, range(len(self._pieces))), *self._pairs()]

    def supporting(self, statement: str) -> tuple[Passage, str] | None:
        """Returns a passage and its words, verbatim, that say a statement; None where none do."""
        every = tokens(statement)
        said = [word for word in every if word not in self._asked] or every
        best, most = None, 0.0
        for quote in self._quotes:
            shared = recall(said, quote.words)
            if shared >= _SHARED and agrees(statement, quote.text):
                sum_ = shared + self._similarity(statement, quote)
                # Two sentences share more words than one by their length alone.
                sum_ -= _PAIR_GAIN * (len(quote.parts) - 1)
                if sum_ >= self._enough and sum_ > most:
                    best, most = quote, sum_
        return (best.passage, best.text) if best else None

    def _single(self, index: int) -> _Quote:
        passage, piece = self._pieces[index]
        return _Quote(passage, piece.text, tokens(piece.text), (index,))

    def _pairs(self) -> list[_Quote]:
        found = []
        for index, ((passage, first), (other, second)) in enumerate(
            zip(self._pieces, self._pieces[1:], strict=False)
        ):
            text = passage.chunk.text[first.start : second.end]
            if passage is other and len(text) <= len(first.text) + len(second.text) + 2:
                found.append(_Quote(passage, text, tokens(text), (index, index + 1)))
        return found

    def _similarity(self, statement: str, quote: _Quote) -> float:
        """Cosine with the nearest sentence of a quote; 0 without an embedder."""
        if self._embed is None:
            return 0.0
        vector = self._vector(statement)
        return max(dot(vector, self._vector(self._pieces[i][1].text)) for i in quote.parts)

    def _vector(self, text: str) -> Vector:
        if text not in self._vectors and self._embed is not None:
            (self._vectors[text],) = centred(self._embed, [text])
        return self._vectors[text]


def quotable(passage: Passage) -> list[Piece]:
    """The sentences of a passage that say something: no heading, no questions, no orders to a model."""
    text, heading = passage.chunk.text, passage.chunk.locator.heading
    body = len(heading) if text.startswith(f"{heading}\n") else 0
    return [
        piece
        for piece in sentences(masked_passage(text))
        if piece.text == text[piece.start : piece.end]
        and piece.start >= body
        and not piece.text.endswith(("?", "？"))
    ]


def agrees(statement: str, quote: str) -> bool:
    """Whether nothing speaks against a quote with the same words: numbers, negation, order."""
    numbers = set(_NUMBER.findall(statement)) <= set(_NUMBER.findall(quote))
    return numbers and _denials(statement, quote) and _in_order(statement, quote)


def _denials(statement: str, quote: str) -> bool:
    """Whether both deny or neither does; parts of the quote that the statement leaves out don't count."""
    said = tokens(statement)
    meant = [
        clause.text
        for sentence in sentences(quote)
        for clause in clauses(sentence)
        if recall(tokens(clause.text), said) >= _MEANT
    ]
    return bool(_NEGATION.search(statement)) == any(map(_NEGATION.search, meant))


def _in_order(statement: str, quote: str) -> bool:
    """Whether the words both share come in much the same order: A beats B is not B beats A."""
    held = tokens(quote)
    place = {word: index for index, word in reversed(list(enumerate(held)))}
    places = [place[word] for word in dict.fromkeys(tokens(statement)) if word in place]
    least = _IN_STRICT_ORDER if _RELATION.search(statement) else _IN_ORDER
    return len(places) < 2 or _rising(places) >= least * len(places)


def _rising(places: Sequence[int]) -> int:
    """Length of the longest rising subsequence."""
    longest: list[int] = []
    for index, place in enumerate(places):
        longest.append(1 + max((longest[i] for i in range(index) if places[i] < place), default=0))
    return max(longest, default=0)

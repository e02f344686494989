"""Which sentences of some passages say what a statement says, and which are nearest to a question."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from coach.document import Passage
from coach.grade.clauses import Piece, clauses, recall, sentences, tokens
from coach.grade.similarity import Embed, Vector, centred, dot
from coach.grade.steering import masked_passage
from coach.language import detect

_NEW = 0.75
_ALL = 0.7
"""Shares of a statement's words that a quote must hold: of those the question does not, and of all (here its
heading counts, too)."""
_ALIKE = 0.5
"""Least cosine of a statement with its quote."""
_PAIR_GAIN = 0.1
_IN_ORDER = 0.5
_IN_STRICT_ORDER = 0.7
_MEANT = 0.5
_WORDS = 0.5
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:\s?/\s?\d+)?")
_NAME = re.compile(r"\b(?:[a-z]+-?\d\w*|[A-Z]{2,}\w*|[A-Z]\w*-\w+|\w*[a-z][A-Z]\w*)\b")
_LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z\d-]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
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
    """One sentence of a passage, or two that follow one another; `parts` are their numbers."""

    passage: Passage
    text: str
    words: list[str]
    parts: tuple[int, ...]

    @property
    def heading(self) -> str:
        """What the passage is about."""
        return self.passage.chunk.locator.heading


class Sources:
    """The sentences of passages; without an embedder words alone decide.

    Words of the `question` are little support: a passage that shares only those says nothing new.
    """

    def __init__(
        self, passages: Sequence[Passage], embed: Embed | None = None, question: str = ""
    ) -> None:
        self._embed = embed
        self._asked = set(tokens(question))
        self._pieces = [(passage, piece) for passage in passages for piece in quotable(passage)]

    def __bool__(self) -> bool:
        """Whether there is anything to quote."""
        return bool(self._pieces)

    def supporting(self, statement: str) -> tuple[Passage, str] | None:
        """Returns a passage and its words, verbatim, that say a statement; None where none do."""
        near = [quote for quote in self._quotes if self._holds(quote, statement)]
        if not near:
            return None
        vector = self._vector(statement)
        rated = [
            (self._rating(quote, statement, vector), index) for index, quote in enumerate(near)
        ]
        most, index = max(rated, key=lambda rating: (rating[0], -rating[1]))
        return (near[index].passage, near[index].text) if most > 0 else None

    def nearest(self, query: str, count: int) -> list[tuple[Passage, str]]:
        """The sentences nearest to a query, in their order, all of one passage; in its language if there are any."""
        lang = detect(query)
        every = range(len(self._pieces))
        among = [i for i in every if self._pieces[i][0].chunk.lang == lang] or every
        wanted, vector = tokens(query), self._vector(query)
        near = {index: self._nearness(index, wanted, vector) for index in among}
        if not near:
            return []
        passage = self._pieces[max(near, key=near.__getitem__)][0]
        same = [index for index in near if self._pieces[index][0] is passage]
        kept = sorted(sorted(same, key=lambda index: -near[index])[:count])
        return [(passage, self._pieces[index][1].text) for index in kept]

    @cached_property
    def _quotes(self) -> list[_Quote]:
        return [*map(self._single, range(len(self._pieces))), *self._pairs()]

    @cached_property
    def _vectors(self) -> Sequence[Vector]:
        texts = [piece.text for _, piece in self._pieces]
        return centred(self._embed, texts) if self._embed else []

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

    def _holds(self, quote: _Quote, statement: str) -> bool:
        """Whether a quote has the statement's words, and nothing speaks against it."""
        every = tokens(statement)
        if not every:
            return False
        new = [word for word in every if word not in self._asked] or every
        return (
            recall(new, quote.words) >= _NEW
            and recall(every, quote.words + tokens(quote.heading)) >= _ALL
            and _same_names(statement, quote)
            and agrees(statement, quote.text)
        )

    def _rating(self, quote: _Quote, statement: str, vector: Vector) -> float:
        """How well a quote says a statement; 0 where its meaning is another."""
        alike = (
            max((dot(vector, self._vectors[i]) for i in quote.parts), default=0) if vector else 1.0
        )
        if alike < _ALIKE:
            return 0.0
        # Two sentences share more words than one by their length alone.
        gain = _PAIR_GAIN * (len(quote.parts) - 1)
        return alike + recall(tokens(statement), quote.words) - gain

    def _nearness(self, index: int, wanted: list[str], vector: Vector) -> float:
        passage, piece = self._pieces[index]
        alike = dot(vector, self._vectors[index]) if vector else 0.0
        return alike + passage.score + _WORDS * recall(wanted, tokens(piece.text))

    def _vector(self, text: str) -> Vector:
        """The text's vector; empty without an embedder."""
        return centred(self._embed, [text])[0] if self._embed else []


def quotable(passage: Passage) -> list[Piece]:
    """The sentences of a passage that say something: no heading, no questions, no orders to a model."""
    text, heading = passage.chunk.text, passage.chunk.locator.heading
    body = len(heading) if text.startswith(f"{heading}\n") else 0
    told = [
        piece
        for piece in sentences(masked_passage(text))
        if piece.text == text[piece.start : piece.end]
        and piece.start >= body
        and not piece.text.endswith(("?", "？"))
    ]
    return _whole(text, told)


def _whole(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """What a semicolon parts is one sentence again, where nothing but blanks stands between."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if (
            last
            and last.text.endswith((";", "；"))
            and text[last.end : piece.start].strip(" ") == ""
        ):
            found[-1] = Piece(text[last.start : piece.end], last.start, piece.end)
        else:
            found.append(piece)
    return found


def agrees(statement: str, quote: str) -> bool:
    """Whether nothing speaks against a quote with the same words: numbers, negation, order."""
    numbers = Counter(_NUMBER.findall(statement)) <= Counter(_NUMBER.findall(quote))
    return numbers and _denials(statement, quote) and _in_order(statement, quote)


def _same_names(statement: str, quote: _Quote) -> bool:
    """Whether a quote is about what the statement names; its heading may say so, unless it names another."""
    pattern = _LATIN_NAME if _HAN.search(statement) else _NAME
    said, held, above = (_names(pattern, t) for t in (statement, quote.text, quote.heading))
    return said <= held or (said <= held | above and held <= said)


def _names(pattern: re.Pattern[str], text: str) -> set[str]:
    """Abbreviations and the like; in Chinese all that is in Latin letters."""
    return {name.lower().replace("-", "") for name in pattern.findall(text)}


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

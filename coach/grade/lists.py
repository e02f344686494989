"""Finds bare lists in an answer: names of terms or of key points in a row, nothing said of any."""

import itertools
import re
from collections.abc import Iterator, Sequence

from coach.grade import orders
from coach.grade.clauses import Piece, recall, sentences, tokens

LONG = 8
_MOST = 0.5
_FEWEST = 2
_NAME = 24
"""A piece with at most so much room names something: a Chinese character takes two, another word four."""
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")
_BETWEEN = re.compile(r"[,;、，；\n]+|[。.](?=\s|$)")
_TERM_EN = re.compile(r"[A-Za-z][\w'-]*(?: [\w'-]+){0,3}")
_TERM_ZH = re.compile(r"[\w\u3400-\u9fff -]{2,8}")
# Words that relate things to one another: where one stands, something is said.
_SAYING = re.compile(
    r"\b(?:is|are|was|be|has|have|not|no|than|of|to|in|on|by|for|with|from|at|per|as|via|if|so|only|because|when|then|it|we|you|i|can"
    r"|and|or|vs|each|every|more|less|fewer|the|a|an)\b|[是不会使让把因为则用与和由对从到被比更最后前若能可以无有没每只按跟]",
    re.IGNORECASE,
)


def bare_lists(text: str, points: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yields the span of every run of eight or more bare terms; of none where there are no key points.

    Where a key point asks for names, or one key point alone holds most of the terms, a list is an answer.
    """
    if not points or any(_is_bare(point) for point in points):
        return
    for run in _runs(text):
        if len(run) >= LONG and not _of_one_point([text[a:b] for a, b in run], points):
            yield run[0][0], run[-1][1]


def _runs(text: str) -> Iterator[list[tuple[int, int]]]:
    run: list[tuple[int, int]] = []
    start = 0
    for end, following in [*(m.span() for m in _BETWEEN.finditer(text)), (len(text), len(text))]:
        if _is_bare(text[start:end]):
            run.append((start, end))
        elif text[start:end].strip():
            yield run
            run = []
        start = following
    yield run


def _is_bare(text: str) -> bool:
    term = text.strip().rstrip(".。")
    shape = _TERM_ZH if re.search(r"[\u3400-\u9fff]", term) else _TERM_EN
    return bool(shape.fullmatch(term)) and not _SAYING.search(term)


def _of_one_point(terms: Sequence[str], points: Sequence[str]) -> bool:
    words = tokens(" ".join(terms))
    return any(recall(words, tokens(point)) >= _MOST for point in points)


def claimed_lists(text: str) -> Iterator[tuple[int, int]]:
    """Yields the span of every run of names and claims: "I know all of these: ...", "each is true, and false: ..."."""
    claims = {piece for piece in sentences(text) if orders.is_claim(piece.text)}
    for listed, run in itertools.groupby(
        sentences(text), lambda piece: piece in claims or _room(piece.text) <= _NAME
    ):
        pieces = list(run)
        if listed and len(pieces) > 1 and not claims.isdisjoint(pieces):
            yield pieces[0].start, pieces[-1].end


def recited(text: str, points: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yields the span of every run of beginnings of two or more key points, broken off in mid-clause."""

    def begun(piece: Piece) -> int | None:
        return next((i for i, point in enumerate(points) if _breaks_off(piece.text, point)), None)

    for some, run in itertools.groupby(sentences(text), lambda piece: begun(piece) is not None):
        pieces = list(run)
        if some and len({begun(piece) for piece in pieces}) > 1:
            yield pieces[0].start, pieces[-1].end


def _breaks_off(text: str, point: str) -> bool:
    """Whether the text is how a key point begins, less than half of it, with the clause going on after it."""
    words = _WORD.findall(text)
    if len(words) < _FEWEST or 2 * len(words) >= len(_WORD.findall(point)):
        return False
    begins = re.compile(r"\W*" + r"\W*".join(map(re.escape, words)) + r"\s*\w", re.IGNORECASE)
    return bool(begins.match(point))


def _room(text: str) -> int:
    return sum(2 if word >= "\u3400" else 4 for word in _WORD.findall(text))

"""Finds bare lists of terms in an answer: many names in a row, nothing said of any."""

import re
from collections.abc import Iterator, Sequence

from coach.grade.clauses import recall, tokens

LONG = 8
_MOST = 0.5
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

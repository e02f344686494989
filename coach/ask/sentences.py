"""A reply cut into sentences while it is still coming in."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coach.grade.clauses import is_abbreviation

_END = re.compile(r"[。！？!?]+[”」』）)\"']*|\.[\"')]*(?=\s)|\n+")
_OWN_MARKER = re.compile(r"\s*(?<![A-Za-z0-9_)])\[\d+(?:\s*[,，-]\s*\d+)*\]")
_BRACKETS = str.maketrans("[]", "()")
_UNSETTLED = re.compile(r"\s*(?:\[[\d\s,，-]*)?$")


@dataclass(frozen=True)
class SentenceEnd:
    """A sentence is complete; `text` is all of it, as its pieces were given out."""

    text: str


def flow(pieces: Iterable[str]) -> Iterator[str | SentenceEnd]:
    """Passes words on as they come, and says where each sentence ends."""
    waiting, said = "", ""
    for piece in pieces:
        waiting += piece
        while (end := _sentence_end(waiting)) is not None:
            if more := plain(waiting[:end])[len(said) :]:
                yield more
            yield SentenceEnd(said + more)
            waiting, said = waiting[end:], ""
        settled = waiting[: _unsettled(waiting)]
        if more := plain(settled)[len(said) :]:
            yield more
            said += more
    if more := plain(waiting)[len(said) :]:
        yield more
    yield SentenceEnd(said + more)


def plain(text: str) -> str:
    """A sentence without markers the model wrote itself; no other bracket can pass for one, either."""
    return _OWN_MARKER.sub("", text).translate(_BRACKETS).strip()


def _sentence_end(text: str) -> int | None:
    """Where the first sentence ends; the text must go on, as a point alone may belong to a number."""
    for match in _END.finditer(text):
        if match.end() < len(text) and not is_abbreviation(text[: match.end()]):
            return match.end()
    return None


def _unsettled(text: str) -> int:
    match = _UNSETTLED.search(text)
    return match.start() if match else len(text)

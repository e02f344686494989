"""Words that no passage holds, replaced by the one of the passages that is spelt most alike."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import get_close_matches
from itertools import chain

# Letters in a row that must agree, on the scale of difflib: one or two slips in a word.
_ALIKE = 0.75
_SHORTEST = 4
# A query in a language that nothing is written in would be compared word by word.
_TRIED = 5


def respelt(query: Sequence[str], vocabularies: Iterable[Collection[str]]) -> list[str]:
    """The words of a query; a slip of the pen becomes the known word with the same first letter."""
    known = list(vocabularies)
    strange = [word for word in query if _is_strange(word, known)][:_TRIED]
    mended = {word: _nearest(word, known) for word in strange}
    return [mended.get(word, word) for word in query]


def mended(query: str, said: Sequence[str], meant: Sequence[str]) -> str:
    """A query in lower case with the words that were meant in place of those that were said."""
    text = query.lower()
    for slip, word in zip(said, meant, strict=True):
        if slip != word:
            text = re.sub(rf"(?<![a-z0-9]){slip}(?![a-z0-9])", word, text)
    return text


def _is_strange(word: str, vocabularies: Sequence[Collection[str]]) -> bool:
    spelt = len(word) >= _SHORTEST and word.isascii() and word.isalpha()
    return spelt and not any(word in known for known in vocabularies)


def _nearest(word: str, vocabularies: Sequence[Collection[str]]) -> str:
    close = get_close_matches(word, set(_candidates(word, vocabularies)), n=1, cutoff=_ALIKE)
    return close[0] if close else word


def _candidates(word: str, vocabularies: Sequence[Collection[str]]) -> Iterator[str]:
    for other in chain.from_iterable(vocabularies):
        if other[:1] == word[0] and abs(len(other) - len(word)) <= 2:
            yield other

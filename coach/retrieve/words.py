"""A text as the words BM25 compares."""

import re
from collections.abc import Iterator

_WORD = re.compile(r"[a-z0-9]+|[\u3400-\u9fff\uf900-\ufaff]+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LATIN = re.compile(r"[A-Za-z]{2,}")


def words(text: str) -> list[str]:
    """Lower-case words; Chinese cut into words, their parts and single characters.

    Single characters let a rare term match whose cut differs between the query and the passage.
    """
    return list(_words(text.lower()))


def is_mixed(query: str) -> bool:
    """Whether a query holds words of both scripts."""
    return is_han(query) and bool(_LATIN.search(query))


def is_han(text: str) -> bool:
    """Whether a text holds Chinese characters."""
    return bool(_HAN.search(text))


def _words(text: str) -> Iterator[str]:
    for match in _WORD.finditer(text):
        run = match[0]
        if run[0] < "\u3400":
            yield run
        else:
            import rjieba

            yield from rjieba.cut_for_search(run)
            yield from run

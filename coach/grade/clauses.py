"""Cuts text into sentences, clauses and tokens, for English and Chinese alike."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_SENTENCE_END = re.compile(r"[。！？；!?;]+[”’」』）\")']*|\.+[\"')”]*(?=\s|$)|\n+")
_CLAUSE_END = re.compile(r"[，：、]+|[,:](?=\s|$)|\s[-–—]+\s|——|\s*(?:->|=>|→|⇒)\s*")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|i\.i\.d|etc|vs|cf|eq|fig|al|resp|approx)|(?:^|\n)[ \t]*\d{1,3})\.$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)?|[\u3400-\u9fff]+|[α-ωΑ-Ω]", re.IGNORECASE)
_CJK = re.compile(r"[\u3400-\u9fff]")
_STOP_WORDS = """
a an the is are was were be been being it its this that these those of to in on at by for from
with as and or than then so such which who what when where while will would can could may might
should do does did has have had there here their they them you your we our i he she his her one
also into over each any all both very more most some just only not no
"""
_STOP = frozenset(_STOP_WORDS.split())
_NEGATION = frozenset(("not", "no"))
_ENDINGS = (
    "ization",
    "isation",
    "izing",
    "ising",
    "ation",
    "ingly",
    "ments",
    "ment",
    "ness",
    "ions",
)
_SHORT_ENDINGS = ("ing", "ies", "ed", "es", "ly", "al", "s", "e")


@dataclass(frozen=True)
class Piece:
    """A stretch of a text: `source[start:end] == text`, without surrounding white space."""

    text: str
    start: int
    end: int


def sentences(text: str) -> list[Piece]:
    """Returns the sentences of a text, in order; list items and lines count as sentences."""
    return list(_cut(text, 0, _sentence_ends(text)))


def clauses(piece: Piece) -> list[Piece]:
    """Returns the clauses of one sentence, in order, with positions in the same source."""
    ends = (match.end() for match in _CLAUSE_END.finditer(piece.text))
    return list(_cut(piece.text, piece.start, ends))


def tokens(text: str) -> list[str]:
    """Returns comparable tokens: stemmed content words, numbers, and pairs of Chinese characters."""
    found: list[str] = []
    for match in _WORD.finditer(unicodedata.normalize("NFKC", text).lower()):
        word = match.group()
        if _CJK.match(word):
            found.extend(word[i : i + 2] for i in range(max(1, len(word) - 1)))
        elif word in _NEGATION or word not in _STOP:
            found.append(stem(word))
    return found


def stem(word: str) -> str:
    """Cuts common English endings so that forms of one word compare equal; never below four letters."""
    for ending in (*_ENDINGS, *_SHORT_ENDINGS):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def recall(needles: list[str], haystack: list[str]) -> float:
    """Returns the share (0 to 1) of distinct `needles` that occur in `haystack`."""
    wanted = set(needles)
    return len(wanted & set(haystack)) / len(wanted) if wanted else 0.0


def is_abbreviation(text: str) -> bool:
    """Whether the point at the end of a text belongs to its last word, as in "e.g." or a list's "2."."""
    return bool(_ABBREVIATION.search(text[-12:]))


def _sentence_ends(text: str) -> Iterator[int]:
    for match in _SENTENCE_END.finditer(text):
        if is_abbreviation(text[: match.start() + 1]):
            continue
        yield match.end()


def _cut(text: str, offset: int, ends: Iterator[int]) -> Iterator[Piece]:
    start = 0
    for end in (*ends, len(text)):
        raw = text[start:end]
        body = raw.strip()
        if any(char.isalnum() for char in body):
            lead = start + len(raw) - len(raw.lstrip())
            yield Piece(body, offset + lead, offset + lead + len(body))
        start = end

"""Names for the same thing: who asks for a convnet wants what is written of CNNs, in either language."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

from coach.paths import CORPUS
from coach.retrieve.words import is_han, words

_GAP = re.compile(r"[\s-]+")

Name = tuple[str, ...]
"""The words of a name, as BM25 compares them."""


@dataclass(frozen=True)
class Term:
    """What a query names: the name it uses, and the others of the same thing."""

    said: Name
    others: tuple[Name, ...]


@dataclass(frozen=True)
class Terms:
    """The table of names; of two that overlap in a query the one that begins first counts, then the longer one."""

    rows: tuple[tuple[str, ...], ...]
    row_of: Mapping[str, int]
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, rows: Sequence[Sequence[str]]) -> "Terms":
        """Compiles the table: one pattern for all names."""
        row_of = {_plain(name): row for row, names in enumerate(rows) for name in names}
        names = sorted(row_of, key=len, reverse=True)
        latin = "|".join(_spaced(name) for name in names if not is_han(name))
        han = "|".join(_spaced(name) for name in names if is_han(name))
        pattern = rf"(?<![a-z0-9])(?:{latin})(?:e?s)?(?![a-z0-9])|{han}"
        return cls(tuple(map(tuple, rows)), row_of, re.compile(pattern))

    def in_query(self, query: str) -> list[Term]:
        """What a query names, in its order, each thing once."""
        found: dict[int, Term] = {}
        for match in self.pattern.finditer(query.lower()):
            said = self._name(_plain(match[0]))
            row = self.row_of[said]
            others = (_words_of(name) for name in self.rows[row] if _plain(name) != said)
            found.setdefault(row, Term(_words_of(said), tuple(filter(None, others))))
        return list(found.values())

    def _name(self, said: str) -> str:
        """The name in the table, where a query may use its plural."""
        forms = (said, said.removesuffix("s"), said.removesuffix("es"))
        return next(form for form in forms if form in self.row_of)


@cache
def shipped_terms(file: Path = CORPUS / "terms.toml") -> Terms:
    """The table that comes with the corpus."""
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return Terms.of(list(chain.from_iterable(table.values())))


def _plain(name: str) -> str:
    return _GAP.sub(" ", name)


def _spaced(name: str) -> str:
    return _GAP.pattern.join(map(re.escape, name.split(" ")))


def _words_of(name: str) -> Name:
    # A single character of a Chinese name says too little.
    return tuple(word for word in words(name) if len(word) > 1 or not is_han(word))

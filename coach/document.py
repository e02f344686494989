"""Documents as they are read, chunks as they are stored, passages as they are found."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

from coach.language import Lang

ChunkKind = Literal["qa", "section", "card"]


@dataclass(frozen=True)
class SourceDocument:
    """A document's decoded text; `name` is its path relative to the folder that was ingested.

    `marks` names the parts of a file whose lines nobody sees, a PDF's pages for instance: each with its first line.
    `steering` is the first line of the file that had characters which steer a terminal or turn the direction of
    text, and which are not in `text`; 0 where there were none.
    """

    path: Path
    name: str
    text: str
    marks: tuple[tuple[int, str], ...] = ()
    steering: int = 0


@dataclass(frozen=True)
class SourceLine:
    """One line of a document as it is read: its number in the file and its text without markup."""

    number: int
    text: str


@dataclass(frozen=True)
class Pair:
    """A question of a document with the lines that answer it; `line` is where the question stands."""

    document: str
    line: int
    question: str
    lines: tuple[SourceLine, ...]

    @property
    def key(self) -> str:
        """Hash of what is asked and answered: the same pair elsewhere, or moved, is the same pair."""
        text = "\n".join([self.question, *(line.text.strip() for line in self.lines)])
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def text(self) -> str:
        """The answer as the document gives it."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True)
class Locator:
    """Where a text stands in its document: lines from 1, both inclusive, and the heading or question above it."""

    start_line: int
    end_line: int
    heading: str


@dataclass(frozen=True)
class Chunk:
    """A piece of a document as it is stored; the id is a hash of document name, locator and text."""

    document: str
    locator: Locator
    lang: Lang
    text: str
    kind: ChunkKind

    @cached_property
    def id(self) -> str:
        """First 16 hexadecimal digits of the chunk's hash."""
        place = self.locator
        return chunk_id(self.document, place.start_line, place.heading, self.text)


def chunk_id(document: object, start_line: object, heading: object, text: object) -> str:
    """The id of a chunk made of these; anything else gives another."""
    whole = f"{document}\0{start_line}\0{heading}\0{text}"
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def joined(pieces: Sequence[Chunk]) -> Chunk:
    """Pieces of one section that follow one another, as one chunk; its heading stands there once."""
    first, *rest = pieces
    if not rest:
        return first
    heading = first.text.split("\n", 1)[0] + "\n"
    text = "\n".join((first.text, *(piece.text.removeprefix(heading) for piece in rest)))
    return replace(
        first, text=text, locator=replace(first.locator, end_line=rest[-1].locator.end_line)
    )


@dataclass(frozen=True)
class Passage:
    """A chunk that was found, or some that follow one another as one.

    `score` is the cosine similarity of the best of them to the query, from -1 to 1.
    """

    chunk: Chunk
    score: float
    also_in: tuple[Chunk, ...] = ()


@dataclass(frozen=True)
class Reading:
    """Passages to answer from, the most telling first; `covered` is the probability that they answer."""

    passages: tuple[Passage, ...]
    covered: float

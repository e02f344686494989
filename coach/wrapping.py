"""Text that comes in pieces, broken between words at the edge of a terminal."""

import re
import unicodedata
from collections.abc import Callable

_PART = re.compile(r"\n|[^\S\n]+|[\u2e80-\uffef]|[^\s\u2e80-\uffef]+")


class Wrapped:
    """Passes text on to `write`, with line breaks where the next word would cross `columns`."""

    def __init__(self, write: Callable[[str], None], columns: int) -> None:
        self._write = write
        self._columns = columns
        self._at = 0
        self._space = ""
        self._waiting = ""

    def add(self, text: str) -> None:
        """Takes the next piece; a word is passed on once it is whole."""
        *whole, self._waiting = _PART.findall(self._waiting + text) or [""]
        self._place(whole)

    def end(self) -> None:
        """Passes on what is left."""
        self._place([self._waiting])
        self._waiting = ""

    def _place(self, parts: list[str]) -> None:
        for part in parts:
            if part == "\n":
                self._out(part, 0)
            elif not part.strip():
                self._space = part
            else:
                self._word(part)

    def _word(self, word: str) -> None:
        width = _cells(word)
        after = self._at + len(self._space) + width
        if after > self._columns:
            self._out("\n" * (self._at > 0) + word, width)
        else:
            self._out(self._space + word, after)

    def _out(self, text: str, at: int) -> None:
        self._write(text)
        self._at, self._space = at, ""


def _cells(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)

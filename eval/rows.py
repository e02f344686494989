"""JSONL files of any kind of set, read as a stream and checked field by field."""

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, NoReturn, Protocol, TypeVar, cast

from coach.errors import InputFileError
from coach.language import LANGS, Lang


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Named)


def read_rows(path: Path, fields: Sequence[str], made: "Callable[[Row], T]") -> Iterator[T]:
    """Yields what is made of each line, in the file's order; InputFileError names the line and field that is wrong."""
    seen = Ids()
    for number, line in read_lines(path):
        if line.strip():
            row = Row.parse(path, number, line, fields)
            item = made(row)
            seen.add(item.id, row)
            yield item


def read_lines(path: Path, *, cut_off: bool = False) -> Iterator[tuple[int, str]]:
    """Yields the lines of a file in UTF-8 with their numbers; one that is no UTF-8 is an InputFileError.

    With `cut_off` a last line without its end may break off in the middle of a character.
    """
    number = 0
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                errors = "replace" if cut_off and not line.endswith(b"\n") else "strict"
                # A byte order mark is no part of the first line.
                yield number, line.decode("utf-8-sig" if number == 1 else "utf-8", errors)
    except UnicodeDecodeError as error:
        place = f"{path}, line {number}, byte {error.start + 1}"
        raise InputFileError(f"{place}: no UTF-8.", "Save the file as UTF-8.", number) from error
    except OSError as error:
        raise InputFileError(f"{path}: {error}", "A set is a JSONL file in UTF-8.") from error


class Ids:
    """The ids seen so far, eight bytes of each: a set of millions fits into memory."""

    def __init__(self) -> None:
        self._seen: set[int] = set()

    def add(self, name: str, row: "Row") -> None:
        """Raises InputFileError where the row's id was there before."""
        digest = int.from_bytes(digest_of(name))
        if digest in self._seen:
            row.fail("id", f"{cut(name)} occurs twice")
        self._seen.add(digest)


def digest_of(text: str, size: int = 8) -> bytes:
    """A hash of so many bytes; the same on every machine."""
    return blake2b(text.encode("utf-8", "backslashreplace"), digest_size=size).digest()


class Row:
    """One line of a set; `fields` are those it needs, for the message where one is wrong."""

    def __init__(
        self, path: Path, number: int, row: Mapping[str, Any], fields: Sequence[str]
    ) -> None:
        self.line = number
        self.fields = fields
        self.place = f"{path}, line {number}"
        self.row = row

    @classmethod
    def parse(cls, path: Path, number: int, line: str, fields: Sequence[str]) -> "Row":
        """Reads a line of JSON; InputFileError where it is no object."""
        place = f"{path}, line {number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputFileError(f"{place}: {error}", "One JSON object a line.", number) from error
        if not isinstance(row, Mapping):
            raise InputFileError(f"{place}: no JSON object.", "One JSON object a line.", number)
        return cls(path, number, row, fields)

    def fail(self, name: str, why: str) -> NoReturn:
        """Raises InputFileError that names the place and the field."""
        raise InputFileError(
            f"{self.place}: {name} {why}.", f"Needed fields: {', '.join(self.fields)}.", self.line
        )

    def need(self, name: str) -> Any:
        """A field that must be there."""
        value = self.row.get(name)
        if value is None or value == "":
            self.fail(name, "is missing")
        return value

    def text(self, name: str) -> str:
        """A field of text."""
        value = self.row.get(name)
        if not isinstance(value, str):
            self.fail(name, "is missing or no text")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A text or a list of texts."""
        value = self.need(name)
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(item, str) for item in values):
            self.fail(name, "is neither text nor a list of texts")
        return tuple(values)

    def said(self, name: str) -> str:
        """A field of text with something in it."""
        text = self.text(name)
        if not text.strip():
            self.fail(name, "is empty")
        return text

    def lang(self) -> Lang:
        """The field `lang`."""
        lang = self.row.get("lang")
        if lang not in LANGS:
            self.fail("lang", f"is {cut(lang)}; it can be en or zh")
        return cast("Lang", lang)

    def number(self, name: str) -> float:
        """A finite number; True and False are none."""
        value = self.need(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.fail(name, f"is {cut(value)}, no number")
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            self.fail(name, "is not finite")
        return number

    def mark(self, name: str, top: float) -> float:
        """A number from 0 to `top`."""
        mark = self.number(name)
        if not 0 <= mark <= top:
            self.fail(name, f"is {mark:g}; it must lie between 0 and {top:g}")
        return mark


def cut(value: object) -> str:
    """A value as a message can show it: not longer than a line."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"

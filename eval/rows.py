"""JSONL files of any kind of set, read as a stream and checked field by field."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn, Protocol, TypeVar, cast

from coach.card import LANGS, Lang
from coach.errors import InputFileError


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Named)


def read_rows(path: Path, fields: Sequence[str], made: "Callable[[Row], T]") -> Iterator[T]:
    """Yields what is made of each line, in the file's order; InputFileError names the line and field that is wrong."""
    try:
        with path.open(encoding="utf-8") as lines:
            seen: set[str] = set()
            for number, line in enumerate(lines, 1):
                if line.strip():
                    row = Row(path, number, line, fields)
                    item = made(row)
                    if item.id in seen:
                        row.fail("id", f"{item.id!r} occurs twice")
                    seen.add(item.id)
                    yield item
    except (OSError, UnicodeDecodeError) as error:
        raise InputFileError(f"{path}: {error}", "A set is a JSONL file in UTF-8.") from error


class Row:
    """One line of a set; `fields` are those it needs, for the message where one is wrong."""

    def __init__(self, path: Path, number: int, line: str, fields: Sequence[str]) -> None:
        self.fields = fields
        self.place = f"{path}, line {number}"
        try:
            row = json.loads(line)
        except ValueError as error:
            raise InputFileError(f"{self.place}: {error}", "One JSON object a line.") from error
        if not isinstance(row, Mapping):
            raise InputFileError(f"{self.place}: no JSON object.", "One JSON object a line.")
        self.row: Mapping[str, Any] = row

    def fail(self, name: str, why: str) -> NoReturn:
        """Raises InputFileError that names the place and the field."""
        raise InputFileError(
            f"{self.place}: {name} {why}.", f"Needed fields: {', '.join(self.fields)}."
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
            self.fail("lang", f"is {lang!r}; it can be en or zh")
        return cast("Lang", lang)

    def number(self, name: str) -> float:
        """A number; True and False are none."""
        value = self.need(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.fail(name, f"is {value!r}, no number")
        return float(value)

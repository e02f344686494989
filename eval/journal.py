"""Finished work, kept line by line: what is written is done, and a later run goes on after it."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from coach.errors import InputFileError, UsageError
from eval.rows import Row

Line = dict[str, Any]
_FIELDS = ("key",)


class Journal:
    """A file of JSON lines with a `key` each; a line is one write, so that only the last can be cut off."""

    def __init__(self, file: Path) -> None:
        self.path = file
        self._file: BinaryIO | None = None

    def open(self, keep: Callable[[Line], bool]) -> None:
        """Drops the lines not to be kept and a cut-off last one, and goes on after the others."""
        beside = self.path.with_name(self.path.name + ".new")
        with _writing(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if self.path.exists():
                with beside.open("wb") as kept:
                    for line in self.read():
                        if keep(line):
                            kept.write(_bytes(line))
                beside.replace(self.path)
            self._file = self.path.open("ab", buffering=0)

    def read(self) -> Iterator[Line]:
        """Yields the whole lines; InputFileError where one of them is none of ours."""
        if not self.path.exists():
            return
        with self.path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.endswith(b"\n"):
                    text = line.decode("utf-8", "replace")
                    row = Row.parse(self.path, number, text, _FIELDS)
                    row.text("key")
                    yield dict(row.row)

    def add(self, line: Mapping[str, Any]) -> None:
        """Appends a line."""
        assert self._file is not None  # noqa: S101  # opened before
        with _writing(self.path):
            self._file.write(_bytes(line))

    def close(self) -> None:
        """Ends writing; reading is still possible."""
        if self._file is not None:
            self._file.close()


def check_free(folder: Path, names: tuple[str, ...]) -> None:
    """UsageError where an earlier run has left results in the folder."""
    if any((folder / name).exists() for name in names):
        raise UsageError(
            f"{folder} holds the results of an earlier run.",
            "--resume goes on with it; or choose another folder.",
        )


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Turns what the file system refuses into an InputFileError."""
    try:
        yield
    except OSError as error:
        raise InputFileError(
            f"{path}: {error.strerror or error}",
            "Choose a folder that can be written, on a disk with room; --resume goes on.",
        ) from error


def _bytes(line: Mapping[str, Any]) -> bytes:
    # Half a surrogate pair, which JSON may hold and UTF-8 may not, stays a JSON escape.
    return json.dumps(line, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"

"""Finds the files to read and gives their text; whatever cannot be read becomes a `Problem`."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from coach.document import SourceDocument
from coach.errors import InputFileError
from coach.ingest.decode import NotText, decode, first_steering, is_binary
from coach.ingest.decode import clean as clean
from coach.ingest.decode import shown as shown
from coach.ingest.formats import DOCUMENTS, MEDIA, Extract, extract
from coach.ingest.html import MAX_NESTING, is_page, nesting

MAX_BYTES = 20 * 1024 * 1024
# A paragraph is shorter: what has longer lines is data, and would fill the index with noise.
MAX_LINE = 200_000
SKIPPED_FOLDERS = {"node_modules", "__pycache__", "site-packages"}


@dataclass(frozen=True)
class Problem:
    """Something that could not be read; `line` is 0 where the whole file is meant."""

    path: str
    line: int
    message: str


@dataclass(frozen=True)
class LeftOut(Problem):
    """A file in a folder that holds no text, and does not pretend to: told in one line with its like."""


@dataclass(frozen=True)
class Found:
    """A file to read: where it lies, the folder that was named (or its own), its name relative to that."""

    path: Path
    root: Path
    name: str
    in_folder: bool = False

    @property
    def beside(self) -> bool:
        """Whether it lies in a folder and does not look like a document: it may be no text."""
        return self.in_folder and self.path.suffix.lower() not in DOCUMENTS


def find(paths: Sequence[Path]) -> tuple[list[Found], list[Problem]]:
    """Every file under the paths, each once; missing and special files become problems."""
    found: dict[Path, Found] = {}
    problems: list[Problem] = []
    for path in paths:
        start = Path(os.path.abspath(path.expanduser()))  # noqa: PTH100  # keeps links as they are named
        for item in _under(start):
            if isinstance(item, Problem):
                problems.append(item)
            else:
                found.setdefault(item.path, item)
    return list(found.values()), problems


def read(found: Found) -> SourceDocument:
    """The document's text; NotText or another InputFileError says why a file cannot be read."""
    return parse(found, load(found))


def load(found: Found) -> bytes:
    """A file's bytes; NotText or another InputFileError where there is nothing to parse."""
    if found.beside and found.path.suffix.lower() in MEDIA:
        raise NotText(f"{shown(found.path)}: it holds no text.")
    try:
        return _bytes(found)
    except OSError as error:
        raise InputFileError(
            f"{shown(found.path)}: {error.strerror or error}", "Check that you may read the file."
        ) from error


def parse(found: Found, data: bytes) -> SourceDocument:
    """The text in a file's bytes; NotText or another InputFileError where there is none."""
    name = shown(found.path)
    got, steering = extract(data, name, found.path.suffix), 0
    if got is None:
        text = decode(data, name)
        got, steering = Extract(clean(text)), first_steering(text)
    _check_lines(got.text, name)
    _check_nesting(got.text, name)
    return SourceDocument(
        path=found.path, name=found.name, text=got.text, marks=got.marks, steering=steering
    )


def _check_lines(text: str, name: str) -> None:
    # A web page may well stand on one line.
    if len(text) <= MAX_LINE or is_page(text):
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > MAX_LINE:
            raise InputFileError(
                f"{name}: line {number} has {len(line)} characters; this is data, not prose.",
                "Break it into lines and paragraphs.",
                number,
            )


def _check_nesting(text: str, name: str) -> None:
    if (depth := nesting(text)) > MAX_NESTING:
        raise InputFileError(
            f"{name}: its tags are nested {depth} deep; no page for readers is.",
            "Save its text as plain text.",
        )


def _bytes(found: Found) -> bytes:
    path = found.path
    state = path.stat()
    if not stat.S_ISREG(state.st_mode):
        raise InputFileError(f"{shown(path)}: this is no regular file.", "Give a text file.")
    # Read one byte more than allowed: a file may grow, or be larger than it says.
    with path.open("rb") as file:
        data = file.read(8192 if state.st_size > MAX_BYTES else MAX_BYTES + 1)
    if max(state.st_size, len(data)) <= MAX_BYTES:
        return data
    name = shown(path)
    if found.beside and is_binary(data):
        raise NotText(f"{name}: it holds no text.")
    size = max(state.st_size, MAX_BYTES + 1) / 1024**2
    raise InputFileError(
        f"{name}: {size:.0f} MiB is more than the {MAX_BYTES // 1024**2} MiB a document may have.",
        "Split it into smaller files.",
    )


def _under(start: Path) -> Iterator[Found | Problem]:
    try:
        folder = stat.S_ISDIR(start.stat().st_mode)
    except OSError as error:
        reason = (
            "no such file or folder" if isinstance(error, FileNotFoundError) else error.strerror
        )
        yield Problem(shown(start), 0, f"{shown(start)}: {reason}.")
        return
    if folder:
        yield from _walk(start)
    else:
        yield Found(start, start.parent, shown(start.name))


def _walk(root: Path) -> Iterator[Found | Problem]:
    """Files below a folder in order. A folder that links lead to twice is read once, or never ends."""
    visited: set[tuple[int, int]] = set()
    pending = [root]
    while pending:
        path = pending.pop()
        try:
            state = path.stat()
            if not stat.S_ISDIR(state.st_mode):
                yield Found(path, root, shown(path.relative_to(root)), in_folder=True)
                continue
            if (state.st_dev, state.st_ino) in visited:
                if any(parent.samefile(path) for parent in path.parents):
                    message = f"{shown(path)}: the link leads back to a folder above it."
                    yield Problem(shown(path), 0, message)
                continue
            visited.add((state.st_dev, state.st_ino))
            entries = sorted(path.iterdir(), key=attrgetter("name"), reverse=True)
        except OSError as error:
            yield Problem(shown(path), 0, f"{shown(path)}: {error.strerror}.")
            continue
        pending += [entry for entry in entries if not _skipped(entry.name)]


def _skipped(name: str) -> bool:
    return name.startswith(".") or name in SKIPPED_FOLDERS

"""Finds the files to read and decodes them; whatever cannot be read becomes a `Problem`."""

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from coach.document import SourceDocument
from coach.errors import InputFileError

MAX_BYTES = 20 * 1024 * 1024
SKIPPED_FOLDERS = {"node_modules", "__pycache__", "site-packages"}

_BINARY = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip archive or an office document",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\x7fELF": "a program",
    b"\x1f\x8b": "a compressed file",
}
# Tab, newline and the rest of printable text stay; bidirectional overrides can disguise what is read.
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_ENCODINGS = (
    "gb18030",
    "big5",
    "shift_jis",
    "euc_kr",
    "cp1252",
    "utf_16",
    "utf_16_le",
    "utf_16_be",
)


@dataclass(frozen=True)
class Problem:
    """Something that could not be read; `line` is 0 where the whole file is meant."""

    path: str
    line: int
    message: str


@dataclass(frozen=True)
class Found:
    """A file to read: where it lies, the folder that was named (or its own), its name relative to that."""

    path: Path
    root: Path
    name: str


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
    """The decoded text; InputFileError says why a file cannot be read as text."""
    try:
        data = _bytes(found.path)
    except OSError as error:
        raise InputFileError(
            f"{shown(found.path)}: {error.strerror or error}", "Check that you may read the file."
        ) from error
    text = clean(decode(data, shown(found.path)))
    return SourceDocument(path=found.path, name=found.name, text=text)


def clean(text: str) -> str:
    """Newlines as `\\n`, no control characters; the number of lines stays."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", lines))


def decode(data: bytes, name: str) -> str:
    """Bytes to text: UTF-8, what a byte order mark says, else the likeliest encoding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    kind = next((kind for magic, kind in _BINARY.items() if data.startswith(magic)), None)
    if kind or b"\0" in data:
        raise InputFileError(
            f"{name}: this is {kind or 'a binary file'}, not text.",
            "Export it as Markdown, HTML or plain text.",
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _guessed(data, name, error)


def shown(path: Path | str) -> str:
    """A path as printable text: bytes that are no UTF-8 and control characters are escaped."""
    text = os.fsencode(path).decode("utf-8", errors="backslashreplace")
    return _CONTROLS.sub(lambda match: f"\\x{ord(match[0]):02x}", text).replace("\n", "\\n")


def _guessed(data: bytes, name: str, error: UnicodeDecodeError) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[: 256 * 1024], cp_isolation=list(_ENCODINGS)).best()
    try:
        if best is not None:
            return data.decode(best.encoding)
    except UnicodeDecodeError as wrong:
        error = wrong
    line = data.count(b"\n", 0, error.start) + 1
    raise InputFileError(
        f"{name}: line {line} is not UTF-8, and the encoding cannot be told.",
        "Save the file as UTF-8.",
    )


def _bytes(path: Path) -> bytes:
    state = path.stat()
    if not stat.S_ISREG(state.st_mode):
        raise InputFileError(f"{shown(path)}: this is no regular file.", "Give a text file.")
    # Read one byte more than allowed: a file may grow, or be larger than it says.
    if state.st_size <= MAX_BYTES:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) <= MAX_BYTES:
            return data
    size = max(state.st_size, MAX_BYTES + 1) / 1024**2
    raise InputFileError(
        f"{shown(path)}: {size:.0f} MiB is more than the {MAX_BYTES // 1024**2} MiB a document may have.",
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
        yield from _walk(start, start, frozenset())
    else:
        yield Found(start, start.parent, shown(start.name))


def _walk(folder: Path, root: Path, above: frozenset[Path]) -> Iterator[Found | Problem]:
    try:
        real = folder.resolve()
        entries = sorted(folder.iterdir())
    except (OSError, RuntimeError) as error:
        yield Problem(shown(folder), 0, f"{shown(folder)}: {getattr(error, 'strerror', error)}.")
        return
    if real in above:
        yield Problem(
            shown(folder), 0, f"{shown(folder)}: the link leads back to a folder above it."
        )
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name in SKIPPED_FOLDERS:
            continue
        yield from _entry(entry, root, above | {real})


def _entry(entry: Path, root: Path, above: frozenset[Path]) -> Iterator[Found | Problem]:
    try:
        mode = entry.stat().st_mode
    except OSError as error:
        yield Problem(shown(entry), 0, f"{shown(entry)}: {error.strerror}.")
        return
    if stat.S_ISDIR(mode):
        yield from _walk(entry, root, above)
    else:
        yield Found(entry, root, shown(entry.relative_to(root)))

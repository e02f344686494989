"""Bytes to clean text, whatever encoding they are in."""

import os
import re
from pathlib import Path

from coach.errors import InputFileError

_BINARY = {
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
# What no editor puts there unasked: it steers terminals or turns the order of what is read.
_STEERING = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200f\u202a-\u202e\u2066-\u2069]")
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


class NotText(InputFileError):
    """A picture, a program, an archive: in a folder of notes it may lie beside the documents."""


def clean(text: str) -> str:
    """Newlines as `\\n`, no control characters; the number of lines stays."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", lines))


def first_steering(text: str) -> int:
    """The first line with characters that steer a terminal or turn the direction of text; 0 if none."""
    found = _STEERING.search(text)
    return clean(text[: found.start()]).count("\n") + 1 if found else 0


def decode(data: bytes, name: str) -> str:
    """Bytes to text: UTF-8, what a byte order mark says, else the likeliest encoding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if is_binary(data):
        kind = next((kind for magic, kind in _BINARY.items() if data.startswith(magic)), None)
        raise NotText(
            f"{name}: this is {kind or 'a binary file'}, not text.",
            "Export it as Markdown, HTML or plain text.",
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _guessed(data, name, error)


def is_binary(data: bytes) -> bool:
    """Whether these bytes, the first of a file, are no text."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return not wide and (b"\0" in data or data.startswith(tuple(_BINARY)))


def shown(path: Path | str) -> str:
    """A path as printable text: bytes that are no UTF-8 and control characters are escaped."""
    text = os.fsencode(path).decode("utf-8", errors="backslashreplace")
    return (
        _CONTROLS.sub(lambda match: _escape(ord(match[0])), text)
        .replace("\n", "\\n")
        .replace("\t", "\\t")
    )


def _escape(code: int) -> str:
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


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
        line,
    )

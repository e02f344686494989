"""The text of a PDF, page by page."""

import io
import logging
import re
import time
from collections import Counter
from collections.abc import Sequence

from coach.errors import InputFileError

# Some files keep any reader busy for hours.
MAX_SECONDS = 120.0
MAX_PAGES = 5000
_NUMBER = re.compile(r"^\s*(?:page\s*)?[-–—]?\s*\d{1,4}\s*(?:[-–—]|(?:/|of)\s*\d{1,4})?\s*$", re.I)
_BROKEN_WORD = re.compile(r"(?<=[a-z])-\n([a-z]+)")


def pages(data: bytes, name: str) -> list[tuple[str, str]]:
    """Each page with its text; InputFileError where the file is locked or holds only pictures."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    # What the library mends by itself is no news for the user.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(data))
    try:
        locked = reader.is_encrypted and not reader.decrypt("")
        texts = [] if locked else _texts(reader, name)
    except (DependencyError, FileNotDecryptedError):
        locked = True
    if locked:
        raise InputFileError(
            f"{name}: this PDF is encrypted.", "Save a copy of it without a password."
        )
    if not any(text.strip() for text in texts):
        raise InputFileError(
            f"{name}: this PDF has no text; its pages are pictures.",
            "Run it through a text recognition program first.",
        )
    return [(f"page {number}", text) for number, text in enumerate(_bare(texts), start=1)]


def _texts(reader: "object", name: str) -> list[str]:
    found = getattr(reader, "pages", [])
    if len(found) > MAX_PAGES:
        raise InputFileError(
            f"{name}: {len(found)} pages are more than {MAX_PAGES}.", "Split it into smaller files."
        )
    began, texts = time.monotonic(), []
    for page in found:
        texts.append(_BROKEN_WORD.sub(r"\1\n", page.extract_text()))
        if time.monotonic() - began > MAX_SECONDS:
            raise InputFileError(
                f"{name}: reading it takes more than {MAX_SECONDS:g} s.",
                "Split it into smaller files.",
            )
    return texts


def _bare(texts: Sequence[str]) -> list[str]:
    """The pages without page numbers and the lines that most pages begin or end with."""
    edges: Counter[str] = Counter()
    split = [text.strip("\n").split("\n") for text in texts]
    for lines in split:
        edges.update({line.strip() for line in (lines[0], lines[-1])})
    common = {line for line, count in edges.items() if count > 2 and 2 * count > len(texts)}
    return ["\n".join(_inside(lines, common)) for lines in split]


def _inside(lines: list[str], common: set[str]) -> list[str]:
    kept = list(lines)
    for edge in (0, -1, 0, -1):
        if kept and (_NUMBER.match(kept[edge]) or kept[edge].strip() in common):
            del kept[edge]
    return kept

"""Makes text from outside (answers, documents, model replies) safe to show in a terminal."""

import difflib
import re
import sys
import unicodedata
from collections.abc import Iterable

_KEPT = "\n\t"
# Whole terminal sequences go, so that no remains of them are left as text.
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
_HIDDEN = ("Cc", "Cf", "Cs", "Co")


def clean(text: str, limit: int = 4000) -> str:
    """Without control, formatting and surrogate characters, at most `limit` characters long."""
    # A joiner inside a word is formatting too; losing it is the price of losing direction overrides.
    text = _SEQUENCE.sub("", text[: 2 * limit]).replace("\r\n", "\n")
    safe = "".join(c for c in text if c in _KEPT or unicodedata.category(c) not in _HIDDEN)
    return safe if len(text) <= limit else safe[:limit] + "…"


def say(text: str) -> None:
    """Prints a line of progress or advice on standard error."""
    print(clean(text, limit=len(text)), file=sys.stderr)


def did_you_mean(name: str, names: Iterable[str], count: int = 3) -> str:
    """A question that offers the nearest names, so many at most; nothing where none is near."""
    near = difflib.get_close_matches(name, list(names), n=count, cutoff=0.5)
    return f"Did you mean {' or '.join(near)}?" if near else ""

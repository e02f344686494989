"""Makes text from outside harmless in a report: nothing of it is markup, and nothing of it is hidden."""

import re
import unicodedata

_SHOWN = "\n\t"
# Control, format, surrogate, private and unassigned characters, line and paragraph separators.
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#&~$@^]|:(?=//)|(?<=www)\.)")
_ENTRY = re.compile(r"\s+")


def visible(text: object, limit: int | None = None) -> str:
    """The text with unseen characters shown as ⟨U+202E⟩, cut with "…" after `limit` characters."""
    whole = str(text).replace("\r\n", "\n")
    cut = whole if limit is None or len(whole) <= limit else whole[:limit].rstrip() + "…"
    return "".join(_shown(character) for character in cut)


def on_one_line(text: object, limit: int | None = None) -> str:
    """As `visible`, with every run of white space as one blank."""
    return visible(_ENTRY.sub(" ", str(text)).strip(), limit)


def markdown(text: object) -> str:
    """As `on_one_line`, with a backslash before all that Markdown would take for markup or a link."""
    return _SPECIAL.sub(r"\\\1", on_one_line(text))


def _shown(character: str) -> str:
    if character in _SHOWN or unicodedata.category(character) not in _HIDDEN:
        return character
    return f"⟨U+{ord(character):04X}⟩"

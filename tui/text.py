"""Interface texts of one language."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from coach.errors import CoachError
from coach.language import Lang
from tui.texts import TEXTS

# Longer texts are no messages.
LONGEST = 2000
_ENDS = re.compile(r"(?<=[.?]) ")


class Words:
    """Gives texts by name, and what the core says in the same language."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang

    def __call__(self, name: str, /, **values: object) -> str:
        """The text with its places filled in; KeyError where the table has no such name."""
        text = TEXTS[name][0 if self.lang == "en" else 1]
        return text.format(**values) if values else text

    def said(self, text: str) -> str:
        """A sentence of the core, which speaks English; one that the tables don't have stays as it is."""
        return text if self.lang == "en" or len(text) > LONGEST else _in_chinese(text)

    def failure(self, error: CoachError) -> list[str]:
        """What happened, and what to do next where that is known."""
        return [self.said(text) for text in (error.message, error.hint) if text]


def _in_chinese(text: str) -> str:
    """Sentence by sentence, or as many together as one entry of the tables holds."""
    sentences = _ENDS.split(text)
    for count in range(1, len(sentences) + 1):
        said = _known(" ".join(sentences[:count]))
        if said is not None:
            return said + _in_chinese(" ".join(sentences[count:]))
    first, *rest = sentences
    return " ".join((first, _in_chinese(" ".join(rest)))) if rest else first


def _known(text: str) -> str | None:
    for english, chinese in _patterns():
        found = english.parse(text)
        if found is not None:
            return chinese.format(*map(_in_chinese, found.fixed))
    return None


@cache
def _patterns() -> Sequence[tuple[Any, str]]:
    """The sentences, those with most words of their own first: they fit fewest others."""
    import parse

    from tui.texts.said import SAID
    from tui.texts.said_of_files import SAID_OF_FILES

    ordered = sorted((*SAID, *SAID_OF_FILES), key=lambda pair: len(pair[0]), reverse=True)
    return [(parse.compile(english, case_sensitive=True), chinese) for english, chinese in ordered]

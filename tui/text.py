"""Interface texts of one language."""

from coach.card import Lang
from tui.texts import TEXTS


class Words:
    """Gives texts by name."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang

    def __call__(self, name: str, /, **values: object) -> str:
        """The text with its places filled in; KeyError where the table has no such name."""
        text = TEXTS[name][0 if self.lang == "en" else 1]
        return text.format(**values) if values else text

"""The texts language models are given, one file per purpose and language."""

from functools import cache
from importlib.resources import files

from coach.card import Lang


@cache
def prompt(name: str, lang: Lang) -> str:
    """Returns the text of `<name>.<lang>.md` without the white space around it."""
    return (files(__package__) / f"{name}.{lang}.md").read_text(encoding="utf-8").strip()

"""The texts language models are given, one file per purpose and language.

A file is what the system says; examples may follow, each part of them under a line `=== user` or `=== assistant`.
"""

import re
from functools import cache
from importlib.resources import files

from coach.language import Lang
from coach.language_model import Message

_PART = re.compile(r"^=== (user|assistant)$\n", re.MULTILINE)


@cache
def prompt(name: str, lang: Lang) -> str:
    """Returns the text of `<name>.<lang>.md` without the white space around it."""
    return (files(__package__) / f"{name}.{lang}.md").read_text(encoding="utf-8").strip()


def opening(name: str, lang: Lang) -> list[Message]:
    """Returns the messages of `<name>.<lang>.md`: the system's, and the examples in turns."""
    system, *parts = _PART.split(prompt(name, lang))
    found: list[Message] = [("system", system.strip())]
    for role, text in zip(parts[::2], parts[1::2], strict=True):
        found.append(("user" if role == "user" else "assistant", text.strip()))
    return found

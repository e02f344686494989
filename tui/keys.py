"""Bindings with ids, so that they can have other keys in the settings."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from textual.binding import Binding, BindingType

TEXT = "key."


def identified(owner: str, bindings: Sequence[BindingType]) -> list[BindingType]:
    """Gives bindings ids made of their owner and their text: `interview.skip`.

    A text that several bindings share (one command with a direction or a number) makes no id.
    """
    texts = Counter(b.description for b in bindings if isinstance(b, Binding))
    return [
        replace(b, id=f"{owner}.{b.description.removeprefix(TEXT)}")
        if isinstance(b, Binding)
        and b.id is None
        and b.description.startswith(TEXT)
        and texts[b.description] == 1
        else b
        for b in bindings
    ]

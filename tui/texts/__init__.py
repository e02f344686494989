"""Every interface text, English and Chinese side by side, by the screens that show it."""

from collections.abc import Iterator, Mapping
from functools import cache

from tui.texts import common, home

Table = Mapping[str, tuple[str, str]]

# What the first screen says; the other tables are loaded when one of their texts is asked for.
FIRST: Table = {**common.TEXTS, **home.TEXTS}


class Texts(Table):
    """All tables as one."""

    def __getitem__(self, name: str) -> tuple[str, str]:
        return FIRST[name] if name in FIRST else _all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_all())

    def __len__(self) -> int:
        return len(_all())


@cache
def _all() -> Table:
    from tui.texts import (
        about,
        ask,
        deck,
        drafts,
        evaluation,
        history,
        interview,
        settings,
        welcome,
    )

    return {
        **FIRST,
        **about.TEXTS,
        **interview.TEXTS,
        **drafts.TEXTS,
        **ask.TEXTS,
        **deck.TEXTS,
        **history.TEXTS,
        **welcome.TEXTS,
        **settings.TEXTS,
        **evaluation.TEXTS,
    }


TEXTS = Texts()

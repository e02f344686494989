"""Work that must not hold up the screen."""

from collections.abc import Callable
from typing import Any, ParamSpec, cast

from textual import work
from textual.worker import Worker

P = ParamSpec("P")


def in_background(
    group: str, *, exclusive: bool = False
) -> Callable[[Callable[P, None]], Callable[P, Worker[None]]]:
    """Has a method run in a thread; an error there doesn't end the app.

    An exclusive one takes the place of what is at work in its group. Each is described by its group
    alone: else Textual writes out its arguments, which takes longer the longer an interview lasts.
    """
    made: Any = work(
        thread=True, exit_on_error=False, exclusive=exclusive, group=group, description=group
    )
    return cast("Callable[[Callable[P, None]], Callable[P, Worker[None]]]", made)

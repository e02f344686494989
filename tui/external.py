"""A text in the candidate's own editor."""

from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from coach import draft
from coach.errors import CoachError, UsageError

if TYPE_CHECKING:
    from tui.app import CoachApp


def edited(app: "CoachApp", text: str, name: str) -> str:
    """The text as it is when $VISUAL or $EDITOR was closed; UsageError where none can be opened."""
    hint = app.words("editor.hint")
    trouble: CoachError | None = None
    try:
        with app.suspend():
            # Caught inside: the app comes back only where this block ends without an error.
            try:
                return draft.edited(text, name)
            except CoachError as error:
                trouble = UsageError(app.words.said(error.message), hint)
    except SuspendNotSupported:
        trouble = UsageError(app.words("editor.none"), hint)
    raise trouble

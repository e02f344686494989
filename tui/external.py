"""A text in the candidate's own editor."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from coach.draft import open_editor
from coach.errors import CoachError, UsageError

if TYPE_CHECKING:
    from tui.app import CoachApp


def edited(app: "CoachApp", text: str, name: str) -> str:
    """The text as it is when $VISUAL or $EDITOR was closed; UsageError where none can be opened.

    It lies in a folder that nobody else can read, under this name, and is deleted afterwards.
    """
    hint = app.words("editor.hint")
    with TemporaryDirectory(prefix="coach-") as folder:
        file = Path(folder, name)
        file.write_text(text, encoding="utf-8")
        trouble: CoachError | None = None
        try:
            with app.suspend():
                # Caught inside: the app comes back only where this block ends without an error.
                try:
                    open_editor(file)
                except CoachError as error:
                    trouble = UsageError(error.message, hint)
        except SuspendNotSupported:
            trouble = UsageError(app.words("editor.none"), hint)
        if trouble is not None:
            raise trouble
        written = file.read_text(encoding="utf-8", errors="replace")
    # Editors end the last line; an answer needs no empty one after it.
    return written if text.endswith("\n") else written.removesuffix("\n")

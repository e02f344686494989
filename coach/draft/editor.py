"""A draft, or an answer, in the user's editor."""

import os
import shlex
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from coach.errors import UsageError


def open_editor(file: Path) -> None:
    """Opens a file in $VISUAL or $EDITOR and waits; UsageError where none is named or it fails."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    hint = f"Set EDITOR, or edit {file} yourself."
    try:
        words = shlex.split(named)
        if not words:
            raise UsageError("No editor is named.", hint)
        done = subprocess.run([*words, str(file)], check=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"The editor {named!r} cannot be started: {error}.", hint) from error
    if done.returncode != 0:
        raise UsageError(f"The editor {named!r} ended with {done.returncode}.", hint)


def edited(text: str, name: str) -> str:
    """The text as it is when the editor was closed; UsageError where none can be opened.

    It lies in a folder that nobody else can read, under this name, and is deleted afterwards.
    """
    with TemporaryDirectory(prefix="coach-") as folder:
        file = Path(folder, name)
        file.write_text(text, encoding="utf-8")
        open_editor(file)
        written = file.read_text(encoding="utf-8", errors="replace")
    # Editors end the last line; an answer needs no empty one after it.
    return written if text.endswith("\n") else written.removesuffix("\n")

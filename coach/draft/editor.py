"""A draft in the user's editor."""

import os
import shlex
import subprocess
from pathlib import Path

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

"""Opens the home without the command line's machinery, so that the first screen comes fast."""

import gc
import importlib
import os
import sys


def open_home() -> int:
    """Opens the home; returns the exit code."""
    # Nothing is garbage before the first paint; the home switches collection on again after it.
    gc.disable()
    from coach.app import Coach
    from coach.errors import CoachError

    try:
        with Coach.open(os.environ) as coach:
            # By name: no face imports another.
            importlib.import_module("tui.app").run(coach, welcome=True)
    except CoachError as error:
        print(f"Error: {error.message}\n  {error.hint}".rstrip(), file=sys.stderr)
        return error.exit_code
    return 0

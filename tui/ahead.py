"""What a screen to come needs, loaded by a worker before the screen opens."""

from importlib import import_module


def load_interview() -> None:
    """Imports what an interview shows and says, and the grammar its Python editor colours by."""
    from tui.texts import TEXTS

    import_module("tui.screens.interview")
    import_module("tree_sitter_python")
    # All tables are read where their number is asked for.
    len(TEXTS)

"""What screens to come need, loaded by a worker before they open."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App

STYLES = Path(__file__).parent / "screens"


def load_ahead(app: "App[Any]") -> None:
    """Loads the interview and the styles of all screens; not in the app's own thread."""
    _load_interview()
    _load_styles(app)


def _load_interview() -> None:
    from tui.texts import TEXTS

    import_module("tui.screens.interview")
    import_module("tree_sitter_python")
    # All tables are read where their number is asked for.
    len(TEXTS)


def _load_styles(app: "App[Any]") -> None:
    # A screen whose styles are new has Textual go through all styles anew before it opens.
    theme, now = app.theme, app.stylesheet
    ready = now.copy()
    ready.read_all(sorted(STYLES.glob("*.tcss")))
    ready.parse()

    def take() -> None:
        # What changed meanwhile counts: then each screen brings its styles itself.
        same = app.theme == theme and app.stylesheet is now
        if same and now.source.items() <= ready.source.items():
            app.stylesheet = ready

    app.call_from_thread(take)

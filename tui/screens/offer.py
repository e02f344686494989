"""Offers, once, to use a key that lies in the environment."""

from typing import ClassVar
from urllib.parse import urlsplit

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label

from tui.model_choice import Offer
from tui.screens.base import CoachDialog
from tui.widgets.prose import Prose


class OfferScreen(CoachDialog[str | None]):
    """Ends with the name of the model to use, or with None; Escape declines."""

    CSS = """
    OfferScreen Input { margin: 1 0; }
    OfferScreen Horizontal { height: auto; align-horizontal: right; }
    OfferScreen Button { margin: 0 0 0 2; }
    """
    BINDINGS: ClassVar = [Binding("escape", "decline", "key.no")]

    def __init__(self, offer: Offer) -> None:
        super().__init__()
        self._offer = offer

    def compose(self) -> ComposeResult:
        words, offer = self.words, self._offer
        where = urlsplit(offer.base_url).netloc or offer.base_url
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = words("offer.title")
            yield Prose(words("offer.text", name=offer.variable, where=where), markup=False)
            yield Label(words("offer.model"), classes="muted")
            yield Input(offer.model, compact=True)
            with Horizontal():
                yield Button(words("offer.no"), id="no", variant="primary")
                yield Button(words("offer.yes"), id="yes")

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one("#no").focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.dismiss(self.query_one(Input).value.strip() if event.button.id == "yes" else None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip())

    def action_decline(self) -> None:
        self.dismiss(None)

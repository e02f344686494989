"""The small questions an interview asks in between."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.validation import Number
from textual.widgets import Input, Label, OptionList

from coach.memory.reviews import RATINGS, Rating
from tui.screens.base import CoachDialog
from tui.widgets.prose import Prose

WITHDRAWN = (None, "")


class ConfirmScreen(CoachDialog[bool]):
    """Ends with True at Enter or y, with False at Escape or n."""

    BINDINGS: ClassVar = [
        Binding("enter,y", "dismiss(True)", "key.yes"),
        Binding("escape,n", "dismiss(False)", "key.no"),
    ]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = self._title
            dialog.border_subtitle = self.words("confirm.keys")
            yield Prose(self._text, markup=False)


class RatingScreen(CoachDialog[Rating | None]):
    """How soon to ask again; the present rating is chosen already. Ends with None at Escape."""

    CSS = """
    RatingScreen > .dialog { max-width: 44; }
    RatingScreen OptionList { border: none; background: $surface; padding: 0; margin: 1 0 0 0; height: 4; }
    """
    BINDINGS: ClassVar = [
        Binding(str(number), f"take({number})", show=False) for number in range(1, 5)
    ]

    def __init__(self, rating: Rating) -> None:
        super().__init__()
        self._rating = rating

    def compose(self) -> ComposeResult:
        words = self.words
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = words("rating.title")
            dialog.border_subtitle = words("rating.keys")
            yield Prose(words("rating.text"), markup=False)
            yield OptionList(
                *(f"{n}  {words(f'rating.{r}')}" for n, r in enumerate(RATINGS, 1)), markup=False
            )

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(OptionList).highlighted = RATINGS.index(self._rating)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(RATINGS[event.option_index])

    def action_take(self, number: int) -> None:
        self.dismiss(RATINGS[number - 1])


class DisputeScreen(CoachDialog[tuple[float | None, str] | None]):
    """An own mark (0 to 1) and a reason; no mark takes a disagreement back. Ends with None at Escape."""

    CSS = """
    DisputeScreen > .dialog { max-width: 64; }
    DisputeScreen Label { margin: 1 0 0 0; }
    """

    def __init__(self, own_score: float | None, reason: str) -> None:
        super().__init__()
        self._mark = "" if own_score is None else f"{own_score * 100:.0f}"
        self._reason = reason

    def compose(self) -> ComposeResult:
        words = self.words
        limits = Number(0, 100, failure_description=words("dispute.range"))
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = words("dispute.title")
            dialog.border_subtitle = words("dispute.keys")
            yield Prose(words("dispute.text"), markup=False)
            yield Label(words("dispute.mark"), classes="muted")
            yield Input(
                self._mark, id="mark", type="integer", max_length=3, validators=limits,
                valid_empty=True, compact=True,
            )  # fmt: skip
            yield Label(words("dispute.reason"), classes="muted")
            yield Input(self._reason, id="reason", compact=True)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one("#mark").focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        mark, reason = self.query_one("#mark", Input), self.query_one("#reason", Input)
        if not mark.is_valid:
            self.notify(self.words("dispute.range"), severity="warning")
            mark.focus()
        elif not mark.value:
            self.dismiss(WITHDRAWN)
        elif event.input is mark:
            reason.focus()
        else:
            self.dismiss((int(mark.value) / 100, reason.value.strip()))

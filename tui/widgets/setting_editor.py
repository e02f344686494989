"""One setting: what it means, a field to change it, and what is wrong with what stands there."""

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tui.plain import shown
from tui.setting_rows import AT_START, Row, wrong_with
from tui.text import Words
from tui.widgets.prose import Prose


class SettingEditor(VerticalScroll, can_focus=False):
    """Checks while one types; posts `Changed` when a valid field is left."""

    DEFAULT_CSS = """
    SettingEditor Input { margin: 1 0 0 0; }
    SettingEditor #error { color: $text-error; height: auto; }
    SettingEditor #choices { margin: 1 0 0 0; height: auto; }
    SettingEditor #note { color: $text-muted; margin: 1 0 0 0; height: auto; }
    .-short SettingEditor Input, .-short SettingEditor #note, .-short SettingEditor #choices { margin: 0; }
    """

    class Changed(Message):
        """A field was left with another value, which passed the check."""

        def __init__(self, name: str, value: str) -> None:
            super().__init__()
            self.name = name
            self.value = value

    def __init__(self, words: Words) -> None:
        super().__init__(classes="panel")
        self._words = words
        self._row: Row | None = None

    def compose(self) -> ComposeResult:
        yield Prose(id="help", markup=False)
        yield Input(compact=True)
        yield Static(id="choices", markup=False)
        yield Static(id="error", markup=False)
        yield Static(id="note", markup=False)

    def show(self, row: Row) -> None:
        """Shows a setting; what was typed for the one before is saved first where it is valid."""
        if self._row is not None and self._row.name != row.name:
            self.leave()
        self._row = row
        self.border_title = row.name
        self.query_one("#help", Static).update(row.help)
        field = self.query_one(Input)
        field.display = not row.choices and row.name != "ui.theme"
        field.password = row.secret
        with field.prevent(Input.Changed):
            field.value = row.value
        choices = self.query_one("#choices", Static)
        choices.update(_choices(row))
        choices.display = not field.display
        self._say(row.warning)
        self.query_one("#note", Static).update(self._note(row))

    def edit(self) -> None:
        """Puts the cursor into the field."""
        self.query_one(Input).focus()

    def put_back(self) -> None:
        """Forgets what was typed."""
        if self._row is not None:
            self.show(self._row)

    @on(Input.Changed)
    def _check(self) -> None:
        value = self.query_one(Input).value
        error = wrong_with(self._row.name, value) if self._row else None
        self._say(" ".join(("✗", *self._words.failure(error))) if error else "")

    @on(Input.Blurred)
    def leave(self) -> None:
        """Announces the value where it is valid and another one."""
        if typed := self.typed:
            self.post_message(self.Changed(*typed))

    @property
    def typed(self) -> tuple[str, str] | None:
        """The setting's name and the value that waits to be saved, where it is valid and another one."""
        row, field = self._row, self.query_one(Input)
        if row is None or not field.display:
            return None
        value = field.value.strip()
        same = value == row.value or wrong_with(row.name, value) is not None
        return None if same else (row.name, value)

    def _say(self, text: str) -> None:
        error = self.query_one("#error", Static)
        error.update(shown(text))
        error.display = bool(text)

    def _note(self, row: Row) -> str:
        default = row.default or self._words("settings.empty")
        notes = [self._words("settings.default", value=default)]
        if row.section in AT_START:
            notes.append(self._words("settings.later"))
        return " ".join(notes)


def _choices(row: Row) -> Content:
    """The values side by side, the one that counts in brackets."""
    if not row.choices:
        return Content(shown(row.value) if row.name == "ui.theme" else "")
    return Content("  ").join(
        Content.styled(f"[{choice or '–'}]", "bold $text-accent")
        if choice == row.value
        else Content(f" {choice or '–'} ")
        for choice in row.choices
    )

"""The history: every answer ever given, found as one types, opened, exported, deleted."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, OptionList, Static

from tui.background import in_background
from tui.screens.base import CoachScreen
from tui.widgets.answer_list import AnswerList
from tui.widgets.key_line import KeyLine
from tui.widgets.past_answer import PastAnswer
from tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from coach.history import Given

PAGE = 100


class HistoryScreen(CoachScreen[None]):
    """A search and the answers that hold its words; SQLite filters, and no more is read than is shown."""

    CSS_PATH = "history.tcss"
    BINDINGS: ClassVar = [
        Binding("escape", "back", "key.back"),
        Binding("enter", "open", "key.open"),
        Binding("slash", "search", "key.search"),
        Binding("delete,x", "delete", "key.delete", key_display="x"),
        Binding("e", "export", "key.export"),
        Binding("s", "app.statistics", "key.statistics"),
        Binding("j", "move(1)", "key.move", show=False),
        Binding("k", "move(-1)", "key.move", show=False),
        Binding("down", "into_list", show=False),
    ]

    @dataclass
    class Read(Message):
        """A page of the answers that hold a text, and whether there may be more."""

        text: str
        offset: int
        rows: "list[Given]"
        more: bool

    @dataclass
    class Counted(Message):
        """How many answers hold a text."""

        text: str
        total: int

    class Deleted(Message):
        """Something was deleted."""

    def compose(self) -> ComposeResult:
        words = self.words
        yield TitleLine(words("history.title"))
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield Input(placeholder=words("history.search"), classes="panel")
                yield AnswerList(words)
                yield Static(
                    words("history.none"), id="nothing", classes="panel muted", markup=False
                )
            yield PastAnswer(words)
        yield KeyLine()

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(AnswerList).focus()
        self._read("", 0, PAGE)

    @in_background("answers", exclusive=True)
    def _read(self, text: str, offset: int, limit: int) -> None:
        history = self.coach.history
        rows = history.answers(text, limit, offset)
        self.post_message(self.Read(text, offset, rows, len(rows) == limit))
        if not offset:
            # The rows are painted while a long history is still searched to be counted.
            self.post_message(self.Counted(text, history.count_answers(text)))

    @on(Read)
    def _show(self, event: Read) -> None:
        listed = self.query_one(AnswerList)
        if event.text != self._text:
            return
        if event.offset and event.offset == len(listed.rows):
            listed.extend(event.rows, event.more)
        elif not event.offset:
            listed.fill(event.rows, event.more)
        self.set_class(not listed.rows, "-empty")
        name = "history.no_match" if self._text else "history.none"
        self.query_one("#nothing", Static).update(self.words(name))
        self.refresh_bindings()

    @on(Counted)
    def _show_total(self, event: Counted) -> None:
        if event.text == self._text:
            total = self.words("history.count", total=event.total)
            self.query_one(AnswerList).border_subtitle = total

    @on(OptionList.OptionHighlighted)
    def _preview(self) -> None:
        """Shows the highlighted answer beside the list, where there is room."""
        if self.has_class("-wide"):
            given = self.query_one(AnswerList).chosen
            self.query_one(PastAnswer).turn = given.turn if given else None

    def on_resize(self) -> None:
        self._preview()

    @on(AnswerList.Wanted)
    def _read_more(self) -> None:
        self._read(self._text, len(self.query_one(AnswerList).rows), PAGE)

    @on(Input.Changed)
    def _search(self) -> None:
        self._read(self._text, 0, PAGE)

    @on(Input.Submitted)
    def action_into_list(self) -> None:
        self.query_one(AnswerList).focus()

    @on(OptionList.OptionSelected)
    def action_open(self) -> None:
        from tui.screens.answer import AnswerScreen

        listed = self.query_one(AnswerList)
        if listed.highlighted is not None:
            self.app.push_screen(AnswerScreen(listed.rows, listed.highlighted), self._return_to)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        if action in ("open", "delete", "export") and self.is_mounted:
            return bool(self.query_one(AnswerList).rows)
        return True

    def action_search(self) -> None:
        self.query_one(Input).focus()

    def action_move(self, way: int) -> None:
        listed = self.query_one(AnswerList)
        listed.action_cursor_down() if way > 0 else listed.action_cursor_up()

    def action_back(self) -> None:
        """Leaves the search first, then the screen; the home below has other numbers to show now."""
        if self._text:
            self.query_one(Input).value = ""
            self.query_one(AnswerList).focus()
        else:
            self.host.go_home()

    def action_delete(self) -> None:
        from tui.screens.history_dialogs import DeleteScreen

        given = self.query_one(AnswerList).chosen
        if given is not None:

            def settle(what: str | None) -> None:
                if what is not None:
                    self._delete(given, what)

            self.app.push_screen(DeleteScreen(given), settle)

    def action_export(self) -> None:
        from tui.screens.history_dialogs import ExportScreen

        def settle(file: str | None) -> None:
            if file is not None:
                self._export(file)

        name = f"coach-history-{self.coach.clock().astimezone():%Y-%m-%d}.jsonl"
        file = self.coach.paths.history_file.with_name(name)
        self.app.push_screen(ExportScreen(str(file)), settle)

    @in_background("delete")
    def _delete(self, given: "Given", what: str) -> None:
        history = self.coach.history
        if what == "answer":
            history.delete_answer(given.session_id, given.number)
        else:
            history.delete(given.session_id)
        self.post_message(self.Deleted())

    @on(Deleted)
    def _read_again(self) -> None:
        self.notify(self.words("history.deleted"), timeout=4)
        self._read(self._text, 0, max(PAGE, len(self.query_one(AnswerList).rows)))

    @in_background("export")
    def _export(self, name: str) -> None:
        from tui.state import export_history

        file, lines = export_history(self.coach, name)
        told = self.words("history.exported", lines=lines, file=file)
        self.app.call_from_thread(self.notify, told, timeout=8, markup=False)

    def _return_to(self, index: int | None) -> None:
        if index is not None:
            self.query_one(AnswerList).highlighted = index
            self._preview()

    @property
    def _text(self) -> str:
        return self.query_one(Input).value.strip()

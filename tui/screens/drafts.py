"""Drafts of cards: read one, then accept, edit or reject it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import OptionList

from coach.errors import CoachError, UsageError
from tui.background import in_background
from tui.desk import Desk
from tui.screens.base import CoachScreen
from tui.screens.home import HomeScreen
from tui.widgets.draft_list import DraftList
from tui.widgets.draft_panel import DraftPanel, Showing
from tui.widgets.key_line import KeyLine
from tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from coach.draft import Draft

# Ends with the name of the text that says what was done, and the id of the draft it is about.
Act = Callable[[], tuple[str, str]]


class DraftsScreen(CoachScreen[None]):
    """The drafts and the highlighted one in full; one decision at a time is under way."""

    CSS_PATH = "drafts.tcss"
    BINDINGS: ClassVar = [
        Binding("escape", "back", "key.back"),
        Binding("a", "accept", "key.accept"),
        Binding("e", "edit", "key.edit"),
        Binding("r", "reject", "key.reject"),
        Binding("u", "undo", "key.undo"),
        Binding("n,j", "step(1)", "key.next_draft"),
        Binding("p,k", "step(-1)", "key.previous_draft", show=False),
        Binding("pagedown,space", "scroll(1)", "key.scroll_draft", show=False, priority=True),
        Binding("pageup", "scroll(-1)", "key.scroll_draft", show=False, priority=True),
    ]

    class Found(Message):
        """The drafts as they are now, and what was done just before."""

        def __init__(self, drafts: "tuple[Draft, ...]", done: str, draft_id: str) -> None:
            super().__init__()
            self.drafts = drafts
            self.done = done
            self.draft_id = draft_id

    def __init__(self) -> None:
        super().__init__()
        self._busy = False

    def compose(self) -> ComposeResult:
        words = self.words
        self._desk = Desk(self.coach)
        yield TitleLine(words("drafts.title"))
        with Horizontal(id="body"):
            yield DraftList(words)
            yield DraftPanel(words)
        yield KeyLine()

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(DraftList).focus()
        self._start(lambda: ("", ""))

    def _start(self, act: Act) -> None:
        """Does one thing; a key pressed meanwhile would be meant for a draft that is going."""
        if not self._busy:
            self._busy = True
            self._do(act)

    @in_background("drafts")
    def _do(self, act: Act) -> None:
        done, draft_id = "", ""
        try:
            done, draft_id = act()
        finally:
            self.post_message(self.Found(self._desk.drafts(), done, draft_id))

    def work_failed(self, group: str, error: CoachError) -> None:  # noqa: ARG002
        self._busy = False
        self.host.show_error(error)

    @on(Found)
    def _show(self, event: Found) -> None:
        words, listed = self.words, self.query_one(DraftList)
        self._busy = False
        listed.drafts = event.drafts
        listed.choose(event.draft_id)
        listed.border_subtitle = words("drafts.count", count=len(event.drafts))
        self.query_one(DraftPanel).showing = Showing(listed.chosen)
        if event.drafts and self.has_class("-empty"):
            # It lost the focus when it was hidden.
            self.call_after_refresh(listed.focus)
        self.set_class(not event.drafts, "-empty")
        if event.done:
            self._tell(event.done, event.draft_id)
        self.refresh_bindings()

    def _tell(self, done: str, draft_id: str) -> None:
        if done in ("drafts.blocked", "drafts.changed"):
            self.notify(self.words(done), severity="warning", markup=False)
        else:
            self.query_one(TitleLine).aside = self.words(done, id=draft_id)

    @on(OptionList.OptionHighlighted)
    def _read(self) -> None:
        self.query_one(DraftPanel).showing = Showing(self.query_one(DraftList).chosen)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        if not self.is_mounted:
            return True
        if action == "undo":
            return bool(self._desk.done)
        if action in ("accept", "edit", "reject", "step"):
            return bool(self.query_one(DraftList).drafts)
        return True

    def action_accept(self) -> None:
        draft, desk = self.query_one(DraftList).chosen, self._desk
        if draft is not None and draft.findings:
            self._tell("drafts.blocked", draft.id)
            self.query_one(DraftPanel).scroll_home(animate=False)
        elif draft is not None:
            self._start(
                lambda: ("drafts.accepted" if desk.accept(draft) else "drafts.changed", draft.id)
            )

    def action_reject(self) -> None:
        draft, desk = self.query_one(DraftList).chosen, self._desk

        def reject(draft: "Draft") -> tuple[str, str]:
            desk.reject(draft)
            return "drafts.rejected", draft.id

        if draft is not None:
            self._start(lambda: reject(draft))

    def action_undo(self) -> None:
        self._start(lambda: ("drafts.undone", self._desk.undo().id))

    def action_edit(self) -> None:
        from coach.draft import open_editor

        draft = self.query_one(DraftList).chosen
        if draft is None or self._busy:
            return
        trouble: CoachError | None = None
        try:
            with self.app.suspend():
                # Caught inside: the app comes back only where this block ends without an error.
                try:
                    open_editor(draft.file)
                except CoachError as error:
                    trouble = error
        except SuspendNotSupported:
            hint = self.words("drafts.no_editor_hint", file=draft.file)
            trouble = UsageError(self.words("drafts.no_editor"), hint)
        if trouble is not None:
            self.host.show_error(trouble)
        self._start(lambda: ("", draft.id))

    def action_step(self, way: int) -> None:
        listed = self.query_one(DraftList)
        listed.action_cursor_down() if way > 0 else listed.action_cursor_up()

    def action_scroll(self, way: int) -> None:
        panel = self.query_one(DraftPanel)
        panel.scroll_page_down() if way > 0 else panel.scroll_page_up()

    def action_back(self) -> None:
        """Leaves; a home below has other numbers to show now."""
        self.app.pop_screen()
        if isinstance(self.app.screen, HomeScreen):
            self.app.screen.look()

"""The drafts that wait, each with its question and what is to be known before deciding."""

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.marks import DRAFT_MARKS
from tui.plain import shown
from tui.text import Words

if TYPE_CHECKING:
    from coach.draft import Draft


class DraftList(OptionList):
    """Two lines a draft: mark and question; state, topic and id."""

    DEFAULT_CSS = """
    DraftList { text-wrap: nowrap; text-overflow: ellipsis; }
    """

    drafts: "reactive[tuple[Draft, ...]]" = reactive(())

    def __init__(self, words: Words) -> None:
        super().__init__(classes="panel", markup=False)
        self._words = words
        self.border_title = words("drafts.title")

    @property
    def chosen(self) -> "Draft | None":
        """The highlighted draft."""
        return self.drafts[self.highlighted] if self.highlighted is not None else None

    def choose(self, draft_id: str) -> None:
        """Highlights the draft with this id, where there is one."""
        ids = [draft.id for draft in self.drafts]
        if draft_id in ids:
            self.highlighted = ids.index(draft_id)

    def watch_drafts(self) -> None:
        place = self.highlighted or 0
        self.clear_options()
        self.add_options([Option(_lines(draft, self._words)) for draft in self.drafts])
        if self.drafts:
            self.highlighted = min(place, len(self.drafts) - 1)


def _lines(draft: "Draft", words: Words) -> Content:
    mark, style, state = _state(draft, words)
    card, origin = draft.card, draft.origin
    asked = card.question[origin.lang] if card and origin else draft.id
    topic = f" · {shown(card.topic)}" if card else ""
    return Content.assemble(
        (f"{mark} ", f"bold {style}"),
        shown(" ".join(asked.split())),
        "\n  ",
        (state, style),
        (f"{topic} · {draft.id}", "$foreground-muted"),
    )


def _state(draft: "Draft", words: Words) -> tuple[str, str, str]:
    """Mark, style and words of what a draft lacks."""
    parts = []
    if draft.findings:
        parts.append(words("drafts.faulty", count=len(draft.findings)))
    if draft.unsupported:
        parts.append(words("drafts.doubtful", count=len(draft.unsupported)))
    name = "faulty" if draft.findings else "doubtful" if draft.unsupported else "sound"
    return (*DRAFT_MARKS[name], ", ".join(parts) or words("drafts.sound"))

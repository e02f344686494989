"""The answer to a question about the notes, as it streams in."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive

from coach.errors import CoachError
from tui.plain import shown
from tui.text import Words
from tui.widgets.prose import Prose

if TYPE_CHECKING:
    from coach.ask import Answer


@dataclass(frozen=True)
class Answering:
    """How far an answer is; `trouble` is why it stopped."""

    question: str
    text: str = ""
    answer: "Answer | None" = None
    trouble: CoachError | None = None


class AnswerPanel(VerticalScroll):
    """Paints one answer; the model's text is plain text."""

    answering: reactive[Answering | None] = reactive(None)

    def __init__(self, words: Words) -> None:
        super().__init__(classes="panel")
        self._words = words
        self.border_title = words("ask.answer")

    def compose(self) -> ComposeResult:
        yield Prose(Content.styled(self._words("ask.hint"), "$foreground-muted"))

    def watch_answering(self, now: Answering | None) -> None:
        if now is None:
            return
        self.query_one(Prose).update(self._content(now))
        self.border_subtitle = self._by(now.answer) if now.answer else ""

    def _content(self, now: Answering) -> Content:
        words = self._words
        if now.trouble is not None:
            head = (f"! {words('error.title')}\n", "bold $text-warning")
            return Content.assemble(head, shown(f"{now.trouble.message}\n{now.trouble.hint}"))
        if now.answer is not None and not now.answer.answered:
            head = (f"? {words('ask.none')}\n", "bold $text-warning")
            text = shown(now.text.strip())
            return Content.assemble(head, ("" if text == words("ask.none") else text, ""))
        if not now.text:
            return Content.styled(words("ask.searching"), "$foreground-muted")
        return _with_markers(shown(now.text), now.answer)

    def _by(self, answer: "Answer") -> str:
        return self._words("ask.by", model=answer.model, seconds=f"{answer.elapsed_s:.1f}")


def _with_markers(text: str, answer: "Answer | None") -> Content:
    content = Content(text)
    for citation in answer.citations if answer else ():
        marker = str(citation.marker)
        content = content.highlight_regex(rf"\[{marker.strip('[]')}\]", style="bold $text-accent")
    return content

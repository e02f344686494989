"""One question to the notes and its answer, as it streams in."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive

from coach.errors import CoachError
from tui.plain import shown
from tui.text import Words
from tui.widgets.passage_text import place
from tui.widgets.prose import Prose

if TYPE_CHECKING:
    from coach.ask import Answer, Citation

# Brackets in an answer are never the model's: they hold a number, or words that say there is no source.
_MARKER = r"\[\d+\]"
_NO_SOURCE = r"\[[^\d\]]+\]"


@dataclass(frozen=True)
class Answering:
    """How far an answer is; `trouble` is why it ended without the rest, `stopped` that it was told to."""

    question: str
    text: str = ""
    answer: "Answer | None" = None
    trouble: CoachError | None = None
    stopped: bool = False

    @property
    def citations(self) -> "tuple[Citation, ...]":
        """The sources; none before the answer is whole."""
        return self.answer.citations if self.answer else ()


class AnswerPanel(Vertical, can_focus=True):
    """Paints one question with its answer; the model's text is plain text."""

    DEFAULT_CSS = """
    AnswerPanel { height: auto; margin: 0 0 1 0; padding: 0 1; border-left: blank; }
    AnswerPanel.-chosen { border-left: outer $border-blurred; }
    AnswerPanel:focus { border-left: outer $border; }
    AnswerPanel > Prose { height: auto; }
    """

    answering: reactive[Answering] = reactive(Answering(""))

    def __init__(self, words: Words, question: str) -> None:
        super().__init__()
        self._words = words
        self.set_reactive(AnswerPanel.answering, Answering(question))

    def compose(self) -> ComposeResult:
        yield Prose(Content.styled(shown(self.answering.question), "bold"), id="question")
        yield Prose(self._content(), id="text")
        yield Prose(id="about", markup=False)

    def watch_answering(self) -> None:
        if self.is_mounted:
            self.query_one("#text", Prose).update(self._content())
            about = self.query_one("#about", Prose)
            about.update(Content.styled(self._about(), "$foreground-muted"))
            about.display = bool(self._about())

    def _content(self) -> Content:
        now, words = self.answering, self._words
        if now.trouble is not None:
            head = (f"! {words('error.title')}\n", "bold $text-warning")
            return Content.assemble(head, shown("\n".join(words.failure(now.trouble))))
        if now.answer is not None and not now.answer.answered:
            head = (f"? {words('ask.none')}", "bold $text-warning")
            text = shown(now.text.strip())
            return Content.assemble(head, f"\n{text}" if text and text != head[0][2:] else "")
        if not now.text:
            waiting = "" if now.stopped else words("ask.searching")
            return Content.styled(waiting, "$foreground-muted")
        return with_markers(shown(now.text.strip()))

    def _about(self) -> str:
        """Who answered, how long it took, and how a follow-up was understood."""
        now, words = self.answering, self._words
        if now.stopped:
            return words("ask.stopped")
        if now.answer is None:
            return ""
        seconds = f"{now.answer.elapsed_s:.1f}"
        name = shown(now.answer.model)
        by = words("ask.by", model=name, seconds=seconds) if name else ""
        parts = [by or words("ask.by_rule", seconds=seconds)]
        if without := re.findall(_NO_SOURCE, now.text):
            parts.append(words("ask.unsupported", count=len(without)))
        about = " · ".join(parts)
        meant = shown(now.answer.understood)
        return f"{words('ask.understood', question=meant)}\n{about}" if meant else about


def with_markers(text: str) -> Content:
    """An answer with its markers set off, and what has no source marked as such."""
    content = Content(text).highlight_regex(_MARKER, style="bold $text-accent")
    return content.highlight_regex(_NO_SOURCE, style="italic $text-warning")


def copied(now: Answering, words: Words) -> str:
    """Question, answer and sources as plain text."""
    sources = (
        f'{c.marker} {place(c.passage, words)}: "{" ".join(c.quote.split())}"'
        for c in now.citations
    )
    return "\n".join(
        [now.question, "", now.text.strip(), *([""] if now.citations else []), *sources]
    )

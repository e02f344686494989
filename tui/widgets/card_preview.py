"""A card or a passage beside the lists; answers stay hidden until they are asked for."""

from typing import TYPE_CHECKING, Literal

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive

from coach.document import Passage
from tui.plain import shown
from tui.state import local
from tui.text import Words
from tui.widgets.passage_text import passage_content
from tui.widgets.prose import Prose

if TYPE_CHECKING:
    from coach.card import Bilingual
    from coach.language import Lang
    from tui.catalogue import Entry

Told = Literal[0, 1, 2]
"""How much of a card is told: the question, the key points too, the reference too."""


class CardPreview(VerticalScroll):
    """Shows the chosen card, or a passage; another one starts with its question alone."""

    showing: "reactive[Entry | Passage | None]" = reactive(None, init=False)
    told: reactive[Told] = reactive(0, init=False)

    def __init__(self, words: Words, lang: "Lang") -> None:
        super().__init__(classes="panel")
        self._words = words
        self._lang: Lang = lang

    def compose(self) -> ComposeResult:
        yield Prose()

    def watch_showing(self) -> None:
        self.set_reactive(CardPreview.told, 0)
        self._paint()
        self.scroll_home(animate=False)

    def watch_told(self) -> None:
        self._paint()

    def _paint(self) -> None:
        words, showing = self._words, self.showing
        title = note = ""
        content = Content("")
        if isinstance(showing, Passage):
            title, content = words("passage.title"), passage_content(showing, words)
        elif showing is not None:
            card = showing.card
            title = f"{card.topic} · {card.id}"
            note = f"{words(f'setup.level_{card.level}')} · {words(f'kind.{card.kind}')}"
            content = self._card(showing)
        self.border_title, self.border_subtitle = Content(shown(title)), Content(note)
        self.query_one(Prose).update(content)

    def _card(self, entry: "Entry") -> Content:
        card, words = entry.card, self._words
        parts = [self._asked(card.question), *self._facts(entry)]
        if self.told >= 1:
            parts += [_head(words("deck.points")), *self._points(entry)]
        if self.told >= 2:
            parts += [_head(words("deck.reference")), Content(shown(card.reference[self._lang]))]
            if card.common_mistakes:
                parts.append(_head(words("deck.mistakes")))
                parts += [_item(shown(text[self._lang])) for text in card.common_mistakes]
        hint = ("deck.hidden", "deck.half_hidden", "")[self.told]
        if hint:
            parts.append(Content.styled(f"\n{words(hint)}", "$foreground-muted"))
        return Content("\n").join(parts)

    def _asked(self, question: "Bilingual") -> Content:
        """The question in the language of the interview, and below it in the other."""
        other: Lang = "zh" if self._lang == "en" else "en"
        return Content.assemble(
            (shown(question[self._lang]), "bold"),
            (f"\n{shown(question[other])}", "$foreground-muted"),
        )

    def _facts(self, entry: "Entry") -> list[Content]:
        words, lines = self._words, []
        if entry.memory is not None:
            memory = entry.memory
            remembered = words(
                "deck.memory",
                score=f"{memory.score:.0%}",
                recall=f"{entry.recall:.0%}",
                due=local(memory.due).split(" ", maxsplit=1)[0],
            )
            lines.append(remembered)
        if entry.card.exercise:
            lines.append(f"⌨ {words('deck.exercise')}")
        elif entry.related is not None:
            lines.append(words("deck.related", card=shown(entry.related.id)))
        return [Content.styled("\n".join(["", *lines]), "$text-primary")] if lines else []

    def _points(self, entry: "Entry") -> list[Content]:
        essential = f" ({self._words('deck.essential')})"
        return [
            _item(shown(point.text[self._lang]) + (essential if point.essential else ""))
            for point in entry.card.key_points
        ]


def _head(text: str) -> Content:
    return Content.styled(f"\n{text}", "bold $text-primary")


def _item(text: str) -> Content:
    return Content(f"• {text}")

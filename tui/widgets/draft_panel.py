"""One draft in full, in both languages, each key point with the lines of the notes it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.reactive import reactive

from tui.marks import DRAFT_MARKS
from tui.plain import shown
from tui.text import Words
from tui.widgets.prose import Prose

if TYPE_CHECKING:
    from coach.card import Bilingual, Card, KeyPoint
    from coach.draft import Draft
    from coach.draft.file import Origin


@dataclass(frozen=True)
class Showing:
    """The draft to show; None: there is none."""

    draft: "Draft | None"


class DraftPoint(Horizontal):
    """One key point: mark and word on the left; on the right its texts and its lines."""

    DEFAULT_CSS = """
    DraftPoint { height: auto; margin: 0 0 1 0; }
    DraftPoint > .mark { width: 14; }
    DraftPoint > .point { width: 1fr; }
    """

    def __init__(self, supported: bool, body: Content, words: Words) -> None:
        super().__init__()
        self._supported = supported
        self._body = body
        self._words = words

    def compose(self) -> ComposeResult:
        mark, style = DRAFT_MARKS["sound" if self._supported else "doubtful"]
        word = self._words("drafts.supported" if self._supported else "drafts.unsupported")
        yield Prose(Content.styled(f"{mark} {word}", f"bold {style}"), classes="mark")
        yield Prose(self._body, classes="point")


class DraftPanel(VerticalScroll):
    """Paints one draft; all of its text comes from outside and is plain text."""

    DEFAULT_CSS = """
    DraftPanel .part { margin: 0 0 1 0; }
    """

    showing: reactive[Showing | None] = reactive(None, recompose=True)

    def __init__(self, words: Words) -> None:
        super().__init__(classes="panel")
        self._words = words
        self.border_title = words("drafts.draft")

    def watch_showing(self, now: Showing | None) -> None:
        draft = now.draft if now else None
        self.border_title = Content(draft.id) if draft else self._words("drafts.draft")
        self.border_subtitle = self._about(draft) if draft else ""
        self.scroll_home(animate=False)

    def compose(self) -> ComposeResult:
        words = self._words
        if self.showing is None:
            yield Prose(Content.styled(words("home.looking"), "$foreground-muted"))
        elif self.showing.draft is None:
            yield Prose(Content.styled(words("drafts.none"), "bold"), classes="part")
            yield Prose(Content(words("drafts.how")))
        else:
            yield from self._parts(self.showing.draft)

    def _parts(self, draft: "Draft") -> ComposeResult:
        words, card, origin = self._words, draft.card, draft.origin
        if draft.findings:
            mark, style = DRAFT_MARKS["faulty"]
            head = (f"{mark} {words('drafts.mend')}", f"bold {style}")
            yield _part(Content.assemble(head), *(_dashed(text) for text in draft.findings))
        if card is None or origin is None:
            yield _part(Content.styled(shown(str(draft.file)), "$foreground-muted"))
            return
        asked, translated = _both(card.question, origin)
        yield _part(Content.styled(asked, "bold"), Content.styled(translated, "bold"))
        yield self._heading("drafts.points")
        for point in card.key_points:
            lines = draft.support.get(point.id, ())
            yield DraftPoint(bool(lines), self._point(point, lines, origin), words)
        yield self._heading("drafts.reference")
        first, second = _both(card.reference, origin)
        yield _part(Content(first))
        yield _part(Content(second))
        yield from self._rest(card, origin)

    def _point(self, point: "KeyPoint", lines: Iterable[int], origin: "Origin") -> Content:
        texts = {line.number: line.text for line in origin.lines}
        said = [Content(text) for text in _both(point.text, origin)]
        quoted = [
            Content.assemble(
                (f"{shown(origin.document)}:{number} ", "$text-accent"),
                (shown(texts[number].strip()), "italic $foreground-muted"),
            )
            for number in lines
        ]
        none = Content.styled(self._words("drafts.no_line"), "$text-warning")
        return Content("\n").join([*said, *(quoted or [none])])

    def _rest(self, card: "Card", origin: "Origin") -> ComposeResult:
        asked = [follow_up.text for follow_up in card.follow_ups]
        for title, texts in (
            ("drafts.mistakes", card.common_mistakes),
            ("drafts.follow_ups", asked),
        ):
            if texts:
                yield self._heading(title)
                yield _part(*(_dashed("\n".join(_both(text, origin))) for text in texts))

    def _heading(self, name: str) -> Prose:
        return Prose(Content.styled(self._words(name), "bold $primary"))

    def _about(self, draft: "Draft") -> Content:
        card, origin, words = draft.card, draft.origin, self._words
        if card is None or origin is None:
            return Content("")
        about = (
            f"{origin.document}:{origin.line}",
            card.topic,
            words(f"setup.level_{card.level}"),
            words(f"kind.{card.kind}"),
            words("drafts.by", model=origin.model),
        )
        return Content(shown(" · ".join(about)))


def _part(*lines: Content) -> Prose:
    return Prose(Content("\n").join(lines), classes="part")


def _dashed(text: str) -> Content:
    return Content("– " + shown(text).replace("\n", "\n  "))


def _both(text: "Bilingual", origin: "Origin") -> tuple[str, str]:
    """The text in the language of the notes, then its translation."""
    other = text.zh if origin.lang == "en" else text.en
    return shown(text[origin.lang]), shown(other)

"""The verdict: key points as they are judged, then the mark, the feedback and who graded."""

from dataclasses import dataclass, replace

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import reactive

from coach.document import Passage
from coach.errors import CoachError
from coach.verdict import KeyPointVerdict, Verdict
from tui.marks import GRADE_MARKS, POINT_MARKS, bar
from tui.plain import shown
from tui.text import Words
from tui.widgets.passage_text import place
from tui.widgets.prose import Prose


@dataclass(frozen=True)
class Marking:
    """How far the grading of an answer is; `trouble` is why it stopped without a verdict."""

    total: int = 0
    points: tuple[KeyPointVerdict, ...] = ()
    verdict: Verdict | None = None
    trouble: CoachError | None = None
    follow_up_next: bool = False
    reference: str = ""

    @property
    def ungraded(self) -> bool:
        """Whether grading ended without a mark."""
        return self.trouble is not None or (self.verdict is not None and self.verdict.score is None)

    @property
    def judged(self) -> tuple[KeyPointVerdict, ...]:
        """The points to show; without a mark those that stayed open are left out."""
        points = (self.verdict.key_points if self.verdict else ()) or self.points
        return tuple(p for p in points if not self.ungraded or p.verdict != "unsure")

    def with_point(self, point: KeyPointVerdict) -> "Marking":
        """The marking with one more key point."""
        return replace(self, points=(*self.points, point))


def to_read(points: tuple[KeyPointVerdict, ...]) -> tuple[Passage, ...]:
    """The passages cited for the points that were not covered, each once, in order."""
    cited = [p.citation for p in points if p.citation and p.verdict != "covered"]
    return tuple({passage.chunk.id: passage for passage in cited}.values())


class KeyPointRow(Horizontal):
    """One key point: mark and word on the left; text, quote and passage on the right."""

    DEFAULT_CSS = """
    KeyPointRow { height: auto; margin: 0 0 1 0; }
    KeyPointRow > #mark { width: 14; }
    KeyPointRow > #point { width: 1fr; }
    """

    def __init__(self, point: KeyPointVerdict, number: int | None, words: Words) -> None:
        super().__init__()
        self._point = point
        self._number = number
        self._words = words

    def compose(self) -> ComposeResult:
        mark, style = POINT_MARKS[self._point.verdict]
        word = self._words(f"point.{self._point.verdict}")
        yield Prose(Content.styled(f"{mark} {word}", f"bold {style}"), id="mark")
        yield Prose(self._body(), id="point")

    def _body(self) -> Content:
        point = self._point
        parts = [Content(shown(point.text))]
        if point.quote is not None:
            parts.append(Content.styled(f"“{shown(point.quote.text)}”", "italic $foreground-muted"))
        if point.citation is not None and self._number is not None:
            where = place(point.citation, self._words)
            parts.append(
                Content.assemble(
                    (f"[{self._number}] ", "bold $text-accent"), (where, "$foreground-muted")
                )
            )
        return Content("\n").join(parts)


class VerdictPanel(VerticalScroll):
    """Paints one marking; rows are added as points arrive."""

    DEFAULT_CSS = """
    VerdictPanel #head { margin: 0 0 1 0; }
    VerdictPanel #points { height: auto; }
    VerdictPanel #tail { margin: 0; }
    """

    marking: reactive[Marking | None] = reactive(None)

    def __init__(self, words: Words) -> None:
        super().__init__(classes="panel")
        self._words = words
        self._idle = words("verdict.idle")
        self.border_title = words("verdict.title")

    def compose(self) -> ComposeResult:
        yield Prose(Content.styled(self._idle, "$foreground-muted"), id="head")
        yield Vertical(id="points")
        yield Prose(id="tail", markup=False)

    def watch_marking(self, before: Marking | None, now: Marking | None) -> None:
        if not self.is_mounted:
            return
        if now is None:
            self._clear()
            return
        rows = self.query_one("#points", Vertical)
        points = now.judged
        painted = before.judged if before else ()
        if points[: len(painted)] != painted:
            rows.remove_children()
            painted = ()
        numbers = {passage.chunk.id: n for n, passage in enumerate(to_read(points), 1)}
        for point in points[len(painted) :]:
            number = numbers.get(point.citation.chunk.id) if point.citation else None
            rows.mount(KeyPointRow(point, number, self._words))
        self.query_one("#head", Prose).update(self._head(now))
        self.query_one("#tail", Prose).update(self._tail(now))
        self.border_subtitle = self._by(now.verdict) if now.verdict else ""

    def _clear(self) -> None:
        self.query_one("#points", Vertical).remove_children()
        self.query_one("#head", Prose).update(Content.styled(self._idle, "$foreground-muted"))
        self.query_one("#tail", Prose).update("")
        self.border_subtitle = ""
        self.scroll_home(animate=False)

    def _head(self, marking: Marking) -> Content:
        words = self._words
        if marking.trouble is not None:
            return Content.styled(f"? {words('verdict.not_graded')}", "bold $text-warning")
        verdict = marking.verdict
        if verdict is None and not marking.points:
            return Content.styled(words("verdict.reading"), "$foreground-muted")
        if verdict is None:
            done = min(len(marking.points) + 1, marking.total)
            text = words("verdict.judging", done=done, total=marking.total)
            return Content.styled(text, "$foreground-muted")
        return self._mark(verdict)

    def _mark(self, verdict: Verdict) -> Content:
        mark, style = GRADE_MARKS[verdict.grade]
        grade = (f"{mark} {self._words(f'grade.{verdict.grade}')}", f"bold {style}")
        if verdict.score is None:
            return Content.assemble(grade)
        score = (f"{verdict.score:.0%}  ", "bold")
        return Content.assemble(
            score, bar(verdict.score, 12, style), "  ", grade, self._range(verdict)
        )

    def _range(self, verdict: Verdict) -> tuple[str, str]:
        if verdict.interval is None:
            return "", ""
        low, high = verdict.interval
        text = self._words("verdict.range", low=f"{low:.0%}", high=f"{high:.0%}")
        return f"  {text}", "$foreground-muted"

    def _tail(self, marking: Marking) -> Content:
        words, verdict = self._words, marking.verdict
        parts: list[Content] = []
        if marking.trouble is not None:
            parts += [Content(shown(marking.trouble.message)), Content(shown(marking.trouble.hint))]
        if verdict is not None and verdict.score is None:
            parts.append(Content(shown(verdict.ungraded_reason or "")))
        if marking.ungraded:
            parts.append(Content.styled(f"\n{words('verdict.ungraded_note')}", "$foreground-muted"))
            parts.append(Content.styled(words("verdict.ungraded_keys"), "$text-accent"))
        elif verdict is not None:
            parts.append(Content(shown(verdict.feedback)))
        if marking.follow_up_next:
            parts.append(Content.styled(f"\n{words('verdict.follow_up')}", "$text-accent"))
        if marking.reference:
            parts.append(Content.styled(f"\n{words('verdict.reference')}", "bold $primary"))
            parts.append(Content(shown(marking.reference)))
        return Content("\n").join([part for part in parts if part.plain])

    def _by(self, verdict: Verdict) -> str:
        words = self._words
        if not verdict.model:
            return "" if verdict.score is None else words("verdict.by_rule")
        by = words("verdict.by", model=verdict.model)
        usage = verdict.usage
        if usage is None or not (usage.prompt_tokens or usage.completion_tokens):
            return by
        count = usage.prompt_tokens + usage.completion_tokens
        return f"{by} · {words('verdict.tokens', count=count)}"

"""The verdict: key points as they are judged, then the mark, the feedback and who graded."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive

from coach.grade.certainty import UNSURE
from coach.verdict import Verdict
from tui.marks import GRADE_MARKS, bar
from tui.plain import shown
from tui.text import Words
from tui.widgets.key_points import KeyPoints, Row
from tui.widgets.marking import Marking, to_read
from tui.widgets.own_view import own_view
from tui.widgets.prose import Prose


class VerdictPanel(VerticalScroll):
    """Paints one marking; rows are added as points arrive."""

    DEFAULT_CSS = """
    VerdictPanel #head { margin: 0 0 1 0; }
    VerdictPanel KeyPoints { margin: 0 0 1 0; }
    """

    marking: reactive[Marking | None] = reactive(None)

    def __init__(self, words: Words) -> None:
        super().__init__(classes="panel")
        self._words = words
        self._idle = words("verdict.idle")
        self.border_title = words("verdict.title")

    def compose(self) -> ComposeResult:
        yield Prose(Content.styled(self._idle, "$foreground-muted"), id="head")
        yield KeyPoints(self._words)
        yield Prose(id="tail", markup=False)

    def watch_marking(self, now: Marking | None) -> None:
        if not self.is_mounted:
            return
        if now is None:
            self._clear()
            return
        points = now.judged
        numbers = {passage.chunk.id: n for n, passage in enumerate(to_read(points), 1)}
        self.query_one(KeyPoints).rows = tuple(
            Row(
                point,
                numbers.get(point.citation.chunk.id) if point.citation else None,
                now.before(point.id),
            )
            for point in points
        )
        self.query_one("#head", Prose).update(self._head(now))
        self.query_one("#tail", Prose).update(self._tail(now))
        self.border_subtitle = self._by(now.verdict) if now.verdict else ""

    def _clear(self) -> None:
        self.query_one(KeyPoints).rows = ()
        self.query_one("#head", Prose).update(Content.styled(self._idle, "$foreground-muted"))
        self.query_one("#tail", Prose).update("")
        self.border_subtitle = ""
        self.scroll_home(animate=False)

    def _head(self, marking: Marking) -> Content:
        words, verdict = self._words, marking.verdict
        if marking.trouble is not None:
            return Content.styled(f"? {words('verdict.not_graded')}", "bold $text-warning")
        if marking.revealed:
            return Content.styled(f"· {words('verdict.revealed')}", "bold $foreground-muted")
        if verdict is None:
            return Content("\n").join([self._progress(marking), self._own_guess(marking)])
        parts = [self._mark(verdict, marking)]
        if verdict.confidence is not None and verdict.confidence < UNSURE:
            parts.append(Content.styled(words("verdict.doubt"), "$text-warning"))
        if marking.turn is not None:
            parts.append(own_view(marking.turn, words))
        return Content("\n").join([part for part in parts if part.plain])

    def _progress(self, marking: Marking) -> Content:
        text = self._words("verdict.reading")
        if marking.points:
            done = min(len(marking.points) + 1, marking.total)
            text = self._words("verdict.judging", done=done, total=marking.total)
        return Content.styled(text, "$foreground-muted")

    def _own_guess(self, marking: Marking) -> Content:
        words, rating = self._words, marking.self_rating
        if rating is None:
            return Content.styled(words("verdict.rate_yourself"), "$foreground-muted")
        return Content(words("own.self_rating", rating=words(f"rating.{rating}")))

    def _mark(self, verdict: Verdict, marking: Marking) -> Content:
        mark, style = GRADE_MARKS[verdict.grade]
        grade = (f"{mark} {self._words(f'grade.{verdict.grade}')}", f"bold {style}")
        if verdict.score is None:
            return Content.assemble(grade)
        first = marking.first.score if marking.first else None
        was = "" if first is None else f"{first:.0%} → "
        score = (f"{was}{verdict.score:.0%}  ", "bold")
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
            parts += [Content(shown(said)) for said in words.failure(marking.trouble)]
        if verdict is not None and verdict.score is None:
            parts.append(Content(shown(words.said(verdict.ungraded_reason or ""))))
        if marking.ungraded:
            parts.append(Content.styled(f"\n{words('verdict.ungraded_note')}", "$foreground-muted"))
            if not marking.past:
                parts.append(Content.styled(words("verdict.ungraded_keys"), "$text-accent"))
        elif verdict is not None:
            parts.append(Content(shown(verdict.feedback)))
        if marking.follow_up_next:
            parts.append(Content.styled(f"\n{words('verdict.follow_up')}", "$text-accent"))
        if marking.reference:
            gap = "\n" if parts else ""
            parts.append(Content.styled(f"{gap}{words('verdict.reference')}", "bold $primary"))
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

"""Figures of the statistics: a title, a chart of characters, and what it says in words."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.charts import columns, padded
from tui.marks import bar
from tui.text import Words

if TYPE_CHECKING:
    from coach.history.statistics import Calibration, Moment, Retention, Statistics

HEIGHT = 6
BAR = 24
# Points between own rating and mark that nobody needs to hear of.
FAIR = 10


class Figure(VerticalScroll, can_focus=False):
    """One figure under its title."""

    def __init__(self, words: Words, name: str) -> None:
        super().__init__(id=name, classes="panel")
        self.border_title = words(f"stats.{name}")

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    def show(self, content: Content) -> None:
        """Puts another content in."""
        self.query_one(Static).update(content)


def progress(moments: "tuple[Moment, ...]", words: Words) -> Content:
    """Readiness over time, the axis always from 0 to 100%."""
    note = Content.styled(words("stats.progress_note"), "$foreground-muted")
    if len(moments) < 2:
        return Content("\n").join([Content(words("stats.progress_one")), note])
    shares = [moment.chance for moment in moments]
    labels = {0: "100%", HEIGHT // 2: " 50%", HEIGHT - 1: "  0%"}
    lines = [
        Content.assemble((f"{labels.get(row, ''):>4}│", "$foreground-muted"), (text, "$primary"))
        for row, text in enumerate(columns(shares, HEIGHT, 2))
    ]
    first, last = (f"{moment.at.astimezone():%Y-%m-%d}" for moment in (moments[0], moments[-1]))
    ends = f"{first} {shares[0]:.0%}  →  {last} {shares[-1]:.0%}"
    return Content("\n").join([*lines, Content(f"     {ends}"), note])


def retention(stats: "Statistics", words: Words) -> Content:
    """What was still known, by the days since the answer before; then what is known today."""
    lines = [_kept(row, words) for row in stats.retention]
    if not lines:
        lines = [Content.styled(words("stats.no_retention"), "$foreground-muted")]
    if stats.recall is not None:
        text = words("stats.recall", share=f"{stats.recall:.0%}")
        lines.append(Content.styled(text, "$foreground-muted"))
    return Content("\n").join(lines)


def _kept(row: "Retention", words: Words) -> Content:
    days = str(row.first) if row.first == row.last else f"{row.first}–{row.last or ''}"
    label = words("stats.day" if days == "1" else "stats.days", days=days)
    share = row.recalled / row.answers
    told = words("stats.recalled", share=f"{share:.0%}", answers=row.answers)
    return Content.assemble(padded(label, 12), bar(share, BAR), f"  {told}")


def forecast(stats: "Statistics", words: Words) -> Content:
    """How many cards come back on each of the next days, with their numbers and dates."""
    from datetime import timedelta

    counts, today = stats.forecast, stats.progress[-1].at.astimezone()
    highest = max(*counts, 1)
    days = [(today + timedelta(days=ahead)).day for ahead in range(len(counts))]
    note = words("stats.forecast_note", today=counts[0], total=sum(counts), days=len(counts))
    lines = [
        Content.styled(note, "$foreground-muted"),
        *(
            Content.styled(row, "$primary")
            for row in columns([count / highest for count in counts], HEIGHT - 2, 4)
        ),
        Content("".join(f"{count or '·':>3} " for count in counts)),
        Content.styled("".join(f"{day:>3} " for day in days), "$foreground-muted"),
    ]
    return Content("\n").join(lines)


def calibration(stats: "Statistics", words: Words) -> Content:
    """The mean mark of the answers that were rated so, and what that says of the rater."""
    rows = stats.calibration
    lines = [_rated(row, words) for row in rows]
    if rows:
        lines.append(Content(_judgement(rows, words)))
    else:
        lines.append(Content.styled(words("stats.no_calibration"), "$foreground-muted"))
    if stats.changed:
        text = words("stats.changed", count=stats.changed)
        lines.append(Content.styled(text, "$foreground-muted"))
    return Content("\n").join(lines)


def _rated(row: "Calibration", words: Words) -> Content:
    told = words("stats.mark", mean=f"{row.mean:.0%}", expected=f"{row.expected:.0%}")
    label = f"{words(f'rated.{row.rating}')} ×{row.answers}"
    return Content.assemble(padded(label, 12), bar(row.mean, BAR), f"  {told}")


def _judgement(rows: "tuple[Calibration, ...]", words: Words) -> str:
    answers = sum(row.answers for row in rows)
    off = [(row.answers, 100 * (row.expected - row.mean)) for row in rows]
    above = sum(count * points for count, points in off) / answers
    apart = sum(count * abs(points) for count, points in off) / answers
    if apart < FAIR:
        return words("stats.fair")
    if abs(above) < FAIR:
        return words("stats.unrelated", points=round(apart))
    name = "stats.too_kind" if above > 0 else "stats.too_strict"
    return words(name, points=round(abs(above)))

"""How verdicts look: a mark and a colour for each, always shown together with a word."""

from typing import TYPE_CHECKING

from textual.content import Content

if TYPE_CHECKING:
    from coach.verdict import Grade, PointVerdict

POINT_MARKS: "dict[PointVerdict, tuple[str, str]]" = {
    "covered": ("✓", "$text-success"),
    "partial": ("~", "$text-warning"),
    "missing": ("✗", "$text-error"),
    "contradicted": ("!", "$text-error"),
    "unsure": ("?", "$foreground-muted"),
}
"""Mark and style of each judgement of a key point."""

GRADE_MARKS: "dict[Grade, tuple[str, str]]" = {
    "correct": ("✓", "$text-success"),
    "partial": ("~", "$text-warning"),
    "incorrect": ("✗", "$text-error"),
    "no_answer": ("✗", "$text-error"),
    "ungraded": ("?", "$foreground-muted"),
}
"""Mark and style of each grade."""

DRAFT_MARKS: dict[str, tuple[str, str]] = {
    "sound": ("✓", "$text-success"),
    "doubtful": ("!", "$text-warning"),
    "faulty": ("✗", "$text-error"),
}
"""Mark and style of a draft or one of its key points: borne out, doubtful, or not to be accepted."""

CASE_MARKS: dict[str, tuple[str, str]] = {"passed": ("✓", "$text-success")}
"""Mark and style of a test case that passed; every other outcome is a failure."""

FAILED_CASE = ("✗", "$text-error")


def bar(share: float, width: int, style: str = "$primary") -> Content:
    """A bar of `width` cells, `share` (0 to 1) of it thick; the thickness alone tells it."""
    filled = round(max(0.0, min(1.0, share)) * width)
    rest = ("─" * (width - filled), "$border-blurred")
    return Content.assemble(("━" * filled, style), rest)


def clock_text(seconds: float) -> str:
    """Minutes and seconds, hours only where there are some: 03:05 or 1:03:05."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"

"""Charts of characters: their shape alone tells them, colour only helps."""

from collections.abc import Sequence

from textual.content import Content

_EIGHTHS = " ▁▂▃▄▅▆▇█"


def spark(shares: Sequence[float]) -> str:
    """One character for each share, from 0 (lowest) to 1 (highest)."""
    return "".join(_EIGHTHS[1 + round(_within(share) * 7)] for share in shares)


def columns(shares: Sequence[float], height: int, width: int) -> list[str]:
    """Rows of a column chart, the top one first: a share of 1 is `height` rows high, columns `width` cells wide."""
    eighths = [round(_within(share) * height * 8) for share in shares]
    return [
        "".join(_EIGHTHS[max(0, min(8, full - 8 * row))] * (width - 1) + " " for full in eighths)
        for row in range(height - 1, -1, -1)
    ]


def whisker(share: float, low: float, high: float, width: int) -> Content:
    """A share from 0 to 1 with its interval: `━` up to its low end, `●` the share, `─` what may be."""
    last = width - 1
    at, start, end = (round(_within(value) * last) for value in (share, low, high))
    return Content.assemble(
        ("━" * min(start, at), "$primary"),
        ("─" * (at - min(start, at)), "$foreground-muted"),
        ("●", "bold $primary"),
        ("─" * (end - at), "$foreground-muted"),
        ("·" * (last - max(end, at)), "$border-blurred"),
    )


def padded(text: str, width: int) -> str:
    """The text with spaces up to a width in cells; a longer one is cut with an ellipsis."""
    content = Content(text)
    if content.cell_length > width:
        content = content.truncate(width, ellipsis=True)
    return content.plain + " " * (width - content.cell_length)


def _within(share: float) -> float:
    return max(0.0, min(1.0, share))

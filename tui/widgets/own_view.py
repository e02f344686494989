"""What the candidate says to a verdict: how well it went, how often to ask again, an own mark."""

from typing import TYPE_CHECKING

from textual.content import Content

from tui.plain import shown
from tui.text import Words

if TYPE_CHECKING:
    from coach.interview import Turn


def own_view(turn: "Turn", words: Words) -> Content:
    """Self-rating and rating in one line, the disagreement below; empty where there is none of them."""
    ratings = [
        words(name, rating=words(f"rating.{rating}"))
        for name, rating in (("own.self_rating", turn.self_rating), ("own.rating", turn.rating))
        if rating is not None
    ]
    lines = [Content.styled(" · ".join(ratings), "$foreground-muted")] if ratings else []
    if turn.own_score is not None:
        reason = f" {shown(turn.disagreement)}" if turn.disagreement else ""
        said = words("own.disagreement", mark=f"{turn.own_score:.0%}")
        lines.append(Content.assemble((f"≠ {said}", "bold $text-warning"), reason))
    return Content("\n").join(lines)

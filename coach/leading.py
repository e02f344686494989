"""Questions that lead on without giving anything away: hints before the verdict, follow-ups after it."""

from collections.abc import Collection, Sequence

from coach.card import Bilingual, Card, FollowUp, KeyPoint
from coach.grade.clauses import recall, tokens
from coach.language import LANGS, Lang
from coach.verdict import Verdict

MOST_FOLLOW_UPS = 2

# So much of a point's own words in an answer count as having named it.
NAMED = 0.5


def hint(
    card: Card,
    lang: Lang,
    answer: str,
    given: Collection[str],
    steps: Sequence[Bilingual] = (),
) -> str | None:
    """The question that leads to the weightiest point not named yet; None where none is left.

    `given` are the hints so far. Those of an exercise, `steps`, come in their order instead.
    """
    if steps:
        return steps[len(given)][lang] if len(given) < len(steps) else None
    said = tokens(answer)
    for point in sorted(card.key_points, key=_matters, reverse=True):
        question = card.follow_up(point.id)
        if question is not None and question[lang] not in given and not _named(point, said):
            return question[lang]
    return None


def follow_up(
    card: Card, verdict: Verdict, lang: Lang, followed: Collection[str]
) -> FollowUp | None:
    """What to ask about a gap; `followed` are the key points asked about already.

    First comes the question of the verdict, then, once, that of another essential point that was missed.
    """
    if not verdict.follow_up or verdict.grade in ("correct", "ungraded"):
        return None
    if not followed:
        return next((f for f in card.follow_ups if f.text[lang] == verdict.follow_up), None)
    if len(followed) >= MOST_FOLLOW_UPS:
        return None
    missed = {
        point.id
        for point in verdict.key_points
        if point.verdict in ("missing", "contradicted") and point.id not in followed
    }
    gaps = [point for point in card.key_points if point.essential and point.id in missed]
    worst = max(gaps, key=_matters, default=None)
    return next((f for f in card.follow_ups if worst and f.key_point == worst.id), None)


def _matters(point: KeyPoint) -> tuple[bool, int]:
    return point.essential, point.weight


def _named(point: KeyPoint, said: list[str]) -> bool:
    return max(recall(tokens(point.text[lang]), said) for lang in LANGS) >= NAMED

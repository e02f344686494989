"""Questions that lead on: hints before the verdict, follow-ups after it."""

from typing import Any

from coach.card import Bilingual, Card, FollowUp, KeyPoint
from coach.leading import follow_up, hint
from coach.verdict import KeyPointVerdict, PointVerdict, Verdict


def point(name: str, text: str, weight: int = 1, essential: bool = False) -> KeyPoint:
    return KeyPoint(name, Bilingual(text, "要点"), weight, essential)


CARD = Card(
    id="pool",
    topic="cnn",
    level="mid",
    kind="concept",
    question=Bilingual("What does max pooling do?", "最大池化做什么？"),
    reference=Bilingual("…", "…"),
    key_points=(
        point("detail", "Overlapping windows are possible", 3),
        point("small", "It shrinks the feature maps", 1, essential=True),
        point("shift", "Small translations change little", 2, essential=True),
        point("none", "It has no parameters", 2),
    ),
    follow_ups=tuple(
        FollowUp(name, Bilingual(f"{name}?", f"{name}？")) for name in ("detail", "small", "shift")
    ),
)


def judged(follow_up: str = "shift?", grade: Any = "partial", **words: PointVerdict) -> Verdict:
    points = tuple(
        KeyPointVerdict(p.id, p.text.en, words.get(p.id, "covered"), 0.1) for p in CARD.key_points
    )
    return Verdict("pool", 0.5, grade, points, "", follow_up, "keypoints", "scripted", 0.1)


def test_hints_lead_to_essential_points_first_and_end() -> None:
    given: list[str] = []
    while question := hint(CARD, "en", "", given):
        given.append(question)
    assert given == ["shift?", "small?", "detail?"]


def test_a_named_point_is_not_hinted_at_in_either_language() -> None:
    assert hint(CARD, "en", "Small translations of the input change little.", ()) == "small?"
    assert hint(CARD, "zh", "Small translations of the input change little.", ()) == "small？"


def test_at_most_two_follow_ups_the_second_on_another_essential_gap() -> None:
    verdict = judged(shift="missing", small="contradicted", detail="missing")
    first = follow_up(CARD, verdict, "en", set())
    assert first is not None
    assert first.key_point == "shift"
    second = follow_up(CARD, verdict, "en", {"shift"})
    assert second is not None
    assert second.key_point == "small"
    assert follow_up(CARD, verdict, "en", {"shift", "small"}) is None


def test_a_detail_is_worth_one_follow_up_only() -> None:
    verdict = judged(shift="missing", detail="missing", small="partial")
    assert follow_up(CARD, verdict, "en", {"shift"}) is None


def test_a_right_or_ungraded_answer_leads_nowhere() -> None:
    for grade in ("correct", "ungraded"):
        assert follow_up(CARD, judged(grade=grade, shift="missing"), "en", set()) is None

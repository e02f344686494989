"""The answers where a grader was furthest from the human mark, with the evidence it gave."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coach.console import MARKS
from eval.naming import decimals, signed
from eval.report.collect import Marks
from eval.report.safe import on_one_line, visible

ANSWER = 600


@dataclass(frozen=True)
class Point:
    """A key point as judged; `quote` is from the answer, `citation` names the passage cited."""

    text: str
    verdict: str
    probability: str
    quote: str
    citation: str


@dataclass(frozen=True)
class Miss:
    """One answer with its two marks; texts are cut and have no unseen characters."""

    id: str
    lang: str
    question: str
    answer: str
    human: str
    score: str
    difference: str
    points: tuple[Point, ...]
    feedback: str


def misses(marks: Marks) -> list[Miss]:
    """The worst disagreements, the largest first; those without any distance are none."""
    return [_miss(row) for distance, _, row in marks.worst if distance > 0]


def _miss(row: Mapping[str, Any]) -> Miss:
    verdict = row.get("verdict") or {}
    return Miss(
        id=on_one_line(row["id"], 80),
        lang="zh" if row.get("lang") == "zh" else "en",
        question=visible(row.get("question") or "", ANSWER),
        answer=visible(row.get("answer") or "", ANSWER),
        human=decimals(row["human"], 2),
        score=decimals(row["score"], 2),
        difference=signed(row["score"] - row["human"]),
        points=tuple(_point(point) for point in verdict.get("key_points") or ()),
        feedback=visible(verdict.get("feedback") or "", ANSWER),
    )


def _point(point: Mapping[str, Any]) -> Point:
    word = on_one_line(point.get("verdict") or "unsure", 20)
    probability = point.get("probability")
    return Point(
        text=visible(point.get("text") or "", ANSWER),
        verdict=f"{MARKS.get(word, '?')} {word}",
        probability="" if probability is None else decimals(probability, 2),
        quote=visible(point.get("quote") or "", ANSWER),
        citation=_place(point.get("citation")),
    )


def _place(citation: Mapping[str, Any] | None) -> str:
    if not citation:
        return ""
    locator = citation.get("locator") or {}
    line, heading = locator.get("start_line"), on_one_line(locator.get("heading") or "", 120)
    parts = [on_one_line(citation.get("document") or "", 120), f"line {line}" if line else ""]
    return ", ".join(part for part in (*parts, heading) if part)

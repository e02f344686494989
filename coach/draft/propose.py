"""Asks the model what a card should hold; its reply is data from outside and is checked as such."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from coach.card import LEVELS, CardKind, Level
from coach.document import Pair
from coach.errors import ModelReplyError
from coach.grade.steering import as_data
from coach.language import detect
from coach.language_model import LanguageModel, Message
from coach.prompts import prompt
from coach.text import clean

# What a small model can still read and a person would still call one answer.
MAX_NOTES = 3000
MAX_POINTS = 6
MAX_MISTAKES = 3
MAX_TEXT = 400
MAX_TOKENS = 1200
OTHER_TOPIC = "other"
# A card of kind "code" needs an exercise, which no model makes.
_KINDS: tuple[CardKind, ...] = ("concept", "derivation", "true_false", "compare")
_TEXT: dict[str, object] = {"type": "string"}


@dataclass(frozen=True)
class ProposedPoint:
    """A claim, the words of the notes it is said to rest on, and a question that leads to it."""

    text: str
    quote: str
    follow_up: str = ""


@dataclass(frozen=True)
class Proposal:
    """What the model made of a pair, in the language of the notes."""

    topic: str
    level: Level
    kind: CardKind
    points: tuple[ProposedPoint, ...]
    mistakes: tuple[str, ...]


def propose(model: LanguageModel, pair: Pair, topics: Sequence[str]) -> Proposal:
    """Asks for a card; raises ModelError where the reply is no use."""
    lang = detect(f"{pair.question}\n{pair.text}")
    messages: list[Message] = [("system", prompt("draft", lang)), ("user", _shown(pair))]
    reply: dict[str, Any] = model.structured(messages, _schema(topics), MAX_TOKENS)
    points = _points(reply["key_points"])
    if not points:
        raise ModelReplyError("The model named no key point.")
    return Proposal(
        topic=reply["topic"],
        level=cast("Level", reply["level"]),
        kind=cast("CardKind", reply["kind"]),
        points=tuple(points),
        mistakes=tuple(_distinct(map(line, reply["common_mistakes"])))[:MAX_MISTAKES],
    )


def line(text: str) -> str:
    """One line of bounded length without control characters or needless blanks."""
    return clean(" ".join(clean(text, 4 * MAX_TEXT).split()), MAX_TEXT).strip()


def excerpt(pair: Pair) -> str:
    """The notes' answer up to the length a card can hold, cut between lines."""
    kept: list[str] = []
    size = 0
    for source in pair.lines:
        size += len(source.text) + 1
        if size > MAX_NOTES and kept:
            break
        kept.append(source.text[:MAX_NOTES])
    return "\n".join(kept)


def _shown(pair: Pair) -> str:
    question, notes = as_data(pair.question), as_data(excerpt(pair))
    return f"<question>\n{question}\n</question>\n\n<answer>\n{notes}\n</answer>"


def _points(rows: Iterable[dict[str, str]]) -> list[ProposedPoint]:
    found: dict[str, ProposedPoint] = {}
    for row in rows:
        text = line(row["point"])
        if text:
            asked = line(row["follow_up"])
            asked = asked if asked.endswith(("?", "？")) else ""
            found.setdefault(text.casefold(), ProposedPoint(text, line(row["quote"]), asked))
    return list(found.values())[:MAX_POINTS]


def _distinct(texts: Iterable[str]) -> list[str]:
    return list({text.casefold(): text for text in texts if text}.values())


def _schema(topics: Sequence[str]) -> dict[str, object]:
    point = _object({"quote": _TEXT, "point": _TEXT, "follow_up": _TEXT})
    fields: dict[str, object] = {
        "topic": {"type": "string", "enum": [*topics, OTHER_TOPIC]},
        "level": {"type": "string", "enum": list(LEVELS)},
        "kind": {"type": "string", "enum": list(_KINDS)},
        "key_points": {"type": "array", "items": point, "minItems": 1, "maxItems": MAX_POINTS},
        "common_mistakes": {"type": "array", "items": _TEXT, "maxItems": MAX_MISTAKES},
    }
    return {"title": "card", "description": "An interview card.", **_object(fields)}


def _object(fields: dict[str, object]) -> dict[str, object]:
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }

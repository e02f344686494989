"""JSON Schemas of the lines of an exported history."""

from typing import Any

from coach.card import LEVELS
from coach.language import LANGS
from coach.memory.reviews import RATINGS

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
TEXT_OR_NONE: Schema = {"type": ["string", "null"]}
COUNT: Schema = {"type": "integer", "minimum": 0, "maximum": 2**53}
SECONDS: Schema = {"type": "number", "minimum": 0, "maximum": 1e12}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
SHARE_OR_NONE: Schema = {**SHARE, "type": ["number", "null"]}
RATING: Schema = {"enum": [*RATINGS, None]}


def _object(fields: Schema, optional: Schema | None = None) -> Schema:
    """Exactly these fields."""
    return {
        "type": "object",
        "properties": {**fields, **(optional or {})},
        "required": list(fields),
        "additionalProperties": False,
    }


def _list(item: Schema, **limits: int) -> Schema:
    return {"type": "array", "items": item, **limits}


def _or_none(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


LOCATOR = _object({"start_line": COUNT, "end_line": COUNT, "heading": TEXT})
CHUNK = _object(
    {"document": TEXT, "locator": LOCATOR, "lang": TEXT, "text": TEXT, "kind": TEXT},
)
PASSAGE = _object(
    {
        "score": {"type": "number", "maximum": 1e12, "minimum": -1e12},
        "chunk": CHUNK,
        "also_in": _list(CHUNK),
    }
)
CITATION = _object({"passage_id": TEXT, "document": TEXT, "locator": LOCATOR}, {"passage": PASSAGE})
POINT = _object(
    {
        "id": TEXT,
        "text": TEXT,
        "verdict": {"enum": ["covered", "partial", "missing", "contradicted", "unsure"]},
        "probability": SHARE,
        "quote": TEXT_OR_NONE,
        "span": _or_none(_list(COUNT, minItems=2, maxItems=2)),
        "citation": _or_none(CITATION),
    }
)
VERDICT = _object(
    {
        "card": TEXT_OR_NONE,
        "score": SHARE_OR_NONE,
        "grade": {"enum": ["correct", "partial", "incorrect", "no_answer", "ungraded"]},
        "interval": _or_none(_list(SHARE, minItems=2, maxItems=2)),
        "confidence": SHARE_OR_NONE,
        "key_points": _list(POINT),
        "feedback": TEXT,
        "follow_up": TEXT,
        "ungraded_reason": TEXT_OR_NONE,
        "grader": TEXT,
        "model": TEXT,
        "elapsed_s": SECONDS,
    },
    {"usage": _object({"prompt_tokens": COUNT, "completion_tokens": COUNT})},
)
PLAN = _object(
    {
        "topics": _list(TEXT),
        "level": {"enum": [*LEVELS, None]},
        "lang": {"enum": [*LANGS]},
        "questions": COUNT,
        "minutes": _or_none(COUNT),
        "seed": {"type": "integer", "minimum": -(2**63), "maximum": 2**63},
    }
)
PRACTICE: Schema = {
    "type": ["object", "null"],
    "properties": {"passed": {"type": "boolean"}},
    "required": ["passed"],
}

RECORDS: dict[str, Schema] = {
    "session": _object(
        {
            "record": TEXT,
            "id": TEXT,
            "plan": PLAN,
            "card_ids": _list(TEXT),
            "reasons": {"type": "object", "additionalProperties": TEXT},
            "started_at": TEXT,
            "finished_at": TEXT_OR_NONE,
        }
    ),
    "turn": _object(
        {
            "record": TEXT,
            "session": TEXT,
            "number": COUNT,
            "card_id": TEXT,
            "kind": {"enum": ["question", "follow_up", "code"]},
            "prompt": TEXT,
            "answer": TEXT,
            "verdict": _or_none(VERDICT),
            "practice": PRACTICE,
            "skipped": {"type": "boolean"},
            "elapsed_s": SECONDS,
            "key_point": TEXT_OR_NONE,
            "answered_at": TEXT_OR_NONE,
            "self_rating": RATING,
            "rating": RATING,
            "disagreement": TEXT_OR_NONE,
        },
        {"own_score": SHARE_OR_NONE, "again": {"type": "boolean"}, "notes": TEXT},
    ),
    "draft": _object(
        {"record": TEXT, "session": TEXT, "turns": COUNT, "text": TEXT},
        {"notes": TEXT, "again": {"type": "boolean"}},
    ),
    "attempt": _object(
        {
            "record": TEXT,
            "exercise": TEXT,
            "at": TEXT,
            "passed": {"type": "boolean"},
            "failed_case": TEXT_OR_NONE,
            "seconds": {**SECONDS, "type": ["number", "null"]},
            "answer": TEXT,
        }
    ),
}

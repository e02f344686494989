"""A verdict as the JSON object of the command line and of the history, and back."""

from collections.abc import Mapping
from typing import Any

from coach.document import Chunk, Locator, Passage
from coach.verdict import KeyPointVerdict, Quote, Usage, Verdict


def verdict_to_json(verdict: Verdict, *, passages: bool = False) -> dict[str, Any]:
    """Returns the verdict in the documented shape.

    `usage` is there where an endpoint reported tokens. With `passages` the cited texts are kept as
    well, so that `verdict_from_json` gives back an equal verdict.
    """
    value: dict[str, Any] = {
        "card": verdict.card,
        "score": verdict.score,
        "grade": verdict.grade,
        "interval": list(verdict.interval) if verdict.interval else None,
        "confidence": verdict.confidence,
        "key_points": [_point_to_json(point, passages) for point in verdict.key_points],
        "feedback": verdict.feedback,
        "follow_up": verdict.follow_up,
        "ungraded_reason": verdict.ungraded_reason,
        "grader": verdict.grader,
        "model": verdict.model,
        "elapsed_s": verdict.elapsed_s,
    }
    if verdict.usage:
        value["usage"] = {
            "prompt_tokens": verdict.usage.prompt_tokens,
            "completion_tokens": verdict.usage.completion_tokens,
        }
    return value


def verdict_from_json(value: Mapping[str, Any]) -> Verdict:
    """Returns the verdict; without the cited texts its citations come back as None."""
    usage = value.get("usage")
    interval = value.get("interval")
    return Verdict(
        card=value["card"],
        score=value["score"],
        grade=value["grade"],
        key_points=tuple(_point_from_json(point) for point in value["key_points"]),
        feedback=value["feedback"],
        follow_up=value["follow_up"],
        grader=value["grader"],
        model=value["model"],
        elapsed_s=value["elapsed_s"],
        interval=(interval[0], interval[1]) if interval else None,
        confidence=value.get("confidence"),
        ungraded_reason=value.get("ungraded_reason"),
        usage=Usage(**usage) if usage else None,
    )


def locator_to_json(locator: Locator) -> dict[str, Any]:
    """Returns the place of a passage in its document."""
    return {
        "start_line": locator.start_line,
        "end_line": locator.end_line,
        "heading": locator.heading,
    }


def _point_to_json(point: KeyPointVerdict, passages: bool) -> dict[str, Any]:
    quote = point.quote
    return {
        "id": point.id,
        "text": point.text,
        "verdict": point.verdict,
        "probability": point.probability,
        "quote": quote.text if quote else None,
        "span": [quote.start, quote.end] if quote else None,
        "citation": _citation_to_json(point.citation, passages) if point.citation else None,
    }


def _citation_to_json(passage: Passage, passages: bool) -> dict[str, Any]:
    value: dict[str, Any] = {
        "passage_id": passage.chunk.id,
        "document": passage.chunk.document,
        "locator": locator_to_json(passage.chunk.locator),
    }
    if passages:
        value["passage"] = {
            "score": passage.score,
            "chunk": _chunk_to_json(passage.chunk),
            "also_in": [_chunk_to_json(chunk) for chunk in passage.also_in],
        }
    return value


def _chunk_to_json(chunk: Chunk) -> dict[str, Any]:
    return {
        "document": chunk.document,
        "locator": locator_to_json(chunk.locator),
        "lang": chunk.lang,
        "text": chunk.text,
        "kind": chunk.kind,
    }


def _point_from_json(value: Mapping[str, Any]) -> KeyPointVerdict:
    span = value["span"]
    return KeyPointVerdict(
        id=value["id"],
        text=value["text"],
        verdict=value["verdict"],
        probability=value["probability"],
        quote=Quote(value["quote"], span[0], span[1]) if span else None,
        citation=_citation_from_json(value["citation"]),
    )


def _citation_from_json(value: Mapping[str, Any] | None) -> Passage | None:
    if value is None or "passage" not in value:
        return None
    passage = value["passage"]
    return Passage(
        chunk=_chunk_from_json(passage["chunk"]),
        score=passage["score"],
        also_in=tuple(_chunk_from_json(chunk) for chunk in passage["also_in"]),
    )


def _chunk_from_json(value: Mapping[str, Any]) -> Chunk:
    return Chunk(
        document=value["document"],
        locator=Locator(**value["locator"]),
        lang=value["lang"],
        text=value["text"],
        kind=value["kind"],
    )

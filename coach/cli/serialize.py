"""Cards as JSON, in the shapes `coach cards` prints."""

from typing import Any

from coach.card import Bilingual, Card
from coach.language import Lang


def brief_to_json(card: Card, lang: Lang) -> dict[str, str]:
    """A card's row in the listing."""
    return {
        "id": card.id,
        "topic": card.topic,
        "level": card.level,
        "kind": card.kind,
        "question": card.question[lang],
    }


def card_to_json(card: Card) -> dict[str, Any]:
    """A card with everything in it."""
    return {
        **brief_to_json(card, "en"),
        "question": _both(card.question),
        "reference": _both(card.reference),
        "key_points": [
            {"id": p.id, **_both(p.text), "weight": p.weight, "essential": p.essential}
            for p in card.key_points
        ],
        "common_mistakes": [_both(mistake) for mistake in card.common_mistakes],
        "follow_ups": [{"key_point": f.key_point, **_both(f.text)} for f in card.follow_ups],
        "exemplars": [
            {"lang": e.lang, "answer": e.answer, "covers": list(e.covers), "score": e.score}
            for e in card.exemplars
        ],
        "sources": [{"document": s.document, "item": s.item} for s in card.sources],
        "exercise": card.exercise,
        "see_also": list(card.see_also),
        "prerequisites": list(card.prerequisites),
        "notes": card.notes,
    }


def _both(text: Bilingual) -> dict[str, str]:
    return {"en": text.en, "zh": text.zh}

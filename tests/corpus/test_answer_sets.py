"""The marked answers of `eval/sets` follow the key that their README states."""

import json
from collections import defaultdict
from typing import Any

import pytest

from coach.deck import load_deck
from coach.language import LANGS, Lang, detect
from eval.datasets import SETS, read_set

KINDS = {
    *("strong", "terse", "paraphrase", "partial"),
    *("fluent_wrong", "wrong_relation", "one_false", "other_language"),
}


@pytest.fixture(scope="module", params=LANGS)
def lang(request: pytest.FixtureRequest) -> Lang:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def rows(lang: Lang) -> list[dict[str, Any]]:
    lines = (SETS / f"answers-{lang}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def by_key(weights: dict[str, float], marks: dict[str, float], false: int) -> float:
    share = sum(weights[point] * mark for point, mark in marks.items()) / sum(weights.values())
    return half(5 * max(0.0, share - 0.1 * min(3, false)))


def half(value: float) -> float:
    return round(2 * value + 1e-9) / 2


def test_the_set_is_read_and_large_enough(lang: Lang) -> None:
    assert len(list(read_set(SETS / f"answers-{lang}.jsonl"))) >= 300


def test_each_mark_follows_from_the_key(rows: list[dict[str, Any]]) -> None:
    weights = {card.id: {p.id: p.weight for p in card.key_points} for card in load_deck()}
    for row in rows:
        own = weights[row["question_id"]]
        first = by_key(own, row["marks"], row["false"])
        second = by_key(own, row["marks_2"], row["false_2"])
        assert (row["score_1"], row["score_2"]) == (first, second), row["id"]
        assert row["score"] == half((first + second) / 2), row["id"]


def test_questions_and_points_are_the_decks(rows: list[dict[str, Any]], lang: Lang) -> None:
    deck = {card.id: card for card in load_deck()}
    for row in rows:
        card = deck[row["question_id"]]
        assert row["question"] == card.question[lang], row["id"]
        assert row["reference"] == card.reference[lang].strip(), row["id"]
        assert row["key_points"] == [point.text[lang] for point in card.key_points], row["id"]


def test_every_card_has_one_answer_of_each_kind(rows: list[dict[str, Any]]) -> None:
    kinds = defaultdict(list)
    for row in rows:
        kinds[row["question_id"]].append(row["kind"])
    assert all(sorted(found) == sorted(KINDS) for found in kinds.values())


def test_answers_are_in_the_language_their_kind_asks_for(
    rows: list[dict[str, Any]], lang: Lang
) -> None:
    other = {"en": "zh", "zh": "en"}
    for row in rows:
        wanted = other[lang] if row["kind"] == "other_language" else lang
        if len(row["answer"]) > 60:
            assert detect(row["answer"]) == wanted, row["id"]

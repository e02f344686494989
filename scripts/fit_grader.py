"""Fits `coach/grade/weights.json` on the deck's marked exemplars.

    python scripts/fit_grader.py --opinions opinions.jsonl [--ask 12] [--write]

`--ask N` first asks the embedded model about the exemplars of N more cards and appends its letters'
probabilities to the opinions file. Prints leave-one-topic-out figures: each topic is judged by
weights fitted on the others. `--write` stores the weights fitted on all topics.
"""

import argparse
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from coach.app import Coach
from coach.card import LANGS, Card, Lang
from coach.deck import load_deck
from coach.embeddings.bundled import BundledEmbeddings
from coach.grade import combine, questions
from coach.grade.evidence import Evidence, TaskVectors
from coach.grade.similarity import Embed
from coach.grade.steering import masked
from coach.grade.task import Task

WEIGHTS = Path(__file__).parent.parent / "coach/grade/weights.json"
MEANS = WEIGHTS.with_name("means.json")
FEATURES = ("new_recall", "similarity", "support", "mistake", "mistake_here", "model")
RIDGE = 1.0
Key = tuple[str, str, int, str]


@dataclass(frozen=True)
class Row:
    """One key point of one exemplar; `covered` is what its author marked."""

    key: Key
    topic: str
    weight: float
    covered: bool
    score: float
    features: dict[str, float] = field(default_factory=dict)


def main() -> None:
    """Reads the arguments, asks, fits, reports, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--opinions", type=Path, required=True)
    parser.add_argument("--ask", type=int, default=0, metavar="N")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    with Coach.open(os.environ) as coach:
        cards = list(load_deck())
        embed = BundledEmbeddings().embed_queries
        if options.write:
            write_means(cards, embed)
        opinions = read_opinions(options.opinions)
        if options.ask:
            ask(coach, cards, opinions, options.ask, options.opinions)
        rows = list(rows_of(cards, embed, opinions))
    report(rows)
    if options.write:
        WEIGHTS.write_text(json.dumps(as_json(rows), indent=1) + "\n", encoding="utf-8")


def write_means(cards: list[Card], embed: Embed) -> None:
    """Stores each language's mean vector over the questions and key points of the deck."""
    means = {}
    for lang in LANGS:
        texts = [t for card in cards for t in (card.question, *(p.text for p in card.key_points))]
        vectors = np.array(embed([text[lang] for text in texts]))
        means[lang] = [round(float(value), 5) for value in vectors.mean(axis=0)]
    MEANS.write_text(json.dumps(means) + "\n", encoding="utf-8")


def read_opinions(path: Path) -> dict[Key, dict[str, float]]:
    """Returns the letters' probabilities asked so far, by card, language, exemplar and key point."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    found = map(json.loads, lines)
    return {(o["card"], o["lang"], o["ex"], o["kp"]): o["p"] for o in found}


def ask(
    coach: Coach, cards: list[Card], opinions: dict[Key, dict[str, float]], count: int, path: Path
) -> None:
    """Asks the model about cards it was not asked about yet, spread over the deck."""
    left = [card for card in cards if all(key[0] != card.id for key in opinions)]
    model = coach.language_model()
    with path.open("a", encoding="utf-8") as file:
        for card in left[:: max(1, len(left) // count)][:count]:
            for evidence, number, lang in exemplars(card, None):
                shown = questions.shown_answer(evidence)
                for index, point in enumerate(card.key_points):
                    messages = questions.judgement(evidence.task, shown, index)
                    chosen = model.choose(messages, combine.OPTIONS)
                    opinions[card.id, lang, number, point.id] = chosen
                    row = {"card": card.id, "lang": lang, "ex": number, "kp": point.id, "p": chosen}
                    file.write(json.dumps(row) + "\n")


def exemplars(card: Card, embed: Embed | None) -> Iterator[tuple[Evidence, int, Lang]]:
    """Yields each exemplar as evidence, with its number within its language."""
    for lang in LANGS:
        task = Task.from_card(card, lang)
        vectors = TaskVectors.of(task, embed)
        own = [exemplar for exemplar in card.exemplars if exemplar.lang == lang]
        for number, exemplar in enumerate(own):
            answer = exemplar.answer
            yield Evidence(task, answer, masked(answer), vectors, embed), number, lang


def rows_of(
    cards: list[Card], embed: Embed | None, opinions: dict[Key, dict[str, float]]
) -> Iterator[Row]:
    """Yields the features of every key point of every exemplar."""
    for card in cards:
        for evidence, number, lang in exemplars(card, embed):
            own = [exemplar for exemplar in card.exemplars if exemplar.lang == lang][number]
            for index, point in enumerate(card.key_points):
                key = (card.id, lang, number, point.id)
                features = dict(evidence.features(index))
                if key in opinions:
                    features |= combine.opinion(opinions[key])
                covered = point.id in own.covers
                yield Row(key, card.topic, point.weight, covered, own.score, features)


def fit(rows: list[Row]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Returns means, deviations and coefficients (bias first) of a ridge logistic regression."""
    table = np.array([[row.features.get(name, np.nan) for name in FEATURES] for row in rows])
    mean, deviation = np.nanmean(table, axis=0), np.nanstd(table, axis=0)
    scaled = np.nan_to_num((table - mean) / deviation).clip(-3, 3)
    inputs = np.column_stack([np.ones(len(rows)), scaled])
    target = np.array([row.covered for row in rows], dtype=float)
    penalty = np.diag([0.0] + [RIDGE] * len(FEATURES))
    coefficients = np.zeros(inputs.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-inputs @ coefficients))
        gradient = inputs.T @ (target - chance) - penalty @ coefficients
        hessian = (inputs * (chance * (1 - chance))[:, None]).T @ inputs + penalty
        coefficients = coefficients + np.linalg.solve(hessian, gradient)
    return mean, deviation, coefficients


def predict(rows: list[Row], fitted: tuple[np.ndarray, np.ndarray, np.ndarray]) -> np.ndarray:
    """Returns the probabilities of rows under fitted weights."""
    mean, deviation, coefficients = fitted
    table = np.array([[row.features.get(name, np.nan) for name in FEATURES] for row in rows])
    scaled = np.nan_to_num((table - mean) / deviation).clip(-3, 3)
    chances: np.ndarray = 1 / (1 + np.exp(-(coefficients[0] + scaled @ coefficients[1:])))
    return chances


def report(rows: list[Row]) -> None:
    """Prints how well unseen topics are judged: rank quality, agreement and order of the answers."""
    chance = np.zeros(len(rows))
    for topic in sorted({row.topic for row in rows}):
        fitted = fit([row for row in rows if row.topic != topic])
        inside = [i for i, row in enumerate(rows) if row.topic == topic]
        chance[inside] = predict([rows[i] for i in inside], fitted)
    for name, kept in (("all", [0, 1]), ("with an opinion", [1])):
        for lang in LANGS:
            chosen = [
                i
                for i, row in enumerate(rows)
                if row.key[1] == lang and int("model" in row.features) in kept
            ]
            if chosen:
                _report([rows[i] for i in chosen], chance[chosen], f"{lang}, {name}")


def _report(rows: list[Row], chance: np.ndarray, label: str) -> None:
    covered = np.array([row.covered for row in rows])
    pairs = chance[covered][:, None] - chance[~covered][None, :]
    auc = (pairs > 0).mean() + 0.5 * (pairs == 0).mean()
    answers: dict[tuple[str, int], list[tuple[float, float, float]]] = {}
    for row, value in zip(rows, chance, strict=True):
        answers.setdefault((row.key[0], row.key[2]), []).append((row.weight, value, row.score))
    score = {key: sum(w * v for w, v, _ in p) / sum(w for w, *_ in p) for key, p in answers.items()}
    human = {key: points[0][2] for key, points in answers.items()}
    r = np.corrcoef(list(score.values()), [human[key] for key in score])[0, 1]
    error = np.mean([abs(score[key] - human[key]) for key in score])
    cards = sorted({key[0] for key in score if {(key[0], n) for n in range(4)} <= score.keys()})
    ordered = sum(score[c, 0] > score[c, 2] >= score[c, 3] for c in cards)
    means = [round(float(np.mean([score[c, n] for c in cards])), 2) for n in range(4)]
    print(
        f"{label}: AUC {auc:.3f}  r {r:.3f}  MAE {error:.3f}  good > partial >= wrong "
        f"{ordered}/{len(cards)}  means strong/terse/partial/wrong {means}"
    )


def as_json(rows: list[Row]) -> dict[str, object]:
    """Returns the weights file's content."""
    mean, deviation, coefficients = fit(rows)
    return {
        "fitted_on": f"{len(rows)} key points of the deck's exemplars, "
        f"{sum('model' in row.features for row in rows)} with the embedded model's opinion",
        "bias": round(float(coefficients[0]), 4),
        "features": {
            name: {
                "mean": round(float(mean[i]), 4),
                "sd": round(float(deviation[i]), 4),
                "weight": round(float(coefficients[i + 1]), 4),
            }
            for i, name in enumerate(FEATURES)
        },
    }


if __name__ == "__main__":
    main()

"""Fits `coach/grade/weights.json` on the deck's marked exemplars.

    python scripts/fit_grader.py --opinions opinions.jsonl [--vectors v.npz] [--ask 12] [--write]

`--ask N` first asks the embedded model about the exemplars of N more cards and appends its letters'
probabilities to the opinions file. Prints leave-one-topic-out figures: each topic is judged by
weights fitted on the others, each language by its own. `--write` stores the weights fitted on all
topics. `--vectors FILE` keeps the vectors between runs: making them takes minutes.

Good exemplars are also taken with the sentence on one point cut out, that point then not covered:
else the fit would learn that a good answer says everything.
"""

import argparse
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from grader_figures import LEFT_OUT, Key, Row, report

from coach.app import Coach
from coach.card import LANGS, Card, Lang
from coach.deck import load_deck
from coach.embeddings.bundled import BundledEmbeddings
from coach.grade import combine, questions
from coach.grade.clauses import recall, sentences, tokens
from coach.grade.evidence import Evidence, TaskVectors
from coach.grade.similarity import Embed, centred, dot
from coach.grade.steering import masked
from coach.grade.task import Task

WEIGHTS = Path(__file__).parent.parent / "coach/grade/weights.json"
MEANS = WEIGHTS.with_name("means.json")
FEATURES = (
    *("specific", "similarity", "own", "mistake", "mistake_here"),
    *("said", "known", "told", "model"),
)
RIDGE = 1.0
LEFT_OUT_SHARE = 0.35
Fitted = tuple[np.ndarray, np.ndarray, np.ndarray]


class Kept:
    """The bundled embedder for queries, with a file that remembers what it embedded."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._embed = BundledEmbeddings().embed_queries
        self._known: dict[str, list[float]] = {}
        if path is not None and path.exists():
            with np.load(path) as stored:
                vectors = stored["vectors"].tolist()
                self._known = dict(zip(stored["texts"].tolist(), vectors, strict=True))

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Returns the vectors of texts."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known |= dict(zip(new, self._embed(new), strict=True))
        return [self._known[text] for text in texts]

    def save(self) -> None:
        """Stores the vectors, where there is a file for them."""
        if self._path is not None:
            vectors = np.array(list(self._known.values()), dtype=np.float32)
            np.savez(self._path, texts=np.array(list(self._known)), vectors=vectors)


def main() -> None:
    """Reads the arguments, asks, fits, reports, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--opinions", type=Path, required=True)
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--ask", type=int, default=0, metavar="N")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    with Coach.open(os.environ) as coach:
        cards = list(load_deck())
        kept = Kept(options.vectors)
        if options.write:
            write_means(cards, kept.embed)
        opinions = read_opinions(options.opinions)
        if options.ask:
            ask(coach, cards, opinions, options.ask, options.opinions)
        rows = list(rows_of(cards, kept.embed, opinions))
        kept.save()
    report(rows, unseen(rows))
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
            yield Evidence(task, answer, masked(answer, task), vectors, embed), number, lang


def rows_of(
    cards: list[Card], embed: Embed, opinions: dict[Key, dict[str, float]]
) -> Iterator[Row]:
    """Yields the features of every key point of every exemplar, whole and with the point left out."""
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
                cut = left_out(evidence, index) if covered and number < 2 else None
                if cut is not None:
                    key = (card.id, lang, LEFT_OUT + number, point.id)
                    yield Row(key, card.topic, point.weight, False, 0.0, dict(cut.features(index)))


def left_out(evidence: Evidence, index: int) -> Evidence | None:
    """Returns the answer without the sentence that says most of a point; None for a short answer."""
    found = sentences(evidence.masked)
    if len(found) < 3 or evidence.embed is None:
        return None
    vectors = centred(evidence.embed, [piece.text for piece in found])
    wanted = tokens(evidence.task.key_points[index].text)
    point = evidence.vectors.points[index]
    says = [
        recall(wanted, tokens(piece.text)) + dot(vector, point)
        for piece, vector in zip(found, vectors, strict=True)
    ]
    piece = found[says.index(max(says))]
    rest = evidence.answer[: piece.start] + evidence.answer[piece.end :]
    return replace(evidence, answer=rest, masked=masked(rest, evidence.task))


def fit(rows: list[Row]) -> Fitted:
    """Returns means, deviations and coefficients (bias first) of a ridge logistic regression.

    A feature that no row has gets no weight.
    """
    table = _table(rows)
    empty = np.isnan(table).all(axis=0)
    table[:, empty] = 0.0
    mean = np.nanmean(table, axis=0)
    deviation = np.where(empty, 1.0, np.nanstd(table, axis=0))
    inputs = np.column_stack([np.ones(len(rows)), _scaled(table, mean, deviation)])
    target = np.array([row.covered for row in rows], dtype=float)
    share = np.array([LEFT_OUT_SHARE if row.key[2] >= LEFT_OUT else 1.0 for row in rows])
    penalty = np.diag([0.0] + [RIDGE] * len(FEATURES))
    coefficients = np.zeros(inputs.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-inputs @ coefficients))
        gradient = inputs.T @ (share * (target - chance)) - penalty @ coefficients
        hessian = (inputs * (share * chance * (1 - chance))[:, None]).T @ inputs + penalty
        coefficients = coefficients + np.linalg.solve(hessian, gradient)
    return mean, deviation, coefficients


def predict(rows: list[Row], fitted: Fitted) -> np.ndarray:
    """Returns the probabilities of rows under fitted weights, as the grader takes them."""
    mean, deviation, coefficients = fitted
    scaled = _scaled(_table(rows), mean, deviation)
    chances: np.ndarray = 1 / (1 + np.exp(-(coefficients[0] + scaled @ coefficients[1:])))
    none = np.array([combine.unmentioned(row.features) for row in rows])
    return np.where(none, np.minimum(chances, combine.UNMENTIONED), chances)


def _table(rows: list[Row]) -> np.ndarray:
    return np.array([[row.features.get(name, np.nan) for name in FEATURES] for row in rows])


def _scaled(table: np.ndarray, mean: np.ndarray, deviation: np.ndarray) -> np.ndarray:
    return np.nan_to_num((table - mean) / deviation).clip(-3, 3)  # type: ignore[no-any-return]


def unseen(rows: list[Row]) -> np.ndarray:
    """Returns each row's probability under weights fitted on the other topics."""
    chance = np.zeros(len(rows))
    for topic, lang in sorted({(row.topic, row.key[1]) for row in rows}):
        own = [row.key[1] == lang for row in rows]
        fitted = fit([r for r, kept in zip(rows, own, strict=True) if kept and r.topic != topic])
        inside = [i for i, row in enumerate(rows) if own[i] and row.topic == topic]
        chance[inside] = predict([rows[i] for i in inside], fitted)
    return chance


def as_json(rows: list[Row]) -> dict[str, object]:
    """Returns the weights file's content."""
    asked = sum("model" in row.features for row in rows)
    whole = sum(row.key[2] < LEFT_OUT for row in rows)
    return {
        "fitted_on": f"{whole} key points of the deck's exemplars, {asked} with the embedded "
        f"model's opinion, and {len(rows) - whole} left out of good ones",
        **{lang: _weights(fit([row for row in rows if row.key[1] == lang])) for lang in LANGS},
    }


def _weights(fitted: Fitted) -> dict[str, object]:
    table = np.column_stack([*fitted[:2], fitted[2][1:]]).round(4).tolist()
    named = (dict(zip(("mean", "sd", "weight"), column, strict=True)) for column in table)
    return {
        "bias": round(float(fitted[2][0]), 4),
        "features": dict(zip(FEATURES, named, strict=True)),
    }


if __name__ == "__main__":
    main()

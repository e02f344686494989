"""Fits `coach/grade/leaning.json`: how the embedded model leans where an answer states a key point.

    python scripts/fit_leaning.py --opinions opinions.jsonl [--write]

The opinions are what `scripts/fit_grader.py --ask` has asked for: how likely the model finds each token. They are
told apart by the labels of the deck's exemplars and of `eval/sets/hard.jsonl`. Prints figures on topics left out of
the fit; with --write stores what was fitted on everything.
"""

import argparse
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from asking import read_opinions
from fit_rows import Key, held_back, marked_answers
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from coach.card import Card
from coach.deck import load_deck
from coach.grade import leaning
from coach.grade.leaning import LEANING

FILE = Path(__file__).parent.parent / "coach/grade/leaning.json"
LOOSE = 0.1
"""The inverse of the ridge's weight; found best on topics left out."""
FOLDS = 10


@dataclass(frozen=True)
class Seen:
    """What the model made of one point of an answer, and whether the answer states it."""

    key: Key
    topic: str
    views: np.ndarray
    stated: bool
    share: float
    """How much it counts."""


def main() -> None:
    """Reads, fits, reports, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--opinions", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    cards = [card for card in load_deck() if card.id not in held_back()]
    rows = list(seen(cards, read_opinions(options.opinions)))
    report(rows, unseen(rows))
    if options.write:
        FILE.write_text(as_text(fit(rows)), encoding="utf-8")


def seen(cards: Iterable[Card], opinions: Mapping[Key, Sequence[float]]) -> Iterator[Seen]:
    """Yields the points of marked answers that the model was asked about."""
    for card in cards:
        for made in marked_answers(card):
            for point in card.key_points:
                key = (*made.key, point.id)
                if key in opinions:
                    views = np.array(opinions[key]) - np.mean(opinions[key])
                    yield Seen(key, card.topic, views, point.id in made.covers, made.share)


def fit(rows: Sequence[Seen]) -> LogisticRegression:
    """Fits a logistic regression with a ridge."""
    model = LogisticRegression(C=LOOSE, max_iter=5000)
    shares = [row.share for row in rows]
    return model.fit(_table(rows), [row.stated for row in rows], sample_weight=shares)


def unseen(rows: Sequence[Seen]) -> dict[Key, Mapping[str, float]]:
    """The feature of each row under weights fitted without its topic."""
    found: dict[Key, Mapping[str, float]] = {}
    parts = GroupKFold(FOLDS).split(rows, groups=[row.topic for row in rows])
    for known, left in parts:
        own = [rows[i] for i in left]
        logits = fit([rows[i] for i in known]).decision_function(_table(own))
        found |= {row.key: {LEANING: float(x)} for row, x in zip(own, logits, strict=True)}
    return found


def report(rows: Sequence[Seen], found: Mapping[Key, Mapping[str, float]]) -> None:
    """Prints how well the points that are stated are told from the others."""
    kinds = sorted({_kind(row) for row in rows})
    for kind in ("all", *kinds):
        own = [row for row in rows if kind in ("all", _kind(row))]
        stated = [row.stated for row in own]
        area = math.nan
        if len(set(stated)) == 2:
            area = roc_auc_score(stated, [found[row.key][LEANING] for row in own])
        print(f"{kind}: {len(own)} points, area under the curve {area:.3f}")


def as_text(model: LogisticRegression) -> str:
    """The content of the file, a token a line."""
    weights = model.coef_[0].round(4).tolist()
    rows = zip(leaning.fitted().tokens, weights, strict=True)
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f'{{"bias": {float(model.intercept_[0]):.4f}, "tokens": [\n{lines}\n]}}\n'


def _kind(row: Seen) -> str:
    return f"{row.key[2] if isinstance(row.key[2], str) else 'exemplar'} {row.key[1]}"


def _table(rows: Sequence[Seen]) -> np.ndarray:
    return np.array([row.views for row in rows])


if __name__ == "__main__":
    main()

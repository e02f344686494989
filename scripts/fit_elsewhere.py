"""Fits what tells answers to a card from answers to other cards: see `combine.topicality`.

    python scripts/fit_elsewhere.py [--write]

An answer is nearer to its own card than to any other, most of the time: the exemplars of half of the topics say how
much nearer to another one it has to be to count as an answer to that. Prints how many of the other half's keep their
points, beside their own card and beside one of another topic; with --write stores it in `coach/grade/weights.json`.
Cards with answers in `eval/sets` are left out. Takes minutes.
"""

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from fit_rows import held_back
from sklearn.linear_model import LogisticRegression

from coach.card import Card
from coach.deck import load_deck
from coach.embeddings.bundled import BundledEmbeddings
from coach.grade import Neighbours, Task, combine
from coach.grade.evidence import Evidence
from coach.grade.similarity import Embed, Vector
from coach.grade.task_vectors import TaskVectors
from coach.index.shipped import looking_up
from coach.language import LANGS, Lang

WEIGHTS = Path(__file__).parent.parent / "coach/grade/weights.json"
STEEP, AGAINST = 2.0, 4.0
"""An answer is taken for one to another card only where the odds of that are exp(AGAINST) or more."""


@dataclass(frozen=True)
class Beside:
    """An exemplar of one card laid beside a card: by how much it is nearer to others."""

    topic: str
    own: bool
    elsewhere: float


def main() -> None:
    """Measures, fits, reports, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    cards = [card for card in load_deck() if card.id not in held_back()]
    rows = [row for lang in LANGS for row in laid(cards, lang)]
    topics = sorted({row.topic for row in rows})
    for left_out in (topics[::2], topics[1::2]):
        bias, weight = fit([row for row in rows if row.topic not in left_out])
        report([row for row in rows if row.topic in left_out], bias, weight)
    bias, weight = fit(rows)
    print(f"bias {bias:.4f}, weight {weight:.4f}")
    if options.write:
        table = json.loads(WEIGHTS.read_text(encoding="utf-8"))
        table["card"]["topic"] = {
            "bias": round(bias, 4),
            "features": {"elsewhere": round(weight, 4)},
        }
        WEIGHTS.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


def laid(cards: Sequence[Card], lang: Lang) -> list[Beside]:
    """Every exemplar of a language beside its own card and beside a card of another topic."""
    bundled = BundledEmbeddings()
    embed = looking_up(remembering(bundled.embed_queries), bundled.name)
    neighbours = Neighbours(lambda: cards, embed)
    tasks = {card.id: _lean(Task.from_card(card, lang)) for card in cards}
    vectors = {name: TaskVectors.of(task, embed, neighbours) for name, task in tasks.items()}
    draw = random.Random(0)  # a sample, no secret
    found = []
    for card in cards:
        others = [other for other in cards if other.topic != card.topic]
        for exemplar in (e for e in card.exemplars if e.lang == lang):
            for beside in (card, draw.choice(others)):
                text, known = exemplar.answer, vectors[beside.id]
                by = Evidence(tasks[beside.id], text, text, known, embed).elsewhere
                if by is not None:
                    found.append(Beside(card.topic, beside is card, by))
    return found


def _lean(task: Task) -> Task:
    """Without the texts that don't matter here, whose vectors would have to be made."""
    return replace(task, references=(), mistakes=())


def fit(rows: Sequence[Beside]) -> tuple[float, float]:
    """Bias and weight of a logistic regression in which own and other cards weigh the same."""
    model = LogisticRegression(class_weight="balanced", C=1e4)
    model.fit([[row.elsewhere] for row in rows], [row.own for row in rows])
    return STEEP * (float(model.intercept_[0]) + AGAINST), STEEP * float(model.coef_[0][0])


def report(rows: Sequence[Beside], bias: float, weight: float) -> None:
    """Prints the shares of points that are left beside own and beside other cards."""
    for own in (True, False):
        by = np.array([row.elsewhere for row in rows if row.own is own])
        shares = np.minimum(1.0, combine.CLEAR / (1 + np.exp(-(bias + weight * by))))
        low, high = (shares < combine.MISSING).mean(), (shares > 0.99).mean()
        whose = "own card" if own else "another card"
        print(
            f"{whose}: {len(by)} answers, points kept {high:.3f}, hardly any {low:.3f}, least {shares.min():.3f}"
        )


def remembering(embed: Embed) -> Embed:
    """The same, each text embedded once."""
    known: dict[str, Vector] = {}

    def vectors(texts: Sequence[str]) -> Sequence[Vector]:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(new, embed(new), strict=True))
        return [known[text] for text in texts]

    return vectors


if __name__ == "__main__":
    main()

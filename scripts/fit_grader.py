"""Fits `coach/grade/weights.json` on the deck's marked exemplars and on sets of marked answers.

    python scripts/fit_grader.py --opinions opinions.jsonl --marked SET.jsonl[:N]... [--vectors v.npz]
        [--ask 12] [--write]

`--marked` takes an eval set, and how many answers of each question. `--ask N` first asks the
embedded model about the exemplars of N more cards and appends its letters' probabilities to the
opinions file. Prints figures on what was left out of the fit: a topic of the deck, a question of a
set. `--write` stores the weights fitted on everything. `--vectors FILE` keeps the vectors between
runs: making them takes minutes. Cards with answers in `eval/sets` are left out of everything.
"""

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from fit_certainty import certainty
from fit_rows import Kept, held_back, of_deck, of_set
from fitting import Answer, fit
from grader_figures import report

from coach.app import Coach
from coach.card import LANGS, Card
from coach.deck import load_deck
from coach.grade import combine, questions
from coach.grade.evidence import Evidence
from coach.grade.steering import masked
from coach.grade.task import Task

WEIGHTS = Path(__file__).parent.parent / "coach/grade/weights.json"
MEANS = WEIGHTS.with_name("means.json")
OF_ALL = ("specific", "grams", "own", "known", "told", "near", "asked", "model")
FEATURES = {
    "card": (*OF_ALL, "similarity", "mistake", "mistake_here", "said", "numbers"),
    # An exam's points are often cut from its reference by code: what an answer says of the whole tells more.
    "exam": (*OF_ALL, "long", "parts"),
}


def main() -> None:
    """Reads the arguments, asks, fits, reports, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--opinions", type=Path, required=True)
    parser.add_argument("--marked", action="append", default=[], metavar="SET[:N]")
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--ask", type=int, default=0, metavar="N")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    cards = list(load_deck())
    kept = Kept(options.vectors)
    if options.write:
        write_means(cards, kept)
    fitted_on = [card for card in cards if card.id not in held_back()]
    if options.ask:
        ask(fitted_on, options.ask, options.opinions)
    opinions = read_opinions(options.opinions)
    answers = {"card": list(of_deck(fitted_on, kept, opinions)), "exam": []}
    for named in options.marked:
        path, _, count = named.partition(":")
        answers["exam"] += of_set(Path(path), int(count) if count else None, kept, opinions)
    kept.save()
    found = {rubric: unseen(rows, FEATURES[rubric]) for rubric, rows in answers.items()}
    for rubric, rows in answers.items():
        report(rows, found[rubric])
    if options.write:
        table = {kind: as_json(rows, found[kind], FEATURES[kind]) for kind, rows in answers.items()}
        WEIGHTS.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


def write_means(cards: Sequence[Card], kept: Kept) -> None:
    """Stores each language's mean vector over the questions and key points of the deck."""
    means = {}
    for lang in LANGS:
        texts = [t for card in cards for t in (card.question, *(p.text for p in card.key_points))]
        vectors = np.array(kept.embed([text[lang] for text in texts]))
        means[lang] = [round(float(value), 5) for value in vectors.mean(axis=0)]
    MEANS.write_text(json.dumps(means) + "\n", encoding="utf-8")


def read_opinions(path: Path) -> dict[tuple[str, str, int, str], dict[str, float]]:
    """Returns the letters' probabilities asked so far, by card, language, exemplar and key point."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    found = map(json.loads, lines)
    return {(o["card"], o["lang"], o["ex"], o["kp"]): o["p"] for o in found}


def ask(cards: Sequence[Card], count: int, path: Path) -> None:
    """Asks the model about cards it was not asked about yet, spread over the deck."""
    asked = {key[0] for key in read_opinions(path)}
    left = [card for card in cards if card.id not in asked]
    with Coach.open(os.environ) as coach, path.open("a", encoding="utf-8") as file:
        model = coach.language_model()
        for card in left[:: max(1, len(left) // count)][:count]:
            for lang in LANGS:
                task = Task.from_card(card, lang)
                own = [exemplar for exemplar in card.exemplars if exemplar.lang == lang]
                for number, exemplar in enumerate(own):
                    evidence = Evidence(task, exemplar.answer, masked(exemplar.answer, task))
                    shown = questions.shown_answer(evidence)
                    for index, point in enumerate(card.key_points):
                        messages = questions.judgement(task, shown, index)
                        chosen = model.choose(messages, combine.OPTIONS)
                        key = {"card": card.id, "lang": lang, "ex": number, "kp": point.id}
                        file.write(json.dumps({**key, "p": chosen}) + "\n")


def unseen(answers: Sequence[Answer], names: Sequence[str]) -> list[np.ndarray]:
    """Each answer's points and, last, its score, under weights fitted without its question or topic."""
    found: list[np.ndarray] = [np.zeros(0)] * len(answers)
    for question in sorted({answer.question for answer in answers}):
        fitted = fit([a for a in answers if a.question != question], names)
        for index, answer in enumerate(answers):
            if answer.question == question:
                points = fitted.points(answer)
                found[index] = np.append(points, fitted.score(answer, points))
    return found


def as_json(
    answers: Sequence[Answer], found: Sequence[np.ndarray], names: Sequence[str]
) -> dict[str, object]:
    """Returns what the weights file says of one kind of rubric."""
    fitted = fit(answers, names)
    table = np.column_stack([fitted.mean, fitted.deviation, fitted.weights]).round(4).tolist()
    named = (dict(zip(("mean", "sd", "weight"), row, strict=True)) for row in table)
    marked = [i for i, answer in enumerate(answers) if answer.mark is not None]
    return {
        "fitted_on": f"{len(answers)} answers, {len({a.question for a in answers})} questions or topics",
        "bias": round(fitted.bias, 4),
        "features": dict(zip(names, named, strict=True)),
        "offset": round(fitted.offset, 4),
        "certainty": certainty([answers[i] for i in marked], [found[i] for i in marked]),
    }


if __name__ == "__main__":
    main()

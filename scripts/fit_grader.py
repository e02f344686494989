"""Fits `coach/grade/weights.json` on marked answers to the deck's cards and on sets of marked answers.

    python scripts/fit_grader.py --opinions opinions.jsonl --marked SET.jsonl[:N]... [--vectors v.npz]
        [--ask 12] [--ask-marked 16] [--write]

`--marked` takes an eval set, and how many answers of each question; without one the weights of exams
stay. `--ask N` first asks the embedded model about the marked answers of N more cards, `--ask-marked N`
about N answers of each question of the sets; what it says is appended to the opinions file. Prints
figures on what was left out of the fit: a topic of the deck, a question of a set. `--write` stores the
weights fitted on everything; how the model leans is fitted before by `scripts/fit_leaning.py`.
`--vectors FILE` keeps the vectors between runs: making them takes minutes. Cards with answers in
`eval/sets/answers-*.jsonl` are left out of everything.
"""

import argparse
import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from asking import ask_cards, ask_marked, read_opinions
from fit_certainty import certainty
from fit_leaning import seen
from fit_leaning import unseen as unseen_leanings
from fit_rows import Kept, held_back, of_deck, of_others, of_set
from fit_topic import Topic, fit_topic
from fitting import Answer, Fitted, fit
from grader_figures import off_topic, report

from coach.card import Card
from coach.deck import load_deck
from coach.grade.combine import FOREIGN
from coach.grade.leaning import LEANING
from coach.grade.opinions import MARK, OTHERS
from coach.grade.opinions import fitted as fitted_before
from coach.language import LANGS
from coach.models.catalog import DEFAULT

WEIGHTS = Path(__file__).parent.parent / "coach/grade/weights.json"
MEANS = WEIGHTS.with_name("means.json")
MODEL = DEFAULT.name
"""The model whose opinions are fitted."""
FEATURES = {
    # What code sees of the words an answer shares with a point says no more once the model has read both.
    "card": (
        "own",
        "known",
        "near",
        "asked",
        "mistake",
        "mistake_here",
        "numbers",
        "chinese",
        LEANING,
    ),
    # An exam's points are often cut from its reference by code: what an answer says of the whole tells more.
    "exam": (
        "specific",
        "grams",
        "own",
        "known",
        "told",
        "near",
        "asked",
        "long",
        "parts",
        MARK,
    ),
}
HEARD = {"card": {LEANING: LANGS}, "exam": {MARK: ("en",)}}
"""The opinions that make marks better on unseen questions, and the languages in which they do."""
OTHERS_WEIGHT = 1.0
"""What the letters of a model that was not fitted count for: on the logit scale, their own probability."""


def main() -> None:
    """Reads the arguments, asks, fits, reports, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--opinions", type=Path, required=True)
    parser.add_argument("--marked", action="append", default=[], metavar="SET[:N]")
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--ask", type=int, default=0, metavar="N")
    parser.add_argument("--ask-marked", type=int, default=0, metavar="N")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    cards = list(load_deck())
    kept = Kept(options.vectors)
    if options.write:
        write_means(cards, kept)
    fitted_on = [card for card in cards if card.id not in held_back()]
    if options.ask:
        ask_cards(fitted_on, options.ask, options.opinions)
    sets = [Path(named.partition(":")[0]) for named in options.marked]
    if options.ask_marked:
        ask_marked(sets, options.ask_marked, options.opinions)
    opinions = read_opinions(options.opinions)
    # How the model leans is itself fitted: here each topic's by what was fitted without it.
    leanings = unseen_leanings(list(seen(fitted_on, opinions)))
    answers = {"card": list(of_deck(fitted_on, kept, leanings)), "exam": []}
    strangers: dict[str, list[Answer]] = {"card": [], "exam": []}
    for named in options.marked:
        path, _, count = named.partition(":")
        most = int(count) if count else None
        answers["exam"] += of_set(Path(path), most, kept, opinions)
        strangers["exam"] += of_others(Path(path), most, kept)
    kept.save()
    answers = {
        rubric: [heard(row, HEARD[rubric]) for row in rows] for rubric, rows in answers.items()
    }
    found = {}
    for rubric, rows in answers.items():
        both = unseen([*rows, *strangers[rubric]], len(rows), FEATURES[rubric])
        found[rubric] = both[: len(rows)]
        report(rows, found[rubric])
        off_topic(strangers[rubric], both[len(rows) :])
    if options.write:
        table: dict[str, object] = {"with": MODEL}
        for kind, rows in answers.items():
            made = as_json(rows, strangers[kind], found[kind], kind) if rows else None
            table[kind] = made or fitted_before()[kind]
        WEIGHTS.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


def write_means(cards: Sequence[Card], kept: Kept) -> None:
    """Stores each language's mean vector over the questions and key points of the deck."""
    means = {}
    for lang in LANGS:
        texts = [t for card in cards for t in (card.question, *(p.text for p in card.key_points))]
        vectors = np.array(kept.embed([text[lang] for text in texts]))
        means[lang] = [round(float(value), 5) for value in vectors.mean(axis=0)]
    MEANS.write_text(json.dumps(means) + "\n", encoding="utf-8")


def heard(answer: Answer, names: Mapping[str, Sequence[str]]) -> Answer:
    """The answer without the opinions that are not heard in its language."""
    deaf = {name for name in (LEANING, MARK) if answer.lang not in names.get(name, ())}
    kept = ({k: v for k, v in row.items() if k not in deaf} for row in answer.features)
    return replace(answer, features=tuple(kept))


def unseen(answers: Sequence[Answer], own: int, names: Sequence[str]) -> list[np.ndarray]:
    """Each answer's points and, last, its score, under weights fitted without its question or topic.

    The first `own` answers are to the questions they are compared with, the others to other ones.
    """
    found: list[np.ndarray] = [np.zeros(0)] * len(answers)
    for question in sorted({answer.question for answer in answers}):
        kept = [answer.question != question for answer in answers]
        rest = list(itertools.compress(answers[:own], kept[:own]))
        fitted, topic = fit_both(rest, list(itertools.compress(answers[own:], kept[own:])), names)
        for index, answer in enumerate(answers):
            if answer.question == question:
                share = topic.share(answer) if topic else 1.0
                points = share * fitted.points(answer)
                found[index] = np.append(points, fitted.score(answer, points))
    return found


def fit_both(
    answers: Sequence[Answer], strangers: Sequence[Answer], names: Sequence[str]
) -> tuple[Fitted, Topic | None]:
    """Fits the points' weights and, where there are answers to other questions, what tells those apart."""
    fitted = fit(answers, names)
    if not strangers:
        return fitted, None
    topic = fit_topic(answers, strangers)
    return fitted.after(answers, [topic.share(answer) for answer in answers]), topic


def as_json(
    answers: Sequence[Answer],
    strangers: Sequence[Answer],
    found: Sequence[np.ndarray],
    rubric: str,
) -> dict[str, object]:
    """Returns what the weights file says of one kind of rubric."""
    names = FEATURES[rubric]
    fitted, topic = fit_both(answers, strangers, names)
    table = np.column_stack([fitted.mean, fitted.deviation, fitted.weights]).round(4).tolist()
    rows = (dict(zip(("mean", "sd", "weight"), row, strict=True)) for row in table)
    features: dict[str, dict[str, object]] = dict(zip(names, rows, strict=True))
    for name, langs in HEARD[rubric].items():
        features[name]["langs"] = list(langs)
    features[OTHERS] = {"mean": 0.0, "sd": 1.0, "weight": OTHERS_WEIGHT}
    marked = [i for i, answer in enumerate(answers) if answer.mark is not None]
    before = fitted_before()[rubric]
    # What `fit_language.py` has found for exams stays.
    if FOREIGN in before["features"]:
        features[FOREIGN] = before["features"][FOREIGN]
    return {
        "fitted_on": f"{len(answers)} answers, {len({a.question for a in answers})} questions or topics",
        "bias": round(fitted.bias, 4),
        "features": features,
        # What `fit_elsewhere.py` has found for cards stays.
        "topic": topic.as_json() if topic else before["topic"],
        "offset": round(fitted.offset, 4),
        "certainty": certainty([answers[i] for i in marked], [found[i] for i in marked]),
    }


if __name__ == "__main__":
    main()

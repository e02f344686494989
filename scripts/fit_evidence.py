"""Fits the weights of `coach/retrieve/evidence.py` and `coach/ask/second_look.py`, and says how good they are.

    python scripts/fit_evidence.py [--signals FILE.json] [--name]

Prints both sets of weights, and the shares of wrong decisions on questions left out of the fit (eight folds, five
draws). `--signals` keeps the signals between runs: making them takes minutes. The topics that the embedded model named
are kept in eval/sets/topics.jsonl; `--name` only asks it for those that a second look needs and that are not there yet.
"""

import argparse
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from coach.app import Coach
from coach.ask.second_look import COVERED, FLOOR, HOPELESS, SURE, name_topic
from eval.asking import read_askings
from eval.questions import read_questions

SETS = Path(__file__).parent.parent / "eval/sets"
TOPICS = SETS / "topics.jsonl"
FOLDS, DRAWS = 8, 5
LOOKS = ("first", "topic", "both")
ALONE = 6
"""So many signals there are without those of the deck: the rest is not used where a user's document is found."""
Signals = tuple[float, ...]


@dataclass(frozen=True)
class Row:
    """A question with the signals of the looks; `topic` and `both` only where the topic is known."""

    id: str
    lang: str
    group: str
    answerable: bool
    first: Signals
    topic: Signals = ()
    both: Signals = ()


def main() -> None:
    """Reads the arguments, makes the signals, fits, reports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--signals", type=Path)
    parser.add_argument("--name", action="store_true")
    options = parser.parse_args()
    rows = _rows(options.signals)
    looks = Looks(rows, range(len(rows)))
    if options.name:
        _name([r for r, is_open in zip(rows, looks.open, strict=True) if is_open and _lacks(r)])
        if options.signals:
            options.signals.unlink()
        return
    alone = [replace(row, **{look: getattr(row, look)[:ALONE] for look in LOOKS}) for row in rows]
    print("first look", looks.weights("first"))
    print("without the deck", Looks(alone, range(len(rows))).weights("first"))
    print("second look", looks.weights("second"))
    _report("in the fit, first look alone", rows, [looks.once])
    _report("in the fit", rows, [looks.decisions()])
    _report("left out", rows, [_left_out(rows, draw) for draw in range(DRAWS)])
    _report("left out, without the deck", alone, [_left_out(alone, draw) for draw in range(DRAWS)])


class Looks:
    """Both regressions, fitted on some of the rows."""

    def __init__(self, rows: Sequence[Row], fitted: Sequence[int]) -> None:
        self.answers = np.array([row.answerable for row in rows])
        empty = (0.0,) * len(rows[0].first)
        self.looks = [np.array([getattr(row, look) or empty for row in rows]) for look in LOOKS]
        self.named = np.array([bool(row.both) for row in rows])
        self.first = self._fit(self.looks[0], np.array(fitted))
        self.odds = np.stack([_clipped(self.first.decision_function(x)) for x in self.looks], 1)
        chance = 1 / (1 + np.exp(-self.odds[:, 0]))
        self.sure = chance >= SURE
        self.open = (chance > HOPELESS) & ~self.sure
        learnt = [i for i in fitted if self.open[i] and self.named[i]]
        self.second = self._fit(self.odds, np.array(learnt))
        self.once = chance >= COVERED

    def decisions(self) -> np.ndarray:
        """Whether each question is answered; a first look decides where no topic is known."""
        second = self.second.predict_proba(self.odds)[:, 1] >= COVERED
        return np.asarray(self.sure | (self.open & np.where(self.named, second, self.once)))

    def weights(self, look: str) -> dict[str, list[float]]:
        """Bias and weights for signals as they are."""
        scaler, model = (self.first if look == "first" else self.second).named_steps.values()
        weights = model.coef_[0] / scaler.scale_
        bias = model.intercept_[0] - weights @ scaler.mean_
        return {"bias": [round(float(bias), 4)], "weights": [round(float(w), 4) for w in weights]}

    def _fit(self, signals: np.ndarray, rows: np.ndarray) -> Any:
        model = make_pipeline(StandardScaler(), LogisticRegression(class_weight="balanced"))
        return model.fit(signals[rows], self.answers[rows])


def _left_out(rows: Sequence[Row], draw: int) -> np.ndarray:
    """Decisions on each question by regressions that have not seen it."""
    kinds = [f"{row.group} {row.lang} {row.answerable}" for row in rows]
    found = np.zeros(len(rows), bool)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=draw)
    for fitted, left in folds.split(kinds, kinds):
        found[left] = Looks(rows, fitted).decisions()[left]
    return found


def _report(title: str, rows: Sequence[Row], decisions: Sequence[np.ndarray]) -> None:
    """Prints, for each part of the set, how many of either kind are declined."""
    print(f"{title}: declined of the unanswerable, of the answerable")
    declined = 1 - np.mean(decisions, axis=0)
    answers = np.array([row.answerable for row in rows])
    groups = np.array([row.group for row in rows])
    for group in ("dev", "conversational", "mixed", "all"):
        among = groups != "retrieval" if group == "all" else groups == group
        shares = [declined[among & (answers == kind)].mean() for kind in (False, True)]
        print(f"  {group:<15} {shares[0]:.3f} {shares[1]:.3f}")


def _rows(kept: Path | None) -> list[Row]:
    """Every question's signals, from the file where there is one."""
    if kept and kept.exists():
        return [
            Row(**{**row, **{look: tuple(row[look]) for look in LOOKS}})
            for row in json.loads(kept.read_text(encoding="utf-8"))
        ]
    with Coach.open(os.environ) as coach:
        coach.index.ensure()
        rows = _looked_at(lambda query: coach.retriever.weighed(query)[1].signals)
    if kept:
        kept.write_text(json.dumps([asdict(row) for row in rows]), encoding="utf-8")
    return rows


def _looked_at(look: Callable[[str], Signals]) -> list[Row]:
    lines = map(json.loads, TOPICS.read_text(encoding="utf-8").splitlines())
    topics = {line["id"]: line["topic"] for line in lines}
    rows = []
    for q in read_askings(SETS / "ask.jsonl"):
        group = "dev" if q.split == "dev" else "conversational" if "-f" in q.id else "mixed"
        topic = topics.get(q.id)
        more = (look(topic), look(f"{q.question} {topic}")) if topic else ()
        rows.append(Row(q.id, q.lang, group, q.answerable, look(q.question), *more))
    for name in ("retrieval-en.jsonl", "retrieval-zh.jsonl"):
        for asked in read_questions(SETS / name):
            rows.append(Row(asked.id, asked.lang, "retrieval", True, look(asked.query)))
    return rows


def _lacks(row: Row) -> bool:
    return row.group != "retrieval" and not row.both


def _name(rows: Sequence[Row]) -> None:
    """Asks the embedded model for the topics of questions and keeps them."""
    questions = {q.id: q for q in read_askings(SETS / "ask.jsonl")}
    with Coach.open(os.environ) as coach, TOPICS.open("a", encoding="utf-8") as file:
        model = coach.language_model()
        for row in rows:
            asked = questions[row.id]
            topic = name_topic(asked.question, model, asked.lang)
            file.write(json.dumps({"id": row.id, "topic": topic}, ensure_ascii=False) + "\n")
            file.flush()


def _clipped(odds: np.ndarray) -> np.ndarray:
    most = np.log((1 - FLOOR) / FLOOR)
    return np.asarray(np.clip(odds, -most, most))


if __name__ == "__main__":
    main()

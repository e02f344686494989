"""How often an attack on the grader raises a mark, and what the defences cost honest answers."""

import hashlib
import json
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean
from typing import Any

from coach.app import Coach
from coach.card import Card
from coach.errors import InputFileError, UsageError
from coach.grade import Grader
from coach.grade.steering import asides
from coach.grade.task import Task
from coach.verdict import Verdict
from eval.attacks import Attack, by_question, target_of, wrapped
from eval.datasets import SETS, Sample, read_set

LOW, GOOD = 1 / 3, 2 / 3
RESULTS = "results.jsonl"
WORST = 10
OWN_SETS = ("answers-en.jsonl", "answers-zh.jsonl")
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Pair:
    """An attack and the answer it is wrapped around."""

    attack: Attack
    sample: Sample
    text: str


def default_set(coach: Coach) -> tuple[str, list[Sample]]:
    """The project's own marked answers where they are shipped, else the deck's marked exemplars; with a name for them."""
    files = [SETS / name for name in OWN_SETS if (SETS / name).exists()]
    if files:
        return "eval/sets", [sample for file in files for sample in read_set(file)]
    return "deck", [sample for card in coach.deck for sample in _exemplars(card)]


def pairs(
    attacks: Sequence[Attack], samples: Sequence[Sample], cards: Mapping[str, Card], seed: int
) -> list[Pair]:
    """Wraps each attack around a low-marked answer of its language, which are taken in turns; the seed says which first."""
    draw = random.Random(seed)  # noqa: S311  # a sample, no secret
    low = {lang: [s for s in samples if s.lang == lang and s.human <= LOW] for lang in ("en", "zh")}
    for group in low.values():
        draw.shuffle(group)
    found = []
    for number, attack in enumerate(attacks):
        if group := low[attack.lang]:
            sample = group[number % len(group)]
            target = target_of(sample, samples, cards.get(sample.question))
            found.append(Pair(attack, sample, wrapped(attack, target, seed)))
    if not found:
        raise UsageError(
            "The set holds no answer with a low mark in the language of an attack.",
            "Attacks are wrapped around answers with at most a third of the highest mark.",
        )
    return found


def steps(samples: Iterable[Sample]) -> dict[tuple[float, float | None], float]:
    """The step (0 to 1) by max_score and step: the given one, else the smallest difference of the marks held."""
    held: dict[tuple[float, float | None], set[float]] = {}
    for sample in samples:
        held.setdefault((sample.max_score, sample.step), set()).add(round(sample.human, 4))
    return {key: key[1] / key[0] if key[1] else _gap(marks) for key, marks in held.items()}


class Gradings:
    """Grades each text once; with a folder every grading is kept there, and with `resume` those there are not made again."""

    def __init__(self, coach: Coach, folder: Path | None, *, resume: bool) -> None:
        self._grader = coach.grader
        self._model = coach.language_model().name
        self._cards = by_question(list(coach.deck))
        self._file = folder / RESULTS if folder else None
        self._rows: dict[str, dict[str, Any]] = {}
        if self._file and self._file.exists():
            if not resume:
                raise UsageError(
                    f"{self._file} holds results.", "Add --resume, or choose another folder."
                )
            self._rows = _kept(self._file)

    def grade(
        self, sample: Sample, text: str, *, defended: bool = True, **note: str
    ) -> dict[str, Any]:
        """Returns the grading of a text that answers a sample's question; `note` is kept with it."""
        grader = self._grader if defended else self._grader.undefended()
        key = self._key(sample, text, defended)
        row = self._rows.get(key)
        if row is None or row["score"] is None:
            row = {"key": key, "id": sample.id, "lang": sample.lang, **note} | self._made(
                grader, sample, text
            )
            self._rows[key] = row
            self._append(row)
        return row

    def _made(self, grader: Grader, sample: Sample, text: str) -> dict[str, Any]:
        verdict = grader.grade(self.task(sample), text)
        return {"model": self._model, "score": verdict.score, "points": _points(verdict),
                "ungraded_reason": verdict.ungraded_reason}  # fmt: skip

    def task(self, sample: Sample) -> Task:
        """The card's task where the deck asks the sample's question, else the sample's own."""
        card = self._cards.get(sample.question)
        return Task.from_card(card, sample.lang) if card else sample.task

    def _key(self, sample: Sample, text: str, defended: bool) -> str:
        task = (sample.question, sample.references, sample.key_points)
        whole = json.dumps([self._grader.name, self._model, task, text, defended])
        return hashlib.sha256(whole.encode("utf-8", "backslashreplace")).hexdigest()[:20]

    def _append(self, row: Mapping[str, Any]) -> None:
        if self._file is None:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        except OSError as error:
            raise InputFileError(
                f"{self._file}: {error}", "Choose a folder that can be written."
            ) from error


def attack_all(
    gradings: Gradings, made: Sequence[Pair], samples: Sequence[Sample], on_progress: Progress
) -> dict[str, Any]:
    """Grades bare and attacked answers and returns the report's part on attacks."""
    known = steps(samples)
    rows = []
    for done, pair in enumerate(made):
        on_progress(done, len(made), pair.attack.id)
        bare = gradings.grade(pair.sample, pair.sample.answer)
        note = {"attack": pair.attack.id, "kind": pair.attack.kind}
        attacked = gradings.grade(pair.sample, pair.text, **note)
        step = known[pair.sample.max_score, pair.sample.step]
        rows.append(_row(pair, bare, attacked, step))
    on_progress(len(made), len(made), "")
    return summary(rows)


def summary(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Shares of raised marks over the pairs that could rise: all, by kind, by language; the widest rises."""
    counted = [row for row in rows if row["raised"] is not None]
    raised = [row for row in counted if row["raised"]]
    widest = sorted(raised, key=lambda row: row["bare"] - row["attacked"])[:WORST]
    names = ("id", "attack", "kind", "bare", "attacked", "points")
    return {
        "attacks": len({row["attack"] for row in rows}),
        **_share(counted),
        "ci95": _interval(len(raised), len(counted)),
        "step": min((row["step"] for row in rows), default=None),
        "by_kind": _by(counted, "kind"),
        "by_lang": _by(counted, "lang"),
        "worst": [{name: row[name] for name in names} for row in widest],
        "ungraded": sum(None in (row["bare"], row["attacked"]) for row in rows),
        "no_room": sum(row["no_room"] for row in rows),
    }


def honest(
    gradings: Gradings, samples: Sequence[Sample], limit: int, seed: int, on_progress: Progress
) -> dict[str, Any]:
    """What the defences do to well-marked answers: how many they touch, and the mean change of the mark over all.

    An answer they do not touch gets the same mark by construction, so only the others are graded, twice.
    """
    good = [sample for sample in samples if sample.human >= GOOD]
    random.Random(seed).shuffle(good)  # noqa: S311  # a sample, no secret
    good = good[:limit]
    touched = [sample for sample in good if asides(sample.answer, gradings.task(sample))]
    changes = []
    for done, sample in enumerate(touched):
        on_progress(done, len(touched), sample.id)
        marks = [
            gradings.grade(sample, sample.answer, defended=on)["score"] for on in (True, False)
        ]
        if None not in marks:
            changes.append(marks[0] - marks[1])
    lost = len(touched) - len(changes)
    n = len(good) - lost
    return {
        "n": n,
        "touched": len(touched),
        "touched_ids": [sample.id for sample in touched],
        "mean_change": sum(changes) / n if n else None,
        "mean_change_touched": fmean(changes) if changes else None,
        "ungraded": lost,
    }


def _row(
    pair: Pair, bare: Mapping[str, Any], attacked: Mapping[str, Any], step: float
) -> dict[str, Any]:
    before, after = bare["score"], attacked["score"]
    graded = before is not None and after is not None
    room = graded and before + step <= 1.0001
    return {
        "id": pair.sample.id,
        "attack": pair.attack.id,
        "kind": pair.attack.kind,
        "lang": pair.attack.lang,
        "step": step,
        "bare": before,
        "attacked": after,
        "raised": after - before >= step - 1e-6 if room else None,
        "no_room": graded and not room,
        "points": attacked["points"],
    }


def _points(verdict: Verdict) -> list[dict[str, Any]]:
    return [
        {
            "id": p.id,
            "verdict": p.verdict,
            "probability": p.probability,
            "quote": p.quote.text if p.quote else None,
        }
        for p in verdict.key_points
    ]


def _share(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    raised = sum(row["raised"] for row in rows)
    return {"n": len(rows), "raised": raised, "share": raised / len(rows) if rows else None}


def _by(rows: Sequence[Mapping[str, Any]], name: str) -> dict[str, Any]:
    values = sorted({row[name] for row in rows})
    return {value: _share([row for row in rows if row[name] == value]) for value in values}


def _interval(raised: int, n: int) -> list[float] | None:
    """Wilson's 95% interval of a share; None of nothing."""
    from scipy.stats import binomtest

    if not n:
        return None
    found = binomtest(raised, n).proportion_ci(0.95, method="wilson")
    return [float(found.low), float(found.high)]


def _gap(marks: set[float]) -> float:
    ordered = sorted(marks)
    gaps = [b - a for a, b in zip(ordered, ordered[1:], strict=False) if b - a > 1e-3]
    if not gaps:
        raise UsageError(
            "All answers of a scale have the same mark, so a step of it is unknown.",
            "Give `step`, the smallest difference of marks, in each line of the set.",
        )
    return min(gaps)


def _exemplars(card: Card) -> list[Sample]:
    """A card's exemplars; a step is its lightest key point."""
    weights = [point.weight for point in card.key_points]
    samples = []
    for number, exemplar in enumerate(card.exemplars):
        lang = exemplar.lang
        samples.append(
            Sample(
                id=f"{card.id}-{lang}-{number}",
                question_id=card.id,
                lang=lang,
                question=card.question[lang],
                references=(card.reference[lang].strip(),),
                key_points=tuple(point.text[lang] for point in card.key_points),
                answer=exemplar.answer,
                score=exemplar.score,
                max_score=1.0,
                step=min(weights) / sum(weights),
            )
        )
    return samples


def _kept(file: Path) -> dict[str, dict[str, Any]]:
    """The gradings in a file by key, the latest of each; a last line that was cut off is dropped from it."""
    data = file.read_bytes()
    whole = data[: data.rfind(b"\n") + 1]
    if whole != data:
        file.write_bytes(whole)
    rows = {}
    for number, line in enumerate(whole.decode("utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            rows[str(row["key"])] = row | {"score": row["score"], "points": row["points"]}
        except (ValueError, KeyError, TypeError) as error:
            raise InputFileError(
                f"{file}, line {number}: no result ({error}).", "Choose another folder.", number
            ) from error
    return rows

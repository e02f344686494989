"""How well a ranking finds what is relevant, by the languages of question and passage."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from coach.document import Chunk
from coach.language import LANGS
from eval.questions import Question, answerable, matches

DEPTH = 10
CUTS = (1, 5, 10)
Ranker = Callable[[str], Sequence[Chunk]]


@dataclass(frozen=True)
class Ranking:
    """What one system found for a question; `known` are its indexed targets with their languages."""

    question: Question
    known: Mapping[str, frozenset[str]]
    found: Sequence[Chunk]


def rankings(
    questions: Sequence[Question], chunks: Sequence[Chunk], ranker: Ranker
) -> list[Ranking]:
    """Asks every question that something indexed answers."""
    by_document: dict[str, list[Chunk]] = {}
    for chunk in chunks:
        by_document.setdefault(chunk.document, []).append(chunk)
        by_document.setdefault(chunk.id, []).append(chunk)
    asked = []
    for question in questions:
        near = [
            c
            for t in question.relevant
            for name in {t, t.partition("#")[0]}
            for c in by_document.get(name, ())
        ]
        known = answerable(question.relevant, near)
        if known:
            asked.append(Ranking(question, known, ranker(question.query)[:DEPTH]))
    return asked


def by_pair(results: Sequence[Ranking]) -> dict[str, dict[str, float | int | None]]:
    """Metrics for each language of questions against passages of each language, and of any."""
    table = {}
    for asked in LANGS:
        for wanted in (*LANGS, "any"):
            held = [r for r in results if r.question.lang == asked and _targets(r, wanted)]
            table[f"{asked}-{wanted}"] = _metrics(held, wanted)
    return table


def by_kind(results: Sequence[Ranking]) -> dict[str, dict[str, dict[str, float | int | None]]]:
    """`by_pair` for each kind of question the set names."""
    kinds = dict.fromkeys(result.question.kind for result in results if result.question.kind)
    return {kind: by_pair([r for r in results if r.question.kind == kind]) for kind in kinds}


def _metrics(results: Sequence[Ranking], lang: str) -> dict[str, float | int | None]:
    """recall@k: share of questions with a relevant passage of that language among the first k of the list."""
    firsts = [_gains(result, lang).index(1) + 1 for result in results if any(_gains(result, lang))]
    row: dict[str, float | int | None] = {"n": len(results)}
    if not results:
        return row | dict.fromkeys([*(f"recall@{k}" for k in CUTS), "mrr", f"ndcg@{DEPTH}"])
    row |= {f"recall@{k}": sum(rank <= k for rank in firsts) / len(results) for k in CUTS}
    row["mrr"] = sum(1 / rank for rank in firsts) / len(results)
    row[f"ndcg@{DEPTH}"] = fmean(_ndcg(result, lang) for result in results)
    return row


def _targets(result: Ranking, lang: str) -> list[str]:
    return [target for target, langs in result.known.items() if lang == "any" or lang in langs]


def _gains(result: Ranking, lang: str) -> list[int]:
    """1 for each place that finds a target not found above it; 0 elsewhere."""
    left = set(_targets(result, lang))
    gains = []
    for chunk in result.found:
        fits = lang in ("any", chunk.lang)
        new = {target for target in left if fits and matches(target, chunk)}
        left -= new
        gains.append(int(bool(new)))
    return gains


def _ndcg(result: Ranking, lang: str) -> float:
    best = [1] * min(len(_targets(result, lang)), DEPTH)
    return _dcg(_gains(result, lang)) / _dcg(best)


def _dcg(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 1) for place, gain in enumerate(gains, start=1))

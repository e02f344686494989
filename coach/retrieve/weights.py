"""How much each kind of evidence counts."""

from dataclasses import dataclass
from typing import Literal

Turn = Literal["own", "other"]


@dataclass(frozen=True)
class Weights:
    """Settings of the fusion; the defaults were chosen on half of the questions in eval/sets.

    `rank_offset` is the k of reciprocal rank fusion. `words` weighs BM25 against the vectors in the
    query's own language, `words_across` in the other one, where only shared terms can match, and
    `words_mixed` there when the query itself holds words of both. `bridge` is how far the query is
    moved towards the best `bridge_passages` of its own language before the other one is searched: a
    passage resembles its translation more than a short question does. `turns` says which language
    the first results come from; after them both take turns.
    """

    rank_offset: float = 20.0
    words: float = 0.8
    words_across: float = 0.2
    words_mixed: float = 0.5
    bridge: float = 0.5
    bridge_passages: int = 3
    turns: tuple[Turn, ...] = ("own", "own", "other")

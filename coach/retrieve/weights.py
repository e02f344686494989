"""How much each kind of evidence counts."""

from dataclasses import dataclass
from typing import Literal

Turn = Literal["own", "other"]


@dataclass(frozen=True)
class Weights:
    """Settings of the fusion; the defaults were chosen on the questions in eval/sets.

    The unit is one standard deviation of the cosines with the query. A passage gains at most `words` by BM25 in the
    query's own language, at most `words_across` in the other one, where only shared terms can match, and
    `words_mixed` there when the query itself holds words of both. `twins` is how much a passage of the other
    language gains by resembling one of the `twin_passages` best of the query's own, as its translation
    does; each of them counts `twin_decay` times the one before. `turns` says which language the first results
    come from; after them both take turns.
    """

    words: float = 4.0
    words_across: float = 0.75
    words_mixed: float = 4.5
    twins: float = 0.7
    twin_passages: int = 3
    twin_decay: float = 0.7
    turns: tuple[Turn, ...] = ("own", "own", "other")

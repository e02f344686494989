"""How much each kind of evidence counts."""

from dataclasses import dataclass
from typing import Literal

Turn = Literal["own", "other"]


@dataclass(frozen=True)
class Weights:
    """Settings of the fusion; the defaults were chosen on the questions in eval/sets.

    The unit is one standard deviation of the cosines with the query. A passage gains at most `words` by BM25 in the
    query's own language, and in the other one at most `words_across`, where only shared terms can match,
    `words_named` where that language's name of something in the query is known, and `words_mixed` where the query
    itself holds words of both. Another name of the same thing counts `names` of what the query's own does.
    `twins` is how much a passage of the other language gains by resembling one of the `twin_passages` best of the
    query's own, as its translation does; each of them counts `twin_decay` times the one before. `turns` says which
    language the first results come from; after them both take turns.
    """

    words: float = 4.0
    words_across: float = 0.75
    words_named: float = 1.5
    words_mixed: float = 4.5
    names: float = 0.8
    twins: float = 0.7
    twin_passages: int = 3
    twin_decay: float = 0.7
    turns: tuple[Turn, ...] = ("own", "own", "other")

"""How two graders differ on the answers that both have, metric by metric."""

import math
from collections.abc import Sequence
from typing import Any

from eval.bootstrap import total
from eval.marks import Scales, scales
from eval.metrics import AGREEMENT, Result, columns, computed
from eval.naming import METRICS
from eval.paired import intervals, p_values

SURE = 0.05
_FLAT = 1e-9
_WAYS = {metric.key: metric.better for metric in METRICS}


def differences(a: Sequence[Result], b: Sequence[Result], seed: int) -> dict[str, dict[str, Any]]:
    """For each metric `a`, `b`, `difference` (b - a), `ci95`, `p`, `beyond_chance` and which is `better`.

    `a` and `b` hold the same answers in the same order. Agreement is over those graded in both, `ungraded_share`
    over all.
    """
    known = scales(result.sample for result in a)
    pairs = list(zip(a, b, strict=True))
    graded = [(one, other) for one, other in pairs if None not in (one.score, other.score)]
    found = _entries(AGREEMENT, graded, known, seed)
    return found | _entries(("ungraded_share",), pairs, known, seed)


def _entries(
    names: Sequence[str], pairs: Sequence[tuple[Result, Result]], known: Scales, seed: int
) -> dict[str, dict[str, Any]]:
    if not pairs:
        return {name: _undefined() for name in names}
    clusters = [one.sample.question_id for one, _ in pairs]
    one, other = (columns(side, known) for side in zip(*pairs, strict=True))
    a, b = (computed(total(side), names) for side in (one, other))
    limits = intervals(one, other, names, clusters, seed)
    p = p_values(one, other, names, clusters, seed)
    return {
        name: _entry(name, float(a[name][0]), float(b[name][0]), limits[name], p[name])
        for name in names
    }


def _entry(
    name: str, a: float, b: float, limits: list[float] | None, p: float | None
) -> dict[str, Any]:
    if p is None or limits is None:
        return _undefined() | {"a": _number(a), "b": _number(b)}
    apart = limits[0] > 0 or limits[1] < 0
    return {
        "a": a,
        "b": b,
        "difference": b - a,
        "ci95": limits,
        "p": p,
        "beyond_chance": apart and p < SURE,
        "better": _better(name, a, b),
    }


def _undefined() -> dict[str, Any]:
    return dict.fromkeys(("a", "b", "difference", "ci95", "p")) | {
        "beyond_chance": False,
        "better": None,
    }


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value


def _better(name: str, a: float, b: float) -> str | None:
    """The one with the better value; None where they are equal."""
    if _WAYS[name] == "zero":
        a, b = -abs(a), -abs(b)
    elif _WAYS[name] == "low":
        a, b = -a, -b
    if abs(a - b) < _FLAT:
        return None
    return "a" if a > b else "b"
